// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/history.h"
#include "core/chat/outgoing.h"

#include <QTest>

#include <limits>

namespace tikgok {

namespace {

constexpr contract::Id kMe = 77;
constexpr contract::Id kPeer = 11;
// Nanoseconds that no double holds.
constexpr std::int64_t kNano = 1676323215123456789;

contract::ReceivedMessage to(contract::Id receiver, contract::Id id, std::int64_t time,
                             const std::string& content) {
    return {.message = {.id = id,
                        .toUserId = receiver,
                        .fromUserId = receiver == kMe ? kPeer : kMe,
                        .content = content,
                        .createTime = time},
            .createTimeText = {}};
}

// As the official demo sends it.
contract::ReceivedMessage bare(contract::Id id, const std::string& content,
                               const std::string& time = "5:26PM") {
    return {.message = {.id = id, .content = content}, .createTimeText = time};
}

QString texts(const History& history) {
    QStringList all;
    for (const ChatMessage& message : history.messages()) {
        all.append(message.content);
    }
    return all.join(u' ');
}

Outgoing text(IntentId id, const char* words, QSet<contract::Id> known = {}, bool tried = true) {
    Outgoing one;
    one.id = id;
    one.text = QString::fromUtf8(words);
    one.tried = tried;
    one.known = std::move(known);
    return one;
}

}  // namespace

class ChatHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersByTimeThenId_data() {
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("step");
        QTest::newRow("seconds") << qint64{1'676'323'215} << qint64{1};
        QTest::newRow("milliseconds") << qint64{1'676'323'215'123} << qint64{7};
        QTest::newRow("nanoseconds") << qint64{kNano} << qint64{1};
        QTest::newRow("all the same") << qint64{5} << qint64{0};
        QTest::newRow("the largest") << std::numeric_limits<qint64>::max() - 2 << qint64{1};
    }
    void ordersByTimeThenId() {
        QFETCH(qint64, first);
        QFETCH(qint64, step);
        const std::vector<contract::ReceivedMessage> ascending{
            to(kMe, 1, first, "a"), to(kPeer, 2, first + step, "b"), to(kMe, 3, first + 2 * step, "c")};
        const std::vector<contract::ReceivedMessage> descending(ascending.rbegin(), ascending.rend());
        for (const auto& answer : {ascending, descending}) {
            History history;
            QCOMPARE(history.take(answer, kMe, Extent::Whole).added.size(), 3);
            QCOMPARE(texts(history), QStringLiteral("a b c"));
            QCOMPARE(history.newestTime(), first + 2 * step);
        }
    }

    void mergesById() {
        History history;
        history.take({to(kMe, 1, 10, "a"), to(kPeer, 2, 20, "b")}, kMe, Extent::Whole);
        // A server with an inclusive bound sends the last one again; one entry is there twice.
        const auto change = history.take({to(kPeer, 2, 20, "b"), to(kMe, 3, 30, "c"), to(kMe, 3, 30, "c")},
                                         kMe, Extent::Part);
        QCOMPARE(change.added.size(), 1);
        QVERIFY(change.changed.isEmpty() && change.removed.isEmpty());
        QCOMPARE(texts(history), QStringLiteral("a b c"));
        QVERIFY(history.take({to(kMe, 3, 30, "c")}, kMe, Extent::Part).isEmpty());
    }

    void directionComesFromTheReceiver() {
        History history;
        contract::ReceivedMessage fromMe = to(kPeer, 4096, kNano, "mine");
        fromMe.message.fromUserId = 4096;  // TikGok: the message's own id
        contract::ReceivedMessage toMe = to(kMe, 8192, kNano + 1, "theirs");
        toMe.message.fromUserId = 8192;
        history.take({toMe, fromMe}, kMe, Extent::Whole);
        QVERIFY(history.messages().at(0).own);
        QVERIFY(!history.messages().at(1).own);
        QCOMPARE(history.newestOwn(), (MessageKey{kNano, 4096}));
    }

    void takesMessagesWithoutSidesAndTimes() {
        History history;
        history.take({bare(3, "third"), bare(2, "second", "5:20PM")}, kMe, Extent::Whole);
        QCOMPARE(texts(history), QStringLiteral("second third"));
        QCOMPARE(history.messages().at(0).timeText, QStringLiteral("5:20PM"));
        QVERIFY(!history.messages().at(0).sideKnown);
        QVERIFY(history.markOwn(3));
        QVERIFY(!history.markOwn(3));
        QVERIFY(!history.markOwn(9));
        // What was recognised stays ours, however often the server says nothing about it.
        QVERIFY(history.take({bare(3, "third"), bare(2, "second", "5:20PM")}, kMe, Extent::Whole).isEmpty());
        QVERIFY(history.messages().at(1).own);
    }

    void wholeAnswers_data() {
        QTest::addColumn<QList<int>>("answer");
        QTest::addColumn<QString>("left");
        QTest::newRow("the same") << QList<int>{1, 2, 3, 4} << "1 2 3 4";
        QTest::newRow("one is gone") << QList<int>{1, 3, 4} << "1 3 4";
        QTest::newRow("the first thirty only") << QList<int>{1, 2} << "1 2 3 4";
        QTest::newRow("the last ones only") << QList<int>{3, 4, 5} << "1 2 3 4 5";
        QTest::newRow("another life of the server") << QList<int>{7, 8} << "7 8";
        QTest::newRow("nothing") << QList<int>{} << "";
    }
    void wholeAnswers() {
        QFETCH(QList<int>, answer);
        QFETCH(QString, left);
        const auto made = [](const QList<int>& ids) {
            std::vector<contract::ReceivedMessage> all;
            for (const int id : ids) {
                all.push_back(to(kMe, id, id * 10, std::to_string(id)));
            }
            return all;
        };
        History history;
        history.take(made({1, 2, 3, 4}), kMe, Extent::Whole);
        history.take(made(answer), kMe, Extent::Whole);
        QCOMPARE(texts(history), left);
        for (const ChatMessage& message : history.messages()) {
            QVERIFY(history.contains(message.id()));
        }
        // A part says nothing about what it does not hold.
        history.take({}, kMe, Extent::Part);
        QCOMPARE(texts(history), left);
    }

    void whatTheServerChangedIsChangedHere() {
        History history;
        history.take({to(kMe, 1, 10, "a"), to(kMe, 2, 20, "b")}, kMe, Extent::Whole);
        const auto change = history.take({to(kMe, 1, 30, "a")}, kMe, Extent::Part);
        QCOMPARE(change.changed.size(), 1);
        QCOMPARE(texts(history), QStringLiteral("b a"));
    }

    void restoresWhatWasKept() {
        History kept;
        kept.take({to(kMe, 1, 10, "a"), to(kMe, 2, 20, "b")}, kMe, Extent::Whole);
        History history;
        history.take({to(kMe, 2, 20, "new"), to(kMe, 3, 30, "c")}, kMe, Extent::Part);
        history.restore(kept.messages());
        QCOMPARE(texts(history), QStringLiteral("a new c"));
    }

    void longHistoriesAreQuick() {
        std::vector<contract::ReceivedMessage> all;
        for (int i = 1; i <= 20'000; ++i) {
            all.push_back(to(i % 2 == 0 ? kMe : kPeer, i, i, "message"));
        }
        History history;
        history.take(all, kMe, Extent::Whole);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 5; ++i) {
            QVERIFY(history.take(all, kMe, Extent::Whole).isEmpty());
        }
        QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
    }

    // --- which message is the one that was sent

    void recognisesByContentAndNovelty() {
        History history;
        history.take({to(kPeer, 1, 10, "ok"), to(kMe, 2, 20, "ok")}, kMe, Extent::Whole);
        QList<Outgoing> sending{text(1, "ok", messagesLike(QStringLiteral("ok"), history.messages()))};
        QVERIFY(recognise(sending, history.messages()).isEmpty());
        // The peer says the same; that is not ours.
        history.take({to(kMe, 3, 30, "ok")}, kMe, Extent::Part);
        QVERIFY(recognise(sending, history.messages()).isEmpty());
        // The server's clock may be anywhere, also before everything.
        history.take({to(kPeer, 4, 1, "ok")}, kMe, Extent::Part);
        QCOMPARE(recognise(sending, history.messages()), QList<contract::Id>{4});
        QCOMPARE(sending.constFirst().message, 4);
        QVERIFY(recognise(sending, history.messages()).isEmpty());
    }

    void equalTextsAreToldApartByTheirOrder() {
        History history;
        QList<Outgoing> sending{text(1, "ok"), text(2, "ok"), text(3, "ok", {}, false)};
        history.take({to(kPeer, 9, 10, "ok")}, kMe, Extent::Part);
        recognise(sending, history.messages());
        QCOMPARE(sending.at(0).message, 9);
        QCOMPARE(sending.at(1).message, 0);
        history.take({to(kPeer, 10, 20, "ok"), to(kPeer, 11, 30, "ok")}, kMe, Extent::Part);
        recognise(sending, history.messages());
        QCOMPARE(sending.at(1).message, 10);
        // It was never sent: the third one came from somewhere else.
        QCOMPARE(sending.at(2).message, 0);
    }

    void unknownSidesCanBeOurs() {
        History history;
        history.take({bare(1, "hi")}, kMe, Extent::Part);
        QList<Outgoing> sending{text(1, "hi")};
        QCOMPARE(recognise(sending, history.messages()), QList<contract::Id>{1});
    }

    void withoutKnowingWhatWasThereNothingIsRecognised() {
        History history;
        history.take({to(kPeer, 1, 10, "hi")}, kMe, Extent::Part);
        QList<Outgoing> sending{text(1, "hi")};
        sending[0].known.reset();
        QVERIFY(recognise(sending, history.messages()).isEmpty());
    }

    void rememberedIdsSurviveTheFile() {
        const QSet<contract::Id> ids{1, std::numeric_limits<contract::Id>::max(), kNano};
        QCOMPARE(decodeKnown(encodeKnown(ids)), KnownBefore(ids));
        QCOMPARE(decodeKnown(encodeKnown({})), KnownBefore(QSet<contract::Id>{}));
        QCOMPARE(decodeKnown({}), KnownBefore());
        QCOMPARE(decodeKnown("x"), KnownBefore());
    }
};

}  // namespace tikgok

QTEST_APPLESS_MAIN(tikgok::ChatHistoryTest)

#include "chat_history_test.moc"
