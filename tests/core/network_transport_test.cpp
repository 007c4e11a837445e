// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes over the line and comes back, and the ends of those who wait for it. Lines that break and servers
// that misbehave are in network_trouble_test.cpp.

#include "core/api/network_transport.h"

#include "tests/core/support/raw_server.h"
#include "tests/core/support/requests.h"

#include <QTemporaryFile>
#include <QTest>

#include <memory>
#include <optional>

namespace tikgok {

using test::fileBody;
using test::get;
using test::post;
using test::RawServer;
using test::sendAndWait;
using test::store;

class NetworkTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void getsAnAnswer() {
        RawServer server;
        server.thenJson("{\"status_code\":0}");
        NetworkTransport transport(server.url());
        HttpRequest request = get();
        request.query = {{QStringLiteral("latest_time"), QStringLiteral("1676323215123456789")}};
        const auto answer = sendAndWait(transport, request);
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray("{\"status_code\":0}"));
        QCOMPARE(server.requests.size(), 1);
        QCOMPARE(server.requests[0].method, QByteArray("GET"));
        QCOMPARE(server.requests[0].target, QByteArray("/douyin/feed/?latest_time=1676323215123456789"));
    }

    void encodesQueryValues_data() {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QByteArray>("wire");
        QTest::newRow("plus") << QStringLiteral("a+b") << QByteArray("a%2Bb");
        QTest::newRow("space") << QStringLiteral("a b") << QByteArray("a%20b");
        QTest::newRow("separators") << QStringLiteral("a&b=c#d?e/f%g")
                                    << QByteArray("a%26b%3Dc%23d%3Fe%2Ff%25g");
        QTest::newRow("percent that looks encoded") << QStringLiteral("%2B%41") << QByteArray("%252B%2541");
        QTest::newRow("chinese") << QStringLiteral("好") << QByteArray("%E5%A5%BD");
        QTest::newRow("emoji") << QStringLiteral("😀") << QByteArray("%F0%9F%98%80");
        QTest::newRow("line break") << QStringLiteral("a\nb\r") << QByteArray("a%0Ab%0D");
        QTest::newRow("quotes") << QStringLiteral("\"<>'") << QByteArray("%22%3C%3E%27");
        QTest::newRow("semicolon") << QStringLiteral("a;b") << QByteArray("a%3Bb");
        QTest::newRow("kept") << QStringLiteral("a-b_c.d~e") << QByteArray("a-b_c.d~e");
    }
    void encodesQueryValues() {
        QFETCH(QString, value);
        QFETCH(QByteArray, wire);
        RawServer server;
        server.thenJson("{}");
        NetworkTransport transport(server.url());
        HttpRequest request = get();
        request.query = {{QStringLiteral("v"), value}, {QStringLiteral("w"), QStringLiteral("1")}};
        QVERIFY(sendAndWait(transport, request));
        QCOMPARE(server.requests[0].target, "/douyin/feed/?v=" + wire + "&w=1");
    }

    void sendsNoAcceptEncodingOfOurOwn() {
        RawServer server;
        // gzip of {"a":1}; decoded only while nobody sets the header by hand.
        const QByteArray packed =
            QByteArray::fromHex("1f8b0800000000000203ab564a54b232ac0500afac1b5607000000");
        server.then([packed](QTcpSocket& socket, const RawServer::Request&) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
                         QByteArray::number(packed.size()) + "\r\n\r\n" + packed);
        });
        NetworkTransport transport(server.url());
        const auto answer = sendAndWait(transport, get());
        QVERIFY(answer);
        QVERIFY(server.requests[0].head.contains("gzip"));
        QVERIFY2(answer->body == "{\"a\":1}", answer->body.toHex().constData());
    }

    void postsParametersInTheQuery() {
        RawServer server;
        server.thenJson("{}");
        NetworkTransport transport(server.url());
        HttpRequest request = post();
        request.query = {{QStringLiteral("comment_text"), QStringLiteral("1+1")}};
        QVERIFY(sendAndWait(transport, request));
        QCOMPARE(server.requests[0].method, QByteArray("POST"));
        QCOMPARE(server.requests[0].target, QByteArray("/douyin/comment/action/?comment_text=1%2B1"));
        QCOMPARE(server.requests[0].body, QByteArray());
    }

    void anyStatusIsAnAnswer_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("code");
        for (const int code : {400, 401, 403, 404, 405, 409, 413, 418, 429, 500, 502, 503}) {
            QTest::addRow("%d", code) << QByteArray::number(code) + " Words" << code;
        }
    }
    void anyStatusIsAnAnswer() {
        QFETCH(QByteArray, status);
        QFETCH(int, code);
        for (const bool asPost : {false, true}) {
            RawServer server;
            server.thenJson("{\"status_code\":7}", status);
            NetworkTransport transport(server.url());
            const auto answer = sendAndWait(transport, asPost ? post() : get());
            QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
            QCOMPARE(answer->status, code);
            QCOMPARE(answer->body, QByteArray("{\"status_code\":7}"));
            QCOMPARE(server.requests.size(), 1);
        }
    }

    void authenticationChallengeIsAnAnswer() {
        RawServer server;
        server.thenSend(
            "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 2\r\n\r\n{}");
        NetworkTransport transport(server.url());
        const auto answer = sendAndWait(transport, get());
        QVERIFY(answer);
        QCOMPARE(answer->status, 401);
        QCOMPARE(answer->body, QByteArray("{}"));
    }

    void readsRetryAfter_data() {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<qint64>("least");
        QTest::addColumn<qint64>("most");
        QTest::newRow("seconds") << QByteArray("7") << qint64{7000} << qint64{7000};
        QTest::newRow("none") << QByteArray() << qint64{-1} << qint64{-1};
        QTest::newRow("negative") << QByteArray("-3") << qint64{0} << qint64{0};
        QTest::newRow("huge") << QByteArray("999999999999") << qint64{86'400'000} << qint64{86'400'000};
        QTest::newRow("nonsense") << QByteArray("soon") << qint64{-1} << qint64{-1};
        QTest::newRow("past date") << QByteArray("Wed, 21 Oct 2015 07:28:00 GMT") << qint64{0} << qint64{0};
        QTest::newRow("date") << QLocale::c()
                                     .toString(QDateTime::currentDateTimeUtc().addSecs(100),
                                               QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
                                     .toLatin1()
                              << qint64{80'000} << qint64{100'000};
    }
    void readsRetryAfter() {
        QFETCH(QByteArray, header);
        QFETCH(qint64, least);
        QFETCH(qint64, most);
        RawServer server;
        server.thenSend("HTTP/1.1 429 Too Many Requests\r\n" +
                        (header.isEmpty() ? QByteArray() : "Retry-After: " + header + "\r\n") +
                        "Content-Length: 0\r\n\r\n");
        NetworkTransport transport(server.url());
        const auto answer = sendAndWait(transport, get());
        QVERIFY(answer);
        const qint64 got = answer->retryAfter ? answer->retryAfter->count() : -1;
        QVERIFY2(got >= least && got <= most, qPrintable(QString::number(got)));
    }

    void followsRedirects_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("asPost");
        QTest::addColumn<QByteArray>("arrivesAs");
        for (const char* code : {"301", "302", "307", "308"}) {
            QTest::addRow("GET %s", code) << QByteArray(code) + " X" << false << QByteArray("GET");
        }
        for (const char* code : {"301", "307", "308"}) {
            QTest::addRow("POST %s", code) << QByteArray(code) + " X" << true << QByteArray("POST");
        }
        QTest::addRow("POST 303") << QByteArray("303 X") << true << QByteArray("GET");
    }
    void followsRedirects() {
        QFETCH(QByteArray, status);
        QFETCH(bool, asPost);
        QFETCH(QByteArray, arrivesAs);
        RawServer server;
        server.thenRedirect(status, "/douyin/feed/?token=a%2Bb").thenJson("{\"status_code\":0}");
        NetworkTransport transport(server.url());
        HttpRequest request =
            asPost ? post(QStringLiteral("/douyin/feed")) : get(QStringLiteral("/douyin/feed"));
        request.query = {{QStringLiteral("token"), QStringLiteral("a+b")}};
        const auto answer = sendAndWait(transport, request);
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(server.requests.size(), 2);
        QCOMPARE(server.requests[1].method, arrivesAs);
        QCOMPARE(server.requests[1].target, QByteArray("/douyin/feed/?token=a%2Bb"));
    }

    void keepsTheBodyOverARedirect() {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("moving pictures");
        file.flush();
        RawServer server;
        server.thenRedirect("307 X", "/douyin/publish/action/").thenJson("{\"status_code\":0}");
        NetworkTransport transport(server.url());
        HttpRequest request = post(QStringLiteral("/douyin/publish/action"));
        request.body = MultipartBody{.fields = {{QStringLiteral("title"), QStringLiteral("海")}},
                                     .fileField = QStringLiteral("data"),
                                     .filePath = file.fileName(),
                                     .fileName = QStringLiteral("a\"b.mp4")};
        QVERIFY(sendAndWait(transport, request));
        QCOMPARE(server.requests.size(), 2);
        for (const RawServer::Request& one : std::as_const(server.requests)) {
            QCOMPARE(one.method, QByteArray("POST"));
            QVERIFY(one.body.contains("moving pictures"));
            QVERIFY(one.body.contains("name=\"title\"\r\n\r\n海\r\n"));
            QVERIFY(one.body.contains("filename=\"a%22b.mp4\""));
            QVERIFY(one.head.toLower().contains("content-type: multipart/form-data; boundary="));
        }
    }

    void refusesOtherRedirects_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("location");
        QTest::newRow("other host") << QByteArray("307 X") << QByteArray("http://localhost:1/douyin/feed/");
        // Its port is the server's own.
        QTest::newRow("other name") << QByteArray("307 X")
                                    << QByteArray("http://localhost:PORT/douyin/feed/");
        QTest::newRow("other port") << QByteArray("307 X") << QByteArray("http://127.0.0.1:1/douyin/feed/");
        QTest::newRow("file") << QByteArray("301 X") << QByteArray("file:///etc/passwd");
        QTest::newRow("302 for a POST") << QByteArray("302 X") << QByteArray("/douyin/feed/");
    }
    void refusesOtherRedirects() {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, location);
        RawServer server;
        location.replace("PORT", QByteArray::number(server.url().port()));
        server.thenRedirect(status, location).thenJson("{}");
        NetworkTransport transport(server.url());
        const auto answer = sendAndWait(transport, post());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::ServerBroken);
        QCOMPARE(server.requests.size(), 1);
    }

    void endlessRedirectsEnd() {
        RawServer server;
        server.thenRedirect("301 X", "/douyin/feed/");
        NetworkTransport transport(server.url());
        const auto answer = sendAndWait(transport, get());
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::ServerBroken);
        QVERIFY(server.requests.size() <= 6);
    }

    void uploadReportsProgress() {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(QByteArray(3'000'000, 'x'));
        file.flush();
        RawServer server;
        server.thenJson("{\"status_code\":0}");
        NetworkTransport transport(server.url());
        HttpRequest request = post();
        request.body = fileBody(file.fileName());
        QList<qint64> seen;
        qint64 total = 0;
        request.progress = [&](qint64 sent, qint64 all) {
            seen.append(sent);
            total = all;
        };
        QVERIFY(sendAndWait(transport, request));
        // How often depends on the time that it takes; see uploader_test for slow ones.
        QVERIFY(!seen.isEmpty());
        QVERIFY(std::ranges::is_sorted(seen));
        QCOMPARE(seen.last(), total);
        QVERIFY(total > 3'000'000);
        QCOMPARE(server.requests[0].body.size(), total);
    }

    // --- ends of owners

    void stoppedRequestIsAborted() {
        RawServer server;
        server.thenHang();
        NetworkTransport transport(server.url());
        std::optional<Result<HttpAnswer>> answer;
        std::stop_source source;
        store(transport, get(), source.get_token(), answer);
        QTRY_COMPARE(server.requests.size(), 1);
        QVERIFY(!answer);
        source.request_stop();
        QVERIFY(answer);  // at once
        QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
        QTRY_COMPARE(server.disconnects, 1);
    }

    void stoppedBeforeItBegan() {
        RawServer server;
        NetworkTransport transport(server.url());
        std::optional<Result<HttpAnswer>> answer;
        std::stop_source source;
        source.request_stop();
        store(transport, get(), source.get_token(), answer);
        QVERIFY(answer);
        QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
        QCOMPARE(server.requests.size(), 0);
    }

    void transportGoesInTheMiddle_data() {
        QTest::addColumn<bool>("asPost");
        QTest::newRow("GET") << false;
        QTest::newRow("POST") << true;
    }
    void transportGoesInTheMiddle() {
        QFETCH(bool, asPost);
        RawServer server;
        server.thenHang();
        auto transport = std::make_unique<NetworkTransport>(server.url());
        std::optional<Result<HttpAnswer>> answer;
        store(*transport, asPost ? post() : get(), {}, answer);
        QTRY_COMPARE(server.requests.size(), 1);
        transport.reset();
        QVERIFY(answer);
        QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
        QTRY_COMPARE(server.disconnects, 1);
    }

    void transportGoesBecauseOfTheAnswer() {
        RawServer server;
        server.thenJson("{}");
        auto transport = std::make_unique<NetworkTransport>(server.url());
        bool done = false;
        const auto run = [](std::unique_ptr<NetworkTransport>& held, bool& flag) -> QCoro::Task<> {
            auto answer = co_await held->send(get(), {});
            held.reset();
            flag = answer.has_value();
        };
        run(transport, done);
        QTRY_VERIFY(done);
        QVERIFY(!transport);
    }

    void changingTheServerCancels() {
        RawServer first;
        first.thenHang();
        RawServer second;
        second.thenJson("{\"second\":1}");
        NetworkTransport transport(first.url());
        std::optional<Result<HttpAnswer>> answer;
        store(transport, get(), {}, answer);
        QTRY_COMPARE(first.requests.size(), 1);
        transport.setServer(second.url());
        QVERIFY(answer);
        QCOMPARE(answer->error().kind, ErrorKind::Cancelled);
        const auto next = sendAndWait(transport, get());
        QVERIFY(next);
        QCOMPARE(next->body, QByteArray("{\"second\":1}"));
    }

    void serverMayHaveAPrefix() {
        RawServer server;
        server.thenJson("{}");
        QUrl url = server.url();
        url.setPath(QStringLiteral("/some/where/"));
        NetworkTransport transport(url);
        QVERIFY(sendAndWait(transport, get()));
        QCOMPARE(server.requests[0].target, QByteArray("/some/where/douyin/feed/"));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::NetworkTransportTest)
#include "network_transport_test.moc"
