// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who may come in at all: the pairing token, the addresses to listen on, and what only the owner may read.

#include "tests/security/scene.h"

#include <QTest>

#include <fstream>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::security;
using namespace tikgok::sim::gatewaytest;

namespace {

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

std::string firstLine(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

}  // namespace

class DoorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void strangersNeedTheToken_data();
    void strangersNeedTheToken();
    void thisComputerDoesNot();
    void tokenIsFreshAndPrivate();
    void onlyOneAddress_data();
    void onlyOneAddress();
    void filesArePrivate();
};

void DoorsTest::strangersNeedTheToken_data() {
    QTest::addColumn<std::string>("query");
    QTest::addColumn<std::string>("header");
    QTest::addColumn<bool>("in");
    const std::string good(kToken);
    const auto row = [](const char* name, const std::string& query, const std::string& header, bool in) {
        QTest::newRow(name) << query << header << in;
    };
    row("nothing", "", "", false);
    row("header", "", "X-TikGok-Pairing: " + good, true);
    row("header, other case", "", "x-tikgok-pairing: " + good, true);
    row("query", "&pairing=" + good, "", true);
    row("wrong header", "", "X-TikGok-Pairing: " + std::string(64, '0'), false);
    row("wrong header, right query", "&pairing=" + good, "X-TikGok-Pairing: x", false);
    row("empty header", "", "X-TikGok-Pairing: ", false);
    row("empty query", "&pairing=", "", false);
    row("shorter", "", "X-TikGok-Pairing: " + good.substr(0, 63), false);
    row("longer", "", "X-TikGok-Pairing: " + good + "0", false);
    row("upper case", "", "X-TikGok-Pairing: " + QString::fromStdString(good).toUpper().toStdString(), false);
    row("first of two queries", "&pairing=x&pairing=" + good, "", false);
    row("other name", "&xpairing=" + good, "", false);
    row("as a cookie", "", "Cookie: pairing=" + good, false);
    row("as the caller's token", "&token=" + good, "", false);
    row("says it is local", "",
        "X-Forwarded-For: 127.0.0.1\r\nX-Real-IP: 127.0.0.1\r\nForwarded: for=127.0.0.1", false);
}

void DoorsTest::strangersNeedTheToken() {
    QFETCH(std::string, query);
    QFETCH(std::string, header);
    QFETCH(bool, in);
    GatewayConfig config;
    config.pairingToken = kToken;
    config.trustedPeer = [](std::string_view) { return false; };
    Stage stage({}, std::move(config));
    const std::string end = " HTTP/1.1\r\nHost: localhost\r\n" + (header.empty() ? "" : header + "\r\n");
    const auto expect = [in](const Reply& reply, int otherwise) {
        QCOMPARE(reply.status, in ? otherwise : 403);
        if (!in) {
            QCOMPARE(reply.header("content-type"), std::string("text/plain; charset=utf-8"));
        }
    };
    expect(stage.ask("GET /ping?x=y" + query + end + "\r\n"), 200);
    expect(stage.ask("GET /nowhere?x=y" + query + end + "\r\n"), 404);
    expect(stage.ask("GET /static/x.mp4?x=y" + query + end + "\r\n"), 404);
    expect(stage.ask("POST /douyin/user/login/?username=a&password=b" + query + end +
                     "Content-Length: 0\r\n\r\n"),
           200);
    QCOMPARE(stage.services.calls().empty(), !in);
    // Not a byte of an upload gets in.
    const std::string body = multipartBody(
        "bnd", {field("token", stage.token()), field("title", "t"), file("data", "a.mp4", "video")});
    expect(stage.ask("POST /douyin/publish/action/?x=y" + query + end +
                     "Content-Type: multipart/form-data; boundary=bnd\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body),
           200);
    QCOMPARE(stage.services.published().empty(), !in);
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
    // A wrong name is refused first: who was lured here learns nothing about pairing.
    QCOMPARE(stage.ask("GET /ping HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 421);
}

void DoorsTest::thisComputerDoesNot() {
    GatewayConfig config;
    config.pairingToken = kToken;
    Stage stage({}, std::move(config));
    QCOMPARE(stage.get("/ping").status, 200);
    for (const char* peer : {"127.0.0.1", "127.1.2.3", "::1"}) {
        QVERIFY(isLoopback(peer));
    }
    for (const char* peer : {"", "10.0.0.1", "192.168.127.1", "1127.0.0.1", "fe80::", "::", "2001:db8::"}) {
        QVERIFY(!isLoopback(peer));
    }
}

void DoorsTest::tokenIsFreshAndPrivate() {
    Scene scene([](SimulatorConfig& config) { config.lan = true; });
    const std::filesystem::path file = scene.data() / "pairing.token";
    const std::string first = scene.simulator->pairingToken();
    QCOMPARE(first.size(), std::size_t{64});
    QVERIFY(first.find_first_not_of("0123456789abcdef") == std::string::npos);
    QCOMPARE(firstLine(file), first);
    QCOMPARE(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    scene.simulator->stop();
    QVERIFY(!std::filesystem::exists(file));
    scene.simulator.reset();
    // Somebody left a file that all can read in its place.
    std::ofstream(file) << "known\n";
    std::filesystem::permissions(file, std::filesystem::perms(0666));
    auto again = Simulator::start(scene.config);
    QVERIFY(again);
    QVERIFY((*again)->pairingToken() != first);
    QCOMPARE(firstLine(file), (*again)->pairingToken());
    QCOMPARE(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    again->reset();
    SimulatorConfig alone = scene.config;
    alone.lan = false;
    auto without = Simulator::start(alone);
    QVERIFY(without);
    QVERIFY((*without)->pairingToken().empty());
    QVERIFY(!std::filesystem::exists(file));
}

void DoorsTest::onlyOneAddress_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("lan");
    for (const char* host : {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "224.0.0.1", "example.com", "",
                             "127.1", "0", "127.0.0.1:80"}) {
        QTest::newRow(qPrintable(QStringLiteral("%1 alone").arg(QLatin1StringView(host))))
            << QString::fromLatin1(host) << false;
    }
    // With --lan too: everything at once is no address that answers could name, and these are none of ours.
    for (const char* host : {"0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "224.0.0.1", "example.com", ""}) {
        QTest::newRow(qPrintable(QStringLiteral("%1 --lan").arg(QLatin1StringView(host))))
            << QString::fromLatin1(host) << true;
    }
}

void DoorsTest::onlyOneAddress() {
    QFETCH(QString, host);
    QFETCH(bool, lan);
    const QTemporaryDir directory;
    SimulatorConfig config;
    config.dataDirectory = std::filesystem::path(directory.path().toStdString()) / "data";
    config.world = "empty";
    config.host = host.toStdString();
    config.lan = lan;
    const auto simulator = Simulator::start(config);
    QVERIFY(!simulator);
    QVERIFY(!simulator.error().empty());
    // Refused before anything was made.
    QVERIFY(!std::filesystem::exists(config.dataDirectory));
}

void DoorsTest::filesArePrivate() {
    Scene scene([](SimulatorConfig& config) { config.lan = true; });
    namespace fs = std::filesystem;
    constexpr fs::perms kOthers = fs::perms::group_all | fs::perms::others_all;
    QCOMPARE(fs::status(scene.data()).permissions(), fs::perms(0700));
    int directories = 0;
    for (const auto& entry : fs::recursive_directory_iterator(scene.data())) {
        const fs::perms mode = entry.status().permissions();
        if (entry.is_directory()) {
            ++directories;
            QCOMPARE(mode, fs::perms(0700));
        } else if (entry.path().filename() == "token.key" || entry.path().extension() == ".token" ||
                   entry.path().filename() == "lock" || entry.path().extension() == ".mp4") {
            QVERIFY2((mode & kOthers) == fs::perms::none, entry.path().c_str());
        }
    }
    QVERIFY(directories >= 4);
    QCOMPARE(scene.key().size(), std::size_t{32});
}

QTEST_GUILESS_MAIN(DoorsTest)
#include "doors_test.moc"
