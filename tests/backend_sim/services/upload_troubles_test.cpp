// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What becomes of an upload that was taken when something goes wrong, with doubles of all neighbours: every
// retry, dead letters, a queue that fails, and the end of the program.

#include "backend-sim/services/uploads/recovery.h"
#include "backend-sim/services/write/change_codec.h"
#include "tests/backend_sim/services/uploads_stage.h"

#include <QTest>

#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::test;

class UploadTroublesTest : public QObject, private UploadsStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void triedAgain_data();
    void triedAgain();
    void fiveFailures_data();
    void fiveFailures();
    void deadLettersCanBeSentAgain();
    void pausesGrow();
    void queueFailures_data();
    void queueFailures();
    void unreadableQueueIsSaidOnce();
    void interruptedWorkIsDoneLater();
    void held();
    void whatAnEarlierRunLeft();
    void redelivered_data();
    void redelivered();
    void fileIsGone();
    void inspectorThrows_data();
    void inspectorThrows();
    void closing();
    void closingFinishesWhatSomebodyWaitsFor();
};

void UploadTroublesTest::triedAgain_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("looking") << QStringLiteral("looking");
    QTest::newRow("storing the cover") << QStringLiteral("storing");
}

void UploadTroublesTest::triedAgain() {
    QFETCH(QString, what);
    if (what == QStringLiteral("looking")) {
        inspector_->error = MediaError{MediaError::Kind::Io, "no memory"};
        inspector_->failures = 4;
    } else {
        objects_->failFor = "jpg";
        objects_->failures = 4;
    }
    Answer<contract::Id> answer;
    publish(answer);
    for (int i = 0; i < 4; ++i) {
        QVERIFY(consumer_->step());
        QCOMPARE(answer.count, 0);
        // Not at once.
        QVERIFY(!consumer_->step());
        clock_.steady += std::chrono::seconds(10);
    }
    QVERIFY(consumer_->step());
    QVERIFY(answer.good());
    QCOMPARE(inspector_->calls.load(), 5);
    QCOMPARE(writer_.commands.size(), std::size_t{1});
    QCOMPARE(objects_->keys.size(), std::size_t{2});
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QVERIFY(stagingIsEmpty());
}

void UploadTroublesTest::fiveFailures_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("reason");
    QTest::newRow("looking") << QStringLiteral("looking")
                             << QStringLiteral("the cover could not be made: no memory");
    QTest::newRow("storing the cover")
        << QStringLiteral("storing") << QStringLiteral("the cover could not be stored: full");
    QTest::newRow("writing") << QStringLiteral("writing") << QStringLiteral("the video could not be written");
}

void UploadTroublesTest::fiveFailures() {
    QFETCH(QString, what);
    QFETCH(QString, reason);
    if (what == QStringLiteral("looking")) {
        inspector_->error = MediaError{MediaError::Kind::Io, "no memory"};
    } else if (what == QStringLiteral("storing")) {
        objects_->failFor = "jpg";
    } else {
        writer_.answer = std::unexpected(contract::kServiceErr);
    }
    Answer<contract::Id> answer;
    publish(answer);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(answer.count, 0);
        QVERIFY(consumer_->step());
        clock_.steady += std::chrono::seconds(10);
    }
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QVERIFY(!consumer_->step());
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    const auto dead = *queue_->deadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(dead[0].reason), reason);
    QCOMPARE(dead[0].at, clock_.nowMs());
    // The file stays: the letter may be sent again.
    QVERIFY(objects_->find(decodeUpload(dead[0].message.body)->playKey));
}

void UploadTroublesTest::deadLettersCanBeSentAgain() {
    writer_.answer = std::unexpected(contract::kServiceErr);
    Answer<contract::Id> answer;
    publish(answer);
    workOff();
    const auto dead = *queue_->deadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    writer_.answer = 42;
    QVERIFY(*queue_->resend(dead[0].message.id) > 0);
    consumer_->wake();
    QVERIFY(consumer_->step());
    QCOMPARE(writer_.commands.back(), writer_.commands.front());
    QVERIFY(queue_->deadLetters()->empty());
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QCOMPARE(answer.count, 1);
}

void UploadTroublesTest::pausesGrow() {
    makeParts({.attempts = 6,
               .firstPause = std::chrono::milliseconds(100),
               .longestPause = std::chrono::milliseconds(500)});
    writer_.answer = std::unexpected(contract::kServiceErr);
    Answer<contract::Id> answer;
    publish(answer);
    for (const int pause : {100, 200, 400, 500, 500}) {
        QVERIFY(consumer_->step());
        clock_.steady += std::chrono::milliseconds(pause - 1);
        QVERIFY(!consumer_->step());
        clock_.steady += std::chrono::milliseconds(1);
    }
    QVERIFY(consumer_->step());
    QCOMPARE(answer.failure(), contract::kServiceErr);
}

void UploadTroublesTest::queueFailures_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"read", "acknowledge", "acknowledge a refusal", "count", "bury"}) {
        QTest::newRow(what) << QString::fromLatin1(what);
    }
}

// The queue's own failures never lose an upload, and never leave anybody waiting.
void UploadTroublesTest::queueFailures() {
    QFETCH(QString, what);
    Answer<contract::Id> answer;
    if (what == QStringLiteral("read")) {
        queue_->failRead = true;
        publish(answer);
        QVERIFY(!consumer_->step());
        QCOMPARE(answer.count, 0);
        queue_->failRead = false;
        QVERIFY(consumer_->step());
        QVERIFY(answer.good());
    } else if (what == QStringLiteral("acknowledge")) {
        queue_->failAcknowledge = true;
        publish(answer);
        workOff();
        QVERIFY(answer.good());
        QCOMPARE(writer_.commands.size(), std::size_t{1});
        // The next start finds everything done.
        queue_->failAcknowledge = false;
        makeParts();
        workOff();
        QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
        QCOMPARE(inspector_->calls.load(), 1);
        QCOMPARE(objects_->keys.size(), std::size_t{2});
    } else if (what == QStringLiteral("acknowledge a refusal")) {
        queue_->failAcknowledge = true;
        inspector_->error = MediaError{MediaError::Kind::NotAVideo, "text"};
        publish(answer);
        workOff();
        QCOMPARE(answer.failure(), contract::kServiceErr);
        QVERIFY(objects_->keys.empty());
    } else if (what == QStringLiteral("count")) {
        queue_->failCount = true;
        writer_.answer = std::unexpected(contract::kServiceErr);
        publish(answer);
        workOff();
        QCOMPARE(answer.failure(), contract::kServiceErr);
        QCOMPARE(writer_.commands.size(), std::size_t{5});
    } else {
        queue_->failBury = true;
        writer_.answer = std::unexpected(contract::kServiceErr);
        publish(answer);
        workOff();
        QCOMPARE(answer.failure(), contract::kServiceErr);
        // Still there, for the next start.
        QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{1});
    }
}

// It is looked at twenty times a second while it cannot be read.
void UploadTroublesTest::unreadableQueueIsSaidOnce() {
    queue_->failRead = true;
    Answer<contract::Id> answer;
    publish(answer);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(!consumer_->step());
    }
    QCOMPARE(logged_.load(), 1);
    queue_->failRead = false;
    QVERIFY(consumer_->step());
    QVERIFY(answer.good());
    QCOMPARE(logged_.load(), 2);
    // And again when it happens again.
    queue_->failRead = true;
    Answer<contract::Id> next;
    publish(next);
    QVERIFY(!consumer_->step());
    QCOMPARE(logged_.load(), 3);
    queue_->failRead = false;
    QVERIFY(consumer_->step());
    QVERIFY(next.good());
}

// Out of memory in the middle: the upload stays, and whoever waits goes on waiting.
void UploadTroublesTest::interruptedWorkIsDoneLater() {
    queue_->throwAcknowledge = true;
    Answer<contract::Id> answer;
    publish(answer);
    QVERIFY_THROWS_EXCEPTION(std::bad_alloc, consumer_->step());
    QCOMPARE(answer.count, 0);
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{1});
    queue_->throwAcknowledge = false;
    // Not at once.
    QVERIFY(!consumer_->step());
    clock_.steady += std::chrono::seconds(10);
    QVERIFY(consumer_->step());
    QVERIFY(answer.good());
    // The same video, and its cover was there already.
    QCOMPARE(writer_.commands.size(), std::size_t{2});
    QCOMPARE(writer_.commands[0], writer_.commands[1]);
    QCOMPARE(inspector_->calls.load(), 1);
}

void UploadTroublesTest::held() {
    Answer<contract::Id> first;
    Answer<contract::Id> second;
    publish(first);
    consumer_->hold();
    consumer_->hold();
    publish(second);
    consumer_->release();
    QVERIFY(!consumer_->step());
    // The world is replaced: its messages go, and nobody waits for them in vain.
    const auto waiting = *queue_->read(Topic::Uploads, 0, 10);
    QCOMPARE(waiting.size(), std::size_t{2});
    QVERIFY(queue_->acknowledge(Topic::Uploads, std::vector<MessageId>{waiting[0].id, waiting[1].id}));
    consumer_->forget();
    QCOMPARE(first.failure(), contract::kServiceErr);
    QCOMPARE(second.failure(), contract::kServiceErr);
    consumer_->release();
    QVERIFY(!consumer_->step());
    QVERIFY(writer_.commands.empty());
    Answer<contract::Id> later;
    publish(later);
    QVERIFY(consumer_->step());
    QVERIFY(later.good());
    // One that is being looked into when the hold comes is stopped, and is no failure.
    std::jthread holding;
    inspector_->untilCancelled = true;
    inspector_->duringWork = [&] { holding = std::jthread([this] { consumer_->hold(); }); };
    Answer<contract::Id> stopped;
    publish(stopped);
    QVERIFY(consumer_->step());
    holding.join();
    QCOMPARE(stopped.count, 0);
    QCOMPARE(queue_->read(Topic::Uploads, 0, 1)->front().failures, 0);
    inspector_->untilCancelled = false;
    inspector_->duringWork = nullptr;
    QVERIFY(!consumer_->step());
    consumer_->release();
    QVERIFY(consumer_->step());
    QVERIFY(stopped.good());
}

// Files that must stay: of uploads that wait, and of dead letters of both kinds.
void UploadTroublesTest::whatAnEarlierRunLeft() {
    const Upload waiting{1, 5, "t", "1.mp4", "1.jpg", 77, true};
    const Upload dead{2, 5, "t", "2.mp4", "2.jpg", 0, true};
    VideoRow row;
    row.id = 3;
    row.author = 5;
    row.playKey = "3.mp4";
    row.coverKey = "3.jpg";
    const auto append = [this](Topic topic, std::string body) {
        return queue_->append(std::vector<NewMessage>{{topic, 0, 1, std::move(body)}}).value_or(0);
    };
    QVERIFY(append(Topic::Uploads, encodeUpload(waiting)) > 0);
    QVERIFY(append(Topic::Uploads, "damaged") > 0);
    QVERIFY(*queue_->bury(Topic::Uploads, append(Topic::Uploads, encodeUpload(dead)), "x", 1));
    QVERIFY(*queue_->bury(Topic::Writes, append(Topic::Writes, encodeChange(row, 4)), "x", 1));
    QVERIFY(*queue_->bury(Topic::Writes, append(Topic::Writes, encodeChange(CommentRemoval{9}, 4)), "x", 1));
    QVERIFY(*queue_->bury(Topic::Writes, append(Topic::Writes, "damaged"), "x", 1));
    const auto left = uploadsIn(*queue_);
    QVERIFY(left.has_value());
    QCOMPARE(left->size(), std::size_t{3});
    QCOMPARE(left->at(0), waiting);
    QCOMPARE(left->at(1), dead);
    QCOMPARE(left->at(2).id, contract::Id{3});
    QCOMPARE(left->at(2).playKey, std::string("3.mp4"));
    QCOMPARE(left->at(2).coverKey, std::string("3.jpg"));
    // A list that may have gaps is none: files would be swept away.
    queue_->failDeadLetters = true;
    QVERIFY(!uploadsIn(*queue_).has_value());
    queue_->failDeadLetters = false;
    queue_->failRead = true;
    QVERIFY(!uploadsIn(*queue_).has_value());
}

void UploadTroublesTest::redelivered_data() {
    QTest::addColumn<bool>("reference");
    QTest::newRow("standard") << false;
    QTest::newRow("tikgok") << true;
}

// The program ended after the last step and before the acknowledgement.
void UploadTroublesTest::redelivered() {
    QFETCH(bool, reference);
    context_.policy = reference ? &kTikgokPolicy : &kStandardPolicy;
    Answer<contract::Id> answer;
    queue_->failAcknowledge = true;
    publish(answer);
    workOff();
    queue_->failAcknowledge = false;
    makeParts();
    workOff();
    QCOMPARE(inspector_->calls.load(), 1);
    QCOMPARE(writer_.commands.size(), std::size_t{2});
    QCOMPARE(writer_.commands[0], writer_.commands[1]);
    QCOMPARE(objects_->keys.size(), std::size_t{2});
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
}

void UploadTroublesTest::fileIsGone() {
    Answer<contract::Id> answer;
    publish(answer);
    objects_->keys.clear();
    workOff();
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QCOMPARE(queue_->deadLetters()->size(), std::size_t{1});
    QVERIFY(writer_.commands.empty());
}

void UploadTroublesTest::inspectorThrows_data() {
    QTest::addColumn<bool>("known");
    QTest::addColumn<std::string>("reason");
    QTest::newRow("an exception") << true << std::string("surprise");
    QTest::newRow("something else") << false << std::string("an unknown error");
}

void UploadTroublesTest::inspectorThrows() {
    QFETCH(bool, known);
    QFETCH(std::string, reason);
    inspector_->duringWork = [known] {
        if (known) {
            throw std::runtime_error("surprise");
        }
        throw 1;
    };
    Answer<contract::Id> answer;
    publish(answer);
    workOff();
    QCOMPARE(answer.failure(), contract::kServiceErr);
    QCOMPARE(inspector_->calls.load(), 5);
    QCOMPARE(queue_->deadLetters()->at(0).reason, reason);
}

void UploadTroublesTest::closing() {
    context_.policy = &kTikgokPolicy;
    Answer<contract::Id> answer;
    publish(answer);
    QVERIFY(answer.good());
    inspector_->duringWork = [this] { consumer_->close(); };
    workOff();
    // Stopped on the way, which is no failure; the next start goes on.
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{1});
    QCOMPARE(queue_->read(Topic::Uploads, 0, 1)->at(0).failures, 0);
    inspector_->duringWork = nullptr;
    makeParts();
    workOff();
    QCOMPARE(queue_->depth(Topic::Uploads), std::size_t{0});
    QCOMPARE(objects_->keys.size(), std::size_t{2});
}

void UploadTroublesTest::closingFinishesWhatSomebodyWaitsFor() {
    Answer<contract::Id> waits;
    publish(waits);
    context_.policy = &kTikgokPolicy;
    Answer<contract::Id> other;
    publish(other);
    context_.policy = &kStandardPolicy;
    // This one waits for its next attempt.
    inspector_->error = MediaError{MediaError::Kind::Io, "no memory"};
    inspector_->failures = 1;
    QVERIFY(consumer_->step());
    Answer<contract::Id> late;
    publish(late);
    consumer_->start();
    consumer_->close();
    QVERIFY(late.good());
    QCOMPARE(waits.failure(), contract::kServiceErr);
    QVERIFY(queue_->depth(Topic::Uploads) >= 1);
    consumer_->close();
}

QTEST_GUILESS_MAIN(UploadTroublesTest)
#include "upload_troubles_test.moc"
