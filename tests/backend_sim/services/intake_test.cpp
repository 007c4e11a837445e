// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The intake: rules that need the newest state, group commit, back-pressure, refusals, failures of the queue.

#include "backend-sim/services/write/intake.h"

#include "backend-sim/adapters/memory/memory_queue.h"
#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/services/write/change_codec.h"
#include "tests/backend_sim/services/doubles.h"
#include "tests/backend_sim/services/troubled_queue.h"

#include <QtTest>

#include <atomic>
#include <barrier>
#include <semaphore>
#include <set>
#include <thread>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

namespace {

// Plays a consumer that never comes, or one that makes room when it is its turn.
class FakeBacklog final : public Backlog {
public:
    void appended() override { ++words; }
    void giveTurn(std::size_t depth, std::chrono::milliseconds /*patience*/) override {
        ++turns;
        asked = depth;
        if (onTurn) {
            onTurn();
        }
    }

    std::atomic<int> words = 0;
    std::atomic<int> turns = 0;
    std::atomic<std::size_t> asked = 0;
    std::function<void()> onTurn;
};

class FakeSpace final : public FreeSpace {
public:
    std::optional<std::uint64_t> freeBytes() const override {
        return untold ? std::nullopt : std::optional(free.load());
    }
    std::atomic<std::uint64_t> free = 1000;
    std::atomic<bool> untold = false;
};

// Has no memory once.
class FailingClock final : public Clock {
public:
    explicit FailingClock(const Clock& clock) : clock_(clock) {}
    std::int64_t nowMs() const override {
        if (fails.exchange(false)) {
            throw std::bad_alloc();
        }
        return clock_.nowMs();
    }
    std::chrono::steady_clock::time_point steadyNow() const override { return clock_.steadyNow(); }

    mutable std::atomic<bool> fails = false;

private:
    const Clock& clock_;
};

}  // namespace

class IntakeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void registerTakesANameOnce();
    void publishTimesAreUnique();
    void likesAreIdempotent();
    void refusals_data();
    void refusals();
    void deletingComments();
    void deletingAnybodysComment();
    void delayedMessage();
    void messageTimesGrow();
    void writesAreSeenWhenAnswered();
    void whatGathersIsOneCommit();
    void queueFullIsRefused();
    void closingFinishesWhatWasAccepted();
    void failedCommitKeepsNothing();
    void failureOfABatchFailsAllOfIt();
    void whatChangesNothingWritesNothing();
    void decisionsWithinABatch();
    void repeatedPublishIsOneVideo();
    void tooDeepIsTurnedAway();
    void slowsDownBeforeItRefuses();
    void reserveOfTheDisk();
    void heldBack();
    void heldBackWhileABatchGathers();
    void resendShowsAgain();
    void resendFails_data();
    void resendFails();
    void idsAreRemembered();
    void raceForAName();
    void nobodyWaits_data();
    void nobodyWaits();
    void survivesNoMemory();
    void survivesThrowingAnswers();

private:
    template <class Command>
    auto write(Command command) {
        using Result = typename Command::Result;
        return waitFor<Result>(
            [&](Done<Result> done) { intake_->submit(std::move(command), std::move(done)); });
    }
    Id newUser(const std::string& name) { return write(RegisterUser{name, "h", {}, {}, {}}).value_or(0); }
    Id newVideo(Id author) {
        const Id id = ids_->next();
        return write(PublishVideo{id, author, "t", "p", "c"}).value_or(0);
    }
    void start(Intake::Limits limits = {});
    // Waits until the writer is inside a commit that it cannot finish.
    void blockIntake();

    std::unique_ptr<TroubledQueue> queue_;
    FakeBacklog backlog_;
    FakeSpace space_;
    CountingTelemetry telemetry_;
    std::unique_ptr<MemoryStore> readModel_;
    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<SequentialIds> ids_;
    std::unique_ptr<Intake> intake_;
    std::atomic<int> logged_ = 0;
};

void IntakeTest::init() {
    intake_.reset();
    queue_ = std::make_unique<TroubledQueue>();
    backlog_.onTurn = nullptr;
    space_.free = 1000;
    space_.untold = false;
    readModel_ = std::make_unique<MemoryStore>();
    clock_ = std::make_unique<FakeClock>();
    ids_ = std::make_unique<SequentialIds>(1);
    logged_ = 0;
    for (auto& count : telemetry_.counts) {
        count = 0;
    }
    start();
}

void IntakeTest::cleanup() {
    intake_.reset();
}

void IntakeTest::start(Intake::Limits limits) {
    intake_.reset();
    intake_ =
        std::make_unique<Intake>(Intake::Needs{*queue_, *readModel_, *clock_, *ids_, backlog_, space_,
                                               telemetry_, [this](LogLevel, std::string_view) { ++logged_; }},
                                 limits);
}

void IntakeTest::blockIntake() {
    while (queue_->entered.try_acquire()) {
    }
    queue_->gate.acquire();
    intake_->submit(RegisterUser{"blocker", "h", {}, {}, {}}, [](Outcome<Id>) {});
    queue_->entered.acquire();
}

void IntakeTest::registerTakesANameOnce() {
    const auto first = write(RegisterUser{"ann", "h1", "a", "b", "s"});
    QVERIFY(first.has_value());
    QCOMPARE(write(RegisterUser{"ann", "h2", {}, {}, {}}).error(), contract::kUserExists);
    const UserRow row = **readModel_->users().find(*first);
    QCOMPARE(row.passwordHash, std::string("h1"));
    QCOMPARE(row.avatarKey, std::string("a"));
    QCOMPARE(row.backgroundKey, std::string("b"));
    QCOMPARE(row.signature, std::string("s"));
    QCOMPARE(row.createdAt, clock_->nowMs());
}

void IntakeTest::publishTimesAreUnique() {
    const Id ann = newUser("ann");
    const Id first = newVideo(ann);
    const Id second = newVideo(ann);
    clock_->now -= 1;
    const Id third = newVideo(ann);
    const Id fourth = newVideo(ann);
    const auto timeOf = [this](Id id) { return (**readModel_->videos().find(id)).publishedAt; };
    const std::int64_t start = clock_->nowMs();
    QCOMPARE(timeOf(third), start);
    QCOMPARE(timeOf(first), start + 1);
    QCOMPARE(timeOf(second), start + 2);
    QCOMPARE(timeOf(fourth), start + 3);
}

void IntakeTest::likesAreIdempotent() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    }
    QCOMPARE((**readModel_->videos().find(video)).favoriteCount, 1);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(write(SetFavorite{ann, video, false}).has_value());
    }
    QCOMPARE((**readModel_->videos().find(video)).favoriteCount, 0);
    const Id bob = newUser("bob");
    for (int i = 0; i < 3; ++i) {
        QVERIFY(write(SetFollow{ann, bob, true}).has_value());
    }
    QCOMPARE((**readModel_->users().find(bob)).followerCount, 1);
    QVERIFY(write(SetFollow{bob, ann, false}).has_value());
}

void IntakeTest::refusals_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"like: video", "unlike: video", "like: caller", "comment: video",
                             "comment: caller", "delete: video", "follow: target", "unfollow: target",
                             "follow: caller", "message: target", "message: caller", "publish: caller"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void IntakeTest::refusals() {
    QFETCH(QString, what);
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    constexpr Id kNobody = 4711;
    std::map<QString, std::function<Outcome<void>()>> cases;
    const auto plain = [](const auto& outcome) -> Outcome<void> {
        return outcome ? Outcome<void>() : std::unexpected(outcome.error());
    };
    cases[QStringLiteral("like: video")] = [&] { return write(SetFavorite{ann, kNobody, true}); };
    cases[QStringLiteral("unlike: video")] = [&] { return write(SetFavorite{ann, -1, false}); };
    cases[QStringLiteral("like: caller")] = [&] { return write(SetFavorite{kNobody, video, true}); };
    cases[QStringLiteral("comment: video")] = [&] { return plain(write(AddComment{ann, kNobody, "x"})); };
    cases[QStringLiteral("comment: caller")] = [&] { return plain(write(AddComment{kNobody, video, "x"})); };
    cases[QStringLiteral("delete: video")] = [&] { return write(DeleteComment{ann, kNobody, 1}); };
    cases[QStringLiteral("follow: target")] = [&] { return write(SetFollow{ann, kNobody, true}); };
    cases[QStringLiteral("unfollow: target")] = [&] { return write(SetFollow{ann, 0, false}); };
    cases[QStringLiteral("follow: caller")] = [&] { return write(SetFollow{kNobody, ann, true}); };
    cases[QStringLiteral("message: target")] = [&] { return write(SendMessage{ann, kNobody, "x"}); };
    cases[QStringLiteral("message: caller")] = [&] { return write(SendMessage{kNobody, ann, "x"}); };
    cases[QStringLiteral("publish: caller")] = [&] {
        return plain(write(PublishVideo{ids_->next(), kNobody, "t", "p", "c"}));
    };
    const auto outcome = cases.at(what)();
    QVERIFY(!outcome.has_value());
    QCOMPARE(outcome.error(),
             what.endsWith(QStringLiteral("video")) ? contract::kVideoNotFound : contract::kUserNotFound);
    QCOMPARE(logged_.load(), 0);
}

void IntakeTest::deletingComments() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    const Id video = newVideo(ann);
    const Id other = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "mine"});
    QVERIFY(comment.has_value());
    QCOMPARE(comment->createdAt, clock_->nowMs());
    // Not even the owner of the video.
    const auto byBob = write(AddComment{bob, video, "bob's"});
    QCOMPARE(write(DeleteComment{bob, video, comment->id}).error(), contract::kCommentNotYours);
    QCOMPARE(write(DeleteComment{ann, video, byBob->id}).error(), contract::kCommentNotYours);
    QCOMPARE(write(DeleteComment{ann, other, comment->id}).error(), contract::kCommentNotFound);
    QCOMPARE(write(DeleteComment{ann, video, 4711}).error(), contract::kCommentNotFound);
    QVERIFY(write(DeleteComment{ann, video, comment->id}).has_value());
    QCOMPARE(write(DeleteComment{ann, video, comment->id}).error(), contract::kCommentNotFound);
    QCOMPARE((**readModel_->videos().find(video)).commentCount, 1);
}

void IntakeTest::deletingAnybodysComment() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    const Id video = newVideo(ann);
    const Id other = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "mine"});
    const bool free = false;
    QCOMPARE(write(DeleteComment{bob, other, 4711, true, free}).error(), contract::kCommentNotFound);
    QCOMPARE(write(DeleteComment{bob, other, 4711, free, free}).error(), contract::kCommentNotFound);
    QCOMPARE(write(DeleteComment{bob, video, comment->id, free, true}).error(), contract::kCommentNotYours);
    QCOMPARE(write(DeleteComment{ann, other, comment->id, free, true}).error(), contract::kCommentNotFound);
    QCOMPARE((**readModel_->videos().find(video)).commentCount, 1);
    QVERIFY(write(DeleteComment{bob, other, comment->id, free, free}).has_value());
    QCOMPARE((**readModel_->videos().find(video)).commentCount, 0);
}

void IntakeTest::delayedMessage() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    QVERIFY(write(SendMessage{ann, bob, "later", true, 150}).has_value());
    QVERIFY(write(SendMessage{ann, bob, "sooner", true, 0}).has_value());
    const auto rows = *readModel_->messages().between(ann, bob, 0);
    QCOMPARE(rows[0].createdAt, clock_->nowMs() + 150);
    QCOMPARE(rows[1].createdAt, clock_->nowMs() + 151);
}

void IntakeTest::messageTimesGrow() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    QVERIFY(write(SendMessage{ann, bob, "1"}).has_value());
    QVERIFY(write(SendMessage{bob, ann, "2"}).has_value());
    clock_->now -= 1000;
    QVERIFY(write(SendMessage{ann, bob, "3"}).has_value());
    const auto rows = *readModel_->messages().between(ann, bob, 0);
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[1].createdAt, rows[0].createdAt + 1);
    QCOMPARE(rows[2].createdAt, rows[0].createdAt + 2);
    QCOMPARE(rows[2].text, std::string("3"));
}

void IntakeTest::writesAreSeenWhenAnswered() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    for (int i = 0; i < 200; ++i) {
        bool seen = false;
        QVERIFY(waitFor<void>([&](Done<void> done) {
                    intake_->submit(SetFavorite{ann, video, i % 2 == 0},
                                    [&, done = std::move(done)](Outcome<void> outcome) mutable {
                                        seen = *readModel_->favorites().contains(ann, video) == (i % 2 == 0);
                                        done(std::move(outcome));
                                    });
                }).has_value());
        QVERIFY(seen);
    }
}

void IntakeTest::whatGathersIsOneCommit() {
    const Id ann = newUser("ann");
    blockIntake();
    const int before = queue_->appends;
    std::atomic<int> answered = 0;
    for (int i = 0; i < 500; ++i) {
        intake_->submit(RegisterUser{"user" + std::to_string(i), "h", {}, {}, {}},
                        [&](Outcome<Id> outcome) { answered += outcome.has_value() ? 1 : 0; });
    }
    QCOMPARE(answered.load(), 0);
    queue_->gate.release();
    intake_->close();
    QCOMPARE(answered.load(), 500);
    QCOMPARE(queue_->appends - before, 1);
    QVERIFY(ann != 0);
}

void IntakeTest::queueFullIsRefused() {
    start(Intake::Limits{.waiting = 5, .batch = 2});
    blockIntake();
    std::atomic<int> good = 0;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 8; ++i) {
        intake_->submit(RegisterUser{"user" + std::to_string(i), "h", {}, {}, {}}, [&](Outcome<Id> outcome) {
            outcome ? ++good : (outcome.error() == kTurnedAway ? ++refused : refused.load());
        });
    }
    // At once, without waiting for the store.
    QCOMPARE(refused.load(), 3);
    QVERIFY(kTurnedAway.retryAfter > 0);
    queue_->gate.release();
    intake_->close();
    QCOMPARE(good.load(), 5);
    QCOMPARE(refused.load(), 3);
}

void IntakeTest::closingFinishesWhatWasAccepted() {
    blockIntake();
    Answer<Id> accepted;
    intake_->submit(RegisterUser{"late", "h", {}, {}, {}}, accepted.done());
    std::thread closing([this] { intake_->close(); });
    queue_->gate.release();
    closing.join();
    QVERIFY(accepted.good());
    Answer<Id> after;
    intake_->submit(RegisterUser{"too late", "h", {}, {}, {}}, after.done());
    QCOMPARE(after.failure(), contract::kServiceErr);
    intake_->close();
}

void IntakeTest::failedCommitKeepsNothing() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    queue_->failAppends = true;
    QCOMPARE(write(SetFavorite{ann, video, true}).error(), contract::kServiceErr);
    QCOMPARE(write(RegisterUser{"bob", "h", {}, {}, {}}).error(), contract::kServiceErr);
    QVERIFY(logged_ >= 2);
    QVERIFY(!*readModel_->favorites().contains(ann, video));
    QVERIFY(!readModel_->users().findByName("bob")->has_value());
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{2});
    // When the queue works again, so does the intake.
    queue_->failAppends = false;
    QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    QVERIFY(*readModel_->favorites().contains(ann, video));
}

// Even the id of a comment that is gone does not come back after a restart.
void IntakeTest::idsAreRemembered() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "x"});
    QVERIFY(write(DeleteComment{ann, video, comment->id}).has_value());
    const auto messages = *queue_->read(Topic::Writes, 0, 100);
    QVERIFY(decodeChange(messages.back().body)->idBound > comment->id);
}

void IntakeTest::failureOfABatchFailsAllOfIt() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    blockIntake();
    queue_->failAppends = true;
    Answer<Id> taken;
    Answer<Id> same;
    Answer<void> repeated;
    Answer<void> refused;
    intake_->submit(RegisterUser{"bob", "h", {}, {}, {}}, taken.done());
    intake_->submit(RegisterUser{"bob", "h", {}, {}, {}}, same.done());
    intake_->submit(SetFavorite{ann, video, true}, repeated.done());
    intake_->submit(SetFavorite{ann, 4711, true}, refused.done());
    queue_->gate.release();
    intake_->close();
    QCOMPARE(taken.failure(), contract::kServiceErr);
    // What was decided on top of it as well.
    QCOMPARE(same.failure(), contract::kServiceErr);
    QCOMPARE(repeated.failure(), contract::kServiceErr);
    QCOMPARE(refused.failure(), contract::kServiceErr);
    QVERIFY(!readModel_->users().findByName("bob")->has_value());
}

void IntakeTest::whatChangesNothingWritesNothing() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    const int before = queue_->appends;
    const int words = backlog_.words;
    QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    QVERIFY(write(SetFollow{ann, newUser("bob"), false}).has_value());
    QCOMPARE(write(SetFavorite{ann, 4711, true}).error(), contract::kVideoNotFound);
    QCOMPARE(queue_->appends - before, 1);  // bob
    QCOMPARE(backlog_.words - words, 1);
    // A repetition in the same batch is answered when the first is durable, not before.
    blockIntake();
    queue_->failAppends = true;
    Answer<void> first;
    Answer<void> second;
    intake_->submit(SetFavorite{ann, video, false}, first.done());
    intake_->submit(SetFavorite{ann, video, false}, second.done());
    queue_->gate.release();
    intake_->close();
    QCOMPARE(second.failure(), contract::kServiceErr);
}

// Nobody else sees yet what these depend on.
void IntakeTest::decisionsWithinABatch() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    const Id video = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "x"});
    blockIntake();
    const auto now = clock_->nowMs();
    const Id fresh = ids_->next();
    const Id other = ids_->next();
    Answer<Id> one;
    Answer<Id> two;
    Answer<Id> name;
    Answer<Id> sameName;
    Answer<void> likeFresh;
    Answer<void> unlikeFresh;
    Answer<void> follow;
    Answer<void> hello;
    Answer<void> again;
    Answer<void> removed;
    Answer<void> removedTwice;
    Answer<CommentRow> added;
    intake_->submit(PublishVideo{fresh, ann, "t", "p", "c"}, one.done());
    intake_->submit(PublishVideo{other, ann, "t", "p", "c"}, two.done());
    intake_->submit(RegisterUser{"eve", "h", {}, {}, {}}, name.done());
    intake_->submit(RegisterUser{"eve", "h", {}, {}, {}}, sameName.done());
    intake_->submit(SetFavorite{ann, fresh, true}, likeFresh.done());
    intake_->submit(SetFavorite{ann, fresh, false}, unlikeFresh.done());
    intake_->submit(SetFollow{ann, bob, true}, follow.done());
    intake_->submit(SetFollow{ann, bob, true}, follow.done());
    intake_->submit(SendMessage{ann, bob, "1"}, hello.done());
    intake_->submit(SendMessage{bob, ann, "2"}, again.done());
    intake_->submit(DeleteComment{ann, video, comment->id}, removed.done());
    intake_->submit(DeleteComment{ann, video, comment->id}, removedTwice.done());
    intake_->submit(AddComment{ann, fresh, "y"}, added.done());
    queue_->gate.release();
    intake_->close();
    QVERIFY(one.good() && two.good() && name.good());
    QCOMPARE(sameName.failure(), contract::kUserExists);
    QCOMPARE((**readModel_->videos().find(other)).publishedAt,
             (**readModel_->videos().find(fresh)).publishedAt + 1);
    QVERIFY(likeFresh.good() && unlikeFresh.good());
    QVERIFY(!*readModel_->favorites().contains(ann, fresh));
    QCOMPARE(follow.count, 2);
    QCOMPARE((**readModel_->users().find(bob)).followerCount, 1);
    const auto rows = *readModel_->messages().between(ann, bob, 0);
    QCOMPARE(rows[0].createdAt, now);
    QCOMPARE(rows[1].createdAt, now + 1);
    QVERIFY(removed.good());
    QCOMPARE(removedTwice.failure(), contract::kCommentNotFound);
    QVERIFY(added.good());
}

void IntakeTest::repeatedPublishIsOneVideo() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    const auto before = queue_->depth(Topic::Writes);
    QCOMPARE(write(PublishVideo{video, ann, "t", "p", "c"}).value_or(0), video);
    QCOMPARE(queue_->depth(Topic::Writes), before);
    QCOMPARE((**readModel_->users().find(ann)).workCount, 1);
}

void IntakeTest::tooDeepIsTurnedAway() {
    start(Intake::Limits{.depth = 4, .slowFrom = 1});
    for (int i = 0; i < 4; ++i) {
        QVERIFY(newUser("user" + std::to_string(i)) != 0);
    }
    QCOMPARE(write(RegisterUser{"one more", "h", {}, {}, {}}).error(), kTurnedAway);
    QVERIFY(!readModel_->users().findByName("one more")->has_value());
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{4});
    // Also when many come at once: as many as there is room for.
    const auto first = queue_->read(Topic::Writes, 0, 1)->front().id;
    QVERIFY(
        queue_->acknowledge(Topic::Writes, std::vector<MessageId>{first, first + 1, first + 2}).has_value());
    blockIntake();
    std::vector<Answer<Id>> answers(5);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        intake_->submit(RegisterUser{"late" + std::to_string(i), "h", {}, {}, {}}, answers[i].done());
    }
    queue_->gate.release();
    intake_->close();
    QCOMPARE(std::ranges::count_if(answers, [](const auto& each) { return each.good(); }), 2);
    QCOMPARE(answers.back().failure(), kTurnedAway);
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{4});
}

void IntakeTest::slowsDownBeforeItRefuses() {
    start(Intake::Limits{.depth = 8, .slowFrom = 0.5});
    // A consumer that takes one away whenever it is its turn.
    backlog_.onTurn = [this] {
        const auto first = queue_->read(Topic::Writes, 0, 1)->front().id;
        QVERIFY(queue_->acknowledge(Topic::Writes, std::vector<MessageId>{first}).has_value());
    };
    for (int i = 0; i < 50; ++i) {
        QVERIFY(newUser("user" + std::to_string(i)) != 0);
    }
    QVERIFY(queue_->depth(Topic::Writes) <= 8);
    QVERIFY(backlog_.turns >= 40);
    QCOMPARE(backlog_.asked.load(), std::size_t{4});
}

void IntakeTest::reserveOfTheDisk() {
    start(Intake::Limits{.reserve = 500});
    QVERIFY(newUser("ann") != 0);
    space_.free = 499;
    QCOMPARE(write(RegisterUser{"bob", "h", {}, {}, {}}).error(), kTurnedAway);
    QCOMPARE(write(RegisterUser{"bob", "h", {}, {}, {}}).error(), kTurnedAway);
    QCOMPARE(logged_.load(), 1);
    space_.free = 500;
    QVERIFY(newUser("bob") != 0);
    QCOMPARE(logged_.load(), 2);
    // Who cannot tell does not refuse.
    space_.untold = true;
    QVERIFY(newUser("eve") != 0);
}

void IntakeTest::heldBack() {
    intake_->hold();
    intake_->hold();
    const int before = queue_->appends;
    auto later = std::make_shared<std::promise<Outcome<Id>>>();
    auto result = later->get_future();
    intake_->submit(RegisterUser{"ann", "h", {}, {}, {}},
                    [later](Outcome<Id> outcome) { later->set_value(std::move(outcome)); });
    clock_->steady += std::chrono::seconds(3);
    intake_->release();
    QCOMPARE(result.wait_for(std::chrono::milliseconds(30)), std::future_status::timeout);
    QCOMPARE(queue_->appends.load(), before);
    intake_->release();
    QVERIFY(result.get().has_value());
    // How long it waited is known.
    QCOMPARE(telemetry_.of(Sample::QueueWaitSeconds), 3.0);
    QVERIFY(newUser("bob") != 0);
    QCOMPARE(telemetry_.of(Sample::QueueWaitSeconds), 0.0);
}

// Whoever holds the intake back may rely on it also when a batch was just about to be taken.
void IntakeTest::heldBackWhileABatchGathers() {
    start(Intake::Limits{.gather = std::chrono::hours(1)});
    const auto submit = [this](const char* name) {
        auto answer = std::make_shared<std::promise<Outcome<Id>>>();
        intake_->submit(RegisterUser{name, "h", {}, {}, {}},
                        [answer](Outcome<Id> outcome) { answer->set_value(std::move(outcome)); });
        return answer->get_future();
    };
    blockIntake();
    auto ann = submit("ann");
    auto bob = submit("bob");
    queue_->gate.release();
    QVERIFY(ann.get().has_value());
    QVERIFY(bob.get().has_value());
    // After a batch of two, the next one waits for a second write.
    auto eve = submit("eve");
    QCOMPARE(eve.wait_for(std::chrono::milliseconds(30)), std::future_status::timeout);
    intake_->hold();
    const int before = queue_->appends;
    auto joe = submit("joe");
    auto kim = submit("kim");
    QCOMPARE(joe.wait_for(std::chrono::milliseconds(30)), std::future_status::timeout);
    QCOMPARE(queue_->appends.load(), before);
    intake_->release();
    QVERIFY(eve.get().has_value());
    QVERIFY(joe.get().has_value());
    QVERIFY(kim.get().has_value());
}

void IntakeTest::resendShowsAgain() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    const MessageId letter = *queue_->append(std::vector<NewMessage>{
        {Topic::Writes, 900, 1, encodeChange(FavoriteChange{ann, video, true, 1}, 1)}});
    QVERIFY(*queue_->bury(Topic::Writes, letter, "reason", 1));
    const auto resend = [this](MessageId id) {
        std::promise<StoreResult<MessageId>> answer;
        intake_->resend(id, [&answer](StoreResult<MessageId> sent) { answer.set_value(std::move(sent)); });
        return answer.get_future().get();
    };
    QCOMPARE(*resend(letter + 99), MessageId{0});
    QVERIFY(*resend(letter) > letter);
    QVERIFY(*readModel_->favorites().contains(ann, video));
    QCOMPARE(queue_->read(Topic::Writes, letter, 10)->back().write, WriteId{900});
    QCOMPARE(*resend(letter), MessageId{0});
    intake_->close();
    QVERIFY(!resend(letter).has_value());
}

void IntakeTest::resendFails_data() {
    QTest::addColumn<bool>("looking");
    QTest::newRow("the letters cannot be read") << true;
    QTest::newRow("the queue does not take it") << false;
}

// The letter stays where it is, and nobody sees what it says.
void IntakeTest::resendFails() {
    QFETCH(bool, looking);
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    const MessageId letter = *queue_->append(std::vector<NewMessage>{
        {Topic::Writes, 900, 1, encodeChange(FavoriteChange{ann, video, true, 1}, 1)}});
    QVERIFY(*queue_->bury(Topic::Writes, letter, "reason", 1));
    const auto resend = [this](MessageId id) {
        std::promise<StoreResult<MessageId>> answer;
        intake_->resend(id, [&answer](StoreResult<MessageId> sent) { answer.set_value(std::move(sent)); });
        return answer.get_future().get();
    };
    const int words = backlog_.words;
    (looking ? queue_->failDeadLetters : queue_->failResends) = true;
    const auto failed = resend(letter);
    QVERIFY(!failed.has_value());
    QCOMPARE(failed.error().kind, StoreError::Kind::Io);
    QVERIFY(!*readModel_->favorites().contains(ann, video));
    QCOMPARE(backlog_.words.load(), words);
    queue_->failDeadLetters = false;
    queue_->failResends = false;
    QCOMPARE(queue_->deadLetters()->size(), std::size_t{1});
    QVERIFY(*resend(letter) > letter);
    QVERIFY(*readModel_->favorites().contains(ann, video));
    // No room for it among what waits either.
    start(Intake::Limits{.waiting = 1});
    blockIntake();
    Answer<Id> waiting;
    intake_->submit(RegisterUser{"bob", "h", {}, {}, {}}, waiting.done());
    QVERIFY(!resend(letter).has_value());
    queue_->gate.release();
    intake_->close();
    QVERIFY(waiting.good());
}

void IntakeTest::nobodyWaits_data() {
    QTest::addColumn<bool>("gone");
    QTest::addColumn<bool>("late");
    QTest::newRow("in time") << false << false;
    QTest::newRow("client gone") << true << false;
    QTest::newRow("too late") << false << true;
}

// A write that waits for its turn while its caller gives up is neither applied nor kept.
void IntakeTest::nobodyWaits() {
    QFETCH(bool, gone);
    QFETCH(bool, late);
    const Id user = newUser("ann");
    const Id video = newVideo(user);
    const std::size_t before = queue_->depth(Topic::Writes);
    blockIntake();
    std::stop_source client;
    const Interest waiting{clock_->steady + std::chrono::seconds(1), client.get_token()};
    Answer<void> like;
    Answer<CommentRow> comment;
    Answer<void> follow;
    Answer<void> message;
    Answer<Id> account;
    Answer<void> patient;
    intake_->submit(SetFavorite{user, video, true, true, waiting}, like.done());
    intake_->submit(AddComment{user, video, "text", true, waiting}, comment.done());
    intake_->submit(SetFollow{user, user + 1, true, false, waiting}, follow.done());
    intake_->submit(SendMessage{user, user, "text", true, 0, waiting}, message.done());
    intake_->submit(RegisterUser{"bob", "h", {}, {}, {}, waiting}, account.done());
    intake_->submit(SetFavorite{user, video, true}, patient.done());
    if (gone) {
        client.request_stop();
    }
    if (late) {
        clock_->steady += std::chrono::seconds(1);
    }
    queue_->gate.release();
    intake_->close();
    const bool stopped = gone || late;
    QCOMPARE(like.good(), !stopped);
    QCOMPARE(comment.good(), !stopped);
    QCOMPARE(follow.good(), !stopped);
    QCOMPARE(message.good(), !stopped);
    QCOMPARE(account.good(), !stopped);
    QVERIFY(patient.good());
    QCOMPARE(telemetry_.of(Event::WriteAbandoned), stopped ? 5U : 0U);
    if (stopped) {
        QCOMPARE(like.failure(), contract::kServiceErr);
        QCOMPARE(account.failure(), contract::kServiceErr);
        // The blocker and the one that had patience.
        QCOMPARE(queue_->depth(Topic::Writes), before + 2);
    }
    QCOMPARE(readModel_->credentials("bob", false).has_value(), !stopped);
}

void IntakeTest::survivesNoMemory() {
    FailingClock failing(*clock_);
    intake_.reset();
    intake_ =
        std::make_unique<Intake>(Intake::Needs{*queue_, *readModel_, failing, *ids_, backlog_, space_,
                                               telemetry_, [this](LogLevel, std::string_view) { ++logged_; }},
                                 Intake::Limits());
    const Id user = newUser("ann");
    QVERIFY(user > 0);
    failing.fails = true;
    const auto refused = write(RegisterUser{"bob", "h", {}, {}, {}});
    QVERIFY(!refused);
    QCOMPARE(refused.error(), contract::kServiceErr);
    QVERIFY(!failing.fails);
    QVERIFY(logged_ > 0);
    QVERIFY(!readModel_->credentials("bob", false));
    // The next one is taken, also under the name that was given up.
    QVERIFY(newUser("bob") > user);
}

void IntakeTest::survivesThrowingAnswers() {
    std::binary_semaphore called{0};
    intake_->submit(RegisterUser{"ann", "h", {}, {}, {}}, [&called](Outcome<Id>) {
        called.release();
        throw std::bad_alloc();
    });
    called.acquire();
    QVERIFY(newUser("bob") > 0);
    QVERIFY(readModel_->credentials("ann", false).has_value());
}

void IntakeTest::raceForAName() {
    constexpr int kWorkers = 20;
    std::barrier go(kWorkers);
    std::atomic<int> winners = 0;
    std::vector<std::jthread> workers;
    workers.reserve(kWorkers);
    for (int i = 0; i < kWorkers; ++i) {
        workers.emplace_back([&] {
            go.arrive_and_wait();
            winners += write(RegisterUser{"same", "h", {}, {}, {}}).has_value() ? 1 : 0;
        });
    }
    workers.clear();
    QCOMPARE(winners.load(), 1);
}

QTEST_GUILESS_MAIN(IntakeTest)
#include "intake_test.moc"
