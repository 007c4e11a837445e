// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a look at a server finds: on scripted answers, and on real sockets.

#include "core/api/server_probe.h"

#include "core/api/network_transport.h"
#include "core/api/server_health.h"
#include "core/contract/codec.h"
#include "tests/core/support/fake_transport.h"
#include "tests/core/support/raw_server.h"
#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSslKey>
#include <QSslServer>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace tikgok {

using test::FakeTransport;
using test::RawServer;
using test::waitUntil;

namespace {

constexpr std::chrono::seconds kPatience{5};
const std::string kPong = "{\"message\":\"pong\"}";

std::optional<ServerReport> look(Transport& line, std::chrono::milliseconds patience = kPatience) {
    ServerProbe probe(line, patience, [] { return std::int64_t{1234}; });
    const auto value = std::make_shared<std::optional<std::optional<ServerReport>>>();
    test::storeInto(probe.run({}), value);
    waitUntil([&] { return value->has_value(); });
    return value->value_or(std::nullopt);
}

std::string standardFeed() {
    return test::feedOf({11, 12, 13}, 1790000000000);
}

}  // namespace

class ServerProbeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judges_data() {
        QTest::addColumn<QByteArray>("ping");
        QTest::addColumn<int>("pingStatus");
        QTest::addColumn<QByteArray>("feed");
        QTest::addColumn<int>("feedStatus");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<int>("dialect");
        QTest::addColumn<int>("pageSize");
        const auto row = [](const char* name, const std::string& ping, int pingStatus,
                            const std::string& feed, int feedStatus, ServerVerdict verdict,
                            Dialect dialect = Dialect::Unknown, int pageSize = 0) {
            QTest::newRow(name) << QByteArray::fromStdString(ping) << pingStatus
                                << QByteArray::fromStdString(feed) << feedStatus << static_cast<int>(verdict)
                                << static_cast<int>(dialect) << pageSize;
        };
        using V = ServerVerdict;
        using D = Dialect;
        row("standard", kPong, 200, standardFeed(), 200, V::Good, D::Standard, 3);
        row("standard, empty", kPong, 200, test::feedOf({}, 1790000000000), 200, V::Good, D::Standard, 0);
        row("tikgok", kPong, 200, test::feedOf({4096, 8192}, 1790000000000'000'000), 200, V::Good, D::TikGok,
            2);
        row("tikgok, number as text", kPong, 200,
            "{\"status_code\":\"0\",\"status_msg\":\"success\",\"video_list\":[],\"next_time\":"
            "\"1790000000000000000\"}",
            200, V::Good, D::TikGok, 0);
        row("demo", "404 page not found", 404,
            "{\"status_code\":0,\"video_list\":[{\"id\":1,\"author\":{\"id\":1,\"name\":\"TestUser\"},\"play_"
            "url\":\"u\","
            "\"cover_url\":\"c\"}],\"next_time\":1690000000}",
            200, V::Good, D::Demo, 1);
        row("seconds and whole", "404 page not found", 404, test::feedOf({1}, 1'690'000'000), 200, V::Good,
            D::Other, 1);
        row("milliseconds without ping", "404 page not found", 404, standardFeed(), 200, V::Good, D::Other,
            3);
        row("microseconds", kPong, 200, test::feedOf({1}, 1'690'000'000'000'000), 200, V::Good, D::Other, 1);
        row("no next_time", kPong, 200, "{\"status_code\":0,\"status_msg\":\"success\",\"video_list\":null}",
            200, V::Good, D::Other, 0);
        row("refuses strangers", kPong, 200, "{\"status_code\":1,\"status_msg\":\"no token\"}", 200,
            V::Refuses, D::Other, 0);
        row("401 with JSON", kPong, 200, "{\"status_code\":401,\"status_msg\":\"who are you\"}", 401,
            V::Refuses, D::Other, 0);
        row("a web page", "<html>", 200, "\n<!DOCTYPE html><html></html>", 200, V::WebPage);
        row("a web page that is not found", "<html>", 404, "<html><h1>404</h1></html>", 404, V::WebPage);
        row("something else", "404 page not found", 404, "404 page not found", 404, V::NotContract);
        row("other JSON", kPong, 200, "{\"data\":[]}", 200, V::NotContract);
        row("a JSON list", kPong, 200, "[1,2]", 200, V::NotContract);
        row("nothing", "", 200, "", 200, V::NotContract);
        row("broken behind", kPong, 200, "<html>502 Bad Gateway</html>", 502, V::Failing);
        row("overloaded", kPong, 200, "Too Many Requests", 429, V::Failing);
    }
    void judges() {
        QFETCH(QByteArray, ping);
        QFETCH(int, pingStatus);
        QFETCH(QByteArray, feed);
        QFETCH(int, feedStatus);
        QFETCH(int, verdict);
        QFETCH(int, dialect);
        QFETCH(int, pageSize);
        FakeTransport net;
        net.reply(ping.toStdString(), pingStatus).reply(feed.toStdString(), feedStatus);
        const auto report = look(net);
        QVERIFY(report);
        QCOMPARE(static_cast<int>(report->verdict), verdict);
        QCOMPARE(static_cast<int>(report->traits.dialect), dialect);
        QCOMPARE(report->traits.pageSize, pageSize);
        QCOMPARE(report->httpStatus, feedStatus);
        QVERIFY(report->roundTrip.has_value());
        QCOMPARE(report->traits.checkedAt, std::int64_t{1234});
        QCOMPARE(net.count(), 2);
        QCOMPARE(net.path(0), QStringLiteral("/ping"));
        QCOMPARE(net.path(1), QStringLiteral("/douyin/feed/"));
        QVERIFY(!net.at(1).has("token"));
    }

    void findsPush_data() {
        QTest::addColumn<QByteArray>("ping");
        QTest::addColumn<bool>("push");
        QTest::newRow("none") << QByteArray("{\"message\":\"pong\"}") << false;
        QTest::newRow("a path") << QByteArray("{\"message\":\"pong\",\"push\":\"/douyin/push/\"}") << true;
        QTest::newRow("another host")
            << QByteArray("{\"message\":\"pong\",\"push\":\"//evil/push\"}") << false;
        QTest::newRow("an address") << QByteArray("{\"message\":\"pong\",\"push\":\"wss://evil/\"}") << false;
        QTest::newRow("no text") << QByteArray("{\"message\":\"pong\",\"push\":true}") << false;
        QTest::newRow("no pong") << QByteArray("{\"push\":\"/douyin/push/\"}") << false;
    }
    void findsPush() {
        QFETCH(QByteArray, ping);
        QFETCH(bool, push);
        FakeTransport net;
        net.reply(ping.toStdString()).reply(standardFeed());
        const auto report = look(net);
        QVERIFY(report);
        QCOMPARE(report->traits.push, push);
    }

    void dialectsMean() {
        ServerTraits traits{.dialect = Dialect::TikGok};
        QCOMPARE(traits.uploadLimit(), std::int64_t{4} * 1024 * 1024);
        QVERIFY(traits.lengthUnit() == LengthUnit::Bytes);
        QCOMPARE(lengthOf(QStringLiteral("林小满x"), traits.lengthUnit()), 10);
        traits.dialect = Dialect::Standard;
        QCOMPARE(traits.uploadLimit(), std::int64_t{200} * 1024 * 1024);
        QCOMPARE(lengthOf(QStringLiteral("林小满x"), traits.lengthUnit()), 4);
        traits.dialect = Dialect::Other;
        QCOMPARE(traits.uploadLimit(), std::int64_t{0});
    }

    void noLine_data() {
        QTest::addColumn<int>("link");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char* name, LinkProblem link, ErrorKind kind, ServerVerdict verdict) {
            QTest::newRow(name) << static_cast<int>(link) << static_cast<int>(kind)
                                << static_cast<int>(verdict);
        };
        row("no such host", LinkProblem::NoSuchHost, ErrorKind::Offline, ServerVerdict::NoSuchHost);
        row("refused", LinkProblem::Refused, ErrorKind::Offline, ServerVerdict::NobodyThere);
        row("tls", LinkProblem::Tls, ErrorKind::Offline, ServerVerdict::Tls);
        row("timeout", LinkProblem::None, ErrorKind::Timeout, ServerVerdict::NoAnswer);
        row("cut", LinkProblem::None, ErrorKind::Cut, ServerVerdict::Cut);
        row("offline", LinkProblem::None, ErrorKind::Offline, ServerVerdict::Offline);
    }
    void noLine() {
        QFETCH(int, link);
        QFETCH(int, kind);
        QFETCH(int, verdict);
        class Broken final : public Transport {
        public:
            QCoro::Task<Result<HttpAnswer>> send(HttpRequest, std::stop_token) override {
                ++asked;
                co_return std::unexpected(error);
            }
            Error error;
            int asked = 0;
        } line;
        line.error.link = static_cast<LinkProblem>(link);
        line.error.kind = static_cast<ErrorKind>(kind);
        line.error.detail = QStringLiteral("words of the library");
        const auto report = look(line);
        QVERIFY(report);
        QCOMPARE(static_cast<int>(report->verdict), verdict);
        QCOMPARE(line.asked, 1);  // the second would only take as long again
        QVERIFY(!report->roundTrip);
        QCOMPARE(report->detail.isEmpty(), report->verdict != ServerVerdict::Tls);
    }

    void stops() {
        FakeTransport net;
        net.hang();
        std::stop_source source;
        ServerProbe probe(net, kPatience, [] { return std::int64_t{1}; });
        const auto value = std::make_shared<std::optional<std::optional<ServerReport>>>();
        test::storeInto(probe.run(source.get_token()), value);
        source.request_stop();
        QVERIFY(value->has_value());
        QVERIFY(!**value);
    }

    // --- real sockets

    void onSockets() {
        RawServer server;
        server.thenJson(QByteArray::fromStdString(kPong)).thenJson(QByteArray::fromStdString(standardFeed()));
        NetworkTransport line(server.url());
        const auto report = look(line);
        QVERIFY(report);
        QCOMPARE(static_cast<int>(report->verdict), static_cast<int>(ServerVerdict::Good));
        QCOMPARE(static_cast<int>(report->traits.dialect), static_cast<int>(Dialect::Standard));
    }

    void nobodyListens() {
        QUrl url;
        {
            const RawServer gone;
            url = gone.url();
        }
        NetworkTransport line(url);
        const auto report = look(line);
        QVERIFY(report);
        QCOMPARE(static_cast<int>(report->verdict), static_cast<int>(ServerVerdict::NobodyThere));
    }

    void silence() {
        RawServer server;
        server.thenHang();
        NetworkTransport line(server.url());
        const auto report = look(line, std::chrono::milliseconds(200));
        QVERIFY(report);
        QCOMPARE(static_cast<int>(report->verdict), static_cast<int>(ServerVerdict::NoAnswer));
    }

    void anotherLanguage() {
        RawServer server;
        server.thenSend("SSH-2.0-OpenSSH_9.2p1\r\n");
        NetworkTransport line(server.url());
        const auto report = look(line, std::chrono::milliseconds(500));
        QVERIFY(report);
        QVERIFY2(report->verdict == ServerVerdict::NotHttp || report->verdict == ServerVerdict::NoAnswer ||
                     report->verdict == ServerVerdict::Cut,
                 qPrintable(QString::number(static_cast<int>(report->verdict))));
    }

    void sendsUsElsewhere() {
        RawServer server;
        server.thenRedirect("301 Moved Permanently", "http://127.0.0.2:9/ping");
        NetworkTransport line(server.url());
        const auto report = look(line);
        QVERIFY(report);
        QCOMPARE(static_cast<int>(report->verdict), static_cast<int>(ServerVerdict::Elsewhere));
    }

    // A plain server where TLS is expected, and one whose certificate nobody vouches for.
    void tlsToAPlainServer() {
        RawServer server;
        server.thenHang();
        QUrl url = server.url();
        url.setScheme(QStringLiteral("https"));
        NetworkTransport line(url);
        const auto report = look(line, std::chrono::milliseconds(400));
        QVERIFY(report);
        QVERIFY(report->verdict == ServerVerdict::Tls || report->verdict == ServerVerdict::NoAnswer);
    }

    void unknownCertificate() {
        if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty()) {
            QSKIP("openssl is not there to make a certificate with");
        }
        const QTemporaryDir dir;
        QProcess maker;
        maker.setWorkingDirectory(dir.path());
        maker.start(QStringLiteral("openssl"),
                    QStringLiteral(
                        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem "
                        "-out cert.pem -days 2 -subj /CN=localhost")
                        .split(QLatin1Char(' ')));
        QVERIFY(maker.waitForFinished(20'000));
        QCOMPARE(maker.exitCode(), 0);
        QFile certificate(dir.filePath(QStringLiteral("cert.pem")));
        QFile key(dir.filePath(QStringLiteral("key.pem")));
        QVERIFY(certificate.open(QIODevice::ReadOnly) && key.open(QIODevice::ReadOnly));
        QSslServer server;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(&certificate));
        configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
        server.setSslConfiguration(configuration);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        NetworkTransport line(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(server.serverPort())));
        const auto report = look(line);
        QVERIFY(report);
        QCOMPARE(static_cast<int>(report->verdict), static_cast<int>(ServerVerdict::Tls));
        QVERIFY2(report->detail.contains(QLatin1String("certificate"), Qt::CaseInsensitive) ||
                     report->detail.contains(QLatin1String("host name"), Qt::CaseInsensitive),
                 qPrintable(report->detail));
    }

    void noSuchHost() {
        NetworkTransport line(QUrl(QStringLiteral("http://no-such-host.invalid")));
        const auto report = look(line);
        QVERIFY(report);
        QVERIFY(report->verdict == ServerVerdict::NoSuchHost || report->verdict == ServerVerdict::Offline ||
                report->verdict == ServerVerdict::NoAnswer);
    }

    // --- health

    void healthWatches() {
        FakeTransport net;
        ServerHealth health(net);
        QSignalSpy changed(&health, &ServerHealth::answeringChanged);
        QSignalSpy recovered(&health, &ServerHealth::recovered);
        const auto call = [&] { return test::waitFor(health.send({}, {})); };
        net.fail(ErrorKind::Offline);
        QVERIFY(!call());
        QVERIFY(health.answering());  // once is no pattern
        net.reply(kPong, 500);
        QVERIFY(call());
        net.fail(ErrorKind::Offline).cut();
        QVERIFY(!call());
        QVERIFY(health.answering());
        QVERIFY(!call());
        QVERIFY(!health.answering());
        QCOMPARE(changed.count(), 1);
        QCOMPARE(recovered.count(), 0);
        // What the person cancels says nothing; nor does a file that cannot be read.
        net.fail(ErrorKind::Cancelled).fail(ErrorKind::Storage);
        QVERIFY(!call());
        QVERIFY(!call());
        QCOMPARE(changed.count(), 1);
        net.reply("404 page not found", 404);
        health.tryAgain();
        QVERIFY(health.trying());
        health.tryAgain();  // one at a time
        QVERIFY(waitUntil([&] { return !health.trying(); }));
        QVERIFY(health.answering());
        QCOMPARE(recovered.count(), 1);
        QVERIFY(net.scriptsUsedUp());
    }

    // Only while somebody looks, and only while the server does not answer.
    void healthAsksByItself() {
        FakeTransport net;
        ServerHealth health(net,
                            {.first = std::chrono::milliseconds(4), .longest = std::chrono::milliseconds(8)});
        QSignalSpy recovered(&health, &ServerHealth::recovered);
        net.fail(ErrorKind::Offline).fail(ErrorKind::Offline);
        QVERIFY(!test::waitFor(health.send({}, {})));
        QVERIFY(!test::waitFor(health.send({}, {})));
        QCOMPARE(net.count(), 2);
        net.fail(ErrorKind::Offline).fail(ErrorKind::Cut).fail(ErrorKind::Timeout).reply(kPong);
        health.setWatched(true);
        QVERIFY(waitUntil([&] { return recovered.count() == 1; }));
        QVERIFY(net.scriptsUsedUp());
        QCOMPARE(net.path(net.count() - 1), QStringLiteral("/ping"));
        const qsizetype asked = net.count();
        // One that answers is left alone, and so is one that nobody looks at.
        health.setWatched(false);
        net.fail(ErrorKind::Offline).fail(ErrorKind::Offline);
        QVERIFY(!test::waitFor(health.send({}, {})));
        QVERIFY(!test::waitFor(health.send({}, {})));
        QVERIFY(!health.answering());
        QVERIFY(!health.trying());
        QCOMPARE(net.count(), asked + 2);
    }

    void healthOfAFormerServerDoesNotCount() {
        FakeTransport net;
        ServerHealth health(net);
        net.fail(ErrorKind::Offline).hang();
        QVERIFY(!test::waitFor(health.send({}, {})));
        const auto late = std::make_shared<std::optional<Result<HttpAnswer>>>();
        test::storeInto(health.send({}, {}), late);
        health.reset();
        net.finishWithCut(1);
        QVERIFY(late->has_value());
        QVERIFY(health.answering());
        net.fail(ErrorKind::Offline);
        QVERIFY(!test::waitFor(health.send({}, {})));
        QVERIFY(health.answering());
    }

    void healthGoesDuringACall() {
        FakeTransport net;
        auto health = std::make_unique<ServerHealth>(net);
        net.hang();
        const auto late = std::make_shared<std::optional<Result<HttpAnswer>>>();
        test::storeInto(health->send({}, {}), late);
        health->tryAgain();
        health.reset();
        net.finish(0, kPong);
        QVERIFY(late->has_value());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ServerProbeTest)
#include "server_probe_test.moc"
