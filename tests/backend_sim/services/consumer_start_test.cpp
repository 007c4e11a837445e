// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a start finds: writes that were taken and never applied (parity), what the queue shows, and the codec
// of what lies there.

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/services/write/consumer.h"
#include "backend-sim/services/write/recovery.h"
#include "tests/backend_sim/services/consumer_stage.h"

#include <QTest>

#include <stdexcept>
#include <string>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;
using namespace std::chrono_literals;

class ConsumerStartTest : public QObject, private ConsumerStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void atMostOnceDropsAndLists();
    void atMostOnceWhenTheQueueFails();
    void atMostOnceInACrash();
    void whatWaitsIsShownAtTheStart();
    void startFails_data();
    void startFails();
    void idsOfWhatWaitsAreGivenOut();
    void codecKeepsEverything_data();
    void codecKeepsEverything();
};

void ConsumerStartTest::atMostOnceDropsAndLists() {
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
void ConsumerStartTest::atMostOnceWhenTheQueueFails() {
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
void ConsumerStartTest::atMostOnceInACrash() {
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

void ConsumerStartTest::whatWaitsIsShownAtTheStart() {
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

void ConsumerStartTest::startFails_data() {
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
void ConsumerStartTest::startFails() {
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

void ConsumerStartTest::idsOfWhatWaitsAreGivenOut() {
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

void ConsumerStartTest::codecKeepsEverything_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::variant_size_v<Change>); ++i) {
        QTest::addRow("kind %d", i) << i;
    }
}

void ConsumerStartTest::codecKeepsEverything() {
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

QTEST_GUILESS_MAIN(ConsumerStartTest)
#include "consumer_start_test.moc"
