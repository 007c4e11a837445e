// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client as it is, over real HTTP, against a simulator in the same process.

#include "backend-sim/simulator.h"
#include "core/account/session.h"
#include "core/api/network_transport.h"
#include "core/comments/comments_model.h"
#include "core/feed/feed_model.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_store.h"
#include "core/settings/settings.h"
#include "core/storage/database.h"
#include "resources/demo_media_dir.h"
#include "tests/core/support/wait.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tikgok {

using test::waitFor;
using test::waitUntil;

using FeedState = FeedModel::State;
using CommentsState = CommentsModel::State;

namespace {

const QString kPassword = QStringLiteral("a pass+word&more");

std::unique_ptr<sim::Simulator> startSimulator(const QString& directory, unsigned pageSize = 30,
                                               std::uint16_t port = 0) {
    sim::SimulatorConfig config;
    config.dataDirectory = directory.toStdString();
    config.pageSize = pageSize;
    config.port = port;
    auto started = sim::Simulator::start(std::move(config));
    if (!started) {
        qWarning("%s", started.error().c_str());
        return nullptr;
    }
    return std::move(*started);
}

// One installed client: its own files, its own everything.
struct Client {
    // `directory`: where it keeps its files; a temporary one when empty.
    explicit Client(const sim::Simulator& simulator, TokenVault* shared = nullptr,
                    const QString& directory = {})
        : files(directory.isEmpty() ? dir.path() : directory),
          vault(shared == nullptr ? &ownVault : shared),
          session(api, *vault, settings) {
        connectTo(simulator);
    }

    void connectTo(const sim::Simulator& simulator) {
        transport.setServer(QUrl(QString::fromStdString(simulator.url())));
        session.setServer(QStringLiteral("builtin"));
    }
    bool refresh() {
        feed.refresh();
        return settles();
    }
    bool settles() {
        return waitUntil([&] {
            return feed.state() != FeedState::Loading && feed.state() != FeedState::LoadingMore &&
                   !feed.refreshing();
        });
    }
    // To the end of the feed. The number of pages, or -1.
    int loadAll() {
        int pages = 1;
        while (feed.state() == FeedState::Ready) {
            feed.loadMore();
            if (!settles() || ++pages > 100) {
                return -1;
            }
        }
        return feed.state() == FeedState::End ? pages : -1;
    }
    bool registers(const QString& name) {
        session.registerAccount(name, kPassword);
        return waitUntil([&] { return !session.busy(); }) && session.signedIn();
    }
    bool signsIn(const QString& name) {
        session.signIn(name, kPassword);
        return waitUntil([&] { return !session.busy(); }) && session.signedIn();
    }
    bool opens(VideoEntity* video) {
        comments.setVideo(video);
        return waitUntil([&] { return comments.state() == CommentsState::Ready; });
    }
    bool rereadsComments() {
        comments.refresh();
        return waitUntil([&] { return comments.state() == CommentsState::Ready; });
    }
    QVariant comment(int row, int role) { return comments.data(comments.index(row), role); }
    CommentsModel::Status status(int row) {
        return comment(row, CommentsModel::StatusRole).value<CommentsModel::Status>();
    }

    QTemporaryDir dir;
    QDir files;
    MemoryVault ownVault;
    TokenVault* vault;
    Settings settings{files.filePath(QStringLiteral("settings.json"))};
    Drafts drafts{files.filePath(QStringLiteral("drafts.json"))};
    NetworkTransport transport;
    Api api{transport, {.retries = 1, .firstDelay = std::chrono::milliseconds(10)}};
    Session session;
    Database database{files.filePath(QStringLiteral("client.sqlite")), {outboxSchema()}};
    Outbox outbox{database, session};
    EntityStore store{api, session, outbox};
    FeedModel feed{api, session, store};
    CommentSender sender{api, session, outbox};
    CommentsModel comments{
        api, session, store, outbox, sender, drafts, {.undoTime = std::chrono::milliseconds(0)}};
};

// As many as the world's own file says.
int videosInTheSmallWorld() {
    QFile file(QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/worlds/small.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        return -1;
    }
    const QJsonObject world = QJsonDocument::fromJson(file.readAll()).object();
    return static_cast<int>(world.value(QLatin1String("videos")).toArray().size());
}

QString uniqueName() {
    static int number = 0;
    return QStringLiteral("测试+%1").arg(++number);
}

}  // namespace

class ClientSimTest : public QObject {
    Q_OBJECT

private:
    // Most tests share one world; each works as new people and cleans nothing up.
    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<sim::Simulator> simulator_;

private Q_SLOTS:
    void initTestCase() {
        dir_ = std::make_unique<QTemporaryDir>();
        simulator_ = startSimulator(dir_->filePath(QStringLiteral("sim")));
        QVERIFY(simulator_);
    }
    void cleanupTestCase() { simulator_.reset(); }

    void pagesWithoutRepeats_data() {
        QTest::addColumn<unsigned>("pageSize");
        for (const unsigned size : {1U, 7U, 10U, 30U}) {
            QTest::addRow("%u", size) << size;
        }
    }
    void pagesWithoutRepeats() {
        QFETCH(unsigned, pageSize);
        const int all = videosInTheSmallWorld();
        QVERIFY(all >= 30);
        const QTemporaryDir world;
        const auto simulator = startSimulator(world.filePath(QStringLiteral("sim")), pageSize);
        QVERIFY(simulator);
        Client client(*simulator);
        const QAbstractItemModelTester tester(&client.feed,
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(client.refresh());
        QCOMPARE(client.feed.state(), FeedState::Ready);
        QCOMPARE(client.feed.count(), static_cast<int>(pageSize));
        QVERIFY(client.loadAll() > 0);
        QCOMPARE(client.feed.count(), all);
        QSet<QString> ids;
        for (int row = 0; row < client.feed.count(); ++row) {
            const VideoEntity* video = client.feed.videoAt(row);
            ids.insert(video->videoIdText());
            QVERIFY(video->author());
            QVERIFY(!video->playUrl().isEmpty());
            QVERIFY(!video->coverUrl().isEmpty());
            QVERIFY(!video->title().isEmpty());
        }
        QCOMPARE(static_cast<int>(ids.size()), all);
        const QString first = client.feed.videoAt(0)->videoIdText();
        client.feed.startOver();
        QVERIFY(client.settles());
        QCOMPARE(client.feed.videoAt(0)->videoIdText(), first);
        QVERIFY(client.refresh());  // nothing new, nothing moves
        QCOMPARE(client.feed.videoAt(0)->videoIdText(), first);
    }

    void aLikeSignsIn() {
        Client client(*simulator_);
        QVERIFY(client.refresh());
        QSignalSpy needed(&client.session, &Session::accountNeeded);
        VideoEntity* video = client.feed.videoAt(0);
        const int before = video->likeCount();
        QVERIFY(!video->liked());
        video->toggleLike();
        QCOMPARE(needed.count(), 1);
        QVERIFY(client.registers(uniqueName()));
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QVERIFY2(video->liked(), qPrintable(video->likeError()));
        QCOMPARE(video->likeCount(), before + 1);
        QVERIFY(client.refresh());
        QVERIFY(video->liked());
        QCOMPARE(video->likeCount(), before + 1);
        video->toggleLike();
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QVERIFY(client.refresh());
        QVERIFY(!video->liked());
        QCOMPARE(video->likeCount(), before);
    }

    void hastyFingersEndAsChosen() {
        Client client(*simulator_);
        QVERIFY(client.registers(uniqueName()));
        QVERIFY(client.refresh());
        VideoEntity* video = client.feed.videoAt(1);
        const int before = video->likeCount();
        for (int i = 0; i < 7; ++i) {
            video->toggleLike();
            QCoreApplication::processEvents();
        }
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QVERIFY(video->liked());
        QVERIFY(client.refresh());
        QVERIFY(video->liked());
        QCOMPARE(video->likeCount(), before + 1);
    }

    void aFollowIsSeenByBoth() {
        Client mei(*simulator_);
        Client lin(*simulator_);
        QVERIFY(mei.registers(uniqueName()));
        QVERIFY(lin.registers(uniqueName()));
        const auto entityOf = [](Client& client, Client& whom) -> UserEntity* {
            auto answer =
                waitFor(client.api.user(whom.session.userId(), client.session.token(), std::stop_token()));
            return answer ? client.store.user(*answer) : nullptr;
        };
        UserEntity* her = entityOf(mei, lin);
        UserEntity* me = entityOf(mei, mei);
        QVERIFY(her && me);
        her->toggleFollow();
        QVERIFY(her->followPending());
        QCOMPARE(her->followerCount(), 1);
        QCOMPARE(me->followCount(), 1);
        QVERIFY(waitUntil([&] { return !her->followPending(); }));
        QVERIFY(her->followed());
        QCOMPARE(entityOf(lin, lin)->followerCount(), 1);
        QCOMPARE(entityOf(mei, lin), her);
        QVERIFY(her->followed());
        QCOMPARE(her->followerCount(), 1);
        QCOMPARE(entityOf(mei, mei)->followCount(), 1);
        her->toggleFollow();
        QVERIFY(waitUntil([&] { return !her->followPending(); }));
        QCOMPARE(entityOf(lin, lin)->followerCount(), 0);
        QCOMPARE(me->followCount(), 0);
    }

    // The program ends while the server is away; the next one brings the like there.
    void aLikeSurvivesTheProgram() {
        const QTemporaryDir world;
        auto simulator = startSimulator(world.filePath(QStringLiteral("sim")), 10);
        QVERIFY(simulator);
        const std::uint16_t port = simulator->port();
        const QTemporaryDir files;
        const QString name = uniqueName();
        contract::Id id = 0;
        {
            Client client(*simulator, nullptr, files.path());
            QVERIFY(client.registers(name));
            QVERIFY(client.refresh());
            VideoEntity* video = client.feed.videoAt(0);
            id = video->id();
            simulator.reset();
            video->toggleLike();
            QVERIFY(waitUntil([&] {
                const auto waiting = client.outbox.open(client.session.accountKey(), IntentKind::Like);
                return waiting.size() == 1 && waiting.at(0).errorKind != ErrorKind::None;
            }));
        }
        simulator = startSimulator(world.filePath(QStringLiteral("sim")), 10, port);
        QVERIFY(simulator);
        Client again(*simulator, nullptr, files.path());
        QVERIFY(waitUntil([&] { return again.outbox.loaded(); }));
        QVERIFY(again.signsIn(name));
        QVERIFY(again.refresh());
        VideoEntity* video = again.store.findVideo(id);
        QVERIFY(video);
        QVERIFY(video->liked());
        again.outbox.poke();
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        const auto said = waitFor(again.api.feed(std::nullopt, again.session.token(), std::stop_token()));
        QVERIFY(said);
        QVERIFY(std::ranges::any_of(
            said->videos, [id](const contract::Video& one) { return one.id == id && one.isFavorite; }));
    }

    void wrongPasswordIsSaidInWords() {
        Client client(*simulator_);
        const QString name = uniqueName();
        QVERIFY(client.registers(name));
        client.session.signOut();
        QSignalSpy failed(&client.session, &Session::signInFailed);
        client.session.signIn(name, QStringLiteral("not it"));
        QVERIFY(waitUntil([&] { return failed.count() == 1; }));
        QCOMPARE(failed[0][0].value<ErrorKind>(), ErrorKind::Refused);
        QCOMPARE(failed[0][1].toString(), QStringLiteral("wrong password"));
        client.session.registerAccount(name, kPassword);
        QVERIFY(waitUntil([&] { return failed.count() == 2; }));
        QCOMPARE(failed[1][1].toString(), QStringLiteral("user already exist"));
        client.session.signIn(name, kPassword);
        QVERIFY(waitUntil([&] { return client.session.signedIn(); }));
        QCOMPARE(client.session.userName(), name);
    }

    void badTokenReadsOnAsAStranger() {
        Client client(*simulator_);
        client.settings.setLastAccount(QStringLiteral("other"), KnownAccount{QStringLiteral("x"), 5});
        waitFor<int>([](TokenVault& vault) -> QCoro::Task<Result<int>> {
            co_await vault.store(QStringLiteral("other|x"), QStringLiteral("not.a.token"), {});
            co_return Result<int>(1);
        }(client.ownVault));
        client.session.setServer(QStringLiteral("other"));
        QVERIFY(client.session.signedIn());
        QVERIFY(client.refresh());
        QCOMPARE(client.feed.state(), FeedState::Ready);
        QVERIFY(client.session.expired());
        QVERIFY(!client.session.signedIn());
    }

    void twoClientsSeeEachOther() {
        Client mei(*simulator_);
        Client lin(*simulator_);
        const QString meisName = uniqueName();
        QVERIFY(mei.registers(meisName));
        QVERIFY(lin.registers(uniqueName()));
        QVERIFY(mei.refresh());
        QVERIFY(lin.refresh());
        VideoEntity* meis = mei.feed.videoAt(2);
        VideoEntity* lins = lin.feed.videoAt(2);
        QCOMPARE(meis->id(), lins->id());
        const int likes = lins->likeCount();
        const int comments = lins->commentCount();

        QVERIFY(mei.opens(meis));
        QVERIFY(lin.opens(lins));
        QCOMPARE(meis->commentCount(), comments);
        meis->toggleLike();
        const QString text = QStringLiteral("1+1=2 & 你好 😀\n<b>\"quoted\"</b> %41");
        QVERIFY(mei.comments.post(text));
        QVERIFY(
            waitUntil([&] { return !meis->likePending() && mei.status(0) == CommentsModel::Status::Sent; }));
        QVERIFY(mei.comment(0, CommentsModel::OwnRole).toBool());

        QVERIFY(lin.refresh());
        QVERIFY(lin.rereadsComments());
        QCOMPARE(lins->likeCount(), likes + 1);
        QVERIFY(!lins->liked());
        QCOMPARE(lins->commentCount(), comments + 1);
        QCOMPARE(lin.comment(0, CommentsModel::ContentRole).toString(), text);
        QCOMPARE(lin.comment(0, CommentsModel::AuthorNameRole).toString(), meisName);
        QVERIFY(lin.comment(0, CommentsModel::AuthorKnownRole).toBool());
        QVERIFY(!lin.comment(0, CommentsModel::OwnRole).toBool());

        mei.comments.remove(0);
        QVERIFY(waitUntil([&] { return mei.comments.count() == comments; }));
        QVERIFY(lin.rereadsComments());
        QCOMPARE(lin.comments.count(), comments);
        QVERIFY(lin.refresh());
        QCOMPARE(lins->commentCount(), comments);
    }

    void longestCommentFits() {
        Client client(*simulator_);
        QVERIFY(client.registers(uniqueName()));
        QVERIFY(client.refresh());
        QVERIFY(client.opens(client.feed.videoAt(3)));
        const QString text = QStringLiteral("😀").repeated(256);
        QVERIFY(client.comments.post(text));
        QVERIFY(waitUntil([&] { return client.status(0) != CommentsModel::Status::Pending; }));
        QCOMPARE(client.status(0), CommentsModel::Status::Sent);
        QVERIFY(client.rereadsComments());
        QCOMPARE(client.comment(0, CommentsModel::ContentRole).toString(), text);
    }

    void everyListCanBeRead() {
        Client client(*simulator_);
        QVERIFY(client.registers(uniqueName()));
        QVERIFY(client.refresh());
        const VideoEntity* video = client.feed.videoAt(0);
        const contract::Id author = video->author()->id();
        const QString token = client.session.token();
        QVERIFY(waitFor(client.api.user(author, token, {})));
        QVERIFY(!waitFor(client.api.publishList(author, token, {}))->empty());
        QVERIFY(waitFor(client.api.favoriteList(author, token, {})));
        QVERIFY(waitFor(client.api.following(author, token, {})));
        QVERIFY(waitFor(client.api.followers(author, token, {})));
        QVERIFY(waitFor(client.api.friends(author, token, {})));
        QVERIFY(waitFor(client.api.setFollow(author, true, token, {})));
        QVERIFY(waitFor(client.api.user(author, token, {}))->isFollow);
        QVERIFY(waitFor(client.api.sendMessage(author, QStringLiteral("hi + 好"), token, {})));
        const auto messages = waitFor(client.api.messages(author, 0, token, {}));
        QVERIFY(messages);
        QCOMPARE(messages->size(), 1U);
        QCOMPARE(messages->front().message.content, std::string("hi + 好"));
        const auto nobody = waitFor(client.api.user(4242, token, {}));
        QVERIFY(!nobody);
        QCOMPARE(nobody.error().kind, ErrorKind::NotFound);
    }

    void publishes() {
        const QDir media(QStringLiteral(TIKGOK_DEMO_MEDIA_DIR_SOURCE "/media/videos"));
        const QStringList files = media.entryList({QStringLiteral("*.mp4")}, QDir::Files);
        QVERIFY(!files.isEmpty());
        Client client(*simulator_);
        QVERIFY(client.registers(uniqueName()));
        QList<qint64> progress;
        Upload upload{.filePath = media.filePath(files.first()),
                      .fileName = QStringLiteral("clip \"一\".mp4"),
                      .title = QStringLiteral("海 + 天"),
                      .progress = [&](qint64 sent, qint64) { progress.append(sent); }};
        const QString token = client.session.token();
        const auto done = waitFor(client.api.publish(upload, token, {}));
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
        QVERIFY(!progress.isEmpty());
        const auto list = waitFor(client.api.publishList(client.session.userId(), token, {}));
        QVERIFY(list);
        QCOMPARE(list->size(), 1U);
        QCOMPARE(list->front().title, upload.title.toStdString());

        QFile text(client.dir.filePath(QStringLiteral("text.mp4")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("not a film");
        text.close();
        upload.filePath = text.fileName();
        const auto refused = waitFor(client.api.publish(upload, token, {}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, 2);
    }

    void serverGoesAndComesBack() {
        const QTemporaryDir world;
        const QString directory = world.filePath(QStringLiteral("sim"));
        auto simulator = startSimulator(directory, 10);
        QVERIFY(simulator);
        const std::uint16_t port = simulator->port();
        Client client(*simulator);
        QVERIFY(client.registers(uniqueName()));
        QVERIFY(client.refresh());
        VideoEntity* video = client.feed.videoAt(0);
        const int likes = video->likeCount();
        video->toggleLike();
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QVERIFY(client.opens(video));
        QVERIFY(client.comments.post(QStringLiteral("before")));
        QVERIFY(waitUntil([&] { return client.status(0) == CommentsModel::Status::Sent; }));
        const int comments = client.comments.count();

        simulator.reset();
        QVERIFY(client.comments.post(QStringLiteral("while it was away")));
        client.feed.loadMore();
        video->toggleLike();
        QVERIFY(client.settles());
        QVERIFY(waitUntil([&] {
            const auto waiting = client.outbox.open(client.session.accountKey(), IntentKind::Comment);
            return waiting.size() == 1 && waiting.at(0).errorKind == ErrorKind::Offline;
        }));
        QCOMPARE(client.status(0), CommentsModel::Status::Pending);
        QCOMPARE(client.feed.state(), FeedState::MoreFailed);
        QCOMPARE(client.feed.count(), 10);
        QVERIFY(video->likePending());  // it waits
        QVERIFY(!video->liked());
        QVERIFY(!video->likeFailed());
        QCOMPARE(client.comment(0, CommentsModel::ContentRole).toString(),
                 QStringLiteral("while it was away"));
        QVERIFY(client.session.signedIn());

        simulator = startSimulator(directory, 10, port);
        QVERIFY(simulator);
        client.feed.retry();
        client.outbox.poke();
        QVERIFY(client.settles());
        QCOMPARE(client.feed.count(), 20);
        QVERIFY(waitUntil([&] { return client.status(0) == CommentsModel::Status::Sent; }));
        QVERIFY(client.rereadsComments());
        QCOMPARE(client.comments.count(), comments + 1);
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QVERIFY(client.refresh());
        QVERIFY(!video->liked());
        QCOMPARE(video->likeCount(), likes);
    }

    void sessionSurvivesAnotherPort() {
        const QTemporaryDir world;
        const QString directory = world.filePath(QStringLiteral("sim"));
        auto simulator = startSimulator(directory);
        QVERIFY(simulator);
        MemoryVault vault;
        QString name;
        std::optional<KnownAccount> known;
        {
            Client client(*simulator, &vault);
            name = uniqueName();
            QVERIFY(client.registers(name));
            known = client.settings.lastAccount(QStringLiteral("builtin"));
            QVERIFY(known);
        }
        simulator.reset();
        simulator = startSimulator(directory);
        QVERIFY(simulator);
        Client client(*simulator, &vault);
        client.settings.setLastAccount(QStringLiteral("builtin"), known);
        client.session.setServer(QString());
        client.session.setServer(QStringLiteral("builtin"));
        QVERIFY(client.session.signedIn());
        QCOMPARE(client.session.userName(), name);
        QVERIFY(client.refresh());
        QVERIFY(client.session.signedIn());
    }

    void clientGoesInTheMiddleOfEverything() {
        auto client = std::make_unique<Client>(*simulator_);
        QVERIFY(client->registers(uniqueName()));
        QVERIFY(client->refresh());
        QVERIFY(client->opens(client->feed.videoAt(0)));
        client->feed.refresh();
        client->feed.loadMore();
        client->feed.videoAt(1)->toggleLike();
        client->comments.post(QStringLiteral("unfinished"));
        client->comments.refresh();
        client->session.signIn(QStringLiteral("somebody"), kPassword);
        client.reset();
        QTest::qWait(20);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ClientSimTest)
#include "client_sim_test.moc"
