// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/chat_protocol.h"

#include "tests/core/support/chat_server.h"
#include "tests/core/support/wait.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>
#include <memory>

namespace tikgok {

using test::ChatHabits;
using test::ChatServer;
using test::waitFor;
using test::waitUntil;
using Mode = ChatProtocol::Mode;
using Fate = ChatServer::Fate;

namespace {

constexpr contract::Id kMe = 77;
constexpr contract::Id kPeer = 11;
constexpr qint64 kFar = std::numeric_limits<qint64>::max();
const QString kToken = QStringLiteral("t77");

struct Line {
    explicit Line(const ChatHabits& habits = {}) { server.habits = habits; }

    Result<ChatProtocol::Answer> whole() { return waitFor(protocol->readWhole(kPeer, kToken, {})); }
    Result<ChatProtocol::Answer> newer(std::int64_t newest) {
        return waitFor(protocol->readNew(kPeer, newest, kToken, {}));
    }

    ChatServer server;
    Api api{server, {.retries = 0}};
    std::unique_ptr<ChatProtocol> protocol = std::make_unique<ChatProtocol>(api);
};

}  // namespace

class ChatProtocolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheKindOfServer_data() {
        QTest::addColumn<ChatHabits>("habits");
        QTest::addColumn<Mode>("mode");
        for (const auto& [name, habits] : test::chatKinds()) {
            if (habits.delay == 0) {
                QTest::newRow(name) << habits
                                    << (habits.bound == ChatHabits::Bound::Before ? Mode::Before
                                                                                  : Mode::After);
            }
        }
    }
    void findsTheKindOfServer() {
        QFETCH(ChatHabits, habits);
        QFETCH(Mode, mode);
        Line line(habits);
        line.server.add(kPeer, kMe, QStringLiteral("one"));
        line.server.add(kMe, kPeer, QStringLiteral("two"));
        const QSignalSpy found(line.protocol.get(), &ChatProtocol::modeFound);
        const auto answer = line.whole();
        QVERIFY(answer);
        QCOMPARE(answer->messages.size(), 2U);
        QCOMPARE(answer->extent, Extent::Whole);
        QCOMPARE(line.protocol->mode(), mode);
        QCOMPARE(found.count(), 1);
        QCOMPARE(line.server.bounds, mode == Mode::After ? QList<qint64>{0} : (QList<qint64>{0, kFar}));
        // From now on it is asked the right way at once.
        line.server.bounds.clear();
        QVERIFY(line.whole());
        QCOMPARE(line.server.bounds, QList<qint64>{mode == Mode::After ? 0 : kFar});
        QCOMPARE(found.count(), 1);
    }

    void emptyConversationTellsNothing() {
        Line line;
        const auto answer = line.whole();
        QVERIFY(answer);
        QVERIFY(answer->messages.empty());
        QCOMPARE(answer->extent, Extent::Whole);
        QCOMPARE(line.protocol->mode(), Mode::Unknown);
        QCOMPARE(line.server.bounds, (QList<qint64>{0, kFar}));
        // Until it is known, polls ask for what is newer, once.
        line.server.bounds.clear();
        QVERIFY(line.newer(0));
        QCOMPARE(line.server.bounds, QList<qint64>{0});
    }

    void errorsOfTheSecondQuestionAreNoAnswer() {
        Line line;
        line.server.fates[ChatServer::kChat] = {Fate::Refused};
        QVERIFY(!line.whole());
        // The first comes through, the second does not.
        auto task = line.protocol->readWhole(kPeer, kToken, {});
        line.server.fates[ChatServer::kChat] = {Fate::Refused};
        const auto answer = waitFor(std::move(task));
        QVERIFY(answer);
        QVERIFY(answer->messages.empty());
        QCOMPARE(answer->extent, Extent::Part);
        QCOMPARE(line.protocol->mode(), Mode::Unknown);
    }

    void pollsEchoTheRawTime_data() { findsTheKindOfServer_data(); }
    void pollsEchoTheRawTime() {
        QFETCH(ChatHabits, habits);
        QFETCH(Mode, mode);
        Line line(habits);
        line.server.add(kPeer, kMe, QStringLiteral("one"));
        History history;
        history.take(line.whole()->messages, kMe, Extent::Whole);
        line.server.bounds.clear();
        line.server.add(kPeer, kMe, QStringLiteral("two"));
        const qint64 newest = history.newestTime();
        const auto answer = line.newer(newest);
        QVERIFY(answer);
        QCOMPARE(line.server.bounds, QList<qint64>{mode == Mode::Before ? kFar : newest});
        QCOMPARE(history.take(answer->messages, kMe, answer->extent).added.size(), 1);
        QCOMPARE(history.messages().size(), 2);
    }

    void rememberedWronglyHealsItself() {
        Line after;
        after.server.add(kPeer, kMe, QStringLiteral("one"));
        after.protocol->setMode(Mode::Before);
        QCOMPARE(after.whole()->messages.size(), 1U);
        QCOMPARE(after.protocol->mode(), Mode::After);

        Line before({.bound = ChatHabits::Bound::Before});
        before.server.add(kPeer, kMe, QStringLiteral("one"));
        before.protocol->setMode(Mode::After);
        QCOMPARE(before.whole()->messages.size(), 1U);
        QCOMPARE(before.protocol->mode(), Mode::Before);
    }

    void answerOfTheFormerServerSaysNothing() {
        Line line;
        line.server.add(kPeer, kMe, QStringLiteral("one"));
        line.server.fates[ChatServer::kChat] = {Fate::Held};
        auto task = line.protocol->readNew(kPeer, 0, kToken, {});
        line.protocol->setMode(Mode::Unknown);
        line.server.letGo();
        QVERIFY(waitFor(std::move(task)));
        QCOMPARE(line.protocol->mode(), Mode::Unknown);
    }

    void diesInTheMiddle() {
        Line line;
        line.server.fates[ChatServer::kChat] = {Fate::Held, Fate::Held};
        auto whole = line.protocol->readWhole(kPeer, kToken, {});
        auto newer = line.protocol->readNew(kPeer, 5, kToken, {});
        line.protocol.reset();
        line.server.letGo();
        QCOMPARE(waitFor(std::move(whole)).error().kind, ErrorKind::Cancelled);
        QCOMPARE(waitFor(std::move(newer)).error().kind, ErrorKind::Cancelled);
    }

    void callerCanStop() {
        Line line;
        line.server.fates[ChatServer::kChat] = {Fate::Held};
        std::stop_source source;
        auto whole = line.protocol->readWhole(kPeer, kToken, source.get_token());
        source.request_stop();
        QCOMPARE(waitFor(std::move(whole)).error().kind, ErrorKind::Cancelled);
        QCOMPARE(line.server.asked(), 1);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ChatProtocolTest)

#include "chat_protocol_test.moc"
