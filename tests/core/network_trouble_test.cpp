// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lines that break and servers that hang up, fall silent or say too much: each is told apart, and nothing is
// sent twice.

#include "core/api/network_transport.h"
#include "tests/core/support/network_noise.h"
#include "tests/core/support/raw_server.h"
#include "tests/core/support/requests.h"

#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

namespace tikgok {

using test::fileBody;
using test::get;
using test::post;
using test::RawServer;
using test::sendAndWait;

class NetworkTroubleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // QNetworkAccessManager by itself sends a POST twice here.
    void cutPostIsSentOnce_data() {
        QTest::addColumn<bool>("warm");
        QTest::addColumn<bool>("withFile");
        QTest::newRow("new connection") << false << false;
        QTest::newRow("kept connection") << true << false;
        QTest::newRow("new connection, file") << false << true;
        QTest::newRow("kept connection, file") << true << true;
    }
    void cutPostIsSentOnce() {
        QFETCH(bool, warm);
        QFETCH(bool, withFile);
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(QByteArray(200'000, 'x'));
        file.flush();
        RawServer server;
        if (warm) {
            server.thenJson("{}");
        }
        server.thenCut();
        NetworkTransport transport(server.url());
        if (warm) {
            QVERIFY(sendAndWait(transport, get()));
        }
        HttpRequest request = post();
        if (withFile) {
            request.body = fileBody(file.fileName());
        }
        const auto answer = sendAndWait(transport, request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Cut);
        QVERIFY(answer.error().maybeDone);
        QTest::qWait(50);  // would a second one come?
        int posts = 0;
        for (const RawServer::Request& one : std::as_const(server.requests)) {
            posts += one.method == "POST" ? 1 : 0;
        }
        QCOMPARE(posts, 1);
    }

    void cutAnswerIsNoAnswer() {
        RawServer server;
        server.then([](QTcpSocket& socket, const RawServer::Request&) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status_code\":0");
            socket.disconnectFromHost();
        });
        NetworkTransport transport(server.url());
        const auto answer = sendAndWait(transport, get());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Cut);
        QVERIFY(answer.error().retryable);
        QVERIFY(answer.error().maybeDone);
    }

    // A proxy that gives up is not slow: the two are told apart.
    void connectionsWithoutAnAnswer_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("reads");
        const auto row = [](const char* name, const QByteArray& bytes, bool closes, ErrorKind kind,
                            bool reads = true) {
            QTest::newRow(name) << bytes << closes << static_cast<int>(kind) << reads;
        };
        row("closes without reading", {}, true, ErrorKind::Cut, false);
        row("closes after the request", {}, true, ErrorKind::Cut);
        row("half a status line", "HTTP/1.1 2", true, ErrorKind::Cut);
        row("half a head", "HTTP/1.1 200 OK\r\nContent-Le", true, ErrorKind::Cut);
        row("half a head, lines whole", "HTTP/1.1 200 OK\r\nServer: x\r\n", true, ErrorKind::Cut);
        row("half a body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", true, ErrorKind::Cut);
        row("never answers", {}, false, ErrorKind::Timeout);
        row("half a head, then nothing", "HTTP/1.1 200 OK\r\nContent-Le", false, ErrorKind::Timeout);
    }
    void connectionsWithoutAnAnswer() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, closes);
        QFETCH(int, kind);
        QFETCH(bool, reads);
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("moving pictures");
        file.flush();
        for (const char* way : {"GET", "POST", "POST of a file"}) {
            RawServer server;
            server.hangsUp = !reads;
            server.then([bytes, closes](QTcpSocket& socket, const RawServer::Request&) {
                socket.write(bytes);
                if (closes) {
                    socket.disconnectFromHost();
                }
            });
            NetworkTransport transport(server.url());
            HttpRequest request = qstrcmp(way, "GET") == 0 ? get() : post();
            if (qstrcmp(way, "POST of a file") == 0) {
                request.body = fileBody(file.fileName());
            }
            if (!closes) {
                request.idleTimeout = std::chrono::milliseconds(300);
            }
            const auto answer = sendAndWait(transport, request);
            QVERIFY2(!answer, way);
            const QByteArray got = QByteArray(way) + ": " + QByteArray::number(int(answer.error().kind)) +
                                   ' ' + answer.error().detail.toUtf8();
            QVERIFY2(static_cast<int>(answer.error().kind) == kind, got.constData());
            QVERIFY2(answer.error().retryable, way);
            QVERIFY2(answer.error().maybeDone || !reads, way);
        }
    }

    void idleLineTimesOut() {
        RawServer server;
        server.thenHang();
        NetworkTransport transport(server.url());
        HttpRequest request = get();
        request.idleTimeout = std::chrono::milliseconds(60);
        const auto answer = sendAndWait(transport, request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Timeout);
        QVERIFY(answer.error().maybeDone);
        QTRY_COMPARE(server.disconnects, 1);
    }

    void slowButMovingAnswerIsNotIdle() {
        RawServer server;
        server.then([](QTcpSocket& socket, const RawServer::Request&) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n");
            auto* drip = new QTimer(&socket);
            QObject::connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
            drip->start(100);
        });
        NetworkTransport transport(server.url());
        HttpRequest request = get();
        request.idleTimeout = std::chrono::milliseconds(600);  // in all it takes longer
        const auto answer = sendAndWait(transport, request);
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
        QCOMPARE(answer->body, QByteArray("xxxxxxxx"));
    }

    void tooLargeAnswerIsRefused_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("good") << QByteArray("200 OK");
        QTest::newRow("bad") << QByteArray("500 No");
    }
    void tooLargeAnswerIsRefused() {
        QFETCH(QByteArray, status);
        const test::NetworkNoise heard;
        {
            RawServer server;
            server.thenJson(QByteArray(5'000, 'x'), status);
            NetworkTransport transport(server.url(), {.maxAnswerBytes = 1'000, .maxRedirects = 5});
            const auto answer = sendAndWait(transport, get());
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, ErrorKind::ServerBroken);
            QVERIFY(!answer.error().retryable);
        }
        QCOMPARE(heard.count(), 0);
    }

    void nobodyListens() {
        QUrl url;
        {
            RawServer server;
            url = server.url();
        }
        NetworkTransport transport(url);
        const auto answer = sendAndWait(transport, post());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Offline);
        QVERIFY(!answer.error().maybeDone);
    }

    void withoutServerIsOffline() {
        NetworkTransport transport;
        const auto answer = sendAndWait(transport, get());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Offline);
    }

    void notHttp() {
        RawServer server;
        server.then([](QTcpSocket& socket, const RawServer::Request&) {
            socket.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
            socket.disconnectFromHost();
        });
        NetworkTransport transport(server.url());
        const auto answer = sendAndWait(transport, get());
        QVERIFY(!answer);
        QVERIFY(answer.error().kind == ErrorKind::ServerBroken || answer.error().kind == ErrorKind::Cut);
    }

    void missingFileIsSaid() {
        RawServer server;
        NetworkTransport transport(server.url());
        HttpRequest request = post();
        request.body = fileBody(QStringLiteral("/nowhere/at/all.mp4"));
        const auto answer = sendAndWait(transport, request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Storage);
        QCOMPARE(server.requests.size(), 0);
    }

    // Neither the query nor the words of a person may reach a log.
    void errorsTellNothingSecret() {
        RawServer server;
        server.thenCut();
        const QUrl dead = [] {
            const RawServer gone;
            return gone.url();
        }();
        for (const QUrl& url : {server.url(), dead}) {
            for (const bool asPost : {false, true}) {
                NetworkTransport transport(url);
                HttpRequest request = asPost ? post() : get();
                request.query = {{QStringLiteral("token"), QStringLiteral("s3cr3t")}};
                request.idleTimeout = std::chrono::milliseconds(300);
                const auto answer = sendAndWait(transport, request);
                QVERIFY(!answer);
                QVERIFY(!answer.error().detail.isEmpty());
                QVERIFY2(!answer.error().detail.contains(QLatin1String("s3cr3t")),
                         qPrintable(answer.error().detail));
                QVERIFY(!answer.error().detail.contains(QLatin1String("http")));
            }
        }
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::NetworkTroubleTest)
#include "network_trouble_test.moc"
