// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The consumer: slices, second deliveries, dead letters, trouble with queue and tables, parity; and what the
// queue shows at the start.

#include "backend-sim/services/write/consumer.h"

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/services/write/recovery.h"
#include "backend-sim/services/write/write_side.h"
#include "tests/backend_sim/services/doubles.h"
#include "tests/backend_sim/services/troubled_queue.h"

#include <QtTest>

#include <atomic>
#include <functional>
#include <semaphore>
#include <stdexcept>
#include <thread>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;
using namespace std::chrono_literals;

namespace {

constexpr Id kUser = 1;
constexpr Id kOther = 2;
constexpr Id kVideo = 10;
constexpr auto kPatience = 20s;

// What was applied, when it cannot be looked at.
class TroubledApplied final : public AppliedWrites {
public:
    TroubledApplied(AppliedWrites& inner, const std::atomic<bool>& fail) : inner_(inner), fail_(fail) {}
    StoreResult<bool> contains(WriteId id) override { return fail_ ? bad() : inner_.contains(id); }
    StoreResult<WriteId> last() override {
        return fail_ ? StoreResult<WriteId>(std::unexpected(bad().error())) : inner_.last();
    }
    StoreResult<void> add(WriteId first, WriteId last) override { return inner_.add(first, last); }

private:
    static StoreResult<bool> bad() {
        return std::unexpected(StoreError{StoreError::Kind::Io, "the medium is gone"});
    }

    AppliedWrites& inner_;
    const std::atomic<bool>& fail_;
};

// Tables that can be told to fail.
class TroubledTables final : public Store {
public:
    UserRepository& users() override { return inner_.users(); }
    VideoRepository& videos() override { return inner_.videos(); }
    FavoriteRepository& favorites() override { return inner_.favorites(); }
    CommentRepository& comments() override { return inner_.comments(); }
    RelationRepository& relations() override { return inner_.relations(); }
    MessageRepository& messages() override { return inner_.messages(); }
    AppliedWrites& applied() override { return applied_; }
    StoreResult<Id> idBound() override {
        return failBounds ? StoreResult<Id>(std::unexpected(StoreError{StoreError::Kind::Io, "no bound"}))
                          : inner_.idBound();
    }
    StoreResult<void> setIdBound(Id bound) override { return inner_.setIdBound(bound); }
    StoreResult<void> atomically(const Work& work) override {
        const bool outermost = depth_++ == 0;
        StoreResult<void> result = inner_.atomically([&]() -> StoreResult<void> {
            StoreResult<void> done = work();
            if (done && outermost && failCommits) {
                ++failures;
                return std::unexpected(StoreError{StoreError::Kind::Io, "the medium is full"});
            }
            return done;
        });
        commits += outermost ? 1 : 0;
        --depth_;
        return result;
    }

    std::atomic<bool> failCommits = false;
    // What was applied cannot be looked at.
    std::atomic<bool> failLooks = false;
    std::atomic<bool> failBounds = false;
    std::atomic<int> failures = 0;
    std::atomic<int> commits = 0;

private:
    MemoryStore inner_;
    TroubledApplied applied_{inner_.applied(), failLooks};
    int depth_ = 0;
};

class TroubledApplier final : public ChangeApplier {
public:
    StoreResult<void> apply(Store& store, const Change& change, const std::stop_token& expired) override {
        if (before) {
            if (auto stopped = before(change, expired); !stopped) {
                return stopped;
            }
        }
        return real_.apply(store, change, expired);
    }
    std::function<StoreResult<void>(const Change&, const std::stop_token&)> before;

private:
    TableApplier real_;
};

CommentRow commentRow(Id id, std::string text = "text") {
    return {id, kUser, kVideo, std::move(text), 1000 + id};
}

bool isComment(const Change& change, std::string_view text) {
    const auto* row = std::get_if<CommentRow>(&change);
    return row != nullptr && row->text == text;
}

void fill(Store& store) {
    for (const Id id : {kUser, kOther}) {
        UserRow user;
        user.id = id;
        user.name = "user " + std::to_string(id);
        QVERIFY(applyChange(store, user).has_value());
    }
    VideoRow video;
    video.id = kVideo;
    video.author = kUser;
    video.publishedAt = 1;
    QVERIFY(applyChange(store, video).has_value());
}

}  // namespace

class ConsumerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void bringsWritesIntoTheTables();
    void manyAreFewTransactions();
    void secondDeliveryChangesNothing();
    void secondDeliveryAfterARestart();
    void sameWriteTwiceInASlice();
    void poison_data();
    void poison();
    void failuresAreCountedAcrossRestarts();
    void tolerantOfWhatIsSoAlready();
    void tablesThatFailForAWhile();
    void tablesThatCannotBeReadForAWhile_data();
    void tablesThatCannotBeReadForAWhile();
    void queueThatFailsForAWhile_data();
    void queueThatFailsForAWhile();
    void pausedDoesNothing();
    void givesATurnOnlyWhenItHelps();
    void closingFinishesWhatWaits();
    void atMostOnceDropsAndLists();
    void atMostOnceWhenTheQueueFails();
    void atMostOnceInACrash();
    void whatWaitsIsShownAtTheStart();
    void startFails_data();
    void startFails();
    void idsOfWhatWaitsAreGivenOut();
    void frozen();
    void codecKeepsEverything_data();
    void codecKeepsEverything();

private:
    void start(WriteConsumer::Limits limits = fast());
    static WriteConsumer::Limits fast() {
        WriteConsumer::Limits limits;
        limits.linger = 1ms;
        limits.pause = 1ms;
        limits.budget = 40ms;
        return limits;
    }
    MessageId append(const Change& change, WriteId write = 0, Id idBound = 1) {
        const auto first = queue_->append(
            std::vector<NewMessage>{{Topic::Writes, write, clock_.nowMs(), encodeChange(change, idBound)}});
        if (consumer_) {
            consumer_->appended();
        }
        return first.value_or(0);
    }
    bool drained() { return consumer_->drain(kPatience); }
    std::size_t comments() { return tables_->comments().on(kVideo)->size(); }

    std::unique_ptr<TroubledTables> tables_;
    std::unique_ptr<TroubledQueue> queue_;
    TroubledApplier applier_;
    FakeClock clock_;
    NoTelemetry telemetry_;
    std::atomic<int> logged_ = 0;
    std::unique_ptr<WriteConsumer> consumer_;
};

void ConsumerTest::init() {
    consumer_.reset();
    tables_ = std::make_unique<TroubledTables>();
    queue_ = std::make_unique<TroubledQueue>();
    applier_.before = nullptr;
    logged_ = 0;
    fill(*tables_);
}

void ConsumerTest::cleanup() {
    consumer_.reset();
}

void ConsumerTest::start(WriteConsumer::Limits limits) {
    consumer_.reset();
    consumer_ = std::make_unique<WriteConsumer>(
        WriteConsumer::Needs{*queue_, *tables_, applier_, clock_, telemetry_,
                             [this](LogLevel, std::string_view) { ++logged_; }},
        limits);
}

void ConsumerTest::bringsWritesIntoTheTables() {
    append(commentRow(20), 0, 21);  // waits before there is a consumer
    start();
    append(FavoriteChange{kOther, kVideo, true, 5}, 0, 30);
    append(FollowChange{kOther, kUser, true, 5});
    append(MessageRow{31, kUser, kOther, "hi", 7});
    append(CommentRemoval{20});
    QVERIFY(drained());
    QVERIFY(*tables_->favorites().contains(kOther, kVideo));
    QVERIFY(*tables_->relations().contains(kOther, kUser));
    QCOMPARE((**tables_->messages().newestBetween(kUser, kOther)).text, std::string("hi"));
    QCOMPARE(comments(), std::size_t{0});
    QCOMPARE(*tables_->idBound(), Id{30});
    for (WriteId write = 1; write <= 5; ++write) {
        QVERIFY(*tables_->applied().contains(write));
    }
    QCOMPARE(*tables_->applied().last(), WriteId{5});
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{0});
    QCOMPARE(logged_.load(), 0);
}

void ConsumerTest::manyAreFewTransactions() {
    for (Id id = 100; id < 2100; ++id) {
        append(commentRow(id));
    }
    WriteConsumer::Limits limits = fast();
    limits.slice = 1000;
    start(limits);
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{2000});
    QCOMPARE(tables_->commits.load(), 2);
}

void ConsumerTest::secondDeliveryChangesNothing() {
    queue_->failAcknowledgements = true;
    start();
    append(commentRow(20));
    append(FavoriteChange{kUser, kVideo, true, 5});
    QTRY_VERIFY(queue_->acknowledgements >= 3);
    QCOMPARE(comments(), std::size_t{1});
    QCOMPARE(logged_.load(), 1);
    // Somebody takes it back through another door, and the old like is delivered once more.
    queue_->failAcknowledgements = false;
    QVERIFY(drained());
    QCOMPARE(logged_.load(), 2);
    QCOMPARE(comments(), std::size_t{1});
    QVERIFY(queue_->deadLetters()->empty());
}

void ConsumerTest::secondDeliveryAfterARestart() {
    queue_->failAcknowledgements = true;
    WriteConsumer::Limits limits = fast();
    limits.closing = 0ms;
    start(limits);
    append(commentRow(20));
    append(FavoriteChange{kUser, kVideo, true, 5});
    QTRY_VERIFY(queue_->acknowledgements >= 1);
    consumer_.reset();
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{2});
    // In between, by whoever: were the like applied again, it would be back.
    QVERIFY(*tables_->favorites().set(kUser, kVideo, false, 6));
    queue_->failAcknowledgements = false;
    start(limits);
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{1});
    QVERIFY(!*tables_->favorites().contains(kUser, kVideo));
    QVERIFY(queue_->deadLetters()->empty());
}

void ConsumerTest::sameWriteTwiceInASlice() {
    append(commentRow(20), 700);
    append(commentRow(21), 700);
    append(commentRow(22), 699);
    append(commentRow(23), 700);
    start();
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{2});
    append(commentRow(24), 699);
    append(commentRow(25), 698);
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{3});
}

void ConsumerTest::poison_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("reason");
    QTest::newRow("unreadable") << "unreadable" << "not readable";
    QTest::newRow("throwing") << "throwing" << "threw: on purpose";
    QTest::newRow("throwing something else") << "odd" << "threw";
    QTest::newRow("refused by the tables") << "conflict" << "no";
    QTest::newRow("hanging") << "hanging" << "took longer than 40 ms";
}

void ConsumerTest::poison() {
    QFETCH(QString, kind);
    QFETCH(QString, reason);
    int attempts = 0;
    bool cured = false;
    applier_.before = [&](const Change& change, const std::stop_token& expired) -> StoreResult<void> {
        if (!isComment(change, "poison") || cured) {
            return {};
        }
        ++attempts;
        if (kind == "throwing") {
            throw std::runtime_error("on purpose");
        }
        if (kind == "odd") {
            throw 1;
        }
        if (kind == "hanging") {
            while (!expired.stop_requested()) {
                std::this_thread::yield();
            }
            return {};
        }
        return std::unexpected(StoreError{StoreError::Kind::Conflict, "no"});
    };
    append(commentRow(20));
    const MessageId bad = kind == "unreadable"
                              ? *queue_->append(std::vector<NewMessage>{{Topic::Writes, 0, 9, "poison"}})
                              : append(commentRow(21, "poison"), 0, 50);
    append(commentRow(22));
    start();
    QVERIFY(drained());
    // Once, with its reason, and the others are there.
    QCOMPARE(comments(), std::size_t{2});
    const auto letters = *queue_->deadLetters();
    QCOMPARE(letters.size(), std::size_t{1});
    QCOMPARE(letters[0].message.id, bad);
    QCOMPARE(QString::fromStdString(letters[0].reason), reason);
    QCOMPARE(letters[0].message.failures, 5);
    QCOMPARE(letters[0].at, clock_.nowMs());
    QVERIFY(!*tables_->applied().contains(letters[0].message.write));
    if (kind != "unreadable") {
        QCOMPARE(attempts, 6);  // once together with the others
        QCOMPARE(*tables_->idBound(), Id{50});
    }
    append(commentRow(23));
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{3});
    // Sent again, it is tried again.
    cured = true;
    QVERIFY(*queue_->resend(bad) > 0);
    consumer_->appended();
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{kind == "unreadable" ? 3U : 4U});
    QCOMPARE(queue_->deadLetters()->size(), std::size_t{kind == "unreadable" ? 1U : 0U});
}

void ConsumerTest::failuresAreCountedAcrossRestarts() {
    applier_.before = [](const Change&, const std::stop_token&) -> StoreResult<void> {
        throw std::runtime_error("on purpose");
    };
    const MessageId bad = append(commentRow(20));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(queue_->countFailure(Topic::Writes, bad).has_value());
    }
    start();
    QVERIFY(drained());
    QCOMPARE(queue_->deadLetters()->front().message.failures, 5);
}

void ConsumerTest::tolerantOfWhatIsSoAlready() {
    start();
    append(FavoriteChange{kUser, kVideo, false, 5});
    append(FollowChange{kUser, kOther, true, 5});
    append(FollowChange{kUser, kOther, true, 6});
    append(CommentRemoval{4711});
    // Ids that nobody has.
    QVERIFY(drained());
    QVERIFY(queue_->deadLetters()->empty());
    QVERIFY(*tables_->relations().contains(kUser, kOther));
}

void ConsumerTest::tablesThatFailForAWhile() {
    tables_->failCommits = true;
    start();
    append(commentRow(20));
    append(commentRow(21));
    QTRY_VERIFY(tables_->failures >= 3);
    QCOMPARE(comments(), std::size_t{0});
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{2});
    QCOMPARE(queue_->read(Topic::Writes, 0, 1)->front().failures, 0);
    QCOMPARE(logged_.load(), 1);
    tables_->failCommits = false;
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{2});
    QVERIFY(queue_->deadLetters()->empty());
    QCOMPARE(logged_.load(), 2);
}

void ConsumerTest::tablesThatCannotBeReadForAWhile_data() {
    QTest::addColumn<bool>("applied");
    QTest::newRow("what was applied") << true;
    QTest::newRow("how far ids were given out") << false;
}

void ConsumerTest::tablesThatCannotBeReadForAWhile() {
    QFETCH(bool, applied);
    (applied ? tables_->failLooks : tables_->failBounds) = true;
    append(commentRow(20), 0, 21);
    start();
    QTRY_VERIFY(queue_->reads >= 6);
    QCOMPARE(comments(), std::size_t{0});
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{1});
    // Said once, however often it is tried.
    QCOMPARE(logged_.load(), 1);
    QVERIFY(queue_->deadLetters()->empty());
    tables_->failLooks = false;
    tables_->failBounds = false;
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{1});
    QCOMPARE(*tables_->idBound(), Id{21});
    QCOMPARE(logged_.load(), 2);
}

void ConsumerTest::queueThatFailsForAWhile_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("read, no memory") << QStringLiteral("memory");
    QTest::newRow("read") << "read";
    QTest::newRow("bury") << "bury";
    QTest::newRow("acknowledge") << "acknowledge";
}

void ConsumerTest::queueThatFailsForAWhile() {
    QFETCH(QString, what);
    (what == "read"     ? queue_->failReads
     : what == "memory" ? queue_->throwReads
     : what == "bury"   ? queue_->failBurials
                        : queue_->failAcknowledgements) = true;
    applier_.before = [](const Change& change, const std::stop_token&) -> StoreResult<void> {
        return isComment(change, "poison") ? std::unexpected(StoreError{StoreError::Kind::Conflict, "no"})
                                           : StoreResult<void>();
    };
    append(commentRow(20));
    append(commentRow(21, "poison"));
    start();
    QTRY_VERIFY(logged_ >= 1);
    QVERIFY(comments() <= 1);
    queue_->failReads = false;
    queue_->throwReads = false;
    queue_->failBurials = false;
    queue_->failAcknowledgements = false;
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{1});
    QCOMPARE(queue_->deadLetters()->size(), std::size_t{1});
}

void ConsumerTest::pausedDoesNothing() {
    start();
    consumer_->pause();
    consumer_->pause();
    append(commentRow(20));
    QVERIFY(!consumer_->drain(kPatience));  // at once
    consumer_->resume();
    QVERIFY(!consumer_->drain(kPatience));
    QCOMPARE(comments(), std::size_t{0});
    consumer_->resume();
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{1});
}

void ConsumerTest::givesATurnOnlyWhenItHelps() {
    // Blocks in the middle of a slice until told.
    std::binary_semaphore go{0};
    applier_.before = [&go](const Change& change, const std::stop_token&) -> StoreResult<void> {
        if (isComment(change, "slow")) {
            go.acquire();
        }
        return {};
    };
    WriteConsumer::Limits limits = fast();
    limits.budget = 1h;
    start(limits);
    append(commentRow(20, "slow"));
    std::jthread later([&go] { go.release(); });
    consumer_->giveTurn(0, kPatience);
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{0});
    consumer_->pause();
    append(commentRow(21));
    const auto begin = std::chrono::steady_clock::now();
    consumer_->giveTurn(0, 1h);
    QVERIFY(std::chrono::steady_clock::now() - begin < 1min);
    consumer_->resume();
    // Somebody waits for room: what is there is brought away, however long it would have gathered.
    QVERIFY(drained());
    limits.linger = 1h;
    start(limits);
    append(commentRow(22));
    append(commentRow(23));
    consumer_->giveTurn(0, kPatience);
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{0});
}

void ConsumerTest::closingFinishesWhatWaits() {
    WriteConsumer::Limits limits = fast();
    limits.closing = kPatience;
    limits.linger = 1h;
    start(limits);
    for (Id id = 20; id < 120; ++id) {
        append(commentRow(id));
    }
    consumer_->close();
    consumer_->close();
    QCOMPARE(comments(), std::size_t{100});
}

void ConsumerTest::atMostOnceDropsAndLists() {
    int attempts = 0;
    applier_.before = [&](const Change& change, const std::stop_token&) -> StoreResult<void> {
        if (isComment(change, "poison")) {
            ++attempts;
            throw std::runtime_error("on purpose");
        }
        return {};
    };
    WriteConsumer::Limits limits = fast();
    limits.atMostOnce = true;
    start(limits);
    append(commentRow(20));
    append(commentRow(21, "poison"), 900);
    append(FavoriteChange{kUser, kVideo, true, 5});
    QVERIFY(drained());
    QCOMPARE(comments(), std::size_t{1});
    QVERIFY(*tables_->favorites().contains(kUser, kVideo));
    QVERIFY(queue_->deadLetters()->empty());
    QVERIFY(attempts <= 2);
    const LostWrite expected{900, "comment", kVideo, clock_.nowMs()};
    QCOMPARE(*consumer_->lost(), std::vector<LostWrite>{expected});
    // Tables that fail: no second try either.
    tables_->failCommits = true;
    append(FollowChange{kUser, kOther, true, 5}, 901);
    QTRY_VERIFY(tables_->failures >= 1);
    QVERIFY(drained());
    tables_->failCommits = false;
    QCOMPARE(tables_->failures.load(), 1);
    QVERIFY(!*tables_->relations().contains(kUser, kOther));
    const LostWrite second{901, "follow", kOther, clock_.nowMs()};
    QCOMPARE(*consumer_->lost(), (std::vector<LostWrite>{expected, second}));
    start(limits);
    QCOMPARE(*consumer_->lost(), (std::vector<LostWrite>{expected, second}));
}

// What could not be taken is not lost: it still waits. What could not be settled was applied all the same.
void ConsumerTest::atMostOnceWhenTheQueueFails() {
    WriteConsumer::Limits limits = fast();
    limits.atMostOnce = true;
    queue_->failTakes = true;
    append(commentRow(20), 700);
    start(limits);
    QTRY_VERIFY(queue_->reads >= 6);
    QCOMPARE(comments(), std::size_t{0});
    QCOMPARE(queue_->depth(Topic::Writes), std::size_t{1});
    QVERIFY(consumer_->lost()->empty());
    QCOMPARE(logged_.load(), 1);
    queue_->failSettles = true;
    queue_->failTakes = false;
    QVERIFY(drained());
    QTRY_COMPARE(comments(), std::size_t{1});
    queue_->failSettles = false;
    QVERIFY(consumer_->lost()->empty());
    // A list that cannot be made is no empty list.
    queue_->failTaken = true;
    QVERIFY(!consumer_->lost().has_value());
    queue_->failTaken = false;
    tables_->failLooks = true;
    QVERIFY(!consumer_->lost().has_value());
    tables_->failLooks = false;
    QVERIFY(consumer_->lost().has_value());
}

// Taken, and then the process is gone: before the tables had it, or before the queue heard of that.
void ConsumerTest::atMostOnceInACrash() {
    const MessageId before = append(commentRow(20), 800);
    const MessageId after = append(commentRow(21), 801);
    QVERIFY(queue_->take(Topic::Writes, std::vector<MessageId>{before, after}).has_value());
    QVERIFY(applyChange(*tables_, commentRow(21)).has_value());
    QVERIFY(tables_->applied().add(801, 801).has_value());
    MemoryStore readModel;
    fill(readModel);
    QVERIFY(showWaiting(*queue_, *tables_, readModel).has_value());
    QCOMPARE(queue_->taken()->size(), std::size_t{1});
    WriteConsumer::Limits limits = fast();
    limits.atMostOnce = true;
    start(limits);
    const LostWrite expected{800, "comment", kVideo, clock_.nowMs()};
    QCOMPARE(*consumer_->lost(), std::vector<LostWrite>{expected});
    QVERIFY(readModel.comments().on(kVideo)->empty());
}

void ConsumerTest::whatWaitsIsShownAtTheStart() {
    append(commentRow(20), 500);
    append(commentRow(21), 501);
    append(commentRow(21), 501);
    append(FavoriteChange{kUser, kVideo, true, 5});
    QVERIFY(queue_->append(std::vector<NewMessage>{{Topic::Writes, 0, 9, "poison"}}).has_value());
    // The first was applied and not acknowledged.
    QVERIFY(applyChange(*tables_, commentRow(20)).has_value());
    QVERIFY(tables_->applied().add(500, 500).has_value());
    MemoryStore readModel;
    fill(readModel);
    QVERIFY(applyChange(readModel, commentRow(20)).has_value());
    const auto waiting = showWaiting(*queue_, *tables_, readModel);
    QVERIFY(waiting.has_value());
    QCOMPARE(waiting->count, std::size_t{3});
    QCOMPARE(waiting->unreadable, std::size_t{1});
    QCOMPARE(readModel.comments().on(kVideo)->size(), std::size_t{2});
    QVERIFY(*readModel.favorites().contains(kUser, kVideo));
    queue_->failReads = true;
    QVERIFY(!showWaiting(*queue_, *tables_, readModel).has_value());
    QVERIFY(!idBoundOf(*queue_).has_value());
}

void ConsumerTest::startFails_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("shown");
    QTest::addColumn<bool>("bound");
    QTest::newRow("queue") << QStringLiteral("read") << false << false;
    QTest::newRow("what was taken") << QStringLiteral("taken") << false << false;
    QTest::newRow("dead letters") << QStringLiteral("letters") << true << false;
    QTest::newRow("tables") << QStringLiteral("tables") << false << true;
    QTest::newRow("settling") << QStringLiteral("settle") << false << true;
}

// A start that cannot see everything says so, and does not go on with a part of it.
void ConsumerTest::startFails() {
    QFETCH(QString, what);
    QFETCH(bool, shown);
    QFETCH(bool, bound);
    append(commentRow(20), 500, 21);
    const MessageId early = append(commentRow(21), 501, 22);
    QVERIFY(queue_->take(Topic::Writes, std::vector<MessageId>{early}).has_value());
    QVERIFY(tables_->applied().add(501, 501).has_value());
    (what == "read"      ? queue_->failReads
     : what == "taken"   ? queue_->failTaken
     : what == "letters" ? queue_->failDeadLetters
     : what == "settle"  ? queue_->failSettles
                         : tables_->failLooks) = true;
    MemoryStore readModel;
    fill(readModel);
    QCOMPARE(showWaiting(*queue_, *tables_, readModel).has_value(), shown);
    QCOMPARE(idBoundOf(*queue_).has_value(), bound);
}

void ConsumerTest::idsOfWhatWaitsAreGivenOut() {
    QCOMPARE(*idBoundOf(*queue_), Id{1});
    append(commentRow(20), 0, 21);
    QCOMPARE(*idBoundOf(*queue_), Id{21});
    const MessageId dead = append(commentRow(30), 0, 31);
    QVERIFY(*queue_->bury(Topic::Writes, dead, "x", 1));
    QCOMPARE(*idBoundOf(*queue_), Id{31});
    const MessageId lost = append(commentRow(40), 0, 41);
    QVERIFY(queue_->take(Topic::Writes, std::vector<MessageId>{lost}).has_value());
    QCOMPARE(*idBoundOf(*queue_), Id{41});
}

void ConsumerTest::frozen() {
    MemoryStore readModel;
    fill(readModel);
    SequentialIds ids(100);
    const DirectorySpace space("/");
    WriteSide::Limits limits;
    limits.consumer = fast();
    WriteSide writes({*queue_, *tables_, readModel, applier_, clock_, ids, space, telemetry_, {}}, limits);
    const auto like = [&writes](bool on) {
        return waitFor<void>([&](Done<void> done) {
            writes.intake().submit(SetFavorite{kUser, kVideo, on}, std::move(done));
        });
    };
    QVERIFY(like(true).has_value());
    QVERIFY(writes.freeze(kPatience));
    // All three say the same, and go on doing so.
    QVERIFY(*tables_->favorites().contains(kUser, kVideo));
    QCOMPARE(writes.depth(), std::size_t{0});
    std::promise<Outcome<void>> later;
    writes.intake().submit(SetFavorite{kUser, kVideo, false},
                           [&later](Outcome<void> outcome) { later.set_value(std::move(outcome)); });
    QVERIFY(*readModel.favorites().contains(kUser, kVideo));
    writes.thaw();
    QVERIFY(later.get_future().get().has_value());
    // What cannot be brought to rest goes on.
    writes.pauseConsumer();
    QVERIFY(like(true).has_value());
    QVERIFY(!writes.freeze(10ms));
    QVERIFY(like(false).has_value());
    QCOMPARE(writes.depth() > 0, true);
    writes.resumeConsumer();
    QVERIFY(writes.freeze(kPatience));
    QVERIFY(!*tables_->favorites().contains(kUser, kVideo));
    writes.thaw();
    // A dead letter, sent again by hand.
    const MessageId letter =
        *queue_->append(std::vector<NewMessage>{{Topic::Writes, 9000, 1, encodeChange(commentRow(20), 1)}});
    if (*queue_->bury(Topic::Writes, letter, "x", 1)) {
        QVERIFY(*writes.resend(letter));
        QVERIFY(!*writes.resend(letter));
        QCOMPARE(readModel.comments().on(kVideo)->size(), std::size_t{1});
    }
    QVERIFY(writes.deadLetters()->empty());
    QVERIFY(writes.lost()->empty());
}

void ConsumerTest::codecKeepsEverything_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::variant_size_v<Change>); ++i) {
        QTest::addRow("kind %d", i) << i;
    }
}

void ConsumerTest::codecKeepsEverything() {
    QFETCH(int, index);
    const std::string odd("\0 \xff", 3);
    constexpr Id kHuge = std::numeric_limits<Id>::max();
    UserRow user;
    user.id = kHuge;
    user.name = odd;
    user.passwordHash = "h";
    user.avatarKey = "a";
    user.backgroundKey = "";
    user.signature = std::string(1000, 's');
    user.createdAt = -1;
    VideoRow video;
    video.id = 5;
    video.author = -5;
    video.title = odd;
    video.playKey = "p";
    video.coverKey = "c";
    video.publishedAt = 1'800'000'000'000;
    const std::vector<Change> changes{user,
                                      video,
                                      FavoriteChange{1, kHuge, true, 3},
                                      CommentRow{1, 2, 3, odd, 4},
                                      CommentRemoval{std::numeric_limits<Id>::min()},
                                      FollowChange{1, 2, false, 3},
                                      MessageRow{1, 2, 3, "", 4}};
    const Change& change = changes[static_cast<std::size_t>(index)];
    QCOMPARE(static_cast<int>(change.index()), index);
    const std::string bytes = encodeChange(change, 77);
    const auto back = decodeChange(bytes);
    QVERIFY(back.has_value());
    QCOMPARE(back->idBound, Id{77});
    QCOMPARE(encodeChange(back->change, 77), bytes);
    if (const auto* row = std::get_if<UserRow>(&back->change)) {
        QCOMPARE(*row, user);
    }
    if (const auto* row = std::get_if<VideoRow>(&back->change)) {
        QCOMPARE(*row, video);
    }
    // Neither more nor less.
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        QVERIFY(!decodeChange(bytes.substr(0, size)).has_value());
    }
    QVERIFY(!decodeChange(bytes + "x").has_value());
    QVERIFY(!decodeChange("\2" + bytes.substr(1)).has_value());
    QVERIFY(!kindOf(change).empty());
    QVERIFY(targetOf(change) != 0);
}

QTEST_GUILESS_MAIN(ConsumerTest)
#include "consumer_test.moc"
