// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Publishing without a network: the job's way through every error. What comes before it is in
// publish_editor_test.cpp and publish_drafts_test.cpp, what becomes of its file in publish_files_test.cpp.

#include "core/publish/publishing.h"
#include "tests/core/support/publish_desk.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <vector>

namespace tikgok {

using test::BlindPlayer;
using test::Desk;
using test::kNone;
using test::kPublish;
using test::kYes;
using test::listOf;
using test::waitUntil;
using JobState = PublishJobs::State;
using EditorState = PublishEditor::State;

namespace {

class KnownServer final : public ServerFacts {
public:
    [[nodiscard]] ServerTraits traits() const override { return {.dialect = dialect}; }
    Dialect dialect = Dialect::Unknown;
};

}  // namespace

class PublishTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
        QCOMPARE(again.name, data.name);
        QCOMPARE(again.stamp.size, data.stamp.size);
        QCOMPARE(again.stamp.modified, data.stamp.modified);
        QCOMPARE(again.keptPath, data.keptPath);
        QCOMPARE(again.draft, data.draft);
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

    void chosenFrameIsTheCover() {
        Desk desk;
        desk.world.net.reply(kNone).hang();
        // Its pictures differ a lot.
        QVERIFY(desk.opens(desk.film("film.mp4", test::kOther)));
        desk.editor().setTitle(QStringLiteral("hello"));
        QVERIFY(waitUntil([&] { return !desk.editor().cover().isEmpty(); }));
        const QString first = desk.editor().cover();
        desk.editor().chooseCover(qint64(desk.editor().duration() / 2));
        QVERIFY(waitUntil([&] { return desk.editor().cover() != first; }));
        // The one that is sent is larger.
        const auto small = [](const QByteArray& jpeg) {
            return QImage::fromData(jpeg)
                .scaled(16, 16, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                .convertToFormat(QImage::Format_RGB32);
        };
        const auto shown = [&](const QString& url) {
            return small(QByteArray::fromBase64(url.section(u',', 1).toLatin1()));
        };
        const auto difference = [](const QImage& a, const QImage& b) {
            int sum = 0;
            for (int i = 0; i < 256; ++i) {
                sum += std::abs(qGray(a.pixel(i % 16, i / 16)) - qGray(b.pixel(i % 16, i / 16)));
            }
            return sum;
        };
        const QImage chosen = shown(desk.editor().cover());
        desk.editor().publish();
        QVERIFY(waitUntil([&] { return desk.count(kPublish) == 1; }));
        const auto& body = desk.world.net.last().request.body;
        QCOMPARE(body->more.size(), 1);
        const QImage sent = small(body->more.first().bytes);
        const int fromChosen = difference(sent, chosen);
        const int fromFirst = difference(sent, shown(first));
        QVERIFY2(fromChosen * 4 < fromFirst,
                 qPrintable(QStringLiteral("%1, %2").arg(fromChosen).arg(fromFirst)));
        desk.jobs().cancel(desk.job(PublishJobs::JobIdRole).toString());
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
        // Bytes at once; speed and time left as soon as they can be told.
        QCOMPARE(desk.job(PublishJobs::SentBytesRole).toLongLong(), 500);
        QCOMPARE(desk.job(PublishJobs::SecondsLeftRole).toInt(), -1);
        qint64 sent = 500;
        QVERIFY(waitUntil([&] {
            progress(++sent, 1'000'000);
            return desk.job(PublishJobs::BytesPerSecondRole).toDouble() > 0;
        }));
        QVERIFY(desk.job(PublishJobs::SecondsLeftRole).toInt() > 0);
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
        row("cut in the middle", ErrorKind::Cut, false, JobState::Retrying);
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
        QVERIFY(desk.editor().coverTaken());
        known.dialect = Dialect::TikGok;
        Q_EMIT desk.world.session.traitsChanged();
        QVERIFY(changed.count() > 0);
        QCOMPARE(desk.editor().limitBytes(), kReferenceUploadLimit);
        QVERIFY(desk.editor().titleInBytes());
        QVERIFY(!desk.editor().coverTaken());
        // Another of our kind may take more than ours does.
        known.dialect = Dialect::Standard;
        QCOMPARE(desk.editor().limitBytes(), 0);
        desk.world.session.setServer(QStringLiteral("builtin"));
        QCOMPARE(desk.editor().limitBytes(), kOurUploadLimit);
        QVERIFY(!desk.editor().titleInBytes());
        QVERIFY(desk.editor().coverTaken());
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

    // Nothing runs for a page that nobody sees.
    void countsDownOnlyWhereSeen() {
        Desk desk;
        PublishJobs& jobs = *desk.publishing->jobs();
        const auto* seconds = jobs.findChild<QTimer*>();
        QVERIFY(seconds);
        desk.world.net.reply(kNone).throttle(std::chrono::seconds(90));
        QVERIFY(desk.hands());
        QVERIFY(desk.reaches(JobState::Retrying));
        QVERIFY(!seconds->isActive());
        desk.clock.advance(30'000);
        QSignalSpy changed(&jobs, &PublishJobs::dataChanged);
        jobs.setActive(true);
        // At once what it is by now.
        QCOMPARE(changed.count(), 1);
        QVERIFY(desk.job(PublishJobs::RetryInRole).toInt() <= 61);
        QVERIFY(seconds->isActive());
        QVERIFY(waitUntil([&] { return changed.count() >= 2; }));
        jobs.setActive(false);
        QVERIFY(!seconds->isActive());
        jobs.setActive(true);
        desk.world.net.reply(kNone).reply(kYes).reply(listOf({{8, "hello"}}));
        desk.clock.advance(61'000);
        QVERIFY(desk.reaches(JobState::Sent));
        QVERIFY(!seconds->isActive());
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
