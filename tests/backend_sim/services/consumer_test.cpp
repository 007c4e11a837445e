// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The consumer: slices, second deliveries, dead letters, trouble with queue and tables. Parity, and what the
// queue shows at the start, are in consumer_start_test.cpp.

#include "backend-sim/services/write/consumer.h"

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/services/write/write_side.h"
#include "tests/backend_sim/services/consumer_stage.h"

#include <QTest>

#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;
using namespace std::chrono_literals;

class ConsumerTest : public QObject, private ConsumerStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

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
    void frozen();
};

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

QTEST_GUILESS_MAIN(ConsumerTest)
#include "consumer_test.moc"
