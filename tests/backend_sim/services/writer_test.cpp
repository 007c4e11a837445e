// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The writer: rules that need the newest state, group commit, refusals, failures of the store.

#include "backend-sim/services/write/writer.h"

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/system/system.h"
#include "tests/backend_sim/services/doubles.h"

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

// A durable store that can be told to fail, and to wait inside of a unit of work.
class TroubledStore final : public Store {
public:
    UserRepository& users() override { return inner_.users(); }
    VideoRepository& videos() override { return inner_.videos(); }
    FavoriteRepository& favorites() override { return inner_.favorites(); }
    CommentRepository& comments() override { return inner_.comments(); }
    RelationRepository& relations() override { return inner_.relations(); }
    MessageRepository& messages() override { return inner_.messages(); }
    AppliedWrites& applied() override { return inner_.applied(); }
    StoreResult<Id> idBound() override { return inner_.idBound(); }
    StoreResult<void> setIdBound(Id bound) override { return inner_.setIdBound(bound); }

    StoreResult<void> atomically(const Work& work) override {
        const bool outermost = depth_++ == 0;
        if (outermost) {
            ++commits;
            entered.release();
            gate.acquire();
            gate.release();
        }
        const int at = outermost ? 0 : ++parts_;
        StoreResult<void> result = inner_.atomically([&]() -> StoreResult<void> {
            StoreResult<void> done = work();
            if (done && outermost && failCommits) {
                return std::unexpected(StoreError{StoreError::Kind::Io, "the medium is full"});
            }
            if (done && at != 0 && at == failPart) {
                return std::unexpected(StoreError{partKind, "this part failed"});
            }
            return done;
        });
        --depth_;
        return result;
    }

    std::atomic<bool> failCommits = false;
    int failPart = 0;
    StoreError::Kind partKind = StoreError::Kind::Io;
    std::atomic<int> commits = 0;
    std::counting_semaphore<> entered{0};
    // Closed while taken.
    std::binary_semaphore gate{1};

private:
    MemoryStore inner_;
    int depth_ = 0;
    int parts_ = 0;
};

}  // namespace

class WriterTest : public QObject {
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
    void failedPartSparesTheOthers();
    void lostTransactionFailsAll();
    void idsAreRemembered();
    void raceForAName();

private:
    template <class Command>
    auto write(Command command) {
        using Result = typename Command::Result;
        return waitFor<Result>(
            [&](Done<Result> done) { writer_->submit(std::move(command), std::move(done)); });
    }
    Id newUser(const std::string& name) { return write(RegisterUser{name, "h", {}, {}, {}}).value_or(0); }
    Id newVideo(Id author) {
        const Id id = ids_->next();
        return write(PublishVideo{id, author, "t", "p", "c"}).value_or(0);
    }
    void start(Writer::Limits limits = {});
    // Waits until the writer is inside a commit that it cannot finish.
    void blockWriter();

    std::unique_ptr<TroubledStore> durable_;
    std::unique_ptr<MemoryStore> readModel_;
    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<SequentialIds> ids_;
    std::unique_ptr<Writer> writer_;
    std::atomic<int> logged_ = 0;
};

void WriterTest::init() {
    writer_.reset();
    durable_ = std::make_unique<TroubledStore>();
    readModel_ = std::make_unique<MemoryStore>();
    clock_ = std::make_unique<FakeClock>();
    ids_ = std::make_unique<SequentialIds>(1);
    logged_ = 0;
    start();
}

void WriterTest::cleanup() {
    writer_.reset();
}

void WriterTest::start(Writer::Limits limits) {
    writer_.reset();
    writer_ = std::make_unique<Writer>(*durable_, *readModel_, *clock_, *ids_, limits,
                                       [this](LogLevel, std::string_view) { ++logged_; });
}

void WriterTest::blockWriter() {
    while (durable_->entered.try_acquire()) {
    }
    durable_->gate.acquire();
    writer_->submit(RegisterUser{"blocker", "h", {}, {}, {}}, [](Outcome<Id>) {});
    durable_->entered.acquire();
}

void WriterTest::registerTakesANameOnce() {
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

void WriterTest::publishTimesAreUnique() {
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

void WriterTest::likesAreIdempotent() {
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

void WriterTest::refusals_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"like: video", "unlike: video", "like: caller", "comment: video",
                             "comment: caller", "delete: video", "follow: target", "unfollow: target",
                             "follow: caller", "message: target", "message: caller", "publish: caller"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

void WriterTest::refusals() {
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

void WriterTest::deletingComments() {
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

void WriterTest::deletingAnybodysComment() {
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

void WriterTest::delayedMessage() {
    const Id ann = newUser("ann");
    const Id bob = newUser("bob");
    QVERIFY(write(SendMessage{ann, bob, "later", true, 150}).has_value());
    QVERIFY(write(SendMessage{ann, bob, "sooner", true, 0}).has_value());
    const auto rows = *readModel_->messages().between(ann, bob, 0);
    QCOMPARE(rows[0].createdAt, clock_->nowMs() + 150);
    QCOMPARE(rows[1].createdAt, clock_->nowMs() + 151);
}

void WriterTest::messageTimesGrow() {
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

void WriterTest::writesAreSeenWhenAnswered() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    for (int i = 0; i < 200; ++i) {
        bool seen = false;
        QVERIFY(waitFor<void>([&](Done<void> done) {
                    writer_->submit(SetFavorite{ann, video, i % 2 == 0},
                                    [&, done = std::move(done)](Outcome<void> outcome) mutable {
                                        seen = *readModel_->favorites().contains(ann, video) == (i % 2 == 0);
                                        done(std::move(outcome));
                                    });
                }).has_value());
        QVERIFY(seen);
    }
}

void WriterTest::whatGathersIsOneCommit() {
    const Id ann = newUser("ann");
    blockWriter();
    const int before = durable_->commits;
    std::atomic<int> answered = 0;
    for (int i = 0; i < 500; ++i) {
        writer_->submit(RegisterUser{"user" + std::to_string(i), "h", {}, {}, {}},
                        [&](Outcome<Id> outcome) { answered += outcome.has_value() ? 1 : 0; });
    }
    QCOMPARE(answered.load(), 0);
    durable_->gate.release();
    writer_->close();
    QCOMPARE(answered.load(), 500);
    QCOMPARE(durable_->commits - before, 1);
    QVERIFY(ann != 0);
}

void WriterTest::queueFullIsRefused() {
    start({.waiting = 5, .batch = 2});
    blockWriter();
    std::atomic<int> good = 0;
    std::atomic<int> refused = 0;
    for (int i = 0; i < 8; ++i) {
        writer_->submit(RegisterUser{"user" + std::to_string(i), "h", {}, {}, {}},
                        [&](Outcome<Id> outcome) { outcome ? ++good : ++refused; });
    }
    // At once, without waiting for the store.
    QCOMPARE(refused.load(), 3);
    durable_->gate.release();
    writer_->close();
    QCOMPARE(good.load(), 5);
    QCOMPARE(refused.load(), 3);
}

void WriterTest::closingFinishesWhatWasAccepted() {
    blockWriter();
    Answer<Id> accepted;
    writer_->submit(RegisterUser{"late", "h", {}, {}, {}}, accepted.done());
    std::thread closing([this] { writer_->close(); });
    durable_->gate.release();
    closing.join();
    QVERIFY(accepted.good());
    Answer<Id> after;
    writer_->submit(RegisterUser{"too late", "h", {}, {}, {}}, after.done());
    QCOMPARE(after.failure(), contract::kServiceErr);
    writer_->close();
}

void WriterTest::failedCommitKeepsNothing() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    durable_->failCommits = true;
    QCOMPARE(write(SetFavorite{ann, video, true}).error(), contract::kServiceErr);
    QCOMPARE(write(RegisterUser{"bob", "h", {}, {}, {}}).error(), contract::kServiceErr);
    QVERIFY(logged_ >= 2);
    for (Store* store : {static_cast<Store*>(durable_.get()), static_cast<Store*>(readModel_.get())}) {
        QVERIFY(!*store->favorites().contains(ann, video));
        QVERIFY(!store->users().findByName("bob")->has_value());
    }
    // When the store works again, so does the writer.
    durable_->failCommits = false;
    QVERIFY(write(SetFavorite{ann, video, true}).has_value());
    QVERIFY(*readModel_->favorites().contains(ann, video));
}

void WriterTest::failedPartSparesTheOthers() {
    blockWriter();
    durable_->failPart = 3;  // the blocker is the first
    std::vector<Answer<Id>> answers(4);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        writer_->submit(RegisterUser{"user" + std::to_string(i), "h", {}, {}, {}}, answers[i].done());
    }
    durable_->gate.release();
    writer_->close();
    QVERIFY(answers[0].good());
    QCOMPARE(answers[1].failure(), contract::kServiceErr);
    QVERIFY(answers[2].good());
    QVERIFY(answers[3].good());
    QCOMPARE(logged_.load(), 1);
    QVERIFY(!readModel_->users().findByName("user1")->has_value());
    QVERIFY(!durable_->users().findByName("user1")->has_value());
    QVERIFY(readModel_->users().findByName("user3")->has_value());
}

void WriterTest::lostTransactionFailsAll() {
    blockWriter();
    durable_->failPart = 3;
    durable_->partKind = StoreError::Kind::Lost;
    std::vector<Answer<Id>> answers(4);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        writer_->submit(RegisterUser{"user" + std::to_string(i), "h", {}, {}, {}}, answers[i].done());
    }
    durable_->gate.release();
    writer_->close();
    for (const Answer<Id>& answer : answers) {
        QCOMPARE(answer.failure(), contract::kServiceErr);
    }
    QVERIFY(!readModel_->users().findByName("user0")->has_value());
    QVERIFY(!durable_->users().findByName("user0")->has_value());
}

// Even the id of a comment that is gone does not come back after a restart.
void WriterTest::idsAreRemembered() {
    const Id ann = newUser("ann");
    const Id video = newVideo(ann);
    const auto comment = write(AddComment{ann, video, "x"});
    QVERIFY(write(DeleteComment{ann, video, comment->id}).has_value());
    QVERIFY(*durable_->idBound() > comment->id);
}

void WriterTest::raceForAName() {
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

QTEST_GUILESS_MAIN(WriterTest)
#include "writer_test.moc"
