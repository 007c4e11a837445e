// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the dialects tikgok and demo do otherwise (contract.md, columns b and c): transport, parameters,
// answers; and switching between dialects while requests are under way.

#include "backend-sim/gateway/dialects/answers.h"
#include "backend-sim/gateway/dialects/demo.h"
#include "backend-sim/gateway/dialects/demo_writers.h"
#include "tests/backend_sim/gateway/stage.h"
#include "tests/conformance/embedded.h"
#include "tests/conformance/spec.h"

#include <QTest>

#include <atomic>
#include <set>
#include <thread>
#include <zlib.h>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

constexpr DialectName kStandard = DialectName::Standard;
constexpr DialectName kTikgok = DialectName::Tikgok;
constexpr DialectName kDemo = DialectName::Demo;

constexpr const char* kForm = "application/x-www-form-urlencoded";
constexpr const char* kJson = "application/json";
constexpr const char* kMultipart = "multipart/form-data; boundary=b";

const std::string kZeroUser =
    R"({"id":0,"name":"","follow_count":0,"follower_count":0,"is_follow":false,"avatar":"",)"
    R"("background_image":"","signature":"","total_favorited":0,"work_count":0,"favorite_count":0})";

std::string idUser(const std::string& id) {
    std::string user = kZeroUser;
    return user.replace(user.find(":0") + 1, 1, id);
}

GatewayConfig speaking(DialectName dialect) {
    GatewayConfig config;
    config.dialect = dialect;
    config.demo = {"http://sim/static/v.mp4", "http://sim/static/c.jpg", "http://sim/static/"};
    return config;
}

// The description of a dialect's answers, docs/openapi*.yaml.
const conformance::ApiSpec& descriptionOf(DialectName dialect) {
    static const std::vector<conformance::ApiSpec> all = [] {
        std::vector<conformance::ApiSpec> parsed;
        for (const auto& [each, name] : conformance::kDialects) {
            parsed.push_back(*conformance::ApiSpec::parse(conformance::embeddedDescription(each)));
        }
        return parsed;
    }();
    return all.at(static_cast<std::size_t>(dialect));
}

void expectDescribed(DialectName dialect, std::string_view method, std::string_view target, int status,
                     std::string_view contentType, std::string_view body) {
    const std::string_view path = target.substr(0, target.find('?'));
    const auto problems = descriptionOf(dialect).check(method, path, status,
                                                       contentType.substr(0, contentType.find(';')), body);
    QVERIFY2(
        problems.empty(),
        (problems.empty() ? "" : problems.front() + " in " + std::string(target) + ": " + std::string(body))
            .c_str());
}

// Nothing when it is not one whole gzip.
std::string unpacked(const std::string& packed) {
    constexpr int kGzipWindow = 15 + 16;
    std::string text(std::size_t{1} << 20, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) {
        return {};
    }
    std::string input = packed;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(text.data());
    stream.avail_out = static_cast<uInt>(text.size());
    const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    text.resize(whole ? text.size() - stream.avail_out : 0);
    inflateEnd(&stream);
    return text;
}

// Every answer of it is held against the description of its dialect.
class JudgedStage : public Stage {
public:
    JudgedStage(DialectName dialect, GatewayConfig config) : Stage({}, std::move(config)) {
        judge = [dialect](std::string_view method, std::string_view target, const Reply& reply) {
            const std::string encoding = reply.header("content-encoding");
            expectDescribed(dialect, method, target, reply.status, reply.header("content-type"),
                            encoding == "gzip" ? unpacked(reply.body) : reply.body);
        };
    }
    explicit JudgedStage(DialectName dialect) : JudgedStage(dialect, speaking(dialect)) {}
};

QString shown(std::string_view value) {
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

// "demoT": what `alice` with the password `pw` gets from the demo.
std::string withToken(std::string text, const Stage& stage) {
    for (std::size_t at = 0; (at = text.find("TOKEN", at)) != std::string::npos;) {
        const std::string token = stage.token();
        text.replace(at, 5, token);
        at += token.size();
    }
    return text;
}

// Functions, as moc does not read raw strings within macros.
void expectText(std::string_view text, std::string_view expected) {
    QCOMPARE(shown(text), shown(expected));
}

void expectStart(std::string_view text, std::string_view start) {
    QCOMPARE(shown(text.substr(0, start.size())), shown(start));
}

}  // namespace

Q_DECLARE_METATYPE(tikgok::sim::DialectName)

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
    void answers_data();
    void answers();
    void failures_data();
    void failures();
    void refusalsForNow_data();
    void refusalsForNow();
    void uploads_data();
    void uploads();
    void demoAccounts();
    void demoUploadsAreFoundByTheirNames();
    void demoTimes_data();
    void demoTimes();
    void demoTokensAreBounded();
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

void DialectsTest::answers_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("target");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::string>("call");
    QTest::addColumn<std::string>("body");
    const auto row = [](DialectName dialect, const char* name, const char* method, const char* target,
                        const char* type, const char* content, const char* call, const std::string& body) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name)
            << dialect << std::string(method) << std::string(target) << std::string(type)
            << std::string(content) << std::string(call) << body;
    };
    const std::string success = R"({"status_code":0,"status_msg":"success"})";
    const std::string paramsErr = R"({"status_code":1,"status_msg":"params err"})";
    const auto tikgok = [&row](const char* name, const char* method, const char* target, const char* call,
                               const std::string& body, const char* type = "", const char* content = "") {
        row(kTikgok, name, method, target, type, content, call, body);
    };
    // --- tokens
    tikgok("no token", "GET", "/douyin/user/?user_id=1", "", R"({"status_code":1,"status_msg":"no token"})");
    tikgok("comments need one", "GET", "/douyin/comment/list/?video_id=1", "",
           R"({"status_code":1,"status_msg":"no token"})");
    tikgok("bad token on feed", "GET", "/douyin/feed/?token=x", "",
           R"({"status_code":1,"status_msg":"bad token","video_list":null,"next_time":0})");
    tikgok("token in a form", "POST", "/douyin/favorite/action/?video_id=1&action_type=1", "favorite 1 1 1",
           success, kForm, "token=TOKEN");
    tikgok("token in a multipart form", "POST", "/douyin/favorite/action/?video_id=1&action_type=1",
           "favorite 1 1 1", success, kMultipart,
           "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nTOKEN\r\n--b--\r\n");
    tikgok("token in JSON", "POST", "/douyin/favorite/action/?video_id=1&action_type=1", "",
           R"({"status_code":1,"status_msg":"no token"})", kJson, R"({"token":"TOKEN"})");
    // --- sources
    tikgok("form is ignored", "POST", "/douyin/user/register/", "",
           R"({"status_code":1,"status_msg":"params err","user_id":0,"token":""})", kForm,
           "username=a&password=b");
    tikgok("JSON", "POST", "/douyin/favorite/action/?token=TOKEN", "favorite 1 7 2", success, kJson,
           R"({"video_id":7,"action_type":2,"more":[1]})");
    tikgok("query over JSON", "POST", "/douyin/favorite/action/?token=TOKEN&video_id=8", "favorite 1 8 1",
           success, kJson, R"({"video_id":7,"action_type":1})");
    tikgok("integer as text in JSON", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1", "",
           paramsErr, kJson, R"({"video_id":"7"})");
    tikgok("fraction in JSON", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1", "", paramsErr,
           kJson, R"({"video_id":7.0})");
    tikgok("broken JSON", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1", "", paramsErr, kJson,
           "{");
    tikgok("broken form", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1&video_id=1",
           "favorite 1 1 1", success, kMultipart, "--b");
    // --- integers
    tikgok("missing id is 0", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1", "favorite 1 0 1",
           success);
    tikgok("negative id", "POST", "/douyin/relation/action/?token=TOKEN&action_type=2&to_user_id=-5",
           "follow 1 -5 2", success);
    tikgok("empty integer", "GET", "/douyin/feed/?latest_time=", "",
           R"({"status_code":1,"status_msg":"params err","video_list":null,"next_time":0})");
    tikgok("exponent", "GET", "/douyin/feed/?latest_time=1e3", "",
           R"({"status_code":1,"status_msg":"params err","video_list":null,"next_time":0})");
    tikgok("fraction", "GET", "/douyin/publish/list/?token=TOKEN&user_id=1.0", "",
           R"({"status_code":1,"status_msg":"params err","video_list":null})");
    tikgok("action of 8 bits", "POST", "/douyin/favorite/action/?token=TOKEN&video_id=1&action_type=257", "",
           paramsErr);
    tikgok("unknown action", "POST", "/douyin/favorite/action/?token=TOKEN&video_id=1&action_type=3", "",
           paramsErr);
    tikgok("words for a bad user", "GET", "/douyin/user/?token=TOKEN&user_id=x", "",
           R"({"status_code":1,"status_msg":"err_code=1, err_msg=params err","user":null})");
    tikgok("bad owner", "GET", "/douyin/relation/friend/list/?token=TOKEN&user_id=x", "",
           R"({"status_code":1,"status_msg":"params err","user_list":null})");
    tikgok("bad video", "GET", "/douyin/comment/list/?token=TOKEN&video_id=x", "",
           R"({"status_code":1,"status_msg":"params err","comment_list":null})");
    tikgok("bad partner", "GET", "/douyin/message/chat/?token=TOKEN&to_user_id=x", "",
           R"({"status_code":1,"status_msg":"params err","message_list":null})");
    tikgok("bad comment", "POST", "/douyin/comment/action/?token=TOKEN&action_type=x", "",
           R"({"status_code":1,"status_msg":"params err","comment":null})");
    // --- answers
    tikgok("comment", "POST", "/douyin/comment/action/?token=TOKEN&video_id=9&action_type=1&comment_text=x",
           "addComment 1 9 x",
           R"({"status_code":0,"status_msg":"success","comment":{"id":501,"user":)" + idUser("501") +
               R"(,"content":"x","create_date":"1800000000000000001"}})");
    tikgok("comment without text", "POST", "/douyin/comment/action/?token=TOKEN&action_type=1",
           "addComment 1 0 ",
           R"({"status_code":0,"status_msg":"success","comment":{"id":501,"user":)" + idUser("501") +
               R"(,"content":"","create_date":"1800000000000000001"}})");
    tikgok("uncomment", "POST", "/douyin/comment/action/?token=TOKEN&action_type=2&comment_id=77",
           "deleteComment 1 0 77",
           R"({"status_code":0,"status_msg":"success","comment":{"id":77,"user":)" + idUser("77") +
               R"(,"content":"","create_date":"1800000000000000000"}})");
    tikgok("friends", "GET", "/douyin/relation/friend/list/?token=TOKEN&user_id=1", "friendsOf 1 1",
           R"({"status_code":0,"status_msg":"success","user_list":[{"id":2,"name":"bob","follow_count":0,)"
           R"("follower_count":0,"is_follow":false,"avatar":"","background_image":"","signature":"",)"
           R"("total_favorited":0,"work_count":0,"favorite_count":0,"message":"hi","msgType":1}]})");
    tikgok("chat", "GET", "/douyin/message/chat/?token=TOKEN&to_user_id=2&pre_msg_time=9",
           "conversation 1 2 9",
           R"({"status_code":0,"status_msg":"success","message_list":[{"id":7,"to_user_id":1,)"
           R"("from_user_id":7,"content":"hello","create_time":1700000000001000000}]})");
    tikgok("action 2 sends", "POST",
           "/douyin/message/action/?token=TOKEN&to_user_id=1&action_type=2&content=x", "send 1 1 x", success);
    tikgok("no content", "POST", "/douyin/message/action/?token=TOKEN&to_user_id=1&action_type=1", "",
           paramsErr);

    // The token of a stranger; accounts come in a test of their own.
    const std::string nobody = R"({"status_code":1,"status_msg":"User doesn't exist"})";
    const std::string oneVideo =
        R"("video_list":[{"id":1,"author":{"id":1,"name":"TestUser"},"play_url":"http://sim/static/v.mp4",)"
        R"("cover_url":"http://sim/static/c.jpg"}])";
    const auto demo = [&row](const char* name, const char* method, const char* target,
                             const std::string& body) { row(kDemo, name, method, target, "", "", "", body); };
    demo("feed", "GET", "/douyin/feed/?latest_time=x&token=y",
         R"({"status_code":0,)" + oneVideo + R"(,"next_time":1800000000})");
    demo("works", "GET", "/douyin/publish/list/", R"({"status_code":0,)" + oneVideo + "}");
    demo("likes", "GET", "/douyin/favorite/list/?token=x", R"({"status_code":0,)" + oneVideo + "}");
    demo("comments", "GET", "/douyin/comment/list/",
         R"({"status_code":0,"comment_list":[{"id":1,"user":{"id":1,"name":"TestUser"},)"
         R"("content":"Test Comment","create_date":"05-01"}]})");
    for (const char* list : {"follow", "follower", "friend"}) {
        row(kDemo, list, "GET", (std::string("/douyin/relation/") + list + "/list/").c_str(), "", "", "",
            R"({"status_code":0,"user_list":[{"id":1,"name":"TestUser"}]})");
    }
    demo("user", "GET", "/douyin/user/?token=x", nobody);
    demo("like", "POST", "/douyin/favorite/action/?token=TOKEN", nobody);
    demo("follow", "POST", "/douyin/relation/action/", nobody);
    demo("comment", "POST", "/douyin/comment/action/?action_type=1", nobody);
    demo("chat", "GET", "/douyin/message/chat/", nobody);
    demo("message", "POST", "/douyin/message/action/", nobody);
}

void DialectsTest::answers() {
    QFETCH(DialectName, dialect);
    QFETCH(std::string, method);
    QFETCH(std::string, target);
    QFETCH(std::string, type);
    QFETCH(std::string, content);
    QFETCH(std::string, call);
    QFETCH(std::string, body);
    const JudgedStage stage(dialect);
    const std::string address = withToken(target, stage);
    const Reply reply =
        method == "GET" ? stage.get(address) : stage.post(address, type, withToken(content, stage));
    QCOMPARE(reply.status, 200);
    QCOMPARE(shown(stage.services.lastCall()), shown(call));
    QCOMPARE(shown(reply.body), shown(body));
    QCOMPARE(reply.header("content-type"), std::string("application/json; charset=utf-8"));
}

void DialectsTest::failures_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<int>("endpoint");
    QTest::addColumn<int>("code");
    QTest::addColumn<std::string>("words");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, DialectName dialect, contract::Endpoint endpoint,
                        const contract::Failure& failure, const std::string& body) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name)
            << dialect << static_cast<int>(endpoint) << static_cast<int>(failure.code)
            << std::string(failure.message) << body;
    };
    using contract::Code;
    using contract::Endpoint;
    // Of a service: [] and an all-zero user. Of the gateway: null.
    row("no user", kTikgok, Endpoint::User, contract::kUserNotFound,
        R"({"status_code":30003,"status_msg":"user not found","user":)" + kZeroUser + "}");
    row("users unreachable", kTikgok, Endpoint::User, {Code::UserRpc, "rpc call user server error"},
        R"({"status_code":30000,"status_msg":"rpc call user server error","user":null})");
    row("no videos", kTikgok, Endpoint::Feed, {Code::Video, "get videos error"},
        R"({"status_code":40001,"status_msg":"get videos error","video_list":[],"next_time":0})");
    row("videos unreachable", kTikgok, Endpoint::Feed, {Code::VideoRpc, "rpc call video server error"},
        R"({"status_code":40000,"status_msg":"rpc call video server error","video_list":null,"next_time":0})");
    row("likes broken", kTikgok, Endpoint::FavoriteList, contract::kInteractionRpc,
        R"({"status_code":10000,"status_msg":"rpc call interaction server error","video_list":null})");
    row("comments", kTikgok, Endpoint::CommentList, contract::kInteractionErr,
        R"({"status_code":10001,"status_msg":"interaction server error","comment_list":[]})");
    row("follows", kTikgok, Endpoint::FollowList, {Code::Sociality, "get follow list err"},
        R"({"status_code":20001,"status_msg":"get follow list err","user_list":[]})");
    row("chat", kTikgok, Endpoint::MessageChat, {Code::Chat, "get chat history error"},
        R"({"status_code":50001,"status_msg":"get chat history error","message_list":[]})");
    row("name taken", kTikgok, Endpoint::Register, contract::kUserExists,
        R"({"status_code":30002,"status_msg":"user already exist","user_id":0,"token":""})");
    // Their words for our mishaps.
    row("register", kTikgok, Endpoint::Register, contract::kServiceErr,
        R"({"status_code":30001,"status_msg":"create user error","user_id":0,"token":""})");
    row("login", kTikgok, Endpoint::Login, contract::kServiceErr,
        R"({"status_code":2,"status_msg":"service err","user_id":0,"token":""})");
    row("like", kTikgok, Endpoint::FavoriteAction, contract::kServiceErr,
        R"({"status_code":40001,"status_msg":"video server error"})");
    row("follow", kTikgok, Endpoint::RelationAction, contract::kServiceErr,
        R"({"status_code":20001,"status_msg":"sociality server error"})");
    row("message", kTikgok, Endpoint::MessageAction, contract::kServiceErr,
        R"({"status_code":50001,"status_msg":"sent message error"})");
    row("no comment", kTikgok, Endpoint::CommentAction, contract::kCommentNotFound,
        R"({"status_code":10001,"status_msg":"delete comment from redis error","comment":null})");
    row("suffix", kTikgok, Endpoint::PublishAction, contract::kServiceErr,
        R"({"status_code":2,"status_msg":"service err"})");
    row("panic", kTikgok, Endpoint::PublishList, contract::kServiceErr,
        R"({"status_code":2,"status_msg":"service err"})");
    row("name taken", kDemo, Endpoint::Register, contract::kUserExists,
        R"({"status_code":1,"status_msg":"User already exist","token":""})");
    row("no user", kDemo, Endpoint::Login, contract::kUserNotFound,
        R"({"status_code":1,"status_msg":"User doesn't exist","token":""})");
    row("wrong password", kDemo, Endpoint::Login, contract::kWrongPassword,
        R"({"status_code":1,"status_msg":"User doesn't exist","token":""})");
    row("comment", kStandard, Endpoint::CommentAction, contract::kCommentNotFound,
        R"({"status_code":10001,"status_msg":"comment not found"})");
    row("name taken", kStandard, Endpoint::Register, contract::kUserExists,
        R"({"status_code":30002,"status_msg":"user already exist","user_id":0,"token":""})");
}

void DialectsTest::failures() {
    QFETCH(DialectName, dialect);
    QFETCH(int, endpoint);
    QFETCH(int, code);
    QFETCH(std::string, words);
    QFETCH(std::string, body);
    const contract::Failure failure{static_cast<contract::Code>(code), words};
    QCOMPARE(shown(answersOf(dialect).failure(static_cast<contract::Endpoint>(endpoint), failure)),
             shown(body));
    const contract::EndpointInfo& info = contract::kEndpoints.at(static_cast<std::size_t>(endpoint));
    expectDescribed(dialect, info.method == contract::Method::Get ? "GET" : "POST", info.path, 200,
                    "application/json", body);
}

void DialectsTest::refusalsForNow_data() {
    QTest::addColumn<DialectName>("dialect");
    for (const DialectName each : {kStandard, kTikgok, kDemo}) {
        QTest::newRow(textOf(each).data()) << each;
    }
}

// What was not even looked at says when to come again, whatever is spoken.
void DialectsTest::refusalsForNow() {
    QFETCH(DialectName, dialect);
    JudgedStage stage(dialect);
    stage.services.failure = contract::tooManyRequests(7);
    const Reply many = stage.post("/douyin/user/login/?username=a&password=b");
    QCOMPARE(many.status, 429);
    QCOMPARE(many.header("retry-after"), std::string("7"));
    QCOMPARE(many.body, std::string("Too Many Requests"));
    stage.services.failure = contract::Failure{contract::Code::Service, "service err", 2};
    const Reply full = stage.post("/douyin/user/login/?username=a&password=b");
    QCOMPARE(full.status, 503);
    QCOMPARE(full.header("retry-after"), std::string("2"));
    expectStart(full.body, R"({"status_code":2,"status_msg":"service err")");
}

void DialectsTest::uploads_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<std::string>("query");
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("title");
    QTest::addColumn<bool>("file");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, DialectName dialect, const char* query, const char* token,
                        const std::string& title, bool file, const char* body) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name)
            << dialect << std::string(query) << std::string(token) << title << file << std::string(body);
    };
    const char* const good = R"({"status_code":0,"status_msg":"success"})";
    const char* const badTitle = R"({"status_code":1,"status_msg":"err_code=1, err_msg=params err"})";
    const char* const badParams = R"({"status_code":1,"status_msg":"params err"})";
    const char* const noToken = R"({"status_code":1,"status_msg":"no token"})";
    row("token in the form", kTikgok, "", "TOKEN", "t", true, good);
    row("token in the query", kTikgok, "?token=TOKEN", "", "t", true, good);
    row("token before all", kTikgok, "", "", "", false, noToken);
    row("title in the query", kTikgok, "?token=TOKEN&title=t", "", "", true, badTitle);
    row("title before data", kTikgok, "?token=TOKEN", "", "", false, badTitle);
    row("32 bytes", kTikgok, "?token=TOKEN", "", std::string(32, 't'), true, good);
    row("33 bytes", kTikgok, "?token=TOKEN", "", std::string(33, 't'), false, badTitle);
    row("11 characters of 3 bytes", kTikgok, "?token=TOKEN", "", "一二三四五六七八九十百", true, badTitle);
    row("no data", kTikgok, "?token=TOKEN", "", "t", false, badParams);
    row("title in the query", kStandard, "?token=TOKEN&title=t", "", "", true, good);
    row("no data", kDemo, "", "alicepw", "", false, R"({"status_code":1,"status_msg":"http: no such file"})");
    row("no title", kDemo, "", "alicepw", "", true,
        R"({"status_code":0,"status_msg":"1_a b.mp4 uploaded successfully"})");
    row("token in the query", kDemo, "?token=alicepw", "", "t", true,
        R"({"status_code":1,"status_msg":"User doesn't exist"})");
    row("token before data", kDemo, "", "x", "t", false,
        R"({"status_code":1,"status_msg":"User doesn't exist"})");
}

void DialectsTest::uploads() {
    QFETCH(DialectName, dialect);
    QFETCH(std::string, query);
    QFETCH(std::string, token);
    QFETCH(std::string, title);
    QFETCH(bool, file);
    QFETCH(std::string, body);
    JudgedStage stage(dialect);
    if (dialect == kDemo) {
        QCOMPARE(stage.post("/douyin/user/register/?username=alice&password=pw").status, 200);
    }
    std::vector<Part> parts;
    if (file) {
        parts.push_back(gatewaytest::file("data", "a b.mp4", "content"));
    }
    if (!title.empty()) {
        parts.push_back(field("title", title));
    }
    if (!token.empty()) {
        parts.push_back(field("token", withToken(token, stage)));
    }
    const Reply reply = stage.post("/douyin/publish/action/" + withToken(query, stage), kMultipart,
                                   multipartBody("b", parts));
    QCOMPARE(shown(reply.body), shown(body));
    const bool taken = reply.body.starts_with(R"({"status_code":0)");
    QCOMPARE(stage.services.published().size(), std::size_t{taken ? 1U : 0U});
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
}

void DialectsTest::demoAccounts() {
    JudgedStage stage(kDemo);
    const auto post = [&stage](const std::string& target) { return stage.post(target).body; };
    expectText(post("/douyin/user/register/?username=alice&password=p%20w"),
               std::string(R"({"status_code":0,"user_id":1,"token":"alicep w"})"));
    // The same token again.
    expectText(post("/douyin/user/register/?username=alic&password=ep%20w"),
               std::string(R"({"status_code":1,"status_msg":"User already exist","token":""})"));
    expectText(post("/douyin/user/login/?username=bob&password=x"),
               std::string(R"({"status_code":0,"user_id":2,"token":"bobx"})"));
    // Only the query is read: a form makes somebody without name, token and all.
    expectText(stage.post("/douyin/user/register/", kForm, "username=carl&password=x").body,
               std::string(R"({"status_code":0,"user_id":1,"token":""})"));
    QCOMPARE(stage.services.lastCall(), std::string("register  "));
    // Whoever is asked for: the token's user, without what is zero.
    expectText(stage.get("/douyin/user/?user_id=1&token=bobx").body,
               std::string(R"({"status_code":0,"user":{"id":2,"name":"bob"}})"));
    expectText(post("/douyin/favorite/action/?token=bobx"), std::string(R"({"status_code":0})"));
    expectText(post("/douyin/relation/action/?token=bobx"), std::string(R"({"status_code":0})"));
    expectText(post("/douyin/comment/action/?token=bobx&action_type=1&comment_text=hi"),
               std::string(R"({"status_code":0,"comment":{"id":1,"user":{"id":2,"name":"bob"},)"
                           R"("content":"hi","create_date":"05-01"}})"));
    expectText(post("/douyin/comment/action/?token=bobx&action_type=2"), std::string(R"({"status_code":0})"));
    expectText(post("/douyin/message/action/?token=bobx&to_user_id=9&content=hey"),
               std::string(R"({"status_code":0})"));
    QCOMPARE(stage.services.lastCall(), std::string("send 2 9 hey"));
    const std::string chat = stage.get("/douyin/message/chat/?token=bobx&to_user_id=9&pre_msg_time=7").body;
    QCOMPARE(stage.services.lastCall(), std::string("conversation 2 9 0"));
    expectText(chat, R"({"status_code":0,"message_list":[{"id":7,"content":"hello","create_time":")" +
                         demo::timeOfDay(1700000000001) + "\"}]}");
    contract::User known;
    known.id = 5;
    known.followCount = 1;
    known.followerCount = 2;
    known.isFollow = true;
    known.avatar = known.signature = known.backgroundImage = "x";
    known.totalFavorited = known.workCount = known.favoriteCount = 9;
    expectText(demo::writeUser(known),
               R"({"status_code":0,"user":{"id":5,"follow_count":1,"follower_count":2,"is_follow":true}})");
    contract::Video video;
    video.favoriteCount = 3;
    video.commentCount = 4;
    video.isFavorite = true;
    video.title = "t";
    expectText(
        demo::writeVideos(std::array{video}),
        R"({"status_code":0,"video_list":[{"author":{},"favorite_count":3,"comment_count":4,"is_favorite":true}]})");
    expectText(demo::writeMessages({}), std::string(R"({"status_code":0,"message_list":null})"));
    expectText(demo::writeComments({}), std::string(R"({"status_code":0})"));
    expectText(demo::writeFeed({}, 5), std::string(R"({"status_code":0,"next_time":5})"));
    expectText(demo::writeVideos({}), std::string(R"({"status_code":0,"video_list":[]})"));
    expectText(demo::writeUsers({}), std::string(R"({"status_code":0,"user_list":[]})"));
    // A service that cannot.
    stage.services.failure = contract::kServiceErr;
    expectText(post("/douyin/user/login/?username=bob&password=x"),
               std::string(R"({"status_code":2,"status_msg":"service err","token":""})"));
}

// What the double publishes is its video 141.
void DialectsTest::demoUploadsAreFoundByTheirNames() {
    GatewayConfig config = speaking(kDemo);
    config.demo.mediaBaseUrl = doubles::someVideo(141, 8).playUrl;
    const std::size_t slash = config.demo.mediaBaseUrl.rfind('/') + 1;
    const std::string key = config.demo.mediaBaseUrl.substr(slash);
    config.demo.mediaBaseUrl.resize(slash);
    JudgedStage stage(kDemo, std::move(config));
    const std::filesystem::path media = stage.directory.filePath(QStringLiteral("media")).toStdString();
    std::filesystem::create_directories(media);
    stage.services.mediaDirectory = media;
    QFile stored(QString::fromStdString((media / key).string()));
    QVERIFY(stored.open(QIODevice::WriteOnly) && stored.write("the film") == 8);
    stored.close();
    QCOMPARE(stage.post("/douyin/user/register/?username=alice&password=pw").status, 200);
    QCOMPARE(stage.get("/static/1_my%20film.mp4").status, 404);
    const std::vector<Part> parts{field("token", "alicepw"), file("data", "..\\my film.mp4", "the film")};
    expectText(stage.post("/douyin/publish/action/", kMultipart, multipartBody("b", parts)).body,
               std::string(R"({"status_code":0,"status_msg":"1_my film.mp4 uploaded successfully"})"));
    QCOMPARE(stage.get("/static/1_my%20film.mp4").body, std::string("the film"));
    QCOMPARE(stage.get("/static/2_my%20film.mp4").status, 404);
    // Other dialects know no such names.
    stage.gateway->setDialect(kStandard);
    QCOMPARE(stage.get("/static/1_my%20film.mp4").status, 404);
}

void DialectsTest::demoTimes_data() {
    QTest::addColumn<qint64>("time");
    QTest::addColumn<std::string>("shown");
    QTest::newRow("midnight") << qint64{0} << std::string("12:00AM");
    QTest::newRow("past midnight") << qint64{7 * 60'000} << std::string("12:07AM");
    QTest::newRow("morning") << qint64{(9 * 60 + 5) * 60'000} << std::string("9:05AM");
    QTest::newRow("noon") << qint64{12 * 3'600'000} << std::string("12:00PM");
    QTest::newRow("afternoon") << qint64{(17 * 60 + 26) * 60'000 + 59'999} << std::string("5:26PM");
    QTest::newRow("before 1970") << qint64{-1} << std::string("11:59PM");
}

void DialectsTest::demoTimes() {
    QFETCH(qint64, time);
    QFETCH(std::string, shown);
    const QByteArray zone = qgetenv("TZ");
    const bool hadZone = qEnvironmentVariableIsSet("TZ");
    qputenv("TZ", "UTC0");
    tzset();
    const std::string text = demo::timeOfDay(time);
    if (hadZone) {
        qputenv("TZ", zone);
    } else {
        qunsetenv("TZ");
    }
    tzset();
    QCOMPARE(text, shown);
}

void DialectsTest::demoTokensAreBounded() {
    BoundedTable<int, int> table(3);
    for (int i = 0; i < 5; ++i) {
        table.put(i, i * 10);
        table.put(4 - i > 2 ? 0 : i, i * 10);
    }
    QVERIFY(!table.find(1));
    QCOMPARE(table.find(4), std::optional(40));
    DemoTokens tokens;
    tokens.learn("ab", 5);
    QCOMPARE(tokens.userOf("ab"), std::optional<contract::Id>(5));
    QVERIFY(!tokens.userOf("a"));
    QVERIFY(!tokens.userOf(""));
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
