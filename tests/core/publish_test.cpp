// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Publishing without a network: what is found out about a file, drafts, and the job's way through every
// error.

#include "core/outbox/outbox_store.h"
#include "core/publish/publish_store.h"
#include "core/publish/publishing.h"
#include "core/storage/database.h"
#include "resources/demo_media_dir.h"
#include "tests/core/support/fake_outbox.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <memory>

namespace tikgok {

using test::FakeOutboxClock;
using test::FakeTransport;
using test::waitFor;
using test::waitUntil;
using test::World;
using JobState = PublishJobs::State;
using EditorState = PublishEditor::State;

namespace {

const QString kFilm = QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/05-vinyl.mp4");
const QString kOther = QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos/38-enso.mp4");
const QString kPublish = QStringLiteral("/douyin/publish/action/");
const QString kList = QStringLiteral("/douyin/publish/list/");

// Never shows anything: the page is not looked at here.
class BlindPlayer final : public Player {
public:
    QUrl source() const override { return source_; }
    void setSource(const QUrl& source) override {
        source_ = source;
        sources.append(source);
        state_ = State::Loading;
    }
    void play() override {}
    void pause() override {}
    void retry() override { setSource(source_); }
    bool isMuted() const override { return false; }
    void setMuted(bool) override {}
    double volume() const override { return 1; }
    void setVolume(double) override {}
    double rate() const override { return 1; }
    void setRate(double) override {}
    bool isLooping() const override { return true; }
    void setLooping(bool) override {}
    void seek(qint64, bool) override {}
    State state() const override { return state_; }
    Error error() const override { return {error_, {}}; }
    qint64 position() const override { return 0; }
    qint64 duration() const override { return 0; }
    Statistics statistics() const override { return {}; }
    void setFrameSink(FrameSink*) override {}
    void clearFrameSink(const FrameSink*) override {}
    void setFrameRequest(const FrameRequest&) override {}
    void setFrugal(bool) override {}

    void fail(ErrorKind kind) {
        error_ = kind;
        state_ = State::Failed;
        Q_EMIT failed();
    }
    QList<QUrl> sources;

private:
    QUrl source_;
    State state_ = State::Empty;
    ErrorKind error_ = ErrorKind::None;
};

std::string listOf(std::initializer_list<std::pair<contract::Id, const char*>> videos) {
    std::vector<contract::Video> list;
    for (const auto& [id, title] : videos) {
        list.push_back(test::clip(id));
        list.back().title = title;
    }
    return contract::writeVideos(list);
}

const std::string kNone = listOf({});
const std::string kYes = R"({"status_code":0,"status_msg":"success"})";

class KnownServer final : public ServerFacts {
public:
    [[nodiscard]] ServerTraits traits() const override { return {.dialect = dialect}; }
    Dialect dialect = Dialect::Unknown;
};

// A client's publishing with its surroundings; begin() again is the next start of the program.
struct Desk {
    explicit Desk(bool signedIn = true) : world(signedIn) { begin(); }

    void begin() {
        beginToLoad();
        QVERIFY(waitUntil([&] { return outbox->loaded() && publishing->drafts()->loaded(); }));
        world.net.sent.clear();
    }
    void beginToLoad() {
        publishing.reset();
        outbox.reset();
        database.reset();
        database = std::make_unique<Database>(path("client.sqlite"),
                                              QList<SchemaPart>{outboxSchema(), publishSchema()});
        outbox = std::make_unique<Outbox>(*database, world.session, clock, OutboxOptions{});
        PublishingOptions options{.directory = path("publish")};
        options.publisher.findPauses = {std::chrono::milliseconds(0), std::chrono::milliseconds(1)};
        options.publisher.idPauses = {std::chrono::milliseconds(0), std::chrono::milliseconds(1)};
        publishing = std::make_unique<Publishing>(
            world.api, world.session, *database, *outbox, [] { return std::make_unique<BlindPlayer>(); },
            options);
    }
    [[nodiscard]] QString path(const char* name) const { return directory.filePath(QLatin1StringView(name)); }
    // A copy of a film, of the given name.
    QString film(const char* name = "film.mp4", const QString& of = kFilm) const {
        QFile::copy(of, path(name));
        return path(name);
    }
    // The same as one that was recorded here.
    QString recording() {
        // After the look for those that nobody names, which the start began.
        if (opens(path("nothing.mp4"))) {
            editor().discard();
        }
        QDir().mkpath(path("publish/recordings"));
        return film("publish/recordings/recording-1.mp4");
    }
    bool opens(const QString& file) {
        editor().openFile(QUrl::fromLocalFile(file));
        return waitUntil([&] { return editor().state() == EditorState::Checked; });
    }
    // A job for a fresh film stands in the outbox.
    bool hands(const QString& title = QStringLiteral("hello"), const char* name = "film.mp4") {
        if (!opens(film(name))) {
            return false;
        }
        editor().setTitle(title);
        const int before = jobs().count();
        editor().publish();
        return waitUntil([&] { return jobs().count() == before + 1; });
    }
    PublishEditor& editor() const { return *publishing->editor(); }
    PublishJobs& jobs() const { return *publishing->jobs(); }
    PublishDrafts& drafts() const { return *publishing->drafts(); }
    [[nodiscard]] JobState state(int row = 0) const {
        return jobs().data(jobs().index(row), PublishJobs::StateRole).value<JobState>();
    }
    [[nodiscard]] QVariant job(int role, int row = 0) const { return jobs().data(jobs().index(row), role); }
    bool reaches(JobState wanted) {
        return waitUntil([&] { return jobs().count() > 0 && state() == wanted; }, std::chrono::seconds(8));
    }
    [[nodiscard]] int count(const QString& path) const {
        int found = 0;
        for (qsizetype i = 0; i < world.net.count(); ++i) {
            found += world.net.path(i) == path ? 1 : 0;
        }
        return found;
    }
    bool settled() const {
        for (int i = 0; i < 4; ++i) {
            waitFor(database->run([](SQLite::Database&) {}, {}));
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
        return true;
    }

    World world;
    QTemporaryDir directory{QDir::currentPath() + QStringLiteral("/publish-XXXXXX")};
    FakeOutboxClock clock;
    std::unique_ptr<Database> database;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<Publishing> publishing;
};

}  // namespace

class PublishTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void files_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<PublishProblem>("problem");
        QTest::addColumn<PublishProblem>("warning");
        QTest::newRow("good") << "good.mp4" << PublishProblem::None << PublishProblem::None;
        QTest::newRow("upper case") << "GOOD.MP4" << PublishProblem::None << PublishProblem::None;
        QTest::newRow("gone") << "gone.mp4" << PublishProblem::FileGone << PublishProblem::None;
        QTest::newRow("a folder") << "folder.mp4" << PublishProblem::FileGone << PublishProblem::None;
        QTest::newRow("empty") << "empty.mp4" << PublishProblem::FileEmpty << PublishProblem::None;
        QTest::newRow("text") << "text.mp4" << PublishProblem::Damaged << PublishProblem::None;
        QTest::newRow("half a film") << "half.mp4" << PublishProblem::Damaged << PublishProblem::None;
        QTest::newRow("of another suffix")
            << "good.webm" << PublishProblem::WrongSuffix << PublishProblem::None;
        QTest::newRow("without suffix") << "good" << PublishProblem::WrongSuffix << PublishProblem::None;
    }
    void files() {
        QFETCH(QString, kind);
        QFETCH(PublishProblem, problem);
        QFETCH(PublishProblem, warning);
        Desk desk;
        const QByteArray name = kind.toLatin1();
        const QString path = desk.path(name.constData());
        if (kind.startsWith(QLatin1String("good"), Qt::CaseInsensitive)) {
            desk.film(name.constData());
        } else if (kind.startsWith(QLatin1String("folder"))) {
            QDir().mkpath(path);
        } else if (!kind.startsWith(QLatin1String("gone"))) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            if (kind.startsWith(QLatin1String("text"))) {
                file.write("this is no film\n");
            } else if (kind.startsWith(QLatin1String("half"))) {
                QFile whole(kFilm);
                QVERIFY(whole.open(QIODevice::ReadOnly));
                file.write(whole.read(600));
            }
        }
        QVERIFY(desk.opens(path));
        QCOMPARE(desk.editor().problem(), problem);
        QCOMPARE(desk.editor().warning(), warning);
        desk.editor().setTitle(QStringLiteral("x"));
        QCOMPARE(desk.editor().publishable(), problem == PublishProblem::None);
        if (problem == PublishProblem::None) {
            QCOMPARE(desk.editor().container(), QStringLiteral("MP4"));
            QCOMPARE(desk.editor().codec(), QStringLiteral("H.264"));
            QVERIFY(desk.editor().duration() > 1000);
            QCOMPARE(desk.editor().frames().size(), 10);
            QVERIFY(desk.editor().pictureWidth() > 100);
            QVERIFY(waitUntil([&] { return !desk.editor().cover().isEmpty(); }));
        }
    }

    void unreadable() {
        Desk desk;
        const QString path = desk.film();
        QFile::setPermissions(path, {});
        QFile probe(path);
        if (probe.open(QIODevice::ReadOnly)) {
            QSKIP("this user may read everything");
        }
        QVERIFY(desk.opens(path));
        QCOMPARE(desk.editor().problem(), PublishProblem::FileUnreadable);
    }

    void notOfThisDevice() {
        Desk desk;
        desk.editor().openFile(QUrl(QStringLiteral("https://example.org/a.mp4")));
        QCOMPARE(desk.editor().problem(), PublishProblem::NotLocal);
        QVERIFY(!desk.editor().publishable());
        QCOMPARE(desk.drafts().count(), 0);
    }

    void titles_data() {
        QTest::addColumn<QString>("title");
        QTest::addColumn<bool>("inBytes");
        QTest::addColumn<int>("length");
        QTest::addColumn<PublishProblem>("problem");
        const QString han = QStringLiteral("海");
        QTest::newRow("none") << QString() << false << 0 << PublishProblem::TitleEmpty;
        QTest::newRow("spaces") << "  \n" << false << 0 << PublishProblem::TitleEmpty;
        QTest::newRow("one") << "a" << false << 1 << PublishProblem::None;
        QTest::newRow("spaces around") << " a " << false << 1 << PublishProblem::None;
        QTest::newRow("32") << QString(32, QLatin1Char('a')) << false << 32 << PublishProblem::None;
        QTest::newRow("33") << QString(33, QLatin1Char('a')) << false << 33 << PublishProblem::TitleTooLong;
        QTest::newRow("32 han") << han.repeated(32) << false << 32 << PublishProblem::TitleManyBytes;
        QTest::newRow("33 han") << han.repeated(33) << false << 33 << PublishProblem::TitleTooLong;
        QTest::newRow("emoji") << QStringLiteral("😀").repeated(32) << false << 32
                               << PublishProblem::TitleManyBytes;
        QTest::newRow("10 han in bytes") << han.repeated(10) << true << 30 << PublishProblem::None;
        QTest::newRow("11 han in bytes") << han.repeated(11) << true << 33 << PublishProblem::TitleTooLong;
    }
    void titles() {
        QFETCH(QString, title);
        QFETCH(bool, inBytes);
        QFETCH(int, length);
        QFETCH(PublishProblem, problem);
        QCOMPARE(titleLength(title.trimmed(), inBytes), length);
        QCOMPARE(titleProblem(title, {.titleInBytes = inBytes}).value_or(PublishProblem::None), problem);
    }

    void sizes_data() {
        QTest::addColumn<qint64>("file");
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<qint64>("refused");
        QTest::addColumn<PublishProblem>("problem");
        QTest::newRow("nothing known") << (qint64(1) << 40) << qint64(0) << qint64(0) << PublishProblem::None;
        QTest::newRow("fits") << qint64(1000) << qint64(kReferenceUploadLimit) << qint64(0)
                              << PublishProblem::None;
        QTest::newRow("the form does not fit")
            << qint64(kReferenceUploadLimit - 10) << qint64(kReferenceUploadLimit) << qint64(0)
            << PublishProblem::TooLarge;
        QTest::newRow("as one that was refused")
            << qint64(5000) << qint64(0) << qint64(5000) << PublishProblem::ProbablyTooLarge;
        QTest::newRow("smaller than one that was refused")
            << qint64(4999) << qint64(0) << qint64(5000) << PublishProblem::None;
    }
    void sizes() {
        QFETCH(qint64, file);
        QFETCH(qint64, limit);
        QFETCH(qint64, refused);
        QFETCH(PublishProblem, problem);
        QCOMPARE(
            sizeProblem(file, 0, {.maxBytes = limit, .refusedBytes = refused}).value_or(PublishProblem::None),
            problem);
    }

    void speed() {
        TransferRate rate;
        QCOMPARE(rate.bytesPerSecond(), 0.0);
        rate.add(0, 0);
        rate.add(100, 1000);
        QCOMPARE(rate.bytesPerSecond(), 0.0);  // too early to tell
        QVERIFY(!rate.secondsFor(1));
        rate.add(1000, 10'000);
        QCOMPARE(rate.bytesPerSecond(), 10'000.0);
        QCOMPARE(rate.secondsFor(25'000), 3);
        // It slows down: five seconds later only the new speed counts.
        for (int t = 2000; t <= 12'000; t += 500) {
            rate.add(t, 10'000 + (t - 1000));
        }
        QVERIFY(rate.bytesPerSecond() < 1100);
    }

    void dataSurvives() {
        PublishData data;
        data.path = QStringLiteral("/a \"b\"/海.mp4");
        data.name = QStringLiteral("海.mp4");
        data.stamp = {.size = (qint64(1) << 53) + 1, .modified = 1'790'000'000'123};
        data.keptPath = QStringLiteral("/k");
        data.draft = 5;
        data.cover = QByteArray("\0\xff", 2);
        data.known = QList<contract::Id>{9'007'199'254'740'993, 1};
        data.videoId = 9'223'372'036'854'775'807;
        data.problem = PublishProblem::FileChanged;
        const PublishData again = PublishData::read(data.write());
        QCOMPARE(again.path, data.path);
        QVERIFY(again.stamp.modified == data.stamp.modified);
        QCOMPARE(again.cover, data.cover);
        QVERIFY(again.known == data.known);
        QCOMPARE(again.videoId, data.videoId);
        QCOMPARE(again.problem, data.problem);
        QVERIFY(!PublishData::read("nonsense").known);
        QVERIFY(PublishData::read("{\"known\":[]}").known->isEmpty());
    }

    void publishes() {
        Desk desk;
        const QAbstractItemModelTester jobs(&desk.jobs());
        desk.world.net.reply(listOf({{3, "older"}})).reply(kYes).reply(listOf({{8, "hello"}, {3, "older"}}));
        QSignalSpy arrived(&desk.jobs(), &PublishJobs::published);
        QVERIFY(desk.hands());
        QCOMPARE(desk.editor().state(), EditorState::Empty);
        QVERIFY(desk.reaches(JobState::Sent));
        QVERIFY(waitUntil([&] { return !desk.job(PublishJobs::VideoIdRole).toString().isEmpty(); }));
        QCOMPARE(desk.job(PublishJobs::VideoIdRole).toString(), QStringLiteral("8"));
        QCOMPARE(desk.job(PublishJobs::FractionRole).toDouble(), 1.0);
        QCOMPARE(arrived.count(), 1);
        QCOMPARE(desk.count(kPublish), 1);
        QCOMPARE(desk.drafts().count(), 0);
        const auto& sent = desk.world.net.at(1).request;
        QCOMPARE(sent.path, kPublish);
        QVERIFY(sent.body->fields.contains({QStringLiteral("title"), QStringLiteral("hello")}));
        QVERIFY(sent.body->fields.contains({QStringLiteral("token"), QStringLiteral("secret-token")}));
        QCOMPARE(sent.body->fileName, QStringLiteral("film.mp4"));
        QCOMPARE(sent.body->more.size(), 1);
        QCOMPARE(sent.body->more.first().field, QStringLiteral("cover"));
        QVERIFY(sent.body->more.first().bytes.size() > 1000);
        QVERIFY(sent.body->more.first().bytes.size() < 600 * 1024);
        // What is not needed any more is not kept.
        QVERIFY(desk.settled());
        const auto intent = desk.outbox->everything(IntentKind::Publish).first();
        QVERIFY(PublishData::read(intent.data).cover.isEmpty());
    }

    void progressIsShown() {
        Desk desk;
        desk.world.net.reply(kNone).hang();
        QVERIFY(desk.hands());
        QVERIFY(waitUntil([&] { return desk.count(kPublish) == 1; }));
        const auto& progress = desk.world.net.last().request.progress;
        QCOMPARE(desk.state(), JobState::Sending);
        progress(500, 1000);
        QCOMPARE(desk.job(PublishJobs::FractionRole).toDouble(), 0.5);
        QCOMPARE(desk.jobs().current(), 0);
        QCOMPARE(desk.jobs().currentFraction(), 0.5);
        progress(1000, 1000);
        QCOMPARE(desk.state(), JobState::Processing);
        // Pausing stops the request; it begins again from the start.
        desk.world.net.reply(kNone).reply(kNone).reply(kNone).hang();
        desk.jobs().pause(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(desk.reaches(JobState::Paused));
        QVERIFY(desk.world.net.at(1).cancelled);
        desk.jobs().resume(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(waitUntil([&] { return desk.count(kPublish) == 2; }));
        QCOMPARE(desk.job(PublishJobs::FractionRole).toDouble(), 0.0);
        desk.jobs().cancel(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(waitUntil([&] { return desk.jobs().count() == 0; }));
        QVERIFY(desk.world.net.last().cancelled);
        QCOMPARE(desk.jobs().current(), -1);
    }

    // Every way in which the server or the line can answer, and what becomes of the job.
    void errors_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("maybeDone");
        QTest::addColumn<JobState>("state");
        const auto row = [](const char* name, ErrorKind kind, bool maybeDone, JobState state) {
            QTest::newRow(name) << static_cast<int>(kind) << maybeDone << state;
        };
        row("offline", ErrorKind::Offline, false, JobState::Retrying);
        row("cut in the middle", ErrorKind::Timeout, false, JobState::Retrying);
        row("answer lost", ErrorKind::Timeout, true, JobState::Retrying);
        row("server broken", ErrorKind::ServerBroken, true, JobState::Retrying);
        row("file gone while sending", ErrorKind::Storage, false, JobState::Failed);
        row("refused", ErrorKind::Refused, false, JobState::Failed);
        row("not found", ErrorKind::NotFound, false, JobState::Failed);
        row("too large", ErrorKind::TooLarge, false, JobState::Failed);
        row("invalid", ErrorKind::Invalid, false, JobState::Failed);
    }
    void errors() {
        QFETCH(int, kind);
        QFETCH(bool, maybeDone);
        QFETCH(JobState, state);
        Desk desk;
        const bool passes = state == JobState::Retrying;
        desk.world.net.reply(kNone).fail(static_cast<ErrorKind>(kind), passes, maybeDone);
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(state));
        QCOMPARE(desk.job(PublishJobs::ErrorKindRole).value<ErrorKind>(), static_cast<ErrorKind>(kind));
        QCOMPARE(desk.count(kPublish), 1);
        QCOMPARE(desk.job(PublishJobs::RetryInRole).toInt() > 0, passes);
        // Nothing is lost: a retry sends it, after a look where it may have arrived.
        if (maybeDone) {
            desk.world.net.reply(kNone).reply(kNone);
        }
        desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
        desk.jobs().retry(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(desk.reaches(JobState::Sent));
        QCOMPARE(desk.count(kPublish), 2);
    }

    void serverWords_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("413 text") << QByteArray("Request Entity Too Large") << 413 << ErrorKind::TooLarge
                                  << QString();
        QTest::newRow("bad suffix") << QByteArray(R"({"status_code":2,"status_msg":"service err"})") << 200
                                    << ErrorKind::Refused << "service err";
        QTest::newRow("params") << QByteArray(R"({"status_code":1,"status_msg":"params err"})") << 200
                                << ErrorKind::Refused << "params err";
    }
    void serverWords() {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        Desk desk;
        desk.world.net.reply(kNone).reply(body.toStdString(), status);
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Failed));
        QCOMPARE(desk.job(PublishJobs::ErrorKindRole).value<ErrorKind>(), kind);
        QCOMPARE(desk.job(PublishJobs::ErrorWordsRole).toString(), words);
    }

    // A limit that was met once is known before the next file is sent, after a restart too.
    void limitIsLearnt() {
        Desk desk;
        desk.world.net.reply(kNone).reply("Request Entity Too Large", 413);
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Failed));
        QVERIFY(desk.settled());
        desk.begin();
        QVERIFY(desk.opens(desk.film("again.mp4")));
        QCOMPARE(desk.editor().warning(), PublishProblem::ProbablyTooLarge);
        desk.editor().setTitle(QStringLiteral("x"));
        QVERIFY(desk.editor().publishable());  // the server may have been set up otherwise since
    }

    void bytesAreLearnt() {
        Desk desk;
        desk.world.net.reply(kNone).reply(R"({"status_code":1,"status_msg":"params err"})");
        QVERIFY(desk.hands(QStringLiteral("海").repeated(20)));
        QVERIFY(desk.reaches(JobState::Failed));
        QCOMPARE(desk.job(PublishJobs::ProblemRole).value<PublishProblem>(), PublishProblem::TitleTooLong);
        QVERIFY(desk.editor().titleInBytes());
    }

    void referenceServerIsTold() {
        Desk desk;
        KnownServer known;
        desk.world.session.setServerFacts(&known);
        const auto facts = qScopeGuard([&] { desk.world.session.setServerFacts(nullptr); });
        QSignalSpy changed(&desk.editor(), &PublishEditor::changed);
        QCOMPARE(desk.editor().limitBytes(), 0);
        QVERIFY(!desk.editor().titleInBytes());
        known.dialect = Dialect::TikGok;
        Q_EMIT desk.world.session.traitsChanged();
        QVERIFY(changed.count() > 0);
        QCOMPARE(desk.editor().limitBytes(), kReferenceUploadLimit);
        QVERIFY(desk.editor().titleInBytes());
        // Another of our kind may take more than ours does.
        known.dialect = Dialect::Standard;
        QCOMPARE(desk.editor().limitBytes(), 0);
        desk.world.session.setServer(QStringLiteral("builtin"));
        QCOMPARE(desk.editor().limitBytes(), kOurUploadLimit);
        QVERIFY(!desk.editor().titleInBytes());
        // Nobody is asked.
        QCOMPARE(desk.world.net.count(), 0);
    }

    // As with a file on the command line, while the server inside is not up yet.
    void whatIsChosenBeforeThereIsAServerStays() {
        Desk desk(false);
        desk.world.session.setServer({});
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("early"));
        desk.world.session.setServer(QStringLiteral("builtin"));
        QCOMPARE(desk.editor().title(), QStringLiteral("early"));
        QVERIFY(!desk.editor().source().isEmpty());
        QCOMPARE(desk.drafts().count(), 1);
        // And now it belongs there.
        desk.world.session.setServer(QStringLiteral("http://another"));
        QVERIFY(desk.editor().source().isEmpty());
        QCOMPARE(desk.drafts().count(), 0);
    }

    void throttledWaitsAsAsked() {
        Desk desk;
        desk.world.net.reply(kNone).throttle(std::chrono::seconds(90));
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(desk.job(PublishJobs::RetryInRole).toInt() >= 90);
        desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
        desk.clock.advance(91'000);
        QVERIFY(desk.reaches(JobState::Sent));
        QCOMPARE(desk.count(kPublish), 2);
    }

    void lostAnswerIsLookedFor_data() {
        QTest::addColumn<bool>("arrived");
        QTest::newRow("it had arrived") << true;
        QTest::newRow("it had not") << false;
    }
    void lostAnswerIsLookedFor() {
        QFETCH(bool, arrived);
        Desk desk;
        const std::string before = listOf({{3, "hello"}});  // an older one of the same name
        desk.world.net.reply(before).cut();
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Retrying));
        if (arrived) {
            desk.world.net.reply(listOf({{9, "hello"}, {3, "hello"}}));
        } else {
            // Two looks, one more before sending, and the sending.
            desk.world.net.reply(before).reply(before).reply(before).reply(kYes).reply(
                listOf({{9, "hello"}, {3, "hello"}}));
        }
        desk.clock.advance(10'000);
        QVERIFY(desk.reaches(JobState::Sent));
        QCOMPARE(desk.count(kPublish), arrived ? 1 : 2);
        QVERIFY(
            waitUntil([&] { return desk.job(PublishJobs::VideoIdRole).toString() == QLatin1String("9"); }));
    }

    // The server was slow to show it: found by the look that comes before the bytes.
    void foundAtTheLastMoment() {
        Desk desk;
        desk.world.net.reply(kNone).cut();
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Retrying));
        desk.world.net.reply(kNone).reply(kNone).reply(listOf({{9, "hello"}}));
        desk.clock.advance(10'000);
        QVERIFY(desk.reaches(JobState::Sent));
        QCOMPARE(desk.count(kPublish), 1);
    }

    // Two uploads of the same title: one video cannot be both.
    void twinsAreTwo() {
        Desk desk;
        desk.world.net.reply(kNone).cut();
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(desk.hands(QStringLiteral("hello"), "twin.mp4"));
        // The first is found; the second is sent, loses its answer, and only the first's video is there.
        const std::string first = listOf({{9, "hello"}});
        const std::string both = listOf({{10, "hello"}, {9, "hello"}});
        desk.world.net.reply(first).reply(first).cut();
        desk.clock.advance(10'000);
        QVERIFY(waitUntil([&] { return desk.count(kPublish) == 2 && desk.state(0) == JobState::Retrying; }));
        QCOMPARE(desk.state(1), JobState::Sent);
        desk.world.net.reply(first).reply(first).reply(first).reply(kYes).reply(both);
        desk.clock.advance(20'000);
        QVERIFY(waitUntil([&] { return desk.state(0) == JobState::Sent; }));
        QCOMPARE(desk.count(kPublish), 3);
        QVERIFY(
            waitUntil([&] { return desk.job(PublishJobs::VideoIdRole).toString() == QLatin1String("10"); }));
    }

    void listIsUnreachable() {
        Desk desk;
        desk.world.net.fail(ErrorKind::Offline, false);
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Retrying));
        QCOMPARE(desk.count(kPublish), 0);  // not a byte before it is known what is there
    }

    void sessionEndsInTheMiddle() {
        Desk desk;
        desk.world.net.reply(kNone).reply(R"({"status_code":1,"status_msg":"token is expired"})");
        QSignalSpy asked(&desk.world.session, &Session::accountNeeded);
        QVERIFY(desk.hands());
        QVERIFY(waitUntil([&] { return asked.count() == 1; }));
        QVERIFY(!desk.world.session.signedIn());
        QCOMPARE(desk.jobs().count(), 1);
        desk.world.signIn();
        desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
        QVERIFY(desk.reaches(JobState::Sent));
        QCOMPARE(desk.count(kPublish), 2);
    }

    void signedOutPreparesAndIsAsked() {
        Desk desk(false);
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("hello"));
        QSignalSpy asked(&desk.world.session, &Session::accountNeeded);
        desk.editor().publish();
        QVERIFY(waitUntil([&] { return asked.count() == 1; }));
        QCOMPARE(asked.first().first().toString(), QStringLiteral("publish"));
        QCOMPARE(desk.editor().state(), EditorState::Handing);
        // Not now: everything stays.
        desk.world.session.cancelSignIn();
        QCOMPARE(desk.editor().state(), EditorState::Checked);
        QCOMPARE(desk.editor().title(), QStringLiteral("hello"));
        QCOMPARE(desk.drafts().count(), 1);
        desk.editor().publish();
        QVERIFY(waitUntil([&] { return asked.count() == 2; }));
        desk.world.net.reply(contract::writeAccount(test::kMe, "secret-token"));
        desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
        desk.world.session.signIn(QStringLiteral("mei"), QStringLiteral("password"));
        QVERIFY(desk.reaches(JobState::Sent));
        QCOMPARE(desk.count(kPublish), 1);
        QCOMPARE(desk.drafts().count(), 0);
    }

    void changedFileIsNotSent_data() {
        QTest::addColumn<bool>("gone");
        QTest::newRow("gone") << true;
        QTest::newRow("changed") << false;
    }
    void changedFileIsNotSent() {
        QFETCH(bool, gone);
        Desk desk;
        if (gone && FileDesk::isTemporary(desk.path("film.mp4"))) {
            QSKIP("this checkout lies where files are kept when they are handed over, so none can go");
        }
        desk.world.net.fail(ErrorKind::Offline, false);
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Retrying));
        if (gone) {
            QVERIFY(QFile::remove(desk.path("film.mp4")));
        } else {
            QFile file(desk.path("film.mp4"));
            QVERIFY(file.open(QIODevice::Append));
            file.write("more");
        }
        desk.jobs().retry(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(desk.reaches(JobState::Failed));
        QCOMPARE(desk.count(kPublish), 0);
        QCOMPARE(desk.job(PublishJobs::ProblemRole).value<PublishProblem>(),
                 gone ? PublishProblem::FileGone : PublishProblem::FileChanged);
    }

    // What lies where the system cleans up by itself is kept until it is sent.
    void temporaryFileIsKept() {
        Desk desk;
        QTemporaryDir place;  // in the system's own place for temporary things
        QVERIFY(FileDesk::isTemporary(place.path()));
        QVERIFY(!FileDesk::isTemporary(QStringLiteral("/home/x/tmp/a.mp4")));
        const QString path = place.filePath(QStringLiteral("shared.mp4"));
        QVERIFY(QFile::copy(kFilm, path));
        QVERIFY(desk.opens(path));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.world.net.fail(ErrorKind::Offline, false);
        desk.editor().publish();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(QFile::remove(path));
        const QDir kept(desk.path("publish"));
        QCOMPARE(kept.entryList(QDir::Files).size(), 1);
        desk.begin();
        QVERIFY(desk.reaches(JobState::Retrying));
        QCOMPARE(kept.entryList(QDir::Files).size(), 1);
        desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
        desk.jobs().retry(desk.job(PublishJobs::JobIdRole).toString());
        QVERIFY(desk.reaches(JobState::Sent));
        QVERIFY(waitUntil([&] { return kept.entryList(QDir::Files).isEmpty(); }));
    }

    // A recording lives with what it is for: its draft, then its upload.
    void recordingGoesWithItsDraft() {
        Desk desk;
        const QDir recordings(desk.path("publish/recordings"));
        QVERIFY(desk.opens(desk.recording()));
        QVERIFY(desk.editor().recorded());
        desk.editor().close();
        QVERIFY(desk.settled());
        desk.begin();
        QCOMPARE(desk.drafts().count(), 1);
        QVERIFY(desk.drafts().data(desk.drafts().index(0), PublishDrafts::RecordedRole).toBool());
        QCOMPARE(recordings.entryList(QDir::Files).size(), 1);
        desk.drafts().discard(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(waitUntil([&] { return recordings.entryList(QDir::Files).isEmpty(); }));
        // From the editor as well; a file from elsewhere stays.
        QVERIFY(desk.opens(desk.recording()));
        desk.editor().discard();
        QVERIFY(waitUntil([&] { return recordings.entryList(QDir::Files).isEmpty(); }));
        const QString film = desk.film();
        QVERIFY(desk.opens(film));
        QVERIFY(!desk.editor().recorded());
        desk.editor().discard();
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(film));
        QCOMPARE(desk.drafts().count(), 0);
    }

    void recordingGoesWithItsAccount() {
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        desk.editor().close();
        desk.drafts().forget(desk.drafts().account());
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
        QCOMPARE(desk.drafts().count(), 0);
    }

    void recordingOfTwoDraftsStays() {
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        QVERIFY(desk.opens(file));
        QCOMPARE(desk.drafts().count(), 2);
        desk.editor().discard();
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(file));
        desk.drafts().discard(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
    }

    void recordingGoesWithItsUpload_data() {
        QTest::addColumn<bool>("sent");
        QTest::newRow("sent") << true;
        QTest::newRow("cancelled") << false;
    }
    void recordingGoesWithItsUpload() {
        QFETCH(bool, sent);
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.world.net.fail(ErrorKind::Offline, false);
        desk.editor().publish();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(desk.job(PublishJobs::RecordedRole).toBool());
        QVERIFY(waitUntil([&] { return desk.drafts().count() == 0; }));
        // Not twice on the disk, and there after the next start.
        QVERIFY(QDir(desk.path("publish")).entryList(QDir::Files).isEmpty());
        desk.begin();
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(file));
        QCOMPARE(desk.drafts().count(), 0);
        const QString id = desk.job(PublishJobs::JobIdRole).toString();
        if (sent) {
            desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
            desk.jobs().retry(id);
            QVERIFY(desk.reaches(JobState::Sent));
        } else {
            desk.jobs().cancel(id);
        }
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
    }

    // Signed out in the last moment: nothing is handed over, and the recording is still there.
    void recordingStaysWhenNothingIsHanded() {
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        desk.editor().setTitle(QStringLiteral("hello"));
        desk.editor().publish();
        desk.world.session.signOut();
        QVERIFY(waitUntil([&] { return desk.editor().state() != EditorState::Handing; }));
        QVERIFY(desk.settled());
        QVERIFY(QFile::exists(file));
    }

    // The program ended between the recording and its draft.
    void recordingWithoutADraftIsFound() {
        Desk desk;
        desk.recording();
        desk.begin();
        QVERIFY(waitUntil([&] { return desk.drafts().count() == 1; }));
        const auto at = desk.drafts().index(0);
        QVERIFY(desk.drafts().data(at, PublishDrafts::RecordedRole).toBool());
        QVERIFY(desk.drafts().data(at, PublishDrafts::SizeRole).toLongLong() > 0);
        QVERIFY(!desk.drafts().data(at, PublishDrafts::ThumbRole).toString().isEmpty());
        QVERIFY(desk.settled());
        desk.begin();
        QVERIFY(desk.settled());
        QCOMPARE(desk.drafts().count(), 1);
    }

    void recordingsFit_data() {
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<qint64>("refused");
        QTest::newRow("reference server") << qint64(kReferenceUploadLimit) << qint64(0);
        QTest::newRow("ours") << qint64(kOurUploadLimit) << qint64(0);
        QTest::newRow("refused once") << qint64(0) << qint64(9'000'000);
        QTest::newRow("refused below the limit") << qint64(kOurUploadLimit) << qint64(3'000'000);
        QTest::newRow("tiny") << qint64(1000) << qint64(0);
    }
    void recordingsFit() {
        QFETCH(qint64, limit);
        QFETCH(qint64, refused);
        const PublishLimits limits{.maxBytes = limit, .refusedBytes = refused};
        const qint64 largest = largestRecording(limits);
        QVERIFY(largest > 0);
        if (limit != 1000) {
            QCOMPARE(sizeProblem(largest + 100'000, kCoverRoom, limits).value_or(PublishProblem::None),
                     PublishProblem::None);
            QVERIFY(largest > 2'000'000);
        }
        QCOMPARE(largestRecording({}), qint64(0));
    }

    void draftsSurvive() {
        Desk desk;
        const QAbstractItemModelTester tester(&desk.drafts());
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("first"));
        QVERIFY(waitUntil([&] { return !desk.editor().cover().isEmpty(); }));
        desk.editor().chooseCover(2000);
        // Another file puts the first aside.
        QVERIFY(desk.opens(desk.film("other.mp4", kOther)));
        QCOMPARE(desk.editor().title(), QString());
        QCOMPARE(desk.drafts().count(), 1);
        desk.editor().setTitle(QStringLiteral("second"));
        QCOMPARE(desk.drafts().count(), 2);
        desk.begin();
        QCOMPARE(desk.drafts().count(), 2);
        const auto titled = [&](const QString& title) {
            for (int row = 0; row < desk.drafts().count(); ++row) {
                const auto at = desk.drafts().index(row);
                if (desk.drafts().data(at, PublishDrafts::TitleRole).toString() == title) {
                    return desk.drafts().data(at, PublishDrafts::DraftIdRole).toString();
                }
            }
            return QString();
        };
        desk.editor().openDraft(titled(QStringLiteral("first")));
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().title(), QStringLiteral("first"));
        QCOMPARE(desk.editor().coverAt(), 2000);
        QCOMPARE(desk.editor().problem(), PublishProblem::None);
        desk.editor().discard();
        QCOMPARE(desk.drafts().count(), 1);
        QVERIFY(desk.settled());
        desk.begin();
        QCOMPARE(desk.drafts().count(), 1);
    }

    // A file that was only looked at leaves nothing behind.
    void draftIsMadeOnlyOfWork_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("drafts");
        QTest::newRow("looked at") << QString() << 0;
        QTest::newRow("spaces typed") << QStringLiteral("   ") << 0;
        QTest::newRow("typed") << QStringLiteral("x") << 1;
        QTest::newRow("cover") << QStringLiteral("(cover)") << 1;
        QTest::newRow("put aside") << QStringLiteral("(aside)") << 1;
    }
    void draftIsMadeOnlyOfWork() {
        QFETCH(QString, what);
        QFETCH(int, drafts);
        Desk desk;
        QVERIFY(desk.opens(desk.film()));
        QVERIFY(waitUntil([&] { return !desk.editor().cover().isEmpty(); }));
        if (what == QLatin1StringView("(cover)")) {
            desk.editor().chooseCover(2000);
        } else if (what == QLatin1StringView("(aside)")) {
            desk.editor().close();
        } else {
            desk.editor().setTitle(what);
        }
        QCOMPARE(desk.drafts().count(), drafts);
        // The next file does not take it along, and the next start finds it.
        QVERIFY(desk.opens(desk.film("other.mp4", kOther)));
        desk.editor().discard();
        QCOMPARE(desk.drafts().count(), drafts);
        desk.drafts().flush();
        QVERIFY(desk.settled());
        desk.begin();
        QCOMPARE(desk.drafts().count(), drafts);
    }

    // The program dies a second after the last key: the draft is on disk without any goodbye.
    void draftIsWrittenAsYouGo() {
        Desk desk;
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("kept"));
        QVERIFY(waitUntil([&] {
            SQLite::Database other(desk.path("client.sqlite").toStdString());
            return other.execAndGet("SELECT count(*) FROM publish_drafts WHERE title = 'kept'").getInt() == 1;
        }));
    }

    void draftWhoseFileIsGone() {
        Desk desk;
        const QString path = desk.film();
        QVERIFY(desk.opens(path));
        desk.editor().close();
        QVERIFY(QFile::remove(path));
        desk.begin();
        QVERIFY(waitUntil(
            [&] { return desk.drafts().data(desk.drafts().index(0), PublishDrafts::GoneRole).toBool(); }));
        desk.editor().openDraft(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().problem(), PublishProblem::FileGone);
        // It is back.
        desk.film();
        desk.editor().check();
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().problem(), PublishProblem::None);
    }

    void draftWhoseFileChanged() {
        Desk desk;
        const QString path = desk.film();
        QVERIFY(desk.opens(path));
        desk.editor().close();
        QVERIFY(QFile::remove(path));
        QVERIFY(QFile::copy(kOther, path));
        desk.editor().openDraft(
            desk.drafts().data(desk.drafts().index(0), PublishDrafts::DraftIdRole).toString());
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().problem(), PublishProblem::FileChanged);
        desk.editor().check();  // "take it as it is now"
        QVERIFY(waitUntil([&] { return desk.editor().state() == EditorState::Checked; }));
        QCOMPARE(desk.editor().problem(), PublishProblem::None);
    }

    void draftsAreOnesOwn() {
        Desk desk;
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("mei's"));
        desk.world.session.signOut();
        QCOMPARE(desk.drafts().count(), 0);
        QCOMPARE(desk.editor().state(), EditorState::Empty);
        desk.world.signIn(88, "lin", "other-token");
        QCOMPARE(desk.drafts().count(), 0);
        desk.world.session.signOut();
        desk.world.signIn();
        QCOMPARE(desk.drafts().count(), 1);
    }

    void draftsOfAnAccountAreForgotten() {
        Desk desk;
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("mei's"));
        const QString mine = desk.world.session.accountKey();
        desk.world.session.signOut();
        desk.world.signIn(88, "lin", "other-token");
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("lin's"));
        desk.drafts().forget(mine);
        QCOMPARE(desk.drafts().count(), 1);
        desk.drafts().flush();
        QVERIFY(desk.settled());
        const auto rows = waitFor(desk.database->run(
            [](SQLite::Database& db) {
                return db.execAndGet("SELECT count(*) FROM publish_drafts").getInt();
            },
            {}));
        QCOMPARE(*rows, 1);
    }

    // Nothing of it is there yet; what is read a moment later goes.
    void draftsAreForgottenBeforeTheyAreLoaded_data() {
        QTest::addColumn<bool>("wholeServer");
        QTest::newRow("an account") << false;
        QTest::newRow("a server") << true;
    }
    void draftsAreForgottenBeforeTheyAreLoaded() {
        QFETCH(bool, wholeServer);
        Desk desk;
        const QString file = desk.recording();
        QVERIFY(desk.opens(file));
        desk.editor().close();
        PublishDraft other;
        other.id = desk.drafts().nextId();
        other.account = QStringLiteral("http://other|77");
        other.title = QStringLiteral("theirs");
        desk.drafts().put(other);
        desk.drafts().flush();
        QVERIFY(desk.settled());
        desk.beginToLoad();
        QVERIFY(!desk.drafts().loaded());
        if (wholeServer) {
            QVERIFY(waitFor(desk.drafts().forgetServer(desk.world.session.server())));
        } else {
            desk.drafts().forget(desk.world.session.accountKey());
        }
        QVERIFY(waitUntil([&] { return desk.drafts().loaded(); }));
        QCOMPARE(desk.drafts().count(), 0);
        QVERIFY(waitUntil([&] { return !QFile::exists(file); }));
        QVERIFY(desk.settled());
        const auto rows = waitFor(desk.database->run(
            [](SQLite::Database& db) {
                return db.execAndGet("SELECT count(*) FROM publish_drafts WHERE title = 'theirs'").getInt() *
                           10 +
                       db.execAndGet("SELECT count(*) FROM publish_drafts").getInt();
            },
            {}));
        QCOMPARE(*rows, 11);
    }

    void diskIsFull() {
        Desk desk;
        waitFor(desk.database->run(
            [](SQLite::Database& database) {
                database.exec(
                    "CREATE TRIGGER full BEFORE INSERT ON publish_drafts BEGIN "
                    "SELECT RAISE(ABORT, 'database or disk is full'); END");
            },
            {}));
        QVERIFY(desk.opens(desk.film()));
        desk.editor().setTitle(QStringLiteral("x"));
        QVERIFY(waitUntil([&] { return desk.drafts().unsaved(); }));
        // It goes on in memory, and can be published.
        QVERIFY(desk.editor().publishable());
        waitFor(
            desk.database->run([](SQLite::Database& database) { database.exec("DROP TRIGGER full"); }, {}));
        desk.drafts().flush();
        QVERIFY(waitUntil([&] { return !desk.drafts().unsaved(); }));
    }

    void opensOnlyWhatComesOverTheWeb_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QUrl>("opened");
        for (const char* fine : {"http://media.test/9.mp4", "https://media.test/9.mp4"}) {
            QTest::newRow(fine) << QString::fromLatin1(fine) << QUrl(QString::fromLatin1(fine));
        }
        for (const char* other :
             {"file:///etc/passwd", "ftp://media.test/9.mp4", "data:video/mp4;base64,AAAA",
              "qrc:/tikgok/9.mp4", "/etc/passwd", "http:///9.mp4", ""}) {
            QTest::newRow(other) << QString::fromLatin1(other) << QUrl();
        }
    }
    void opensOnlyWhatComesOverTheWeb() {
        QFETCH(QString, address);
        QFETCH(QUrl, opened);
        Desk desk;
        contract::Video video = test::clip(9);
        video.playUrl = video.coverUrl = address.toStdString();
        desk.world.net.reply(contract::writeVideos(std::vector<contract::Video>{video}));
        QSignalSpy located(desk.publishing.get(), &Publishing::located);
        desk.publishing->locate(QStringLiteral("9"));
        QVERIFY(waitUntil([&] { return !located.isEmpty(); }));
        QCOMPARE(located.at(0).at(1).toUrl(), opened);
        QCOMPARE(located.at(0).at(2).toUrl(), opened);
    }

    void freshMediaMayBeMissing() {
        BlindPlayer* player = nullptr;
        PreviewPlayer preview(
            [&] {
                auto made = std::make_unique<BlindPlayer>();
                player = made.get();
                return made;
            },
            {.firstWait = std::chrono::milliseconds(1),
             .longestWait = std::chrono::milliseconds(4),
             .tries = 3});
        // Nothing is made for what nobody wants to see.
        QVERIFY(!preview.player());
        preview.setMuted(true);
        preview.seek(5);
        preview.retry();
        QVERIFY(!preview.failed());
        QVERIFY(!player);
        preview.setSource(QUrl(QStringLiteral("http://media/9.mp4")));
        QCOMPARE(preview.player(), player);
        for (int i = 2; i <= 4; ++i) {
            player->fail(Player::ErrorKind::NotFound);
            QVERIFY(preview.waiting());
            QVERIFY(!preview.failed());
            QVERIFY(waitUntil([&] { return player->sources.size() == i; }));
        }
        player->fail(Player::ErrorKind::NotFound);
        QVERIFY(!preview.waiting());
        QVERIFY(preview.failed());
        preview.retry();
        QCOMPARE(player->sources.size(), 5);
        player->fail(Player::ErrorKind::Damaged);  // no use in asking again
        QVERIFY(preview.failed());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::PublishTest)
#include "publish_test.moc"
