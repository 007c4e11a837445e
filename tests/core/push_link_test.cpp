// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/push_link.h"

#include "tests/core/support/chat_world.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>

namespace tikgok {

using test::ChatClient;
using test::ChatFiles;
using test::ChatServer;
using test::kMe;
using test::kPeer;
using test::waitUntil;

namespace {

// Answers /ping as the test wants, and everything else as a ChatServer.
class PingTransport final : public Transport {
public:
    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override {
        if (request.path == QLatin1StringView("/ping")) {
            ++pings;
            if (ping.isEmpty()) {
                Error offline;
                offline.kind = ErrorKind::Offline;
                co_return std::unexpected(offline);
            }
            co_return HttpAnswer{.status = 200, .body = ping, .retryAfter = {}};
        }
        auto answer = co_await chat.send(std::move(request), alive);
        co_return std::move(answer);
    }

    ChatServer chat;
    QByteArray ping = R"({"message":"pong","push":"/push"})";
    int pings = 0;
};

constexpr PushOptions kQuick{.firstDelay = std::chrono::milliseconds(4),
                             .longestDelay = std::chrono::milliseconds(20),
                             .offerAgain = std::chrono::milliseconds(20),
                             .pingEvery = std::chrono::milliseconds(30),
                             .pongWithin = std::chrono::milliseconds(2'000)};

QByteArray offer(const char* path) {
    return QByteArray("{\"push\":\"") + path + "\"}";
}

struct Line {
    explicit Line(const PushOptions& options = kQuick) {
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QWebSocketServer::newConnection, &server, [this] {
            while (QWebSocket* socket = server.nextPendingConnection()) {
                sockets.emplace_back(socket);
                requests.append(socket->requestUrl());
            }
        });
        transport.chat.add(kPeer, kMe, QStringLiteral("before"));
        client = std::make_unique<ChatClient>(transport, files);
        link = std::make_unique<PushLink>(transport, client->session, client->book, options);
        link->setServer(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server.serverPort())));
    }
    ~Line() {
        link.reset();
        client.reset();
    }
    [[nodiscard]] bool isUp() const {
        return waitUntil([&] { return link->isUp() && !sockets.empty(); });
    }
    void tell(const QString& frame) { sockets.back()->sendTextMessage(frame); }
    void say(int id, contract::Id from, contract::Id to, const char* text) {
        tell(QStringLiteral(R"({"id":%1,"to_user_id":%2,"from_user_id":%3,"content":"%4","create_time":%5})")
                 .arg(id)
                 .arg(to)
                 .arg(from)
                 .arg(QLatin1String(text))
                 .arg(1'800'000'000'000 + id));
    }

    PingTransport transport;
    ChatFiles files;
    QWebSocketServer server{QStringLiteral("test"), QWebSocketServer::NonSecureMode};
    std::vector<std::unique_ptr<QWebSocket>> sockets;
    QList<QUrl> requests;
    std::unique_ptr<ChatClient> client;
    std::unique_ptr<PushLink> link;
};

}  // namespace

class PushLinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsAtOnce() {
        Line line;
        QVERIFY(line.isUp());
        QCOMPARE(line.requests.constFirst().path(), QStringLiteral("/push"));
        QCOMPARE(QUrlQuery(line.requests.constFirst()).queryItemValue(QStringLiteral("token")),
                 QStringLiteral("t77"));
        QVERIFY(line.client->open());
        line.say(9'001, kPeer, kMe, "hello");
        line.say(9'002, kMe, kPeer, "from my other device");
        QVERIFY(waitUntil([&] { return line.client->chat.count() == 3; }));
        QCOMPARE(line.client->texts(), QStringLiteral("before hello >from my other device"));
        // The same again is nothing new.
        line.say(9'001, kPeer, kMe, "hello");
        line.say(9'003, kPeer, kMe, "last");
        QVERIFY(waitUntil([&] { return line.client->chat.count() == 4; }));
        QCOMPARE(line.sockets.size(), 1U);
    }

    void unknownConversationsAreRead() {
        Line line;
        QVERIFY(line.isUp());
        line.client->list.setAwake(true);
        QVERIFY(line.client->book.find(12) == nullptr);
        line.transport.chat.add(12, kMe, QStringLiteral("whole"));
        line.transport.chat.add(12, kMe, QStringLiteral("story"));
        line.say(9'001, 12, kMe, "story");
        QVERIFY(waitUntil([&] {
            const Conversation* one = line.client->book.find(12);
            return one != nullptr && one->history().messages().size() == 2;
        }));
        QCOMPARE(line.client->list.unread(), 2);
    }

    // Many messages of one person are no reason to read the conversation many times.
    void aBurstIsReadOnce() {
        Line line;
        QVERIFY(line.isUp());
        line.client->list.setAwake(true);
        QVERIFY(line.client->book.find(12) == nullptr);
        const int before = line.transport.chat.asked();
        for (int i = 0; i < 20; ++i) {
            line.transport.chat.add(12, kMe, QStringLiteral("m%1").arg(i));
        }
        for (int i = 0; i < 20; ++i) {
            line.client->book.takePushed(
                {.message = {.id = 9'001 + i, .toUserId = kMe, .fromUserId = 12, .content = "m"},
                 .createTimeText = {}});
        }
        QVERIFY(waitUntil([&] {
            const Conversation* one = line.client->book.find(12);
            return one != nullptr && one->history().messages().size() >= 20;
        }));
        QVERIFY(line.transport.chat.asked() - before <= 4);  // once, once more, and what others ask
    }

    void nonsenseIsIgnored_data() {
        QTest::addColumn<QString>("frame");
        QTest::newRow("empty") << "";
        QTest::newRow("no json") << "hello";
        QTest::newRow("a list") << "[]";
        QTest::newRow("two") << R"({"id":1},{"id":2})";
        QTest::newRow("breaks out") << R"({"id":1}],"status_code":7,"x":[)";
        QTest::newRow("no id") << R"({"to_user_id":77,"from_user_id":11,"content":"x","create_time":1})";
        QTest::newRow("between others")
            << R"({"id":5,"to_user_id":1,"from_user_id":2,"content":"x","create_time":1})";
        QTest::newRow("from nobody") << R"({"id":5,"to_user_id":77,"content":"x","create_time":1})";
    }
    void nonsenseIsIgnored() {
        QFETCH(QString, frame);
        Line line;
        QVERIFY(line.isUp());
        QVERIFY(line.client->open());
        const auto known = line.client->book.all().size();
        line.tell(frame);
        line.say(9'001, kPeer, kMe, "after");
        QVERIFY(waitUntil([&] { return line.client->chat.count() == 2; }));
        QCOMPARE(line.client->book.all().size(), known);
    }

    void hugeFramesEndTheLine() {
        Line line;
        QVERIFY(line.isUp());
        line.tell(QString(400'000, u'x'));
        QVERIFY(waitUntil([&] { return line.sockets.size() == 2; }));
    }

    void noOfferNoLine_data() {
        QTest::addColumn<QByteArray>("ping");
        QTest::newRow("none") << QByteArray(R"({"message":"pong"})");
        QTest::newRow("text") << QByteArray("pong");
        QTest::newRow("another host") << offer("//evil.test/push");
        QTest::newRow("a url") << offer("ws://evil.test/push");
        QTest::newRow("a number") << QByteArray(R"({"push":5})");
        QTest::newRow("no answer") << QByteArray();
    }
    void noOfferNoLine() {
        QFETCH(QByteArray, ping);
        Line line;
        line.transport.ping = ping;
        // setServer() has asked already: that answer counts for nothing.
        line.link =
            std::make_unique<PushLink>(line.transport, line.client->session, line.client->book, kQuick);
        line.sockets.clear();
        line.link->setServer(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(line.server.serverPort())));
        const int before = line.transport.pings;
        QVERIFY(waitUntil([&] { return line.transport.pings >= before + 3; }));
        QVERIFY(!line.link->isUp());
        QVERIFY(line.client->open());
        // It begins when the server has learnt it.
        line.transport.ping = R"({"push":"/push"})";
        QVERIFY(waitUntil([&] { return line.link->isUp(); }));
    }

    void comesBackAfterBreaks() {
        Line line;
        QVERIFY(line.isUp());
        QSignalSpy up(line.link.get(), &PushLink::upChanged);
        for (std::size_t i = 1; i <= 3; ++i) {
            line.sockets.back()->abort();
            QVERIFY(waitUntil([&] { return line.sockets.size() == i + 1 && line.link->isUp(); }));
        }
        QCOMPARE(up.count(), 6);
        line.sockets.back()->close(QWebSocketProtocol::CloseCodeGoingAway);
        QVERIFY(waitUntil([&] { return line.sockets.size() == 5; }));
    }

    void refusedConnections() {
        Line line;
        QVERIFY(line.isUp());
        line.server.close();
        line.sockets.back()->abort();
        QVERIFY(waitUntil([&] { return !line.link->isUp(); }));
        const int before = line.transport.pings;
        QVERIFY(waitUntil([&] { return line.transport.pings >= before + 3; }));
        QVERIFY(!line.link->isUp());
    }

    // It takes the connection and never says a word.
    void silentServersAreTriedAgain() {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        int taken = 0;
        connect(&silent, &QTcpServer::newConnection, &silent, [&taken] { ++taken; });
        PushOptions options = kQuick;
        options.upWithin = std::chrono::milliseconds(200);
        Line line(options);
        const QUrl server = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(line.server.serverPort()));
        line.link->setServer(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(silent.serverPort())));
        QVERIFY(waitUntil([&] { return taken >= 3; }));
        line.link->setServer(server);
        QVERIFY(line.isUp());
        // A line that stands is not ended by it.
        const std::size_t lines = line.sockets.size();
        QTest::qWait(300);
        QVERIFY(line.link->isUp());
        QCOMPARE(line.sockets.size(), lines);
    }

    void noneWhileHiddenOrSignedOut() {
        Line line;
        QVERIFY(line.isUp());
        line.client->list.setAwake(false);
        QVERIFY(!line.link->isUp());
        QTest::qWait(60);
        QCOMPARE(line.sockets.size(), 1U);
        line.client->list.setAwake(true);
        QVERIFY(waitUntil([&] { return line.sockets.size() == 2 && line.link->isUp(); }));
        line.client->session.signOut();
        QVERIFY(!line.link->isUp());
        QTest::qWait(60);
        QCOMPARE(line.sockets.size(), 2U);
        QVERIFY(line.client->signIn(78));
        QVERIFY(waitUntil([&] { return line.sockets.size() == 3 && line.link->isUp(); }));
        QCOMPARE(QUrlQuery(line.requests.constLast()).queryItemValue(QStringLiteral("token")),
                 QStringLiteral("t78"));
    }

    void deadLinesAreNoticed() {
        PushOptions options = kQuick;
        options.pongWithin = std::chrono::milliseconds(50);
        Line line(options);
        // A server that takes the connection and never says another word.
        QTcpServer mute;
        QVERIFY(mute.listen(QHostAddress::LocalHost));
        int handshakes = 0;
        QObject::connect(&mute, &QTcpServer::newConnection, &mute, [&] {
            QTcpSocket* socket = mute.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, &handshakes] {
                const QByteArray head = socket->readAll();
                const auto at = head.indexOf("Sec-WebSocket-Key: ");
                if (at < 0) {
                    return;
                }
                ++handshakes;
                const QByteArray key = head.mid(at + 19, head.indexOf("\r\n", at) - at - 19);
                const QByteArray accept =
                    QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                             QCryptographicHash::Sha1)
                        .toBase64();
                socket->write(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Accept: " +
                    accept + "\r\n\r\n");
            });
        });
        line.link->setServer(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(mute.serverPort())));
        QVERIFY(waitUntil([&] { return handshakes >= 2; }));
    }

    void diesInTheMiddle() {
        Line line;
        line.link.reset();
        line.link =
            std::make_unique<PushLink>(line.transport, line.client->session, line.client->book, kQuick);
        line.link->setServer(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(line.server.serverPort())));
        QVERIFY(line.isUp());
        line.say(9'001, kPeer, kMe, "unheard");
        line.link.reset();
        QCoreApplication::processEvents();
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::PushLinkTest)

#include "push_link_test.moc"
