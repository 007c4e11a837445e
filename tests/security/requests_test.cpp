// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Forged tokens, foreign names, bodies that are not what they say, paths that lead elsewhere, and guessing:
// each is refused as specified, and afterwards no list, no file and no row is different.

#include "tests/conformance/token_forge.h"
#include "tests/security/scene.h"

#include <QTest>

#include <ctime>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::security;
using conformance::base64Url;
using conformance::signedToken;

class RequestsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void damagedTokens();
    void hostSpellings();
    void smuggledRequests();
    void packedBodies();
    void jsonBombs();
    void pathsThatLeadElsewhere();
    void guessing();
    void guessingFromOnePeer();
};

void RequestsTest::damagedTokens() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    const std::string key = scene.key();
    const std::string good = scene.annToken;
    const std::string body = good.substr(0, good.rfind('.'));
    const std::string signature = good.substr(good.rfind('.') + 1);
    const std::string head = R"({"alg":"HS256","typ":"JWT"})";
    const auto now = static_cast<std::int64_t>(std::time(nullptr));
    const auto claims = [&](const std::string& id, std::int64_t notBefore, std::int64_t expires) {
        return R"({"ID":)" + id + R"(,"nbf":)" + std::to_string(notBefore) + R"(,"exp":)" +
               std::to_string(expires) + R"(,"iss":"TikGok"})";
    };
    const std::string fresh = claims(scene.ann, now - 5, now + 1000);
    // The forge is right, or the rest would prove nothing.
    QVERIFY(ok(scene.get("/douyin/user/?user_id=0&token=" + signedToken(head, fresh, key))));
    std::string flipped = good;
    flipped[flipped.rfind('.') - 3] = flipped[flipped.rfind('.') - 3] == 'A' ? 'B' : 'A';
    std::string flippedSignature = good;
    flippedSignature[good.size() - 10] = good[good.size() - 10] == 'A' ? 'B' : 'A';
    const std::vector<std::pair<const char*, std::string>> tokens{
        {"none", ""},
        {"word", "hello"},
        {"dots", ".."},
        {"two parts", body},
        {"four parts", good + ".x"},
        {"no signature", body + "."},
        {"half a signature", body + "." + signature.substr(0, 20)},
        {"longer signature", good + "AAAA"},
        {"signature of zeros", body + "." + base64Url(std::string(32, '\0'))},
        {"changed claims", flipped},
        {"changed signature", flippedSignature},
        {"padded", good + "%3D"},
        {"spaces around", "%20" + good + "%20"},
        {"nul behind", good + "%00"},
        {"line feed behind", good + "%0A"},
        {"upper case", QString::fromStdString(good).toUpper().toStdString()},
        {"other key", signedToken(head, fresh, "another key of thirty-two bytes!")},
        {"empty key", signedToken(head, fresh, "")},
        {"key as text", signedToken(head, fresh, base64Url(key))},
        {"alg none", base64Url(R"({"alg":"none"})") + "." + base64Url(fresh) + "."},
        {"alg None, signed", signedToken(R"({"alg":"None","typ":"JWT"})", fresh, key)},
        {"alg HS512", signedToken(R"({"alg":"HS512","typ":"JWT"})", fresh, key, true)},
        {"alg HS512, signed with 256", signedToken(R"({"alg":"HS512","typ":"JWT"})", fresh, key)},
        {"alg RS256", signedToken(R"({"alg":"RS256","typ":"JWT"})", fresh, key)},
        {"no alg", signedToken("{}", fresh, key)},
        {"expired", signedToken(head, claims(scene.ann, now - 100, now - 50), key)},
        {"not yet", signedToken(head, claims(scene.ann, now + 500, now + 1000), key)},
        {"id zero", signedToken(head, claims("0", now - 5, now + 1000), key)},
        {"id negative", signedToken(head, claims("-" + scene.ann, now - 5, now + 1000), key)},
        {"id as text", signedToken(head, claims("\"" + scene.ann + "\"", now - 5, now + 1000), key)},
        {"id a list", signedToken(head, claims("[" + scene.ann + "]", now - 5, now + 1000), key)},
        {"id as float", signedToken(head, claims(scene.ann + ".0", now - 5, now + 1000), key)},
        {"id of nobody", signedToken(head, claims("987654", now - 5, now + 1000), key)},
        {"id beyond 64 bits", signedToken(head, claims("18446744073709551616", now - 5, now + 1000), key)},
        {"other issuer",
         signedToken(head, R"({"ID":)" + scene.ann + R"(,"nbf":1,"exp":9999999999,"iss":"x"})", key)},
        {"no expiry", signedToken(head, R"({"ID":)" + scene.ann + R"(,"nbf":1,"iss":"TikGok"})", key)},
        {"deep claims",
         signedToken(head, R"({"ID":)" + std::string(500, '[') + std::string(500, ']') + "}", key)},
        {"long", std::string(6000, 'a') + ".b.c"},
    };
    QVERIFY(tokens.size() >= 25);
    const std::string video = someVideo();
    for (const auto& [name, token] : tokens) {
        const std::string with = "&token=" + token;
        std::vector<Reply> replies{
            scene.post("/douyin/favorite/action/?action_type=1&video_id=" + scene.video + with),
            scene.post("/douyin/comment/action/?action_type=1&comment_text=x&video_id=" + scene.video + with),
            scene.post("/douyin/comment/action/?action_type=2&comment_id=1&video_id=" + scene.video + with),
            scene.post("/douyin/relation/action/?action_type=2&to_user_id=" + scene.bob + with),
            scene.post("/douyin/message/action/?action_type=1&content=x&to_user_id=" + scene.bob + with),
            scene.get("/douyin/publish/list/?user_id=" + scene.ann + with),
            scene.get("/douyin/message/chat/?pre_msg_time=0&to_user_id=" + scene.bob + with),
        };
        // In a form it is not escaped.
        if (token.find('%') == std::string::npos) {
            replies.push_back(scene.publish("a.mp4", video, token));
        }
        for (const Reply& reply : replies) {
            QVERIFY2(reply.status == 200 && reply.body.starts_with("{\"status_code\":1,"),
                     qPrintable(QStringLiteral("%1: %2 %3")
                                    .arg(QLatin1StringView(name))
                                    .arg(reply.status)
                                    .arg(QString::fromStdString(reply.body))));
            QVERIFY2(reply.body.find("video_list") == std::string::npos, name);
        }
    }
    QCOMPARE(scene.traces(), before);
    QCOMPARE(scene.rows(), rowsBefore);
}

void RequestsTest::hostSpellings() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    const std::vector<std::string> spellings{"evil.example",
                                             "evil.example:80",
                                             "localhost.evil.example",
                                             "127.0.0.1.nip.io",
                                             "localhost.",
                                             "127.1",
                                             "2130706433",
                                             "0x7f.0.0.1",
                                             "0177.0.0.1",
                                             "0.0.0.0",
                                             "127.0.0.2",
                                             "[::]",
                                             "[::ffff:127.0.0.1]",
                                             "[0:0:0:0:0:0:0:1",
                                             "user@localhost",
                                             "localhost@evil.example",
                                             "localhost:80@evil.example",
                                             "localhost,evil.example",
                                             "localhost evil.example",
                                             "localhost/../evil",
                                             "localhost\\evil",
                                             "localhost#",
                                             "localhost:http",
                                             "localhost:-1",
                                             "localhost:123456",
                                             "\xC2\xA0localhost",
                                             "LOCALHOST\xE2\x80\x8B"};
    QVERIFY(spellings.size() >= 12);
    for (const std::string& host : spellings) {
        for (const std::string& target :
             {"/douyin/user/register/?username=" + std::to_string(host.size()) + "&password=secret",
              "/douyin/favorite/action/?action_type=2&video_id=" + scene.video +
                  "&token=" + scene.bobToken}) {
            const Reply reply =
                scene.ask("POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
            QVERIFY2(reply.status == 421, (host + ": " + reply.head).c_str());
        }
        // A browser that was lured here must not read either.
        const Reply read = scene.ask("GET /douyin/feed/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        QVERIFY2(read.status == 421 && read.body.find("video_list") == std::string::npos, host.c_str());
    }
    // The name in the target counts, whatever the header says.
    QCOMPARE(scene.ask("GET http://evil.example/douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status,
             421);
    QCOMPARE(scene.ask("GET http://user@localhost/douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n").status,
             421);
    QVERIFY(ok(scene.ask("GET http://localhost/douyin/feed/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")));
    // No CORS: nothing tells a browser that another page may read.
    const Reply reply =
        scene.ask("GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n");
    QVERIFY(reply.header("access-control-allow-origin").empty());
    QCOMPARE(scene.traces(), before);
    QCOMPARE(scene.rows(), rowsBefore);
}

// Two requests that look like one to somebody else.
void RequestsTest::smuggledRequests() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    const std::string inner = "POST /douyin/favorite/action/?action_type=2&video_id=" + scene.video +
                              "&token=" + scene.bobToken +
                              " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    const std::string start = "POST /douyin/user/login/ HTTP/1.1\r\nHost: localhost\r\n";
    const std::vector<std::string> requests{
        start + "Content-Length: 0\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n\r\n" + inner,
        start + "Content-Length: 0, " + std::to_string(inner.size()) + "\r\n\r\n" + inner,
        start + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
        start + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + inner,
        start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + inner,
        start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + inner,
        start + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + inner,
        start +
            "Transfer-Encoding:\x0b"
            "chunked\r\n\r\n0\r\n\r\n" +
            inner,
        start + " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
        start + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
        start + "X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
        start + "X: y\rContent-Length: 0\r\n\r\n" + inner,
        start + "Content-Length: +0\r\n\r\n" + inner,
        start + "Content-Length: 0x0\r\n\r\n" + inner,
        start + "Content-Length: -1\r\n\r\n" + inner,
        start + "Content-Length: 18446744073709551616\r\n\r\n" + inner,
        start + "Content_Length: 0\r\nContent-Length: 0 0\r\n\r\n" + inner,
        start + "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + inner,
        start + "Transfer-Encoding: chunked\r\n\r\n00000000000000000000000\n\r\n" + inner,
        start + "Transfer-Encoding: chunked\r\n\r\n-0\r\n\r\n" + inner,
        std::string("POST /ping") + '\0' + " HTTP/1.1\r\nHost: localhost\r\n\r\n" + inner,
        "POST /ping HTTP/1.1\nHost: localhost\n\n" + inner,
        "POST /ping HTTP/1.1 HTTP/1.1\r\nHost: localhost\r\n\r\n" + inner,
    };
    for (const std::string& request : requests) {
        Wire wire(scene.port());
        wire.send(request);
        const Reply reply = wire.read();
        QVERIFY2(reply.status == 400, (request.substr(0, 120) + " -> " + reply.head).c_str());
        // And nothing that came behind it is taken for a request.
        QVERIFY2(wire.closedByServer(), request.substr(0, 120).c_str());
    }
    QCOMPARE(scene.traces(), before);
    QCOMPARE(scene.rows(), rowsBefore);
}

// A hundred kilobytes that would be a hundred megabytes.
void RequestsTest::packedBodies() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    const QByteArray bomb = qCompress(QByteArray(100'000'000, '{'), 9).mid(4);
    const std::string packed = bomb.toStdString();
    QVERIFY(packed.size() < 200'000);
    for (const char* encoding : {"gzip", "GZIP", "deflate", "x-gzip", "br", "zstd", "compress", "gzip, gzip",
                                 "identity, gzip", "gzip;q=0", "aes128gcm"}) {
        for (const auto& [target, type] :
             {std::pair("/douyin/user/register/?username=x&password=secret", "application/json"),
              std::pair("/douyin/user/register/?username=x&password=secret",
                        "application/x-www-form-urlencoded"),
              std::pair("/douyin/publish/action/", "multipart/form-data; boundary=bnd")}) {
            const Reply reply = scene.ask(
                "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type +
                "\r\nContent-Encoding: " + encoding + "\r\nContent-Length: " + std::to_string(packed.size()) +
                "\r\n\r\n" + packed);
            QVERIFY2(reply.status == 415, (std::string(encoding) + reply.head).c_str());
            QCOMPARE(reply.header("accept-encoding"), std::string("identity"));
        }
    }
    // The second of two headers counts as well.
    QCOMPARE(scene
                 .ask("POST /douyin/user/register/?username=x&password=secret HTTP/1.1\r\nHost: localhost\r\n"
                      "Content-Encoding: identity\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n")
                 .status,
             415);
    // As an encoding of the transfer it is no better.
    QCOMPARE(scene
                 .ask("POST /douyin/user/register/?username=x&password=secret HTTP/1.1\r\nHost: localhost\r\n"
                      "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")
                 .status,
             400);
    QCOMPARE(scene.traces(), before);
    QCOMPARE(scene.rows(), rowsBefore);
}

void RequestsTest::jsonBombs() {
    Scene scene;
    const std::string before = scene.traces();
    const auto rowsBefore = scene.rows();
    std::string many = "{";
    for (int i = 0; i < 20'000; ++i) {
        many += "\"k" + std::to_string(i) + "\":1,";
    }
    const std::vector<std::pair<const char*, std::string>> bodies{
        {"deep lists", R"({"video_id":)" + std::string(400'000, '[')},
        {"deep lists, closed", R"({"x":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}"},
        {"deep objects",
         [] {
             std::string text;
             for (int i = 0; i < 50'000; ++i) {
                 text += R"({"a":)";
             }
             return text;
         }()},
        {"many members", many + R"("video_id":1})"},
        {"no end", R"({"video_id":1)"},
        {"behind the end", R"({"video_id":1} {"video_id":2})"},
        {"a list", "[1]"},
        {"a number", "1"},
        {"nothing", " "},
        {"half a surrogate", R"({"video_id":1,"comment_text":"\ud800"})"},
        {"bad UTF-8", "{\"comment_text\":\"\xff\"}"},
        {"a number of a megabyte", R"({"video_id":)" + std::string(900'000, '9') + "}"},
    };
    for (const auto& [name, body] : bodies) {
        const Reply reply = scene.post("/douyin/comment/action/?action_type=1&token=" + scene.annToken,
                                       "application/json", body);
        QVERIFY2(reply.status == 200 && reply.body.starts_with("{\"status_code\":1,"), name);
    }
    // Larger than anything that a form needs.
    const Reply large =
        scene.post("/douyin/comment/action/?action_type=1&token=" + scene.annToken, "application/json",
                   R"({"comment_text":")" + std::string(2'000'000, 'x') + "\"}");
    QCOMPARE(large.status, 413);
    QCOMPARE(scene.traces(), before);
    QCOMPARE(scene.rows(), rowsBefore);
}

void RequestsTest::pathsThatLeadElsewhere() {
    Scene scene;
    const std::string before = scene.traces();
    const std::string key = scene.key();
    const std::vector<std::string> targets{"/static/../token.key",
                                           "/static/..%2ftoken.key",
                                           "/static/%2e%2e/token.key",
                                           "/static/.%2e/token.key",
                                           "/static/%2e%2e%2ftoken.key",
                                           "/static/..%5ctoken.key",
                                           "/static/..\\token.key",
                                           "/static//token.key",
                                           "/static/./../token.key",
                                           "/static/demo/../../../token.key",
                                           "/static/..;/token.key",
                                           "/static/%252e%252e/token.key",
                                           "/static/..%c0%aftoken.key",
                                           "/static/%c0%ae%c0%ae/token.key",
                                           "/static/..%00/token.key",
                                           "/static/token.key%00.mp4",
                                           "/static/2026/../../token.key",
                                           "/static/../store.sqlite",
                                           "/static/../queue.sqlite",
                                           "/static/../lock",
                                           "/static//etc/passwd",
                                           "/static/%2fetc/passwd",
                                           "/static/file:///etc/passwd",
                                           "/static/~root/.profile",
                                           "/static/.git/config",
                                           "/static/",
                                           "/static",
                                           "/../data/token.key",
                                           "/%2e%2e/data/token.key",
                                           "/douyin/../static/../token.key",
                                           "/static/con.mp4",
                                           "/static/demo/videos",
                                           "/static/%ff%fe",
                                           "/static/a%",
                                           "/static/a%2",
                                           "/static/a%zz",
                                           "/static/" + std::string(5000, 'a')};
    for (const std::string& target : targets) {
        for (const char* verb : {"GET ", "HEAD "}) {
            Wire wire(scene.port());
            wire.send(verb + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            const Reply reply = wire.read(verb[0] == 'H');
            QVERIFY2(reply.status == 404 || reply.status == 400, (target + ": " + reply.head).c_str());
            QVERIFY2(reply.body.find(key) == std::string::npos &&
                         reply.body.find("SQLite format") == std::string::npos,
                     target.c_str());
        }
    }
    for (const char* verb : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
        const Reply reply = scene.ask(
            std::string(verb) + " /static/x.mp4 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx");
        QVERIFY2(reply.status == 405 || reply.status == 404, verb);
    }
    QCOMPARE(scene.traces(), before);
}

// Twenty a minute, as configured by default.
void RequestsTest::guessing() {
    Scene scene;
    const std::string before = scene.traces();
    const auto login = [&scene](const std::string& name, const std::string& password) {
        return scene.post("/douyin/user/login/?username=" + name + "&password=" + password);
    };
    for (int i = 0; i < 30; ++i) {
        QVERIFY(ok(login("ann", "secret")));
    }
    for (int i = 0; i < 20; ++i) {
        const Reply reply = login("ann", "guess" + std::to_string(i));
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.body.starts_with("{\"status_code\":30001"));
    }
    for (const char* password : {"guess", "secret", ""}) {
        const Reply reply = login("ann", password);
        if (*password == '\0') {
            QVERIFY(reply.body.starts_with("{\"status_code\":1,"));
            continue;
        }
        QCOMPARE(reply.status, 429);
        QCOMPARE(reply.header("content-type"), std::string("text/plain; charset=utf-8"));
        const int seconds = std::stoi(reply.header("retry-after"));
        QVERIFY(seconds >= 1 && seconds <= 60);
        // Not a word about whether the guess was right.
        QVERIFY(reply.body.find("token") == std::string::npos);
    }
    // Other spellings of the request lead to the same account.
    QCOMPARE(scene.post("/douyin/user/login/", "application/x-www-form-urlencoded", "username=ann&password=x")
                 .status,
             429);
    QCOMPARE(
        scene.post("/douyin/user/login/", "application/json", R"({"username":"\u0061nn","password":"x"})")
            .status,
        429);
    QCOMPARE(scene.post("/douyin/user/login?username=%61nn&password=x").status, 429);
    // Nobody else is hindered, and tokens are good.
    QVERIFY(ok(login("bob", "secret")));
    QVERIFY(ok(scene.get("/douyin/user/?user_id=0&token=" + scene.annToken)));
    QCOMPARE(scene.traces(), before);
}

void RequestsTest::guessingFromOnePeer() {
    Scene scene([](SimulatorConfig& config) { config.loginLimits.perPeer = 10; });
    for (int i = 0; i < 10; ++i) {
        QVERIFY(scene.post("/douyin/user/login/?password=x&username=nobody" + std::to_string(i))
                    .body.starts_with("{\"status_code\":30003"));
    }
    QCOMPARE(scene.post("/douyin/user/login/?password=x&username=nobody").status, 429);
    QCOMPARE(scene.post("/douyin/user/login/?password=secret&username=ann").status, 429);
    QVERIFY(ok(scene.get("/douyin/user/?user_id=0&token=" + scene.annToken)));
}

QTEST_GUILESS_MAIN(RequestsTest)
#include "requests_test.moc"
