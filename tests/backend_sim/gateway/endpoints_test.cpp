// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every endpoint over real HTTP: what reaches the services, and what comes back.

#include "tests/backend_sim/gateway/stage.h"

#include <QTest>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

constexpr const char* kForm = "application/x-www-form-urlencoded";

QString text(std::string_view value) {
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

std::string failureJson(const contract::Failure& failure) {
    return R"({"status_code":)" + std::to_string(static_cast<int>(failure.code)) + R"(,"status_msg":")" +
           std::string(failure.message) + "\"}";
}

}  // namespace

class EndpointsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void call_data();
    void call();
    void paramsErr_data();
    void paramsErr();
    void sources_data();
    void sources();
    void everyServiceFailureComesThrough();
    void throwingServiceAnswersServiceErr();
    void forgottenAnswerIsServiceErr();
    void accountAnswersCarryAToken();
    void routing_data();
    void routing();
    void gzip_data();
    void gzip();
    void lenientListsNeedNoToken();
    void traceAndLog();
};

void EndpointsTest::call_data() {
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("expectedCall");
    QTest::addColumn<QString>("inBody");
    const auto row = [](const char* name, const char* method, const char* target, const char* expected,
                        const char* inBody) {
        QTest::newRow(name) << QString::fromLatin1(method) << QString::fromUtf8(target)
                            << QString::fromUtf8(expected) << QString::fromUtf8(inBody);
    };
    row("feed", "GET", "/douyin/feed/?latest_time=5&token=T", "feed 1 5", "\"next_time\":1700000000000");
    row("feed stranger", "GET", "/douyin/feed/", "feed 0 0", "\"video_list\":[{\"id\":140");
    row("feed empty token", "GET", "/douyin/feed/?token=", "feed 0 0", "\"status_code\":0");
    row("feed no slash", "GET", "/douyin/feed?latest_time=7", "feed 0 7", "video_list");
    row("register", "POST", "/douyin/user/register/?username=a&password=b", "register a b", "\"user_id\":1");
    row("login", "POST", "/douyin/user/login/?username=bob&password=b+c%2B", "login bob b c+",
        "\"user_id\":2");
    row("user", "GET", "/douyin/user/?token=T&user_id=2", "user 1 2", "\"name\":\"bob\"");
    row("user self", "GET", "/douyin/user/?token=T", "user 1 0", "\"name\":\"alice\"");
    row("publish list", "GET", "/douyin/publish/list/?token=T&user_id=2", "publishedBy 1 2", "\"id\":101");
    row("like", "POST", "/douyin/favorite/action/?token=T&video_id=101&action_type=1", "favorite 1 101 1",
        "success");
    row("unlike", "POST", "/douyin/favorite/action/?token=T&video_id=1.01e2&action_type=2.0",
        "favorite 1 101 2", "success");
    row("favorites", "GET", "/douyin/favorite/list/?token=T&user_id=1", "favoritesOf 1 1",
        "\"video_list\":[]");
    row("comment", "POST",
        "/douyin/comment/action/?token=T&video_id=101&action_type=1&comment_text=%E5%A5%BD+%3C",
        "addComment 1 101 \xE5\xA5\xBD <", "\"content\":\"\xE5\xA5\xBD \\u003c\"");
    row("uncomment", "POST", "/douyin/comment/action/?token=T&video_id=101&action_type=2&comment_id=9",
        "deleteComment 1 101 9", "\"comment\":null");
    row("comments", "GET", "/douyin/comment/list/?video_id=101", "commentsOn 0 101", "\"comment_list\":[]");
    row("comments signed in", "GET", "/douyin/comment/list/?video_id=101&token=T", "commentsOn 1 101",
        "comment_list");
    row("follow", "POST", "/douyin/relation/action/?token=T&to_user_id=2&action_type=1", "follow 1 2 1",
        "success");
    row("unfollow", "POST", "/douyin/relation/action?token=T&to_user_id=2&action_type=2", "follow 1 2 2",
        "success");
    row("follows", "GET", "/douyin/relation/follow/list/?token=T&user_id=2", "followedBy 1 2",
        "\"user_list\":[]");
    row("followers", "GET", "/douyin/relation/follower/list/?token=T&user_id=2", "followersOf 1 2",
        "\"user_list\":[{\"id\":2");
    row("friends", "GET", "/douyin/relation/friend/list/?token=T&user_id=2", "friendsOf 1 2",
        "\"message\":\"hi\",\"msgType\":1");
    row("chat", "GET", "/douyin/message/chat/?token=T&to_user_id=2&pre_msg_time=3", "conversation 1 2 3",
        "\"create_time\":1700000000001");
    row("chat from the start", "GET", "/douyin/message/chat/?token=T&to_user_id=2", "conversation 1 2 0",
        "message_list");
    row("send", "POST", "/douyin/message/action/?token=T&to_user_id=2&action_type=1&content=hi",
        "send 1 2 hi", "success");
    row("first of two", "GET", "/douyin/feed/?latest_time=1&latest_time=2", "feed 0 1", "success");
    row("largest id", "GET", "/douyin/user/?token=T&user_id=9223372036854775807",
        "user 1 9223372036854775807", "success");
    row("escaped path", "GET", "/douyin/%66eed/", "feed 0 0", "success");
}

void EndpointsTest::call() {
    QFETCH(QString, method);
    QFETCH(QString, target);
    QFETCH(QString, expectedCall);
    QFETCH(QString, inBody);
    Stage stage;
    std::string address = target.toStdString();
    if (const std::size_t at = address.find("token=T"); at != std::string::npos) {
        address.replace(at, 7, "token=" + stage.token());
    }
    const Reply reply = method == QLatin1StringView("GET") ? stage.get(address) : stage.post(address);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("content-type"), std::string("application/json; charset=utf-8"));
    QCOMPARE(text(stage.services.lastCall()), expectedCall);
    QVERIFY2(reply.body.starts_with(R"({"status_code":0,"status_msg":"success")"), reply.body.c_str());
    QVERIFY2(text(reply.body).contains(inBody), reply.body.c_str());
}

void EndpointsTest::paramsErr_data() {
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    const auto row = [](const char* method, const char* target) {
        QTest::newRow(target) << QString::fromLatin1(method) << QString::fromLatin1(target);
    };
    for (const char* bad : {"", "abc", "1.5", "9223372036854775808", "0x10", "%00", "1e999", "%zz", "%ff"}) {
        QTest::addRow("feed %s", bad)
            << QStringLiteral("GET") << QStringLiteral("/douyin/feed/?latest_time=") + QLatin1String(bad);
    }
    row("POST", "/douyin/user/register/");
    row("POST", "/douyin/user/register/?username=a");
    row("POST", "/douyin/user/register/?username=%ff&password=b");
    row("POST", "/douyin/user/login/?username=%C0%AF&password=b");
    row("POST", "/douyin/user/login/?username=a&password=%ED%A0%80");
    row("GET", "/douyin/user/?token=T&user_id=-1");
    row("GET", "/douyin/user/?token=T&user_id=");
    row("GET", "/douyin/publish/list/?token=T");
    row("GET", "/douyin/publish/list/?token=T&user_id=0");
    row("GET", "/douyin/favorite/list/?token=T&user_id=-5");
    row("POST", "/douyin/favorite/action/?token=T&video_id=101");
    row("POST", "/douyin/favorite/action/?token=T&action_type=1");
    row("POST", "/douyin/favorite/action/?token=T&video_id=101&action_type=3");
    row("POST", "/douyin/favorite/action/?token=T&video_id=101&action_type=257");
    row("POST", "/douyin/favorite/action/?token=T&video_id=101&action_type=-1");
    row("POST", "/douyin/favorite/action/?token=T&video_id=0&action_type=1");
    row("POST", "/douyin/comment/action/?token=T&video_id=101&action_type=1");
    row("POST", "/douyin/comment/action/?token=T&video_id=101&action_type=2");
    row("POST", "/douyin/comment/action/?token=T&video_id=101&action_type=1&comment_text=%80");
    row("GET", "/douyin/comment/list/");
    row("POST", "/douyin/relation/action/?token=T&to_user_id=2");
    row("GET", "/douyin/relation/friend/list/?token=T&user_id=x");
    row("GET", "/douyin/message/chat/?token=T&to_user_id=2&pre_msg_time=");
    row("GET", "/douyin/message/chat/?token=T&pre_msg_time=0");
    row("POST", "/douyin/message/action/?token=T&to_user_id=2&action_type=2&content=hi");
    row("POST", "/douyin/message/action/?token=T&to_user_id=2&action_type=1");
    row("POST", "/douyin/publish/action/?token=T&title=a");
}

void EndpointsTest::paramsErr() {
    QFETCH(QString, method);
    QFETCH(QString, target);
    Stage stage;
    std::string address = target.toStdString();
    const bool account =
        target.contains(QLatin1String("register")) || target.contains(QLatin1String("login"));
    if (const std::size_t at = address.find("token=T"); at != std::string::npos) {
        address.replace(at, 7, "token=" + stage.token());
    }
    const Reply reply = method == QLatin1StringView("GET") ? stage.get(address) : stage.post(address);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body,
             account ? std::string(R"({"status_code":1,"status_msg":"params err","user_id":0,"token":""})")
                     : std::string(R"({"status_code":1,"status_msg":"params err"})"));
    QVERIFY2(stage.services.calls().empty(), stage.services.lastCall().c_str());
}

void EndpointsTest::sources_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected");
    const QString form = QLatin1String(kForm);
    const QString json = QStringLiteral("application/json");
    const QString none;
    const auto row = [](const char* name, const char* query, const QString& type, const QString& body,
                        const char* expected) {
        QTest::newRow(name) << QString::fromLatin1(query) << type << body << QString::fromUtf8(expected);
    };
    const QString multipart = QStringLiteral("multipart/form-data; boundary=\"b b\"");
    const QString parts = text(multipartBody(
        "b b", {field("username", "m"), file("username", "x.mp4", "f"), field("password", "n")}));
    row("form", "", form, QStringLiteral("username=a%20b&password=c"), "login a b c");
    row("form with charset", "", form + QStringLiteral("; charset=UTF-8"),
        QStringLiteral("username=a&password=c"), "login a c");
    row("query wins", "?username=q", form, QStringLiteral("username=f&password=c"), "login q c");
    row("multipart", "", multipart, parts, "login m n");
    row("query over multipart", "?password=q", multipart, parts, "login m q");
    row("json", "", json, QStringLiteral(R"({"username":"j","password":"k","x":{"y":[1]}})"), "login j k");
    row("query over json", "?username=q", json, QStringLiteral(R"({"username":"j","password":"k"})"),
        "login q k");
    row("json unicode", "", json, QStringLiteral(R"({"username":"\u597d","password":"k"})"),
        "login \xE5\xA5\xBD k");
    row("json number as text", "", json, QStringLiteral(R"({"username":5,"password":"k"})"), "");
    row("json list", "", json, QStringLiteral(R"({"username":["a"],"password":"k"})"), "");
    row("json null", "", json, QStringLiteral(R"({"username":null,"password":"k"})"), "");
    row("broken json", "?username=a&password=b", json, QStringLiteral("{"), "");
    row("json array", "", json, QStringLiteral("[]"), "");
    row("deep json", "", json, QString(5000, QLatin1Char('[')), "");
    row("unknown type", "", QStringLiteral("text/plain"), QStringLiteral("username=a&password=b"), "");
    row("no type", "", none, QStringLiteral("username=a&password=b"), "");
    row("no boundary", "", QStringLiteral("multipart/form-data"), parts, "");
    row("cut multipart", "", multipart, parts.left(parts.size() - 8), "");
    row("many parameters", "", form,
        QStringLiteral("a=1&").repeated(1000) + QStringLiteral("username=a&password=b"), "");
}

void EndpointsTest::sources() {
    QFETCH(QString, query);
    QFETCH(QString, type);
    QFETCH(QString, body);
    QFETCH(QString, expected);
    Stage stage;
    const Reply reply =
        stage.post("/douyin/user/login/" + query.toStdString(), type.toStdString(), body.toStdString());
    QCOMPARE(reply.status, 200);
    QCOMPARE(text(stage.services.lastCall()), expected);
    QCOMPARE(reply.body.find("params err") != std::string::npos, expected.isEmpty());
}

void EndpointsTest::everyServiceFailureComesThrough() {
    Stage stage;
    stage.services.failure = contract::kVideoNotFound;
    const std::string token = "token=" + stage.token();
    const std::string expected = failureJson(contract::kVideoNotFound);
    for (const char* target :
         {"/douyin/feed/?", "/douyin/user/?", "/douyin/publish/list/?user_id=2&",
          "/douyin/favorite/list/?user_id=2&", "/douyin/comment/list/?video_id=5&",
          "/douyin/relation/follow/list/?user_id=2&", "/douyin/relation/follower/list/?user_id=2&",
          "/douyin/relation/friend/list/?user_id=2&", "/douyin/message/chat/?to_user_id=2&"}) {
        QCOMPARE(stage.get(target + token).body, expected);
    }
    for (const char* target : {"/douyin/favorite/action/?video_id=1&action_type=1&",
                               "/douyin/comment/action/?video_id=1&action_type=1&comment_text=a&",
                               "/douyin/comment/action/?video_id=1&action_type=2&comment_id=1&",
                               "/douyin/relation/action/?to_user_id=2&action_type=1&",
                               "/douyin/message/action/?to_user_id=2&action_type=1&content=a&"}) {
        QCOMPARE(stage.post(target + token).body, expected);
    }
    stage.services.failure = contract::kUserExists;
    QCOMPARE(
        stage.post("/douyin/user/register/?username=a&password=b").body,
        std::string(R"({"status_code":30002,"status_msg":"user already exist","user_id":0,"token":""})"));
}

void EndpointsTest::throwingServiceAnswersServiceErr() {
    Stage stage;
    stage.services.throws = true;
    QCOMPARE(stage.get("/douyin/feed/").body, failureJson(contract::kServiceErr));
    QCOMPARE(stage.post("/douyin/favorite/action/?video_id=1&action_type=1&token=" + stage.token()).body,
             failureJson(contract::kServiceErr));
    QCOMPARE(stage.post("/douyin/user/login/?username=a&password=b").body,
             std::string(R"({"status_code":2,"status_msg":"service err","user_id":0,"token":""})"));
    stage.services.throws = false;
    QCOMPARE(stage.get("/ping").body, std::string(R"({"message":"pong"})"));
}

void EndpointsTest::forgottenAnswerIsServiceErr() {
    Stage stage;
    stage.services.forgets = true;
    QCOMPARE(stage.post("/douyin/favorite/action/?video_id=1&action_type=1&token=" + stage.token()).body,
             failureJson(contract::kServiceErr));
}

void EndpointsTest::accountAnswersCarryAToken() {
    Stage stage;
    const Reply reply = stage.post("/douyin/user/login/?username=bob&password=x");
    const std::size_t at = reply.body.find(R"("token":")");
    QVERIFY(at != std::string::npos);
    const std::string token = reply.body.substr(at + 9, reply.body.find('"', at + 9) - at - 9);
    QVERIFY(stage.get("/douyin/user/?token=" + token).body.find("\"name\":\"bob\"") != std::string::npos);
    QCOMPARE(text(stage.services.lastCall()), QStringLiteral("user 2 0"));
}

void EndpointsTest::routing_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    const QString notFound = QStringLiteral("404 page not found");
    const QString notAllowed = QStringLiteral("405 method not allowed");
    const auto row = [](const char* line, int status, const QString& body) {
        QTest::newRow(line) << QString::fromLatin1(line) << status << body;
    };
    const QString pong = QStringLiteral(R"({"message":"pong"})");
    row("GET /ping", 200, pong);
    row("GET /ping/", 200, pong);
    row("GET http://127.0.0.1:9/ping", 200, pong);
    row("GET HTTP://LOCALHOST/ping?x", 200, pong);
    row("POST /ping", 405, notAllowed);
    row("HEAD /ping", 405, {});
    row("HEAD /nowhere", 404, {});
    row("OPTIONS /douyin/feed/", 405, notAllowed);
    row("PUT /douyin/feed/", 405, notAllowed);
    row("POST /douyin/feed/", 405, notAllowed);
    row("GET /douyin/user/login/", 405, notAllowed);
    row("BREW /douyin/user/login/", 405, notAllowed);
    row("DELETE /static/a.mp4", 405, notAllowed);
    row("OPTIONS *", 404, notFound);
    row("GET /", 404, notFound);
    row("GET /douyin", 404, notFound);
    row("GET /douyin/", 404, notFound);
    row("GET //douyin/feed/", 404, notFound);
    row("GET /douyin/feed//", 404, notFound);
    row("GET /douyin/./feed/", 404, notFound);
    row("GET /DOUYIN/feed/", 404, notFound);
    row("GET /douyin/feed/x", 404, notFound);
    row("GET /douyin/fee", 404, notFound);
    row("GET /douyin/user/%00", 404, notFound);
    row("GET /%zz", 404, notFound);
    row("GET /static", 404, notFound);
    row("GET /static/", 404, notFound);
    row("POST /nowhere", 404, notFound);
}

void EndpointsTest::routing() {
    QFETCH(QString, line);
    QFETCH(int, status);
    QFETCH(QString, body);
    Stage stage;
    Wire wire(stage.port());
    wire.send(line.toStdString() + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const bool head = line.startsWith(QLatin1String("HEAD"));
    const Reply reply = wire.read(head);
    QCOMPARE(reply.status, status);
    QCOMPARE(text(reply.body), body);
    QVERIFY(reply.header("connection").empty());
    // The connection goes on, and nothing of a HEAD's body came behind.
    QCOMPARE(wire.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
    if (status == 405) {
        QVERIFY(!reply.header("allow").empty());
    }
}

void EndpointsTest::gzip_data() {
    QTest::addColumn<QString>("accept");
    QTest::addColumn<bool>("packed");
    for (const char* yes : {"gzip", "deflate, gzip", "GZIP;q=0.5", "*", "br;q=1.0, gzip;q=0.01", " gzip ",
                            "*;q=0, gzip", "br;q=0, *"}) {
        QTest::newRow(yes) << QString::fromLatin1(yes) << true;
    }
    for (const char* no :
         {"", "identity", "gzip;q=0", "gzip; q=0.000", "br", "gzipx", "*, gzip;q=0", "*;q=0"}) {
        QTest::newRow(*no == '\0' ? "nothing" : no) << QString::fromLatin1(no) << false;
    }
}

void EndpointsTest::gzip() {
    QFETCH(QString, accept);
    QFETCH(bool, packed);
    Stage stage;
    const std::string header = "Accept-Encoding: " + accept.toStdString() + "\r\n";
    const Reply large = stage.get("/douyin/feed/", header);
    QCOMPARE(large.header("content-encoding"), std::string(packed ? "gzip" : ""));
    QCOMPARE(large.header("vary"), std::string("Accept-Encoding"));
    QCOMPARE(large.body.starts_with("\x1f\x8b"), packed);
    // Small answers and /ping never are.
    QVERIFY(stage.get("/ping", header).header("content-encoding").empty());
    QVERIFY(stage.get("/douyin/comment/list/?video_id=1", header).header("content-encoding").empty());
}

void EndpointsTest::lenientListsNeedNoToken() {
    GatewayConfig config;
    config.lenient = true;
    Stage stage({}, std::move(config));
    for (const char* target :
         {"/douyin/publish/list/?user_id=2", "/douyin/favorite/list/?user_id=2",
          "/douyin/relation/follow/list/?user_id=2", "/douyin/relation/follower/list/?user_id=2",
          "/douyin/relation/friend/list/?user_id=2"}) {
        QVERIFY(stage.get(target).body.starts_with(R"({"status_code":0)"));
        QVERIFY(stage.get(std::string(target) + "&token=x").body.starts_with(R"({"status_code":1)"));
    }
    QCOMPARE(stage.get("/douyin/user/?user_id=2").body, failureJson(contract::kNoToken));
    QCOMPARE(stage.get("/douyin/message/chat/?to_user_id=2").body, failureJson(contract::kNoToken));
}

void EndpointsTest::traceAndLog() {
    std::mutex mutex;
    std::vector<std::string> lines;
    GatewayConfig config;
    config.accessLog = [&](LogLevel, std::string_view line) {
        const std::lock_guard lock(mutex);
        lines.emplace_back(line);
    };
    Stage stage({}, std::move(config));
    const std::string token = stage.token();
    stage.get("/douyin/feed/?token=" + token,
              "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");
    stage.post("/douyin/user/login/?username=a&password=geheim");
    stage.get("/nowhere?secret");
    const std::lock_guard lock(mutex);
    QCOMPARE(lines.size(), std::size_t{3});
    QVERIFY(lines[0].find("path=/douyin/feed/ status=200") != std::string::npos);
    QVERIFY(lines[0].find("user=1 trace=0af7651916cd43dd8448eb211c80319c") != std::string::npos);
    QVERIFY(lines[2].find("status=404") != std::string::npos);
    for (const std::string& line : lines) {
        QVERIFY(line.find(token) == std::string::npos && line.find("geheim") == std::string::npos &&
                line.find("secret") == std::string::npos);
    }
}

QTEST_GUILESS_MAIN(EndpointsTest)
#include "endpoints_test.moc"
