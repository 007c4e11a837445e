// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client as it is against the simulator in each of its dialects. Every answer on the way is held against
// the description of the dialect (docs/openapi*.yaml).

#include "backend-sim/simulator.h"
#include "core/account/session.h"
#include "core/api/network_transport.h"
#include "core/api/server_probe.h"
#include "core/comments/comments_model.h"
#include "core/feed/feed_model.h"
#include "core/feed/following_feed.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_store.h"
#include "core/settings/settings.h"
#include "core/social/people.h"
#include "core/storage/database.h"
#include "tests/conformance/embedded.h"
#include "tests/conformance/spec.h"
#include "tests/core/support/wait.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <limits>
#include <memory>

namespace tikgok {

using conformance::ApiSpec;
using sim::DialectName;
using test::waitFor;
using test::waitUntil;

using FeedState = FeedModel::State;
using CommentsState = CommentsModel::State;

namespace {

constexpr qint64 kFar = std::numeric_limits<qint64>::max();
const QString kPassword = QStringLiteral("pass+word&");

// Passes everything on, and keeps what is wrong with the answers.
class JudgedTransport final : public Transport {
public:
    explicit JudgedTransport(DialectName dialect)
        : spec_(
              *ApiSpec::parse(conformance::embeddedDescription(static_cast<conformance::Dialect>(dialect)))) {
    }

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override {
        const std::string path = request.path.toStdString();
        const char* const method = request.method == contract::Method::Get ? "GET" : "POST";
        Result<HttpAnswer> answer = co_await inner.send(std::move(request), alive);
        if (answer) {
            ++judged;
            const bool json = answer->body.startsWith('{');
            for (const std::string& problem :
                 spec_.check(method, path, answer->status, json ? "application/json" : "text/plain",
                             answer->body.toStdString())) {
                complaints << QString::fromStdString(path + ": " + problem) + QLatin1String(" in ") +
                                  QString::fromUtf8(answer->body.left(500));
            }
        }
        co_return answer;
    }

    NetworkTransport inner;
    QStringList complaints;
    int judged = 0;

private:
    ApiSpec spec_;
};

// One installed client.
struct DialectClient {
    DialectClient(DialectName dialect, const sim::Simulator& simulator) : transport(dialect) {
        transport.inner.setServer(QUrl(QString::fromStdString(simulator.url())));
        session.setServer(QStringLiteral("builtin"));
    }
    bool registers() {
        static int number = 0;
        session.registerAccount(QStringLiteral("测试+%1").arg(++number), kPassword);
        return waitUntil([&] { return !session.busy(); }) && session.signedIn();
    }
    bool settles() {
        return waitUntil([&] {
            return feed.state() != FeedState::Loading && feed.state() != FeedState::LoadingMore &&
                   !feed.refreshing();
        });
    }
    bool refresh() {
        feed.refresh();
        return settles();
    }
    bool opens(VideoEntity* video) {
        comments.setVideo(video);
        return waitUntil([&] { return comments.state() == CommentsState::Ready; });
    }
    QVariant comment(int row, int role) { return comments.data(comments.index(row), role); }
    QString token() const { return session.token(); }

    QTemporaryDir dir;
    MemoryVault vault;
    Settings settings{dir.filePath(QStringLiteral("settings.json"))};
    Drafts drafts{dir.filePath(QStringLiteral("drafts.json"))};
    JudgedTransport transport;
    Api api{transport, {.retries = 1, .firstDelay = std::chrono::milliseconds(10)}};
    Session session{api, vault, settings};
    Database database{dir.filePath(QStringLiteral("client.sqlite")), {outboxSchema()}};
    Outbox outbox{database, session};
    EntityStore store{api, session, outbox};
    FeedModel feed{api, session, store};
    CommentSender sender{api, session, outbox};
    CommentsModel comments{
        api, session, store, outbox, sender, drafts, {.undoTime = std::chrono::milliseconds(0)}};
};

}  // namespace

class ClientDialectsTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<sim::Simulator> simulator_;
    std::unique_ptr<DialectClient> client_;
    DialectName dialect_ = DialectName::Standard;

    static void dialects() {
        QTest::addColumn<int>("dialect");
        for (const DialectName each : {DialectName::Standard, DialectName::Tikgok, DialectName::Demo}) {
            QTest::newRow(sim::textOf(each).data()) << int(each);
        }
    }
    void start() {
        QFETCH(int, dialect);
        dialect_ = static_cast<DialectName>(dialect);
        directory_ = std::make_unique<QTemporaryDir>();
        sim::SimulatorConfig config;
        config.dataDirectory = directory_->path().toStdString();
        config.dialect = dialect_;
        // The reference's limiter would answer 429 when others keep this machine busy.
        config.limiter = false;
        auto started = sim::Simulator::start(std::move(config));
        QVERIFY2(started, started ? "" : started.error().c_str());
        simulator_ = std::move(*started);
        client_ = std::make_unique<DialectClient>(dialect_, *simulator_);
    }

private Q_SLOTS:
    void cleanup() {
        if (client_) {
            QVERIFY2(client_->transport.complaints.isEmpty(),
                     qPrintable(client_->transport.complaints.join(QLatin1Char('\n'))));
            QVERIFY(client_->transport.judged > 0);
        }
        client_.reset();
        simulator_.reset();
    }

    // Which kind of server it is shows in two answers.
    void theLookAtItTellsThemApart_data() { dialects(); }
    void theLookAtItTellsThemApart() {
        start();
        client_.reset();  // it has nothing to say here
        NetworkTransport line(QUrl(QString::fromStdString(simulator_->url())));
        ServerProbe probe(line, std::chrono::seconds(10), [] { return std::int64_t{7}; });
        const auto report = QCoro::waitFor(probe.run({}));
        QVERIFY(report);
        QVERIFY(report->verdict == ServerVerdict::Good);
        const Dialect expected = dialect_ == DialectName::Standard ? Dialect::Standard
                                 : dialect_ == DialectName::Tikgok ? Dialect::TikGok
                                                                   : Dialect::Demo;
        QCOMPARE(static_cast<int>(report->traits.dialect), static_cast<int>(expected));
        const int page = dialect_ == DialectName::Standard ? 30 : dialect_ == DialectName::Tikgok ? 10 : 1;
        QCOMPARE(report->traits.pageSize, page);
    }

    void feedEndsWithoutRepeats_data() { dialects(); }
    void feedEndsWithoutRepeats() {
        start();
        QVERIFY(client_->refresh());
        for (int page = 0; client_->feed.state() == FeedState::Ready && page < 100; ++page) {
            client_->feed.loadMore();
            QVERIFY(client_->settles());
        }
        QCOMPARE(client_->feed.state(), FeedState::End);
        QSet<QString> ids;
        for (int row = 0; row < client_->feed.count(); ++row) {
            const VideoEntity* video = client_->feed.videoAt(row);
            ids.insert(video->videoIdText());
            QVERIFY(video->author());
            QVERIFY(!video->playUrl().isEmpty());
        }
        QCOMPARE(static_cast<int>(ids.size()), client_->feed.count());
        // The whole small world, or the demo's one video.
        QVERIFY2(dialect_ == DialectName::Demo ? ids.size() == 1 : ids.size() > 30,
                 qPrintable(QString::number(ids.size())));
    }

    void signsInAndOut_data() { dialects(); }
    void signsInAndOut() {
        start();
        QVERIFY(client_->registers());
        const QString name = client_->session.userName();
        client_->session.signOut();
        client_->session.signIn(name, kPassword);
        QVERIFY(waitUntil([&] { return client_->session.signedIn(); }));
        const auto own = waitFor(client_->api.user(client_->session.userId(), client_->token(), {}));
        QVERIFY(own);
        QCOMPARE(own->id, client_->session.userId());
        QCOMPARE(QString::fromStdString(own->name), name);
        QVERIFY(!own->isFollow);

        const auto wrong = waitFor(client_->api.login(name, QStringLiteral("not it"), {}));
        QVERIFY(!wrong);
        QVERIFY(wrong.error().kind == ErrorKind::Refused || wrong.error().kind == ErrorKind::NotFound);
        const auto taken = waitFor(client_->api.registerAccount(name, kPassword, {}));
        QVERIFY(!taken);
        QCOMPARE(taken.error().kind, ErrorKind::Refused);
    }

    void badTokenIsSignedOut_data() { dialects(); }
    void badTokenIsSignedOut() {
        start();
        const QString bad = QStringLiteral("not.a.token");
        const auto own = waitFor(client_->api.user(1, bad, {}));
        QVERIFY(!own);
        QCOMPARE(own.error().kind, ErrorKind::SignedOut);
        const auto like = waitFor(client_->api.setFavorite(1, true, bad, {}));
        QVERIFY(!like);
        QCOMPARE(like.error().kind, ErrorKind::SignedOut);
        const auto sent = waitFor(client_->api.sendMessage(1, QStringLiteral("hi"), bad, {}));
        QVERIFY(!sent);
        QCOMPARE(sent.error().kind, ErrorKind::SignedOut);
    }

    void unknownUser_data() { dialects(); }
    void unknownUser() {
        start();
        QVERIFY(client_->registers());
        const auto nobody = waitFor(client_->api.user(kFar, client_->token(), {}));
        if (dialect_ == DialectName::Demo) {
            QVERIFY(nobody);  // whoever is asked for: the caller
            QCOMPARE(nobody->id, client_->session.userId());
        } else {
            QVERIFY(!nobody);
            QCOMPARE(nobody.error().kind, ErrorKind::NotFound);
        }
    }

    void likes_data() { dialects(); }
    void likes() {
        start();
        QVERIFY(client_->registers());
        QVERIFY(client_->refresh());
        VideoEntity* video = client_->feed.videoAt(0);
        QVERIFY(!video->liked());
        video->toggleLike();
        QVERIFY(waitUntil([&] { return !video->likePending(); }));
        QVERIFY2(video->likeError().isEmpty(), qPrintable(video->likeError()));
        if (dialect_ == DialectName::Demo) {
            return;  // nothing is kept there
        }
        QVERIFY(client_->refresh());
        QVERIFY(video->liked());
        const auto list = waitFor(client_->api.favoriteList(client_->session.userId(), client_->token(), {}));
        QVERIFY(list);
        QCOMPARE(list->size(), 1U);
        QCOMPARE(list->front().id, video->id());
    }

    void comments_data() { dialects(); }
    void comments() {
        start();
        QVERIFY(client_->registers());
        QVERIFY(client_->refresh());
        QVERIFY(client_->opens(client_->feed.videoAt(0)));
        const int before = client_->comments.count();
        const QString words = QStringLiteral("1+1=2 & 你好 😀 <b>");
        QVERIFY(client_->comments.post(words));
        QVERIFY(waitUntil([&] {
            return client_->comment(0, CommentsModel::StatusRole).value<CommentsModel::Status>() ==
                   CommentsModel::Status::Sent;
        }));
        client_->comments.refresh();
        QVERIFY(waitUntil([&] { return client_->comments.state() == CommentsState::Ready; }));
        if (dialect_ == DialectName::Demo) {
            // What was written is not kept: its id is that of the one comment that is always there.
            QCOMPARE(client_->comments.count(), before);
            QVERIFY(!client_->comment(0, CommentsModel::DateTextRole).toString().isEmpty());
            return;
        }
        QCOMPARE(client_->comments.count(), before + 1);
        QCOMPARE(client_->comment(0, CommentsModel::ContentRole).toString(), words);
        const QString date = client_->comment(0, CommentsModel::DateTextRole).toString();
        QVERIFY2(!date.isEmpty() && date.size() < 19, qPrintable(date));  // no nanoseconds are shown
        // The reference loses the author on the way; that must not lead to the wrong profile.
        DialectClient other(dialect_, *simulator_);
        QVERIFY(other.registers());
        QVERIFY(other.refresh());
        QVERIFY(other.opens(other.feed.videoAt(0)));
        QCOMPARE(other.comment(0, CommentsModel::ContentRole).toString(), words);
        const bool known = dialect_ == DialectName::Standard;
        QCOMPARE(other.comment(0, CommentsModel::AuthorKnownRole).toBool(), known);
        QCOMPARE(other.comment(0, CommentsModel::AuthorNameRole).toString(),
                 known ? client_->session.userName() : QString());
        QVERIFY2(other.transport.complaints.isEmpty(), qPrintable(other.transport.complaints.join(u'\n')));
    }

    void peopleAndChat_data() { dialects(); }
    void peopleAndChat() {
        start();
        DialectClient other(dialect_, *simulator_);
        QVERIFY(other.registers());
        QVERIFY(client_->registers());
        const contract::Id me = client_->session.userId();
        const contract::Id peer = other.session.userId();
        QVERIFY(waitFor(client_->api.setFollow(peer, true, client_->token(), {})));
        QVERIFY(waitFor(other.api.setFollow(me, true, other.token(), {})));
        QVERIFY(waitFor(client_->api.sendMessage(peer, QStringLiteral("hi + 好"), client_->token(), {})));
        // The bound that shows everything: 0 or the largest there is (contract.md 5.1).
        const qint64 all = dialect_ == DialectName::Tikgok ? kFar : 0;
        std::vector<contract::ReceivedMessage> messages;
        QVERIFY(waitUntil([&] {
            auto read = waitFor(other.api.messages(me, all, other.token(), {}));
            messages = read ? std::move(*read) : std::vector<contract::ReceivedMessage>();
            return messages.size() == 1;
        }));
        const contract::ReceivedMessage& message = messages.front();
        QCOMPARE(message.message.content, std::string("hi + 好"));
        QCOMPARE(message.message.toUserId, dialect_ == DialectName::Demo ? 0 : peer);
        QCOMPARE(message.createTimeText.empty(), dialect_ != DialectName::Demo);
        const auto friends = waitFor(client_->api.friends(me, client_->token(), {}));
        QVERIFY(friends);
        QCOMPARE(friends->size(), 1U);
        if (dialect_ != DialectName::Demo) {
            QCOMPARE(friends->front().user.id, peer);
            QCOMPARE(friends->front().message, std::string("hi + 好"));
            QCOMPARE(friends->front().direction, contract::MessageDirection::Sent);
        }
        QVERIFY(waitFor(client_->api.following(me, client_->token(), {})));
        QVERIFY(waitFor(client_->api.followers(me, client_->token(), {})));
        QVERIFY2(other.transport.complaints.isEmpty(), qPrintable(other.transport.complaints.join(u'\n')));
    }

    // contract.md section 5, rows 10, 12, 20, 21, 26 and 27: the pages about people.
    void profilesAndLists_data() { dialects(); }
    void profilesAndLists() {
        start();
        const bool demo = dialect_ == DialectName::Demo;
        QVERIFY(client_->registers());
        QVERIFY(client_->refresh());
        UserEntity* const author = client_->feed.videoAt(0)->author();
        QVERIFY(author);
        const auto settled = [](const VideoList& list) {
            return list.state() != VideoList::State::Empty && list.state() != VideoList::State::Loading &&
                   list.state() != VideoList::State::LoadingMore && !list.refreshing();
        };
        People people(client_->api, client_->session, client_->store);
        QObject page;

        ProfileModel* const profile = people.profile(author->userIdText(), &page);
        profile->refresh();
        profile->likes()->refresh();
        QVERIFY(waitUntil([&] {
            return !profile->refreshing() && settled(*profile->works()) && settled(*profile->likes());
        }));
        QCOMPARE(profile->state(), ProfileModel::State::Ready);
        QCOMPARE(profile->user(), author);
        QVERIFY(!author->name().isEmpty());
        QVERIFY(profile->likes()->state() != VideoList::State::Failed);
        QCOMPARE(profile->works()->state(), VideoList::State::End);
        QCOMPARE(profile->works()->videoAt(0), client_->feed.videoAt(0));

        ProfileModel* const nobody = people.profile(QString::number(kFar), &page);
        nobody->refresh();
        QVERIFY(waitUntil([&] { return nobody->state() != ProfileModel::State::Loading; }));
        QCOMPARE(nobody->state(), ProfileModel::State::Unknown);

        author->toggleFollow();
        QVERIFY(waitUntil([&] { return !author->followPending(); }));
        QVERIFY(!author->followFailed());
        client_->feed.videoAt(0)->toggleLike();
        QVERIFY(waitUntil([&] { return !client_->feed.videoAt(0)->likePending(); }));

        PeopleModel* const following = people.list(PeopleModel::Kind::Following, {}, &page);
        following->refresh();
        FollowingFeed feed(client_->api, client_->session, client_->store);
        feed.refresh();
        ProfileModel* const mine = people.profile(client_->session.userIdText(), &page);
        mine->refresh();
        mine->likes()->refresh();
        QVERIFY(waitUntil([&] {
            return following->state() != PeopleModel::State::Loading && settled(feed) &&
                   mine->state() == ProfileModel::State::Ready && settled(*mine->likes());
        }));
        QCOMPARE(following->state(), PeopleModel::State::Ready);
        QVERIFY(mine->mine());
        if (demo) {
            return;  // nothing is kept there
        }
        QCOMPARE(following->count(), 1);
        QCOMPARE(following->userAt(0), author);
        QVERIFY(author->followed());
        QCOMPARE(feed.state(), VideoList::State::End);
        QCOMPARE(feed.count(), profile->works()->count());
        for (int row = 0; row < feed.count(); ++row) {
            QCOMPARE(feed.videoAt(row), profile->works()->videoAt(row));
        }
        QCOMPARE(mine->likes()->count(), 1);
        QCOMPARE(mine->likes()->videoAt(0), client_->feed.videoAt(0));
    }

    void friendsHavePictures_data() { dialects(); }
    void friendsHavePictures() {
        start();
        DialectClient other(dialect_, *simulator_);
        QVERIFY(other.registers());
        QVERIFY(client_->registers());
        const contract::Id peer = other.session.userId();
        QVERIFY(waitFor(client_->api.setFollow(peer, true, client_->token(), {})));
        QVERIFY(waitFor(other.api.setFollow(client_->session.userId(), true, other.token(), {})));
        QVERIFY(waitFor(client_->api.sendMessage(peer, QStringLiteral("hi"), client_->token(), {})));
        People people(client_->api, client_->session, client_->store);
        QObject page;
        PeopleModel* const friends = people.list(PeopleModel::Kind::Friends, {}, &page);
        friends->refresh();
        QVERIFY(waitUntil([&] { return friends->state() == PeopleModel::State::Ready; }));
        QCOMPARE(friends->count(), 1);
        UserEntity* const shown = friends->userAt(0);
        QVERIFY(!shown->name().isEmpty());
        if (dialect_ == DialectName::Demo) {
            return;  // always the same one, without a picture and a message
        }
        QCOMPARE(shown->id(), peer);
        // The reference drops the picture; the person's own page has it.
        QVERIFY(waitUntil([&] { return !shown->avatarUrl().isEmpty(); }));
        // Messages come by a queue there.
        QVERIFY(waitUntil([&] {
            friends->refresh();
            return friends->data(friends->index(0), PeopleModel::MessageRole).toString() ==
                   QStringLiteral("hi");
        }));
        QVERIFY(friends->data(friends->index(0), PeopleModel::MessageSentRole).toBool());
    }

    // contract.md section 5, row 19: what does not exist is skipped, and a broken list says so and heals.
    void danglingIds() {
        directory_ = std::make_unique<QTemporaryDir>();
        sim::SimulatorConfig config;
        config.dataDirectory = directory_->path().toStdString();
        config.dialect = DialectName::Tikgok;
        config.limiter = false;
        auto started = sim::Simulator::start(std::move(config));
        QVERIFY2(started, started ? "" : started.error().c_str());
        simulator_ = std::move(*started);
        client_ = std::make_unique<DialectClient>(DialectName::Tikgok, *simulator_);
        QVERIFY(client_->registers());
        const contract::Id me = client_->session.userId();
        QVERIFY(waitFor(client_->api.setFollow(kFar, true, client_->token(), {})));
        const auto following = waitFor(client_->api.following(me, client_->token(), {}));
        QVERIFY(following);
        QVERIFY(following->empty());

        QVERIFY(waitFor(client_->api.setFavorite(kFar, true, client_->token(), {})));
        const auto broken = waitFor(client_->api.favoriteList(me, client_->token(), {}));
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, 10000);
        QVERIFY(client_->session.signedIn());
        QVERIFY(waitFor(client_->api.setFavorite(kFar, false, client_->token(), {})));
        QVERIFY(waitFor(client_->api.favoriteList(me, client_->token(), {})));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ClientDialectsTest)
#include "client_dialects_test.moc"
