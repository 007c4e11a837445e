// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How writes come through the intake: group commit, back-pressure, writes held back or sent again, failures
// of the queue.

#include "backend-sim/services/write/change_codec.h"
#include "backend-sim/services/write/intake.h"
#include "tests/backend_sim/services/intake_stage.h"

#include <QTest>

#include <atomic>
#include <new>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

namespace {

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

class IntakeCommitsTest : public QObject, private IntakeStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void writesAreSeenWhenAnswered();
    void whatGathersIsOneCommit();
    void queueFullIsRefused();
    void closingFinishesWhatWasAccepted();
    void failedCommitKeepsNothing();
    void failureOfABatchFailsAllOfIt();
    void tooDeepIsTurnedAway();
    void slowsDownBeforeItRefuses();
    void reserveOfTheDisk();
    void heldBack();
    void heldBackWhileABatchGathers();
    void resendShowsAgain();
    void resendFails_data();
    void resendFails();
    void nobodyWaits_data();
    void nobodyWaits();
    void survivesNoMemory();
    void survivesThrowingAnswers();
};

void IntakeCommitsTest::writesAreSeenWhenAnswered() {
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

void IntakeCommitsTest::whatGathersIsOneCommit() {
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

void IntakeCommitsTest::queueFullIsRefused() {
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

void IntakeCommitsTest::closingFinishesWhatWasAccepted() {
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

void IntakeCommitsTest::failedCommitKeepsNothing() {
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

void IntakeCommitsTest::failureOfABatchFailsAllOfIt() {
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

void IntakeCommitsTest::tooDeepIsTurnedAway() {
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

void IntakeCommitsTest::slowsDownBeforeItRefuses() {
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

void IntakeCommitsTest::reserveOfTheDisk() {
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

void IntakeCommitsTest::heldBack() {
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
void IntakeCommitsTest::heldBackWhileABatchGathers() {
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

void IntakeCommitsTest::resendShowsAgain() {
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

void IntakeCommitsTest::resendFails_data() {
    QTest::addColumn<bool>("looking");
    QTest::newRow("the letters cannot be read") << true;
    QTest::newRow("the queue does not take it") << false;
}

// The letter stays where it is, and nobody sees what it says.
void IntakeCommitsTest::resendFails() {
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

void IntakeCommitsTest::nobodyWaits_data() {
    QTest::addColumn<bool>("gone");
    QTest::addColumn<bool>("late");
    QTest::newRow("in time") << false << false;
    QTest::newRow("client gone") << true << false;
    QTest::newRow("too late") << false << true;
}

// A write that waits for its turn while its caller gives up is neither applied nor kept.
void IntakeCommitsTest::nobodyWaits() {
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

void IntakeCommitsTest::survivesNoMemory() {
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

void IntakeCommitsTest::survivesThrowingAnswers() {
    std::binary_semaphore called{0};
    intake_->submit(RegisterUser{"ann", "h", {}, {}, {}}, [&called](Outcome<Id>) {
        called.release();
        throw std::bad_alloc();
    });
    called.acquire();
    QVERIFY(newUser("bob") > 0);
    QVERIFY(readModel_->credentials("ann", false).has_value());
}

QTEST_GUILESS_MAIN(IntakeCommitsTest)
#include "intake_commits_test.moc"
