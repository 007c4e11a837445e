// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One suite over both implementations of the queue, and what only the durable one has.

#include "backend-sim/adapters/sqlite/queue.h"

#include "backend-sim/adapters/memory/memory_queue.h"
#include "backend-sim/adapters/memory/memory_store.h"

#include <QTemporaryDir>
#include <QtTest>

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>
#include <set>
#include <sys/resource.h>
#include <thread>

using namespace tikgok::sim;

namespace {

NewMessage writeOf(std::string body, WriteId write = 0) {
    return {Topic::Writes, write, 1000, std::move(body)};
}

std::vector<std::string> bodiesOf(const std::vector<Message>& messages) {
    std::vector<std::string> bodies;
    bodies.reserve(messages.size());
    for (const Message& message : messages) {
        bodies.push_back(message.body);
    }
    return bodies;
}

using Bodies = std::vector<std::string>;

}  // namespace

class QueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();

    void comesOutAsItWentIn();
    void topicsAreApart();
    void readsFromAPlaceOn();
    void acknowledgedIsGone();
    void idsAreNeverReused();
    void writeIdsAreTheSendersOrTheirOwn();
    void failuresAreCounted();
    void buriedOnceWithItsReason();
    void resent();
    void takenEarlyIsRemembered();
    void manyProducersAndAConsumer();
    void reopenedHoldsEverything();
    void syncsAreTold();
    void failedAppendKeepsNothing();
    void failedAppendGivesNoIdsAway();
    void newerAndDamagedFilesAreRefused();
    void appliedWritesAreRuns();
    void appliedWritesFollowTheTransaction();

private:
    MessageQueue& queue() { return *queue_; }
    std::vector<Message> all(Topic topic = Topic::Writes) { return *queue().read(topic, 0, 1000); }
    MessageId append(std::initializer_list<NewMessage> batch) {
        return queue().append(std::vector<NewMessage>(batch)).value_or(-1);
    }
    std::string file(const char* name) const {
        return directory_->filePath(QString::fromLatin1(name)).toStdString();
    }
    void reopen();

    bool durable_ = false;
    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<MessageQueue> queue_;
};

void QueueTest::initTestCase_data() {
    QTest::addColumn<bool>("durable");
    QTest::newRow("memory") << false;
    QTest::newRow("sqlite") << true;
}

void QueueTest::init() {
    QFETCH_GLOBAL(bool, durable);
    durable_ = durable;
    directory_ = std::make_unique<QTemporaryDir>();
    reopen();
}

void QueueTest::cleanup() {
    queue_.reset();
}

void QueueTest::reopen() {
    queue_.reset();
    if (durable_) {
        auto opened = SqliteQueue::open(file("queue.sqlite"));
        QVERIFY(opened.has_value());
        queue_ = std::move(*opened);
    } else {
        queue_ = std::make_unique<MemoryQueue>();
    }
}

void QueueTest::comesOutAsItWentIn() {
    const std::string odd("\0 '\xff\n%s", 8);
    const MessageId first = append({writeOf("one"), writeOf(odd), writeOf("")});
    QVERIFY(first > 0);
    const auto messages = all();
    QCOMPARE(messages.size(), std::size_t{3});
    QCOMPARE(bodiesOf(messages), (Bodies{"one", odd, ""}));
    for (std::size_t i = 0; i < messages.size(); ++i) {
        QCOMPARE(messages[i].id, first + static_cast<MessageId>(i));
        QCOMPARE(messages[i].at, std::int64_t{1000});
        QCOMPARE(messages[i].failures, 0);
    }
    // Reading changes nothing.
    QCOMPARE(all(), messages);
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{3});
    QCOMPARE(append({}), MessageId{0});
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{3});
}

void QueueTest::topicsAreApart() {
    const MessageId first = append({writeOf("w1"), {Topic::Uploads, 0, 5, "u1"}, writeOf("w2")});
    QCOMPARE(bodiesOf(all(Topic::Writes)), (Bodies{"w1", "w2"}));
    QCOMPARE(bodiesOf(all(Topic::Uploads)), (Bodies{"u1"}));
    QCOMPARE(all(Topic::Uploads)[0].topic, Topic::Uploads);
    QCOMPARE(all(Topic::Uploads)[0].id, first + 1);
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{2});
    QCOMPARE(queue().depth(Topic::Uploads), std::size_t{1});
    // An id of another topic is not there.
    QVERIFY(queue().acknowledge(Topic::Writes, std::vector<MessageId>{first + 1}).has_value());
    QCOMPARE(queue().depth(Topic::Uploads), std::size_t{1});
    QCOMPARE(*queue().countFailure(Topic::Writes, first + 1), 0);
    QVERIFY(!*queue().bury(Topic::Writes, first + 1, "no", 1));
}

void QueueTest::readsFromAPlaceOn() {
    const MessageId first = append({writeOf("1"), writeOf("2"), writeOf("3"), writeOf("4")});
    QCOMPARE(bodiesOf(*queue().read(Topic::Writes, first, 2)), (Bodies{"2", "3"}));
    QCOMPARE(bodiesOf(*queue().read(Topic::Writes, first + 3, 2)), Bodies{});
    QCOMPARE(bodiesOf(*queue().read(Topic::Writes, 0, 0)), Bodies{});
}

void QueueTest::acknowledgedIsGone() {
    const MessageId first = append({writeOf("1"), writeOf("2"), writeOf("3"), writeOf("4"), writeOf("5")});
    // Runs, holes, an unknown id and one that comes twice.
    const std::vector<MessageId> done{first, first + 1, first + 3, first + 3, first + 999};
    QVERIFY(queue().acknowledge(Topic::Writes, done).has_value());
    QCOMPARE(bodiesOf(all()), (Bodies{"3", "5"}));
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{2});
    QVERIFY(queue().acknowledge(Topic::Writes, done).has_value());
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{2});
}

void QueueTest::idsAreNeverReused() {
    std::set<MessageId> seen;
    MessageId newest = 0;
    for (int round = 0; round < 4; ++round) {
        const MessageId first = append({writeOf("a"), writeOf("b")});
        QVERIFY(first > newest);
        newest = first + 1;
        // The last id is forgotten by every table.
        QVERIFY(queue().acknowledge(Topic::Writes, std::vector<MessageId>{first, newest}).has_value());
        if (durable_) {
            reopen();
        }
    }
}

void QueueTest::writeIdsAreTheSendersOrTheirOwn() {
    append({writeOf("own"), writeOf("given", 77)});
    const auto messages = all();
    QCOMPARE(messages[0].write, messages[0].id);
    QCOMPARE(messages[1].write, WriteId{77});
}

void QueueTest::failuresAreCounted() {
    const MessageId first = append({writeOf("bad"), writeOf("good")});
    QCOMPARE(*queue().countFailure(Topic::Writes, first), 1);
    QCOMPARE(*queue().countFailure(Topic::Writes, first), 2);
    if (durable_) {
        reopen();
    }
    QCOMPARE(*queue().countFailure(Topic::Writes, first), 3);
    QCOMPARE(all()[0].failures, 3);
    QCOMPARE(all()[1].failures, 0);
    QCOMPARE(*queue().countFailure(Topic::Writes, first + 99), 0);
}

void QueueTest::buriedOnceWithItsReason() {
    const MessageId first = append({writeOf("bad", 5), writeOf("good")});
    QCOMPARE(*queue().countFailure(Topic::Writes, first), 1);
    QVERIFY(*queue().bury(Topic::Writes, first, "it's bad", 4000));
    QVERIFY(!*queue().bury(Topic::Writes, first, "again", 5000));
    QCOMPARE(bodiesOf(all()), Bodies{"good"});
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{1});
    if (durable_) {
        reopen();
    }
    const DeadLetter expected{{first, Topic::Writes, 5, 1000, "bad", 1}, "it's bad", 4000};
    QCOMPARE(*queue().deadLetters(), std::vector<DeadLetter>{expected});
}

void QueueTest::resent() {
    const MessageId first = append({{Topic::Uploads, 5, 1000, "bad"}, writeOf("good")});
    QCOMPARE(*queue().countFailure(Topic::Uploads, first), 1);
    QVERIFY(*queue().bury(Topic::Uploads, first, "bad", 4000));
    QCOMPARE(*queue().resend(first + 1), MessageId{0});
    const MessageId again = *queue().resend(first);
    QVERIFY(again > first + 1);
    QVERIFY(queue().deadLetters()->empty());
    QCOMPARE(*queue().resend(first), MessageId{0});
    const Message expected{again, Topic::Uploads, 5, 1000, "bad", 0};
    QCOMPARE(all(Topic::Uploads), std::vector<Message>{expected});
    QCOMPARE(queue().depth(Topic::Uploads), std::size_t{1});
    QVERIFY(append({writeOf("next")}) > again);
}

void QueueTest::takenEarlyIsRemembered() {
    const MessageId first = append({writeOf("1", 11), writeOf("2"), {Topic::Uploads, 0, 0, "u"}});
    QVERIFY(queue().take(Topic::Writes, std::vector<MessageId>{first, first + 1, first + 2}).has_value());
    QCOMPARE(all(), std::vector<Message>{});
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{0});
    QCOMPARE(queue().depth(Topic::Uploads), std::size_t{1});
    if (durable_) {
        reopen();
    }
    QCOMPARE(bodiesOf(*queue().taken()), (Bodies{"1", "2"}));
    QCOMPARE(queue().taken()->front().write, WriteId{11});
    QVERIFY(queue().settle(std::vector<MessageId>{first, 4711}).has_value());
    QCOMPARE(bodiesOf(*queue().taken()), Bodies{"2"});
}

void QueueTest::manyProducersAndAConsumer() {
    constexpr int kProducers = 20;
    constexpr int kEach = 50;
    std::vector<std::jthread> producers;
    for (int producer = 0; producer < kProducers; ++producer) {
        producers.emplace_back([this, producer] {
            for (int i = 0; i < kEach; i += 2) {
                const std::string who = std::to_string(producer) + ":";
                const std::vector<NewMessage> batch{writeOf(who + std::to_string(i)),
                                                    writeOf(who + std::to_string(i + 1))};
                if (!queue().append(batch)) {
                    return;
                }
            }
        });
    }
    std::map<int, int> next;
    MessageId newest = 0;
    for (int count = 0; count < kProducers * kEach;) {
        std::vector<MessageId> done;
        const std::vector<Message> messages = *queue().read(Topic::Writes, 0, 64);
        for (const Message& message : messages) {
            QVERIFY(message.id > newest);
            newest = message.id;
            const auto colon = message.body.find(':');
            const int who = std::stoi(message.body.substr(0, colon));
            QCOMPARE(std::stoi(message.body.substr(colon + 1)), next[who]++);
            done.push_back(message.id);
            ++count;
        }
        QVERIFY(queue().acknowledge(Topic::Writes, done).has_value());
    }
    producers.clear();
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{0});
    QVERIFY(all().empty());
}

void QueueTest::reopenedHoldsEverything() {
    if (!durable_) {
        QSKIP("memory keeps nothing");
    }
    const MessageId first = append({writeOf("1"), writeOf("2"), {Topic::Uploads, 0, 0, "u"}});
    QVERIFY(queue().acknowledge(Topic::Writes, std::vector<MessageId>{first}).has_value());
    const auto before = all();
    reopen();
    QCOMPARE(all(), before);
    QCOMPARE(queue().depth(Topic::Writes), std::size_t{1});
    QCOMPARE(queue().depth(Topic::Uploads), std::size_t{1});
    QCOMPARE(*static_cast<SqliteQueue&>(queue()).integrity(), std::string("ok"));
}

// A file size limit plays the full disk.
void QueueTest::failedAppendKeepsNothing() {
    if (!durable_) {
        QSKIP("memory has no medium");
    }
    const MessageId first = append({writeOf("before")});
    struct rlimit old{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = old;
    small.rlim_cur = 300'000;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    int refused = 0;
    std::size_t kept = 1;
    for (int i = 0; i < 10; ++i) {
        const auto appended =
            queue().append(std::vector<NewMessage>{writeOf(std::string(60'000, 'x')), writeOf("small")});
        kept += appended ? 2 : 0;
        refused += appended ? 0 : 1;
        QCOMPARE(queue().depth(Topic::Writes), kept);
        QCOMPARE(all().size(), kept);
    }
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
    QVERIFY(refused > 0);
    const MessageId after = append({writeOf("after")});
    QVERIFY(after > first);
    reopen();
    QCOMPARE(all().size(), kept + 1);
    QCOMPARE(all().back().body, std::string("after"));
}

// Those of appending, not the commits of acknowledging, which are not synced.
void QueueTest::syncsAreTold() {
    if (!durable_) {
        QSKIP("memory has no medium");
    }
    int told = 0;
    dynamic_cast<SqliteQueue&>(queue()).watchCommits(
        [&told](std::chrono::steady_clock::duration) { ++told; });
    const MessageId id = append({writeOf("one"), writeOf("two")});
    QCOMPARE(told, 1);
    QVERIFY(queue().acknowledge(Topic::Writes, std::vector<MessageId>{id}).has_value());
    QCOMPARE(told, 1);
    QVERIFY(*queue().bury(Topic::Writes, id + 1, "reason", 1));
    QCOMPARE(told, 2);
}

// How far ids were given out is written in strides. A stride that failed with its batch was not written.
void QueueTest::failedAppendGivesNoIdsAway() {
    if (!durable_) {
        QSKIP("memory has no medium");
    }
    const auto done = [this] {
        for (std::vector<Message> some = all(); !some.empty(); some = all()) {
            std::vector<MessageId> ids;
            for (const Message& message : some) {
                ids.push_back(message.id);
            }
            QVERIFY(queue().acknowledge(Topic::Writes, ids).has_value());
        }
    };
    // Up to a few ids before the end of the first stride.
    QVERIFY(append({writeOf("first")}) == 1);
    constexpr std::size_t kStride = std::size_t{1} << 16;
    QVERIFY(queue().append(std::vector<NewMessage>(kStride - 10, writeOf(""))).has_value());
    done();
    struct rlimit old{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = old;
    small.rlim_cur = 4096;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto failed = queue().append(std::vector<NewMessage>(100, writeOf(std::string(100'000, 'x'))));
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
    QVERIFY(!failed.has_value());
    // The last ones of the stride, then some beyond it.
    QVERIFY(append({writeOf("small")}) > 1);
    const MessageId last = *queue().append(std::vector<NewMessage>(100, writeOf("more"))) + 99;
    done();
    reopen();
    QVERIFY(append({writeOf("after")}) > last);
}

void QueueTest::newerAndDamagedFilesAreRefused() {
    if (!durable_) {
        QSKIP("memory has no file");
    }
    queue_.reset();
    {
        SQLite::Database database(file("queue.sqlite"), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA user_version=9999");
    }
    const auto newer = SqliteQueue::open(file("queue.sqlite"));
    QVERIFY(!newer.has_value());
    QCOMPARE(newer.error().kind, SqliteOpenError::Kind::TooNew);
    QFile damaged(QString::fromStdString(file("damaged.sqlite")));
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(QByteArray(8192, 'x'));
    damaged.close();
    QCOMPARE(SqliteQueue::open(file("damaged.sqlite")).error().kind, SqliteOpenError::Kind::Corrupt);
    QCOMPARE(SqliteQueue::open(file("no/where.sqlite")).error().kind, SqliteOpenError::Kind::Unwritable);
}

namespace {

std::unique_ptr<Store> openStore(bool durable, const std::string& file) {
    if (!durable) {
        return std::make_unique<MemoryStore>();
    }
    auto store = SqliteStore::open(file);
    return store ? std::move(*store) : std::unique_ptr<Store>();
}

}  // namespace

void QueueTest::appliedWritesAreRuns() {
    const auto store = openStore(durable_, file("store.sqlite"));
    QVERIFY(store != nullptr);
    AppliedWrites& applied = store->applied();
    QCOMPARE(*applied.last(), WriteId{0});
    std::set<WriteId> expected;
    // Apart, touching below, touching above, bridging, within, swallowing, again.
    const std::vector<std::pair<WriteId, WriteId>> runs{
        {10, 12}, {20, 22}, {13, 14}, {8, 9},   {15, 19}, {11, 11}, {40, 40}, {50, 51},
        {60, 60}, {39, 55}, {1, 2},   {60, 60}, {25, 25}, {24, 24}, {26, 26}, {5, 70}};
    for (const auto& [first, last] : runs) {
        QVERIFY(applied.add(first, last).has_value());
        for (WriteId id = first; id <= last; ++id) {
            expected.insert(id);
        }
        for (WriteId id = 0; id <= 72; ++id) {
            QVERIFY2(*applied.contains(id) == expected.contains(id), std::to_string(id).c_str());
        }
        QCOMPARE(*applied.last(), *expected.rbegin());
    }
}

void QueueTest::appliedWritesFollowTheTransaction() {
    const auto store = openStore(durable_, file("store.sqlite"));
    AppliedWrites& applied = store->applied();
    QVERIFY(applied.add(1, 3).has_value());
    QVERIFY(!store
                 ->atomically([&]() -> StoreResult<void> {
                     if (auto added = applied.add(4, 9); !added) {
                         return added;
                     }
                     return std::unexpected(StoreError{StoreError::Kind::Conflict, "taken back"});
                 })
                 .has_value());
    QVERIFY(!*applied.contains(4));
    QCOMPARE(*applied.last(), WriteId{3});
}

QTEST_GUILESS_MAIN(QueueTest)
#include "queue_test.moc"
