// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the dialects tikgok and demo do otherwise (contract.md, columns b and c): transport and tokens; and
// switching between dialects while requests are under way. What they answer is in dialect_answers_test.cpp.

#include "backend-sim/gateway/token.h"
#include "tests/backend_sim/gateway/dialects_stage.h"

#include <QTest>

#include <array>
#include <atomic>
#include <set>
#include <thread>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

class DialectsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names();
    void transport_data();
    void transport();
    void gzip_data();
    void gzip();
    void bodyLimits_data();
    void bodyLimits();
    void tokensOfOtherLengths_data();
    void tokensOfOtherLengths();
    void longKey();
    void goodForOneIsNotGoodForAnother();
    void headDecides();
    void switchingUnderLoad();
};

void DialectsTest::names() {
    for (const DialectName each : {kStandard, kTikgok, kDemo}) {
        QCOMPARE(dialectNamed(textOf(each)), std::optional(each));
    }
    for (const char* other : {"", "Standard", "tikgok ", "x"}) {
        QVERIFY(!dialectNamed(other));
    }
}

void DialectsTest::transport_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("location");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, DialectName dialect, const char* method, const char* target,
                        int status, const char* location, const char* body) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name)
            << dialect << std::string(method) << std::string(target) << status << std::string(location)
            << std::string(body);
    };
    const char* const unknown = "404 page not found";
    const char* const wrong = "405 method not allowed";
    row("no slash", kStandard, "GET", "/douyin/comment/list?video_id=1", 200, "",
        R"({"status_code":0,"status_msg":"success","comment_list":[]})");
    row("wrong method", kStandard, "POST", "/douyin/feed/", 405, "", wrong);

    row("no slash", kTikgok, "GET", "/douyin/feed?a=%26&b=<", 301, "/douyin/feed/?a=%26&b=<", "");
    row("no slash, no query", kTikgok, "GET", "/douyin/feed", 301, "/douyin/feed/", "");
    row("no slash, POST", kTikgok, "POST", "/douyin/user/login?username=a", 307,
        "/douyin/user/login/?username=a", "");
    row("no slash, wrong method", kTikgok, "DELETE", "/douyin/user/login", 307, "/douyin/user/login/", "");
    row("escaped, no slash", kTikgok, "GET", "/douyin/%66eed", 301, "/douyin/feed/", "");
    row("wrong method", kTikgok, "POST", "/douyin/feed/", 405, "", wrong);
    row("HEAD", kTikgok, "PUT", "/douyin/feed/", 405, "", wrong);
    row("unknown", kTikgok, "GET", "/douyin/nothing/", 404, "", unknown);
    row("ping", kTikgok, "GET", "/ping", 200, "", R"({"message":"pong"})");
    row("ping with a slash", kTikgok, "GET", "/ping/", 301, "/ping", "");

    row("no slash", kDemo, "GET", "/douyin/feed?a=1&b='", 301, "/douyin/feed/?a=1&b='",
        "<a href=\"/douyin/feed/?a=1&amp;b=&#39;\">Moved Permanently</a>.\n\n");
    row("no slash, POST", kDemo, "POST", "/douyin/user/login?a=1", 307, "/douyin/user/login/?a=1", "");
    row("wrong method", kDemo, "POST", "/douyin/feed/", 404, "", unknown);
    row("wrong method for media", kDemo, "POST", "/static/a.mp4", 404, "", unknown);
    row("unknown", kDemo, "GET", "/douyin/", 404, "", unknown);
    row("no ping", kDemo, "GET", "/ping", 404, "", unknown);
    row("no ping with a slash", kDemo, "GET", "/ping/", 404, "", unknown);
    row("directory", kDemo, "GET", "/static/", 404, "", unknown);
}

void DialectsTest::transport() {
    QFETCH(DialectName, dialect);
    QFETCH(std::string, method);
    QFETCH(std::string, target);
    QFETCH(int, status);
    QFETCH(std::string, location);
    QFETCH(std::string, body);
    const JudgedStage stage(dialect);
    Wire wire(stage.port());
    const Reply reply =
        wire.ask(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    // The descriptions know no escaped spellings, and /ping only as it is.
    if (!target.starts_with("/douyin/%") && target != "/ping/") {
        stage.judge(method, target, reply);
    }
    QCOMPARE(reply.status, status);
    QCOMPARE(shown(reply.header("location")), shown(location));
    QCOMPARE(shown(reply.body), shown(body));
    QCOMPARE(reply.header("allow").empty(), status != 405);
    if (status == 301 && dialect == kDemo) {
        QCOMPARE(reply.header("content-type"), std::string("text/html; charset=utf-8"));
    }
    // The connection goes on after it.
    QCOMPARE(wire.ask("GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
}

void DialectsTest::gzip_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<std::string>("target");
    QTest::addColumn<bool>("packed");
    const auto row = [](const char* name, DialectName dialect, const char* target, bool packed) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name) << dialect << std::string(target) << packed;
    };
    row("small", kStandard, "/douyin/comment/list/?video_id=1", false);
    row("large", kStandard, "/douyin/feed/", true);
    row("small", kTikgok, "/douyin/comment/list/?video_id=1&token=TOKEN", true);
    row("failure", kTikgok, "/douyin/comment/list/?video_id=1", true);
    row("large", kTikgok, "/douyin/feed/", true);
    row("text", kTikgok, "/douyin/nothing/", false);
    row("redirect", kTikgok, "/douyin/feed", false);
    row("ping", kTikgok, "/ping", false);
    row("small", kDemo, "/douyin/comment/list/", false);
    row("feed", kDemo, "/douyin/feed/", false);
}

void DialectsTest::gzip() {
    QFETCH(DialectName, dialect);
    QFETCH(std::string, target);
    QFETCH(bool, packed);
    const JudgedStage stage(dialect);
    const Reply reply = stage.get(withToken(target, stage), "Accept-Encoding: deflate, gzip\r\n");
    QCOMPARE(reply.header("content-encoding"), std::string(packed ? "gzip" : ""));
    const Reply plain = stage.get(withToken(target, stage));
    QCOMPARE(plain.header("content-encoding"), std::string());
    // The same answer, byte by byte.
    expectText(packed ? unpacked(reply.body) : reply.body, plain.body);
}

void DialectsTest::bodyLimits_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<std::string>("target");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("taken");
    constexpr int kFour = 4 * 1024 * 1024;
    const auto row = [](const char* name, DialectName dialect, const char* target, const char* type,
                        int bytes, bool taken) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name)
            << dialect << std::string(target) << std::string(type) << bytes << taken;
    };
    const char* const login = "/douyin/user/login/?username=alice&password=pw";
    const char* const publish = "/douyin/publish/action/?token=TOKEN";
    row("form", kStandard, login, kForm, kFour, false);
    row("form", kTikgok, login, kForm, kFour, true);
    row("form beyond", kTikgok, login, kForm, kFour + 1, false);
    row("upload", kTikgok, publish, kMultipart, kFour, true);
    row("upload beyond", kTikgok, publish, kMultipart, kFour + 1, false);
    row("form", kDemo, login, kForm, kFour + 1, true);
    row("upload", kDemo, publish, kMultipart, 1024 * 1024, true);
    row("upload beyond what is configured", kDemo, publish, kMultipart, kFour + 1, false);
    row("upload beyond what is configured", kStandard, publish, kMultipart, kFour + 1, false);
}

void DialectsTest::bodyLimits() {
    QFETCH(DialectName, dialect);
    QFETCH(std::string, target);
    QFETCH(std::string, type);
    QFETCH(int, bytes);
    QFETCH(bool, taken);
    GatewayConfig config = speaking(dialect);
    config.upload.maxFileBytes = 1024 * 1024;
    JudgedStage stage(dialect, std::move(config));
    std::string body(static_cast<std::size_t>(bytes), 'x');
    if (type == kMultipart) {
        if (dialect == kDemo) {
            QCOMPARE(stage.post("/douyin/user/login/?username=alice&password=pw").status, 200);
        }
        const std::string_view token = dialect == kDemo ? "alicepw" : "";
        const std::vector<Part> empty{field("token", token), field("title", "t"), file("data", "a.mp4", "")};
        const std::size_t around = multipartBody("b", empty).size();
        body = multipartBody("b", {field("token", token), field("title", "t"),
                                   file("data", "a.mp4", std::string(body.size() - around, 'x'))});
        QCOMPARE(body.size(), static_cast<std::size_t>(bytes));
    }
    const Reply reply = stage.post(withToken(target, stage), type, body);
    QCOMPARE(reply.status, taken ? 200 : 413);
    if (taken) {
        expectStart(reply.body, R"({"status_code":0)");
    } else {
        QCOMPARE(reply.body, std::string("Request Entity Too Large"));
    }
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
}

void DialectsTest::tokensOfOtherLengths_data() {
    QTest::addColumn<std::string>("token");
    QTest::addColumn<bool>("reference");
    QTest::addColumn<bool>("ours");
    const auto row = [](const char* name, const char* token, bool reference, bool ours) {
        QTest::newRow(name) << std::string(token) << reference << ours;
    };
    // Made with another program, by the key of the stage.
    row("HS256",
        "eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ."
        "OpqyuPvcwuDfKI9PtfH9MLOu6V7kI0bVeaq3bsDHRZQ",
        true, true);
    row("HS384",
        "eyJhbGciOiAiSFMzODQiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ."
        "ku9nzLxtGaN4OQUTrC5AwItVMeIBzPc9rllsEpJjXXbtfbRXPf3RvhCk8zJ910UG",
        true, false);
    row("HS512",
        "eyJhbGciOiAiSFM1MTIiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ."
        "te2TCS52Hnsz0CdakNU3B0Arb-fvyq2t34Qn5EvyqMwSrATQ_5r51bUvLrvcI443GgV5NrvEqpaFA8baEOuDmA",
        true, false);
    row("none",
        "eyJhbGciOiAibm9uZSIsICJ0eXAiOiAiSldUIn0."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ._"
        "96U4WQHSsTnT8anwHy2_iVv46VZ2yLB6ETQAdbOvTE",
        false, false);
    row("HS384 with the mac of HS256",
        "eyJhbGciOiAiSFMzODQiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ."
        "8B2s4UclDHN3cD8jydMVo-IkqXto8Y-lvEeJWbAxBvA",
        false, false);
    row("HS512 with another key",
        "eyJhbGciOiAiSFM1MTIiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ."
        "4k1Rt3ErSTC7C-KemWV1vZUskv7dS8Pr6fPRXnTsUGGDwJ_IcunXo_oUf33f_XA1In9iLS-Tl9DdwViE6SbRnQ",
        false, false);
    row("another issuer",
        "eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJ4In0."
        "5Nh6elrERnsgHbuOFbuBeoQcDoj24bhJEYow5e_BDcY",
        true, false);
    row("no expiry",
        "eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9.eyJJRCI6IDF9.-dEOw2TxEJX5iVoRl2N9CMIqU13yvYZ3hIRC4bU7QO0",
        true, false);
    row("no user",
        "eyJhbGciOiAiSFMzODQiLCAidHlwIjogIkpXVCJ9.eyJleHAiOiAxODAwMDAwMDEwfQ.Iw7l5T7c1ngFB_"
        "ww3s5NDNDNdB9tAy81IC7OJXgW_7SBbwwQkewnt7k-KECzL83K",
        true, false);
    row("expired",
        "eyJhbGciOiAiSFM1MTIiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTc5OTk5OTk5OSwgImlzcyI6ICJUaWtHb2sifQ."
        "n4YWTVATt2d3rcxM1XjMjcjOfjb_7E4Hnb-2ZiS4MtXj2-YPHeqfDDi8QzyDngip3Rf2Pk-iyrnFuQr5R1cr8A",
        false, false);
    row("not yet",
        "eyJhbGciOiAiSFMzODQiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxODAwMDAwMDAxLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ.cgIhpZ7-"
        "mby1hGUy_qcszUkoL4BYPeDWBZ2loyVYp0vDgWMY0ug1F4dMJQhVQppI",
        false, false);
}

void DialectsTest::tokensOfOtherLengths() {
    QFETCH(std::string, token);
    QFETCH(bool, reference);
    QFETCH(bool, ours);
    const TokenAuthority authority(Stage::kKey);
    QCOMPARE(authority.examine(token, Stage::kNow, TokenRules::Reference).has_value(), reference);
    QCOMPARE(authority.examine(token, Stage::kNow, TokenRules::Ours).has_value(), ours);
}

// Keys longer than a block of SHA-512 are hashed first.
void DialectsTest::longKey() {
    const TokenAuthority authority(std::string(200, 'k'));
    constexpr std::string_view kToken =
        "eyJhbGciOiAiSFMzODQiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ."
        "76T6NUSx6uE1TspR4u4BEVZerV8PtLg2IQPCFLTRuEYkYxnBleU4gEzfWGrtQrt6";
    QVERIFY(authority.examine(kToken, Stage::kNow, TokenRules::Reference).has_value());
    QVERIFY(!TokenAuthority(std::string(128, 'k')).examine(kToken, Stage::kNow, TokenRules::Reference));
}

// Good tokens are remembered, but not across dialects.
void DialectsTest::goodForOneIsNotGoodForAnother() {
    JudgedStage stage(kTikgok);
    Wire wire(stage.port());
    const auto ask = [&wire](const std::string& token) {
        return wire.ask("GET /douyin/user/?user_id=1&token=" + token + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .body;
    };
    // HS512.
    const std::string longer =
        "eyJhbGciOiAiSFM1MTIiLCAidHlwIjogIkpXVCJ9."
        "eyJJRCI6IDEsICJuYmYiOiAxNzk5OTk5OTkwLCAiZXhwIjogMTgwMDAwMDAxMCwgImlzcyI6ICJUaWtHb2sifQ."
        "te2TCS52Hnsz0CdakNU3B0Arb-fvyq2t34Qn5EvyqMwSrATQ_5r51bUvLrvcI443GgV5NrvEqpaFA8baEOuDmA";
    const std::string success = R"({"status_code":0,)";
    const std::string invalid = R"({"status_code":1,"status_msg":"couldn't handle this token"})";
    QVERIFY(ask(longer).starts_with(success));
    QVERIFY(ask(longer).starts_with(success));
    stage.gateway->setDialect(kStandard);
    QCOMPARE(ask(longer), invalid);
    QVERIFY(ask(stage.token()).starts_with(success));
    // Nobody looks whether the user is there.
    stage.services.gone = true;
    QCOMPARE(ask(stage.token()), invalid);
    stage.gateway->setDialect(kTikgok);
    QVERIFY(ask(stage.token()).starts_with(success));
}

// What is under way is finished as it was begun.
void DialectsTest::headDecides() {
    Stage stage({}, speaking(kTikgok));
    stage.services.worker.hold(true);
    Wire waiting(stage.port());
    waiting.send(
        "POST /douyin/comment/action/?token=" + stage.token() +
        "&video_id=1&action_type=1&comment_text=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    QVERIFY(Stage::eventually([&] { return stage.services.lastCall() == "addComment 1 1 x"; }));
    // Only the head of this one.
    Wire half(stage.port());
    const std::string body = R"({"video_id":5,"action_type":1})";
    half.send("POST /douyin/favorite/action/?token=" + stage.token() +
              " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(half.read(true).status, 100);
    stage.gateway->setDialect(kDemo);
    QCOMPARE(stage.gateway->dialect(), kDemo);
    stage.services.worker.hold(false);
    QVERIFY(waiting.read().body.contains("\"follow_count\":0"));
    half.send(body);
    expectText(half.read().body, std::string(R"({"status_code":0,"status_msg":"success"})"));
    QCOMPARE(stage.get("/ping").status, 404);
}

// Whatever is spoken, every answer is whole and of one dialect.
void DialectsTest::switchingUnderLoad() {
    Stage stage({}, speaking(kStandard));
    const std::string bad = "/douyin/feed/?token=x";
    const std::set<std::string> known{
        R"({"status_code":1,"status_msg":"bad token"})",
        R"({"status_code":1,"status_msg":"bad token","video_list":null,"next_time":0})",
        stage.get("/nothing").body,
    };
    stage.gateway->setDialect(kDemo);
    const std::string fixed = stage.get(bad).body;
    expectStart(fixed, R"({"status_code":0,"video_list")");
    std::atomic<bool> done = false;
    std::atomic<int> answers = 0;
    std::atomic<int> strange = 0;
    std::array<std::atomic<int>, 3> seen{};
    {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 4; ++i) {
            clients.emplace_back([&] {
                Wire wire(stage.port());
                while (!done) {
                    const Reply reply = wire.ask("GET " + bad + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    const bool demo = reply.body == fixed;
                    if (reply.status != 200 || (!demo && !known.contains(reply.body))) {
                        ++strange;
                    }
                    ++seen[demo ? 2 : reply.body.contains("null") ? 1 : 0];
                    ++answers;
                }
            });
        }
        for (int i = 0; answers < 2000 || i < 300; ++i) {
            stage.gateway->setDialect(static_cast<DialectName>(i % 3));
            std::this_thread::yield();
        }
        done = true;
    }
    QCOMPARE(strange.load(), 0);
    for (const auto& each : seen) {
        QVERIFY(each > 0);
    }
}

QTEST_APPLESS_MAIN(DialectsTest)
#include "dialects_test.moc"
