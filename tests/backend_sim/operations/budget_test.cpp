// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Work stops when nobody waits for it any more: lists in the middle, password hashes in their queue.

#include "backend-sim/services/chat.h"
#include "backend-sim/services/interactions.h"
#include "backend-sim/services/login_limit.h"
#include "backend-sim/services/sociality.h"
#include "backend-sim/services/users.h"
#include "backend-sim/services/videos.h"
#include "tests/backend_sim/operations/fakes.h"

#include <QTest>

#include <deque>
#include <optional>
#include <stop_token>

using namespace std::chrono_literals;
using namespace tikgok;
using namespace tikgok::sim;
using contract::Id;
using test::HandClock;

namespace {

constexpr int kRows = 100'000;

// Every list is as long as they get. Each row takes a millisecond.
class EndlessReader final : public UserReader,
                            public VideoReader,
                            public InteractionReader,
                            public SocialityReader,
                            public ChatReader {
public:
    explicit EndlessReader(HandClock& clock) : clock_(clock) {}

    bool readUser(Id, Id, const Visitor<UserSight>&) const override { return false; }
    [[nodiscard]] std::optional<Credentials> credentials(std::string_view, bool) const override {
        ++lookups;
        return std::nullopt;
    }
    [[nodiscard]] Id firstUser() const override { return 1; }
    void readFeed(Id, std::int64_t, std::size_t, const Visitor<VideoSight>&) const override {}
    ListFacts readPublished(Id, Id, const Visitor<VideoSight>& visit) const override {
        return show(visit, VideoSight{video_, UserSight{user_}});
    }
    ListFacts readFavorites(Id, Id, const Visitor<VideoSight>& visit) const override {
        return show(visit, VideoSight{video_, UserSight{user_}});
    }
    ListFacts readComments(Id, Id, const ListOptions&, const Visitor<CommentSight>& visit) const override {
        return show(visit, CommentSight{comment_, UserSight{user_}});
    }
    ListFacts readFollowed(Id, Id, const ListOptions&, const Visitor<UserSight>& visit) const override {
        return show(visit, UserSight{user_});
    }
    ListFacts readFollowers(Id, Id, const ListOptions&, const Visitor<UserSight>& visit) const override {
        return show(visit, UserSight{user_});
    }
    ListFacts readFriends(Id, Id, const ListOptions&, const Visitor<FriendSight>& visit) const override {
        return show(visit, FriendSight{UserSight{user_}});
    }
    ListFacts readConversation(Id, Id, const MessageWindow&,
                               const Visitor<MessageRow>& visit) const override {
        return show(visit, MessageRow{});
    }

    mutable int shown = 0;
    mutable int lookups = 0;
    // After so many rows the client goes away.
    int gone = kRows + 1;
    std::stop_source client;

private:
    template <class Sight>
    ListFacts show(const Visitor<Sight>& visit, const Sight& sight) const {
        for (int i = 0; i < kRows; ++i) {
            ++shown;
            clock_.advance(1ms);
            if (shown == gone) {
                std::stop_source(client).request_stop();
            }
            if (!visit(sight)) {
                break;
            }
        }
        return {true, 0};
    }

    HandClock& clock_;
    UserRow user_;
    VideoRow video_;
    CommentRow comment_;
};

template <class Command>
class NoWrites final : public Submit<Command> {
public:
    void submit(Command, Done<typename Command::Result>) override { ++calls; }
    int calls = 0;
};

class NoUrls final : public MediaUrls {
public:
    [[nodiscard]] std::string urlOf(std::string_view) const override { return {}; }
};

// Work waits until the test lets it run.
class HeldExecutor final : public Executor {
public:
    bool tryRun(std::move_only_function<void()>&& work) override {
        waiting.push_back(std::move(work));
        return true;
    }
    void runAll() {
        while (!waiting.empty()) {
            auto work = std::move(waiting.front());
            waiting.pop_front();
            work();
        }
    }
    std::deque<std::move_only_function<void()>> waiting;
};

class CountingHasher final : public PasswordHasher {
public:
    std::optional<std::string> hash(std::string_view) override {
        ++hashes;
        return "hash";
    }
    PasswordCheck verify(std::string_view, std::string_view) override {
        ++hashes;
        return PasswordCheck::Wrong;
    }
    std::string_view dummy() override { return "dummy"; }
    int hashes = 0;
};

class Counting final : public Telemetry {
public:
    using Telemetry::sample;
    void happened(Event event, std::uint64_t times) noexcept override {
        abandoned += event == Event::HashAbandoned ? static_cast<int>(times) : 0;
    }
    void level(Level, std::int64_t) noexcept override {}
    void sample(Sample, double) noexcept override {}
    int abandoned = 0;
};

}  // namespace

class BudgetTest : public QObject {
    Q_OBJECT

    struct Rig {
        HandClock clock;
        EndlessReader reader{clock};
        NoUrls urls;
        NoWrites<SetFavorite> favorites;
        NoWrites<AddComment> comments;
        NoWrites<DeleteComment> removals;
        NoWrites<SetFollow> follows;
        NoWrites<SendMessage> messages;
        Interactions interactions{
            Interactions::Needs{reader, reader, favorites, comments, removals, urls, clock}};
        Sociality sociality{Sociality::Needs{reader, follows, urls, clock}};
        Chat chat{reader, messages, clock};

        // The failure, if there was one.
        template <class T>
        static std::optional<contract::Failure> failureOf(const Outcome<T>& outcome) {
            return outcome ? std::nullopt : std::optional(outcome.error());
        }
        std::optional<contract::Failure> read(const QByteArray& list, const RequestContext& context) {
            if (list == "favorites") {
                return failureOf(interactions.favoritesOf(context, 1));
            }
            if (list == "comments") {
                return failureOf(interactions.commentsOn(context, 2));
            }
            if (list == "followed") {
                return failureOf(sociality.followedBy(context, 1));
            }
            if (list == "followers") {
                return failureOf(sociality.followersOf(context, 1));
            }
            if (list == "friends") {
                return failureOf(sociality.friendsOf(context, 1));
            }
            return failureOf(chat.conversation(context, 1, 0));
        }
    };

private Q_SLOTS:
    void listsStop_data() {
        QTest::addColumn<QByteArray>("list");
        for (const char* list :
             {"favorites", "comments", "followed", "followers", "friends", "conversation"}) {
            QTest::newRow(list) << QByteArray(list);
        }
    }
    void listsStop() {
        QFETCH(QByteArray, list);
        {
            // A budget of two seconds is spent after 2,000 rows.
            Rig rig;
            RequestContext context;
            context.caller = 1;
            context.deadline = rig.clock.steadyNow() + 2s;
            QCOMPARE(rig.read(list, context), std::optional(contract::kServiceErr));
            QVERIFY2(rig.reader.shown >= 2'000 && rig.reader.shown < 2'300, "it stopped soon after");
        }
        {
            // The client hangs up.
            Rig rig;
            RequestContext context;
            context.caller = 1;
            context.cancelled = rig.reader.client.get_token();
            rig.reader.gone = 5'000;
            QCOMPARE(rig.read(list, context), std::optional(contract::kServiceErr));
            QVERIFY(rig.reader.shown >= 5'000 && rig.reader.shown < 5'300);
        }
        {
            // In time, the list is whole.
            Rig rig;
            RequestContext context;
            context.caller = 1;
            context.deadline = rig.clock.steadyNow() + 101s;
            QCOMPARE(rig.read(list, context), std::optional<contract::Failure>());
            QCOMPARE(rig.reader.shown, kRows);
        }
    }

    void hashesStop_data() {
        QTest::addColumn<bool>("login");
        QTest::addColumn<bool>("late");
        QTest::addColumn<bool>("gone");
        for (const bool login : {false, true}) {
            const char* what = login ? "login" : "register";
            QTest::addRow("%s in time", what) << login << false << false;
            QTest::addRow("%s too late", what) << login << true << false;
            QTest::addRow("%s of a client that is gone", what) << login << false << true;
        }
    }
    void hashesStop() {
        QFETCH(bool, login);
        QFETCH(bool, late);
        QFETCH(bool, gone);
        HandClock clock;
        const EndlessReader reader(clock);
        NoWrites<RegisterUser> writer;
        CountingHasher hasher;
        HeldExecutor executor;
        const NoUrls urls;
        LoginLimit logins(clock, {});
        Counting telemetry;
        Users users(Users::Needs{reader, writer, hasher, executor, clock, urls, {}, logins, &telemetry});
        std::stop_source client;
        RequestContext context;
        context.deadline = clock.steadyNow() + 500ms;
        context.cancelled = client.get_token();
        std::optional<Outcome<Id>> answer;
        const auto done = [&answer](Outcome<Id> outcome) { answer = std::move(outcome); };
        if (login) {
            users.login(context, "ann", "secret", done);
        } else {
            users.registerUser(context, "ann", "secret", done);
        }
        QCOMPARE(executor.waiting.size(), std::size_t{1});
        clock.advance(late ? 500ms : 499ms);
        if (gone) {
            client.request_stop();
        }
        const int lookups = reader.lookups;
        executor.runAll();
        const bool stopped = late || gone;
        QCOMPARE(hasher.hashes, stopped ? 0 : 1);
        QCOMPARE(writer.calls, stopped || login ? 0 : 1);
        QCOMPARE(telemetry.abandoned, stopped ? 1 : 0);
        if (stopped) {
            QVERIFY(answer && !*answer && answer->error() == contract::kServiceErr);
            QCOMPARE(reader.lookups, lookups);
        }
    }
};

QTEST_GUILESS_MAIN(BudgetTest)
#include "budget_test.moc"
