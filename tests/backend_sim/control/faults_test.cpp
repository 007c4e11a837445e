// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fault rules, through the admin API and real HTTP: what each effect does to an answer, how often rules
// strike, and that the same seed and requests give the same bytes.

#include "tests/backend_sim/control/admin_stage.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <functional>
#include <thread>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

// In front of the texts with quotes in them, of which moc makes nothing good.
class FaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neverStrikes_data();
    void neverStrikes();
    void couldStrike_data();
    void couldStrike();
    void tokensExpireForThoseWhoHaveOne_data();
    void tokensExpireForThoseWhoHaveOne();
    void anotherNameInside();
    void initTestCase();
    void effects_data();
    void effects();
    void rangesOfMedia();
    void duplicates();
    void droppedAnswers();
    void matches_data();
    void matches();
    void limits_data();
    void limits();
    void endsByItself();
    void countersAndSwitch();
    void offIsNothing();
    void sameSeedSameBytes();
    void threadsChangeNothing();
    void refusals_data();
    void refusals();
    void allRulesAtOnce();
    void stopsWhileItHolds();
    void aStruckConnectionGoesOn();

private:
    std::unique_ptr<AdminStage> stage_;
    std::string token_;
    std::string video_;

    [[nodiscard]] std::string withToken(std::string text) const {
        if (const std::size_t at = text.find("TOKEN"); at != std::string::npos) {
            text.replace(at, 5, token_);
        }
        return text;
    }
    [[nodiscard]] Raw raw(const std::string& method, const std::string& target,
                          const std::string& headers = "") const {
        return stage_->raw(method + " " + withToken(target) + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                           "\r\n");
    }
    void clear() const { stage_->must("DELETE", "/_sim/faults"); }
    // Which of some requests a rule strikes: "x.x".
    [[nodiscard]] std::string pattern(int requests, const std::string& target = "/ping",
                                      const std::string& headers = "") const {
        std::string out;
        for (int i = 0; i < requests; ++i) {
            out += stage_->get(withToken(target), headers).header("x-sim-fault").empty() ? '.' : 'x';
        }
        return out;
    }
};

namespace {

const std::string kFeed = "/douyin/feed/";

std::string ruleOf(const std::string& effects, const std::string& more = "") {
    return R"({"effects":[)" + effects + "]" + (more.empty() ? "" : "," + more) + "}";
}

// An answer without what differs from one second to the next.
std::string withoutDate(std::string bytes) {
    const std::size_t at = bytes.find("Date: ");
    return at == std::string::npos ? bytes : bytes.erase(at, bytes.find("\r\n", at) + 2 - at);
}

std::string bodyOf(const Raw& raw) {
    const std::size_t at = raw.bytes.find("\r\n\r\n");
    return at == std::string::npos ? std::string() : raw.bytes.substr(at + 4);
}

bool isJson(const std::string& text) {
    boost::system::error_code error;
    json::parse(text, error);
    return !error;
}

struct Case {
    const char* name;
    // Of one rule for everything.
    std::string effects;
    // Sent as ann; "TOKEN" stands for her token.
    std::string method;
    std::string target;
    // What the answer must be; `plain` is the answer without a fault. Empty: good.
    std::function<std::string(const Raw& struck, const Raw& plain)> wrong;
};

std::string unless(bool good, const std::string& words) {
    return good ? std::string() : words;
}

std::vector<Case> cases() {
    const std::string me = "/douyin/user/?user_id=1&token=TOKEN";
    const std::string media = "/static/demo/covers/01-aurora.jpg";
    const auto says = [](int status, const std::string& type, const std::string& body) {
        return [=](const Raw& struck, const Raw&) {
            return unless(struck.reply.status == status && struck.reply.header("content-type") == type &&
                              struck.reply.body == body,
                          struck.bytes);
        };
    };
    // The JSON of the answer, in which `good` must hold.
    const auto holds = [](const std::function<bool(const json::value&)>& good) {
        return [good](const Raw& struck, const Raw&) {
            return unless(struck.reply.status == 200 && isJson(struck.reply.body) &&
                              good(json::parse(struck.reply.body)),
                          struck.bytes);
        };
    };
    const std::string jsonType = "application/json; charset=utf-8";
    const std::string textType = "text/plain; charset=utf-8";
    std::vector<Case> all;
    // --- instead
    all.push_back(
        {"status", R"({"kind":"status","status":500})", "GET", kFeed, says(500, textType, "fault 500")});
    all.push_back({"status with a body",
                   R"({"kind":"status","status":502,"body":"<p>","content_type":"text/html"})", "GET", kFeed,
                   says(502, "text/html", "<p>")});
    all.push_back({"status of media", R"({"kind":"status","status":404})", "GET", media,
                   says(404, textType, "fault 404")});
    all.push_back({"status of ping", R"({"kind":"status","status":503})", "GET", "/ping",
                   says(503, textType, "fault 503")});
    all.push_back({"envelope", R"({"kind":"envelope","code":40001})", "GET", kFeed,
                   says(200, jsonType, R"({"status_code":40001,"status_msg":"video server error"})")});
    all.push_back({"envelope with words", R"({"kind":"envelope","code":2,"message":"oh \"no\""})", "GET",
                   kFeed, says(200, jsonType, R"({"status_code":2,"status_msg":"oh \"no\""})")});
    all.push_back({"envelope of an account", R"({"kind":"envelope","code":30001})", "POST",
                   "/douyin/user/login/?username=ann&password=secret",
                   says(200, jsonType,
                        R"({"status_code":30001,"status_msg":"user server error","user_id":0,"token":""})")});
    all.push_back(
        {"429", R"({"kind":"too_many_requests"})", "GET", kFeed, says(429, textType, "Too Many Requests")});
    all.push_back({"401", R"({"kind":"unauthorized"})", "GET", me,
                   says(401, jsonType, R"({"status_code":1,"status_msg":"token is expired"})")});
    all.push_back({"expired token", R"({"kind":"expired_token"})", "GET", me,
                   says(200, jsonType, R"({"status_code":1,"status_msg":"token is expired"})")});
    all.push_back({"redirect for the slash", R"({"kind":"redirect_slash"})", "GET",
                   "/douyin/feed?latest_time=5", [](const Raw& struck, const Raw&) {
                       return unless(struck.reply.status == 301 &&
                                         struck.reply.header("location") == "/douyin/feed/?latest_time=5",
                                     struck.bytes);
                   }});
    all.push_back({"redirect of a post", R"({"kind":"redirect_slash"})", "POST",
                   "/douyin/user/login?username=ann", [](const Raw& struck, const Raw&) {
                       return unless(struck.reply.status == 307 && struck.reply.header("location") ==
                                                                       "/douyin/user/login/?username=ann",
                                     struck.bytes);
                   }});
    all.push_back({"no redirect with a slash", R"({"kind":"redirect_slash"})", "GET", kFeed,
                   [](const Raw& struck, const Raw& plain) {
                       return unless(struck.reply.body == plain.reply.body, struck.bytes);
                   }});
    all.push_back(
        {"empty reply", R"({"kind":"empty_reply"})", "GET", kFeed, [](const Raw& struck, const Raw&) {
             return unless(struck.bytes.empty() && struck.closed && !struck.reset, struck.bytes);
         }});
    all.push_back({"reset", R"({"kind":"reset"})", "GET", kFeed, [](const Raw& struck, const Raw&) {
                       return unless(struck.bytes.empty() && struck.reset, struck.bytes);
                   }});
    // --- what it says
    all.push_back(
        {"malformed", R"({"kind":"malformed_json"})", "GET", kFeed, [](const Raw& struck, const Raw&) {
             return unless(
                 struck.reply.status == 200 && !struck.reply.body.empty() && !isJson(struck.reply.body),
                 struck.bytes);
         }});
    all.push_back({"missing field", R"({"kind":"missing_field","field":"video_list.*.author.name"})", "GET",
                   kFeed, holds([](const json::value& v) {
                       const json::array& list = v.at("video_list").as_array();
                       return list.size() > 5 && std::ranges::all_of(list, [](const json::value& each) {
                                  return !each.at("author").as_object().contains("name") &&
                                         each.at("author").as_object().contains("id");
                              });
                   })});
    all.push_back({"some missing field", R"({"kind":"missing_field"})", "GET", kFeed,
                   holds([](const json::value& v) { return v.as_object().size() == 3; })});
    all.push_back({"wrong type of a number", R"({"kind":"wrong_type","field":"next_time"})", "GET", kFeed,
                   holds([](const json::value& v) { return v.at("next_time").is_string(); })});
    all.push_back({"wrong type of a list", R"({"kind":"wrong_type","field":"video_list"})", "GET", kFeed,
                   holds([](const json::value& v) { return v.at("video_list").is_object(); })});
    all.push_back(
        {"wrong type of a flag", R"({"kind":"wrong_type","field":"video_list.*.is_favorite"})", "GET", kFeed,
         holds([](const json::value& v) { return v.at("video_list").at(0).at("is_favorite").is_string(); })});
    all.push_back({"null list", R"({"kind":"null_list"})", "GET", kFeed,
                   holds([](const json::value& v) { return v.at("video_list").is_null(); })});
    all.push_back(
        {"ids as strings", R"({"kind":"ids_as_strings"})", "GET", me, holds([](const json::value& v) {
             return v.at("user").at("id").is_string() && v.at("user").at("work_count").is_int64();
         })});
    all.push_back({"extra field", R"({"kind":"extra_field"},{"kind":"extra_field","field":"user.shoe_size"})",
                   "GET", me, holds([](const json::value& v) {
                       return v.as_object().contains("sim_extra") &&
                              v.at("user").as_object().contains("shoe_size");
                   })});
    all.push_back({"empty body", R"({"kind":"empty_body"})", "GET", kFeed, [](const Raw& struck, const Raw&) {
                       return unless(
                           struck.reply.status == 200 && struck.reply.header("content-length") == "0",
                           struck.bytes);
                   }});
    all.push_back({"JSON damage leaves media alone", R"({"kind":"malformed_json"},{"kind":"null_list"})",
                   "GET", media, [](const Raw& struck, const Raw& plain) {
                       return unless(bodyOf(struck) == bodyOf(plain), "another file");
                   }});
    // --- how it goes out
    for (const auto& [name, target] : {std::pair{"a page", kFeed}, {"media", media}}) {
        all.push_back(
            {name, R"({"kind":"truncate","at":10})", "GET", target, [](const Raw& struck, const Raw& plain) {
                 return unless(
                     struck.closed && !struck.reset && bodyOf(struck) == bodyOf(plain).substr(0, 10) &&
                         struck.bytes.find("Content-Length: " + std::to_string(bodyOf(plain).size())) !=
                             std::string::npos,
                     struck.bytes.substr(0, 400));
             }});
        all.push_back(
            {name, R"({"kind":"reset_at","at":10})", "GET", target, [](const Raw& struck, const Raw& plain) {
                 return unless(
                     struck.reset && bodyOf(struck).size() <= 10 && bodyOf(plain).starts_with(bodyOf(struck)),
                     struck.bytes.substr(0, 400));
             }});
        all.push_back({name, R"({"kind":"stall","at":5,"ms":120})", "GET", target,
                       [](const Raw& struck, const Raw& plain) {
                           return unless(struck.ms >= 119 && bodyOf(struck) == bodyOf(plain), "stall");
                       }});
        all.push_back({name, R"({"kind":"throttle","bytes_per_s":60000})", "GET", target,
                       [](const Raw& struck, const Raw& plain) {
                           const double least = static_cast<double>(bodyOf(plain).size()) / 60.0 - 5;
                           return unless(
                               static_cast<double>(struck.ms) >= least && bodyOf(struck) == bodyOf(plain),
                               "throttle: " + std::to_string(struck.ms));
                       }});
        all.push_back(
            {name, R"({"kind":"corrupt","at":3})", "GET", target, [](const Raw& struck, const Raw& plain) {
                 std::string wanted = bodyOf(plain);
                 wanted[3] = static_cast<char>(~wanted[3]);
                 return unless(bodyOf(struck) == wanted, "corrupt");
             }});
        all.push_back(
            {name, R"({"kind":"latency","ms":100})", "GET", target, [](const Raw& struck, const Raw& plain) {
                 return unless(struck.ms >= 99 && bodyOf(struck) == bodyOf(plain), "latency");
             }});
        all.push_back({name, R"({"kind":"truncate","at":100000000})", "GET", target,
                       [](const Raw& struck, const Raw& plain) {
                           return unless(!struck.closed && bodyOf(struck) == bodyOf(plain), "not that long");
                       }});
    }
    all.push_back({"latency twice", R"({"kind":"latency","ms":60},{"kind":"latency","uniform_ms":[60,70]})",
                   "GET", "/ping",
                   [](const Raw& struck, const Raw&) { return unless(struck.ms >= 119, "latency"); }});
    all.push_back(
        {"latency of a refusal",
         R"({"kind":"status","status":500},{"kind":"latency","lognormal_ms":{"median":100,"sigma":0}})",
         "GET", "/ping", [](const Raw& struck, const Raw&) {
             return unless(struck.ms >= 99 && struck.reply.status == 500, "latency");
         }});
    return all;
}

}  // namespace

void FaultsTest::initTestCase() {
    stage_ = std::make_unique<AdminStage>();
    token_ = stage_->person("ann");
    video_ = std::to_string(at(stage_->get(kFeed), "/video_list/0/id").as_int64());
}

void FaultsTest::effects_data() {
    QTest::addColumn<int>("index");
    const std::vector<Case> all = cases();
    for (std::size_t i = 0; i < all.size(); ++i) {
        QTest::addRow("%s: %s", all[i].name, all[i].effects.c_str()) << static_cast<int>(i);
    }
}

void FaultsTest::effects() {
    QFETCH(const int, index);
    const Case each = cases()[static_cast<std::size_t>(index)];
    clear();
    const Raw plain = raw(each.method, each.target);
    stage_->must("PUT", "/_sim/faults/here", ruleOf(each.effects));
    const Raw struck = raw(each.method, each.target);
    const std::string wrong = each.wrong(struck, plain);
    QVERIFY2(wrong.empty(), wrong.c_str());
    if (!struck.bytes.empty()) {
        QVERIFY(struck.bytes.find("\r\nX-Sim-Fault: here\r\n") != std::string::npos);
    }
    QVERIFY(plain.bytes.find("X-Sim-Fault") == std::string::npos);
    // It is over when the rule is.
    clear();
    QCOMPARE(withoutDate(raw(each.method, each.target).bytes).size(), withoutDate(plain.bytes).size());
}

void FaultsTest::rangesOfMedia() {
    clear();
    const std::string target = "/static/demo/videos/01-aurora.mp4";
    const std::string range = "Range: bytes=1000-1999\r\n";
    const Raw plain = raw("GET", target, range);
    QCOMPARE(plain.reply.status, 206);
    QCOMPARE(bodyOf(plain).size(), std::size_t{1000});
    stage_->must("PUT", "/_sim/faults/cut",
                 ruleOf(R"({"kind":"truncate","at":500},{"kind":"corrupt","at":0})",
                        R"("match":{"route":"/static/*"})"));
    const Raw struck = raw("GET", target, range);
    QVERIFY(struck.closed);
    std::string wanted = bodyOf(plain).substr(0, 500);
    wanted[0] = static_cast<char>(~wanted[0]);
    QVERIFY(bodyOf(struck) == wanted);
    QVERIFY(struck.bytes.find("Content-Range: bytes 1000-1999/") != std::string::npos);
    const Raw head = raw("HEAD", target);
    QVERIFY(head.bytes.starts_with("HTTP/1.1 200"));
    clear();
}

void FaultsTest::duplicates() {
    clear();
    stage_->must("PUT", "/_sim/faults/twice", ruleOf(R"({"kind":"duplicate"})"));
    // The client sees what the second time came to.
    const Reply reply = stage_->post("/douyin/user/register/?username=twice&password=secret");
    QCOMPARE(at(reply, "/status_code").as_int64(), 30002);
    QCOMPARE(reply.header("x-sim-fault"), std::string("twice"));
    const std::string comment =
        "/douyin/comment/action/?video_id=" + video_ + "&action_type=1&comment_text=two&token=" + token_;
    QCOMPARE(at(stage_->post(comment), "/status_code").as_int64(), 0);
    clear();
    const Reply list = stage_->get("/douyin/comment/list/?video_id=" + video_);
    std::size_t count = 0;
    for (std::size_t from = 0; (from = list.body.find("\"two\"", from)) != std::string::npos; ++from) {
        ++count;
    }
    QCOMPARE(count, std::size_t{2});
    QCOMPARE(
        at(stage_->post("/douyin/user/login/?username=twice&password=secret"), "/status_code").as_int64(), 0);
}

// It happened, and the client never hears of it.
void FaultsTest::droppedAnswers() {
    clear();
    stage_->must("PUT", "/_sim/faults/lost", ruleOf(R"({"kind":"drop_answer"})"));
    const Raw struck = raw(
        "POST", "/douyin/comment/action/?video_id=" + video_ + "&action_type=1&comment_text=lost&token=TOKEN",
        "Content-Length: 0\r\n");
    QVERIFY(struck.bytes.empty() && struck.reset);
    // A reset in front of the handler leaves nothing.
    stage_->must("PUT", "/_sim/faults/lost", ruleOf(R"({"kind":"reset"})"));
    QVERIFY(
        raw("POST",
            "/douyin/comment/action/?video_id=" + video_ + "&action_type=1&comment_text=never&token=TOKEN",
            "Content-Length: 0\r\n")
            .reset);
    clear();
    const std::string list = stage_->get("/douyin/comment/list/?video_id=" + video_).body;
    QVERIFY(list.find("\"lost\"") != std::string::npos);
    QVERIFY(list.find("\"never\"") == std::string::npos);
}

void FaultsTest::matches_data() {
    QTest::addColumn<QByteArray>("match");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("pattern");
    const auto row = [](const char* match, const char* target, const char* headers, const char* pattern) {
        QTest::addRow("%s %s %s", match, target, headers)
            << QByteArray(match) << QByteArray(target) << QByteArray(headers) << QByteArray(pattern);
    };
    const char* const feed = "/douyin/feed/";
    const char* const me = "/douyin/user/?user_id=1&token=TOKEN";
    row("{}", feed, "", "xx");
    row(R"({"method":"GET"})", feed, "", "xx");
    row(R"({"method":"POST"})", feed, "", "..");
    row(R"({"route":"/douyin/feed/"})", feed, "", "xx");
    row(R"({"route":"/douyin/feed"})", feed, "", "xx");
    row(R"({"route":"/douyin/feed/"})", "/douyin/feed", "", "xx");
    row(R"({"route":"/douyin/user/"})", feed, "", "..");
    row(R"({"route":"/douyin/*"})", feed, "", "xx");
    row(R"({"route":"/douyin/*"})", "/ping", "", "..");
    row(R"({"route":"/static/demo/*"})", "/static/demo/covers/01-aurora.jpg", "", "xx");
    row(R"({"route":"/static/demo/covers/01-aurora.jpg"})", "/static/demo/covers/01-aurora.jpg", "", "xx");
    row(R"({"route":"/static/demo/covers/01-aurora.jpg"})", "/static/demo/covers/02-harbour.jpg", "", "..");
    row("{}", "/nowhere", "", "..");
    row("{}", "/metrics", "", "..");
    row(R"({"account":"ann"})", me, "", "xx");
    row(R"({"account":"bob"})", me, "", "..");
    row(R"({"account":"ann"})", feed, "", "..");
    row(R"({"account":1})", me, "", "..");
    row(R"({"header":{"name":"X-Who"}})", feed, "x-who: me\r\n", "xx");
    row(R"({"header":{"name":"X-Who"}})", feed, "", "..");
    row(R"({"header":{"name":"x-who","equals":"me"}})", feed, "X-Who: me\r\n", "xx");
    row(R"({"header":{"name":"x-who","equals":"me"}})", feed, "X-Who: meeting\r\n", "..");
    row(R"({"header":{"name":"x-who","contains":"me"}})", feed, "X-Who: meeting\r\n", "xx");
    row(R"({"header":{"name":"range","contains":"bytes"}})", feed, "Range: bytes=0-\r\n", "xx");
    row(R"({"nth":[2]})", feed, "", ".x..");
    row(R"({"nth":[1,4]})", feed, "", "x..x.");
    row(R"({"every":2})", feed, "", ".x.x.x");
}

void FaultsTest::matches() {
    QFETCH(const QByteArray, match);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, headers);
    QFETCH(const QByteArray, pattern);
    clear();
    stage_->must("PUT", "/_sim/faults/m",
                 ruleOf(R"({"kind":"latency","ms":0})", R"("match":)" + match.toStdString()));
    QCOMPARE(this->pattern(static_cast<int>(pattern.size()), target.toStdString(), headers.toStdString()),
             pattern.toStdString());
    clear();
}

void FaultsTest::limits_data() {
    QTest::addColumn<QByteArray>("limits");
    QTest::addColumn<QByteArray>("pattern");
    // The rule ended by itself; empty: it is still on.
    QTest::addColumn<QByteArray>("ended");
    const auto row = [](const char* limits, const char* pattern, const char* ended) {
        QTest::newRow(limits) << QByteArray(limits) << QByteArray(pattern) << QByteArray(ended);
    };
    row("{}", "xxx", "");
    row(R"({"first":2})", "xx..", "first");
    row(R"({"first":5})", "xx", "");
    row(R"({"after":2})", "..xx", "");
    row(R"({"after":1,"first":3})", ".xx.", "first");
    row(R"({"times":2})", "xx..", "times");
    row(R"({"after":1,"times":1})", ".x..", "times");
    row(R"({"probability":1})", "xxxx", "");
    row(R"({"ttl_ms":600000})", "xx", "");
    row(R"({"window":{"from_ms":600000}})", "..", "");
    row(R"({"window":{"to_ms":600000}})", "xx", "");
    row(R"({"ramp":{"from":1,"to":0,"requests":1}})", "x...", "");
    row(R"({"ramp":{"from":0,"to":1,"requests":1}})", ".xxx", "");
    row(R"({"ramp":{"from":0,"to":1,"over_ms":600000000}})", "..", "");
    // Fixed by the seed for ever; a change here breaks the scenarios that people have.
    row(R"({"probability":0.5})", ".xx...x...xx.xx.", "");
}

void FaultsTest::limits() {
    QFETCH(const QByteArray, limits);
    QFETCH(const QByteArray, pattern);
    QFETCH(const QByteArray, ended);
    stage_->must("PUT", "/_sim/faults", R"({"seed":7,"rules":[]})");
    stage_->must("PUT", "/_sim/faults/l",
                 ruleOf(R"({"kind":"latency","ms":0})", R"("limits":)" + limits.toStdString()));
    const std::string struck = this->pattern(static_cast<int>(pattern.size()));
    QVERIFY2(struck == pattern.toStdString(), struck.c_str());
    const json::value rule = stage_->must("GET", "/_sim/faults/l");
    QCOMPARE(at(rule, "/on").as_bool(), ended.isEmpty());
    if (!ended.isEmpty()) {
        QCOMPARE(at(rule, "/ended").as_string().c_str(), ended.constData());
    }
    QCOMPARE(at(rule, "/struck").as_int64(), std::int64_t{pattern.count('x')});
    clear();
}

// After its time to live a rule is off, whether requests come or not.
void FaultsTest::endsByItself() {
    clear();
    stage_->must("PUT", "/_sim/faults/short",
                 ruleOf(R"({"kind":"status","status":500})", R"("limits":{"ttl_ms":60})"));
    QVERIFY(gatewaytest::Stage::eventually(
        [this] { return !at(stage_->must("GET", "/_sim/faults/short"), "/on").as_bool(); }));
    QCOMPARE(at(stage_->must("GET", "/_sim/faults/short"), "/ended").as_string(), json::string("ttl"));
    QCOMPARE(stage_->get("/ping").status, 200);
    // Also when nobody looks at the rules in between.
    stage_->must("PUT", "/_sim/faults/short",
                 ruleOf(R"({"kind":"status","status":500})", R"("limits":{"ttl_ms":60})"));
    QVERIFY(gatewaytest::Stage::eventually([this] { return stage_->get("/ping").status == 200; }));
    // Switched on, it lives again.
    QVERIFY(at(stage_->must("POST", "/_sim/faults/short/on", "{}"), "/on").as_bool());
    clear();
}

void FaultsTest::countersAndSwitch() {
    clear();
    const std::string rule =
        ruleOf(R"({"kind":"status","status":500})", R"("on":false,"limits":{"after":1})");
    QCOMPARE(at(stage_->must("PUT", "/_sim/faults/s", rule), "/on").as_bool(), false);
    QCOMPARE(pattern(2), std::string(".."));
    QCOMPARE(at(stage_->must("GET", "/_sim/faults/s"), "/matched").as_int64(), 0);
    stage_->must("POST", "/_sim/faults/s/on", "{}");
    QCOMPARE(pattern(3), std::string(".xx"));
    stage_->must("POST", "/_sim/faults/s/off", "{}");
    QCOMPARE(pattern(2), std::string(".."));
    json::value told = stage_->must("GET", "/_sim/faults/s");
    QCOMPARE(at(told, "/matched").as_int64(), 3);
    QCOMPARE(at(told, "/struck").as_int64(), 2);
    // What is told can be put in again, and begins anew.
    told = stage_->must("PUT", "/_sim/faults/s", json::serialize(told));
    QCOMPARE(at(told, "/matched").as_int64(), 0);
    stage_->must("DELETE", "/_sim/faults/s");
    stage_->must("GET", "/_sim/faults/s", "", 404);
    stage_->must("DELETE", "/_sim/faults/s", "", 404);
    stage_->must("POST", "/_sim/faults/s/on", "{}", 404);
}

// Byte for byte as if there were no rules.
void FaultsTest::offIsNothing() {
    clear();
    const std::vector<std::pair<std::string, std::string>> requests{
        {"GET", kFeed},      {"GET", "/static/demo/covers/01-aurora.jpg"},
        {"GET", "/nowhere"}, {"GET", "/douyin/user/?token=TOKEN"},
        {"GET", "/ping"},    {"DELETE", kFeed}};
    const auto all = [&] {
        std::string bytes;
        for (const auto& [method, target] : requests) {
            bytes += withoutDate(raw(method, target, "Accept-Encoding: gzip\r\n").bytes);
        }
        return bytes;
    };
    const std::string before = all();
    stage_->must("PUT", "/_sim/faults/off", ruleOf(R"({"kind":"status","status":500})", R"("on":false)"));
    QVERIFY(all() == before);
    stage_->must("PUT", "/_sim/faults/elsewhere",
                 ruleOf(R"({"kind":"status","status":500})", R"("match":{"route":"/douyin/message/chat/"})"));
    stage_->must("PUT", "/_sim/faults/never",
                 ruleOf(R"({"kind":"null_list"})", R"("limits":{"window":{"from_ms":600000}})"));
    QVERIFY(all() == before);
    clear();
    QVERIFY(all() == before);
}

void FaultsTest::sameSeedSameBytes() {
    const std::string rules =
        R"({"seed":42,"rules":[
            {"rule":"drawn","effects":[{"kind":"missing_field"},{"kind":"wrong_type"}],"limits":{"probability":0.5}},
            {"rule":"five","effects":[{"kind":"status","status":500}],"limits":{"probability":0.2}},
            {"rule":"cut","effects":[{"kind":"truncate","at":300}],"limits":{"probability":0.2}}]})";
    const auto run = [&] {
        stage_->must("PUT", "/_sim/faults", rules);
        std::string bytes;
        for (int i = 0; i < 40; ++i) {
            bytes += withoutDate(raw("GET", "/douyin/user/?user_id=4&token=TOKEN").bytes) + "\n";
        }
        return bytes;
    };
    const std::string first = run();
    QVERIFY(first.find("X-Sim-Fault: drawn") != std::string::npos);
    QVERIFY(first.find("X-Sim-Fault: five") != std::string::npos);
    QVERIFY(first.find("cut") != std::string::npos);
    QVERIFY(run() == first);
    QVERIFY(run() == first);
    // Another seed, other bytes; and what other rules do changes nothing.
    stage_->must("PUT", "/_sim/faults", R"({"seed":43,"rules":[]})");
    clear();
}

// Four clients at once, each with faults of its own: each sees the same, whatever the others do.
void FaultsTest::threadsChangeNothing() {
    constexpr int kClients = 4;
    constexpr int kRequests = 60;
    json::array rules;
    for (int i = 0; i < kClients; ++i) {
        const std::string name = "client-" + std::to_string(i);
        rules.push_back(json::parse(R"({"rule":")" + name +
                                    R"(","match":{"header":{"name":"x-client","equals":")" + name +
                                    R"("}},"limits":{"probability":0.4},"effects":[{"kind":"wrong_type"},
                                       {"kind":"missing_field"}]})"));
    }
    const std::string all = json::serialize(json::object{{"seed", 5}, {"rules", rules}});
    const auto run = [&](bool together) {
        stage_->must("PUT", "/_sim/faults", all);
        std::array<std::string, kClients> seen;
        std::vector<std::thread> clients;
        for (int i = 0; i < kClients; ++i) {
            const auto client = [this, i, &seen] {
                Wire wire(stage_->port());
                for (int k = 0; k < kRequests; ++k) {
                    const Reply reply = wire.ask("GET /douyin/user/?user_id=4&token=" + token_ +
                                                 " HTTP/1.1\r\nHost: localhost\r\nX-Client: client-" +
                                                 std::to_string(i) + "\r\n\r\n");
                    seen.at(static_cast<std::size_t>(i)) += withoutDate(reply.head) + reply.body;
                }
            };
            if (together) {
                clients.emplace_back(client);
            } else {
                client();
            }
        }
        for (std::thread& client : clients) {
            client.join();
        }
        return seen;
    };
    const auto alone = run(false);
    QVERIFY(alone[0].find("X-Sim-Fault: client-0") != std::string::npos);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(run(true) == alone);
    }
    clear();
}

void FaultsTest::refusals_data() {
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* rule, const char* word) {
        QTest::newRow(rule) << QByteArray(rule) << QByteArray(word);
    };
    row("{}", "effects");
    row(R"({"effects":[]})", "effects");
    row(R"({"effects":{}})", "effects");
    row(R"({"effects":[1]})", "effects");
    row(R"({"effects":[{"kind":"explode"}]})", "effects.kind");
    row(R"({"effects":[{"kind":"status"}]})", "effects.status");
    row(R"({"effects":[{"kind":"status","status":99}]})", "effects.status");
    row(R"({"effects":[{"kind":"status","status":204,"body":"x"}]})", "effects.status");
    row(R"({"effects":[{"kind":"status","status":500,"content_type":"a\r\nSet-Cookie: b"}]})",
        "effects.content_type");
    row(R"({"effects":[{"kind":"status","status":500,"script":"x"}]})", "effects.script");
    row(R"({"effects":[{"kind":"envelope","code":77}]})", "effects.code");
    row(R"({"effects":[{"kind":"latency"}]})", "effects.ms");
    row(R"({"effects":[{"kind":"latency","ms":-1}]})", "effects.ms");
    row(R"({"effects":[{"kind":"latency","ms":1,"uniform_ms":[1,2]}]})", "effects.ms");
    row(R"({"effects":[{"kind":"latency","uniform_ms":[5,1]}]})", "effects.uniform_ms");
    row(R"({"effects":[{"kind":"latency","lognormal_ms":{"median":5}}]})", "effects.lognormal_ms.median");
    row(R"({"effects":[{"kind":"latency","ms":600001}]})", "effects.ms");
    row(R"({"effects":[{"kind":"truncate"}]})", "effects.at");
    row(R"({"effects":[{"kind":"corrupt","at":-1}]})", "effects.at");
    row(R"({"effects":[{"kind":"stall"}]})", "effects.ms");
    row(R"({"effects":[{"kind":"throttle","bytes_per_s":0}]})", "effects.bytes_per_s");
    row(R"({"effects":[{"kind":"reset"}],"match":{"route":"/etc/passwd"}})", "match.route");
    row(R"({"effects":[{"kind":"reset"}],"match":{"method":"PATCH"}})", "match.method");
    row(R"({"effects":[{"kind":"reset"}],"match":{"account":0}})", "match.account");
    row(R"({"effects":[{"kind":"reset"}],"match":{"header":{}}})", "match.header.name");
    row(R"({"effects":[{"kind":"reset"}],"match":{"nth":[0]}})", "match.nth");
    row(R"({"effects":[{"kind":"reset"}],"match":{"regex":"x"}})", "match.regex");
    row(R"({"effects":[{"kind":"reset"}],"limits":{"probability":1.5}})", "limits.probability");
    row(R"({"effects":[{"kind":"reset"}],"limits":{"first":0}})", "limits.first");
    row(R"({"effects":[{"kind":"reset"}],"limits":{"ramp":{"from":0}}})", "limits.ramp.requests");
    row(R"({"effects":[{"kind":"reset"}],"limits":{"ttl_ms":"1s"}})", "limits.ttl_ms");
    row(R"({"effects":[{"kind":"reset"}],"on":1})", "on");
    row(R"({"effects":[{"kind":"reset"}],"file":"/etc/passwd"})", "file");
}

// The member is named, and nothing has changed.
void FaultsTest::refusals() {
    QFETCH(const QByteArray, rule);
    QFETCH(const QByteArray, word);
    clear();
    stage_->must("PUT", "/_sim/faults/kept", ruleOf(R"({"kind":"latency","ms":0})"));
    const json::value before = stage_->must("GET", "/_sim/faults");
    const json::value answer = stage_->must("PUT", "/_sim/faults/bad", rule.toStdString(), 422);
    const std::string words(at(answer, "/error/message").as_string());
    QVERIFY2(words.find("'" + word.toStdString() + "'") != std::string::npos, words.c_str());
    QVERIFY(stage_->must("GET", "/_sim/faults") == before);
    stage_->must("PUT", "/_sim/faults",
                 R"({"seed":99,"rules":[{"rule":"bad",)" + rule.toStdString().substr(1) + "]}",
                 rule == "{}" ? 400 : 422);
    QVERIFY(stage_->must("GET", "/_sim/faults") == before);
    clear();
}

void FaultsTest::allRulesAtOnce() {
    const json::value all = stage_->must(
        "PUT", "/_sim/faults",
        R"({"seed":3,"rules":[{"rule":"b","effects":[{"kind":"reset"}]},{"rule":"a","effects":[{"kind":"latency","ms":0}]}]})");
    QCOMPARE(at(all, "/seed").as_int64(), 3);
    QCOMPARE(at(all, "/rules/0/rule").as_string(), json::string("b"));
    stage_->must(
        "PUT", "/_sim/faults",
        R"({"rules":[{"rule":"a","effects":[{"kind":"reset"}]},{"rule":"a","effects":[{"kind":"reset"}]}]})",
        422);
    stage_->must("PUT", "/_sim/faults", R"({"rules":[{"rule":"../a","effects":[{"kind":"reset"}]}]})", 422);
    QVERIFY(at(stage_->must("GET", "/_sim/faults"), "/rules").as_array().size() == 2);
    clear();
    for (int i = 0; i < 100; ++i) {
        stage_->must("PUT", "/_sim/faults/r" + std::to_string(i), ruleOf(R"({"kind":"latency","ms":0})"));
    }
    stage_->must("PUT", "/_sim/faults/one-more", ruleOf(R"({"kind":"latency","ms":0})"), 409);
    // Names of all that struck.
    QVERIFY(stage_->get("/ping").header("x-sim-fault").starts_with("r0, r1, r2"));
    clear();
}

// Nobody waits for an answer that is held back for minutes.
void FaultsTest::stopsWhileItHolds() {
    AdminStage stage([](SimulatorConfig& config) { config.stopTime = std::chrono::milliseconds(200); });
    stage.must("PUT", "/_sim/faults/h", ruleOf(R"({"kind":"latency","ms":600000})"));
    Wire wire(stage.port());
    wire.send("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(gatewaytest::Stage::eventually(
        [&] { return at(stage.must("GET", "/_sim/faults/h"), "/struck").as_int64() == 1; }));
    QElapsedTimer timer;
    timer.start();
    stage.simulator->stop();
    QVERIFY(timer.elapsed() < 5000);
    QVERIFY(wire.closedByServer());
}

// What does not end the connection leaves it in order: the next request on it is answered as ever.
void FaultsTest::aStruckConnectionGoesOn() {
    clear();
    stage_->must(
        "PUT", "/_sim/faults/odd",
        ruleOf(
            R"({"kind":"stall","at":3,"ms":20},{"kind":"corrupt","at":1},{"kind":"throttle","bytes_per_s":10000000})",
            R"("match":{"every":2})"));
    Wire wire(stage_->port());
    for (int i = 1; i <= 6; ++i) {
        const Reply reply = wire.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body.starts_with(R"({"message":"pong")"), i % 2 == 1);
    }
    // Requests that were sent ahead wait for their turn.
    wire.send(
        "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\nGET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n"
        "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(wire.read().status, 200);
    }
    clear();
}

void FaultsTest::neverStrikes_data() {
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const char* match, const char* limits, const char* effect,
                        const char* words) {
        QTest::newRow(name) << QByteArray(R"({"match":{)") + match + R"(},"limits":{)" + limits +
                                   R"(},"effects":[{)" + effect + "}]}"
                            << QByteArray(words);
    };
    const char* const reset = R"("kind":"reset")";
    row("an empty window", "", R"("window":{"from_ms":5,"to_ms":5})", reset, "'limits.window.to_ms'");
    row("a window until the begin", "", R"("window":{"to_ms":0})", reset, "'limits.window.to_ms'");
    row("a window after its time", "", R"("ttl_ms":5,"window":{"from_ms":5})", reset,
        "'limits.window.from_ms'");
    row("the first, after them", "", R"("first":3,"after":3)", reset, "'limits.first'");
    row("this API", R"("route":"/_sim/*")", "", reset, "'match.route'");
    row("no path", R"("route":"ping*")", "", reset, "'match.route'");
    row("two conditions", R"("header":{"name":"a","equals":"b","contains":"c"})", "", reset,
        "'match.header.equals'");
    row("never, in a word", "", R"("probability":0)", reset, "'limits.probability'");
    row("a ramp from nothing to nothing", "", R"("ramp":{"from":0,"to":0,"requests":2})", reset,
        "'limits.ramp.to'");
    row("a begin of nothing", R"("route":"/foo*")", "", reset, "'match.route' must be");
    row("near a begin", R"("route":"/douyin/fed*")", "", reset, "near are /douyin/feed/, ");
    row("near a path", R"("route":"/douyin/comments/list/")", "", reset, "near are /douyin/comment/list/, ");
    row("near media", R"("route":"/statics/*")", "", reset, "near are /static/*, ");
    row("near ping", R"("route":"/pong")", "", reset, "near are /ping, ");
    row("read what is written to", R"("method":"GET","route":"/douyin/favorite/action/")", "", reset,
        "'match.method'");
    row("written to what is read", R"("method":"POST","route":"/static/*")", "", reset, "'match.method'");
    row("the head of an answer", R"("method":"HEAD","route":"/douyin/*")", "", reset, "'match.method'");
    row("an account of media", R"("account":"ann","route":"/static/*")", "", reset, "'match.account'");
    row("one of those that are over", R"("nth":[2,4])", R"("first":1)", reset, "'match.nth'");
    row("one of those before", R"("nth":[2])", R"("after":2)", reset, "'match.nth'");
    row("one of every other", R"("nth":[1,3],"every":2)", "", reset, "'match.nth'");
    row("every tenth of five", R"("every":10)", R"("first":5)", reset, "'match.every'");
    row("every tenth behind the tenth, of fifteen", R"("every":10)", R"("first":15,"after":10)", reset,
        "'match.every'");
    row("tokens where there are none", R"("route":"/douyin/user/login/")", "", R"("kind":"expired_token")",
        "'effects.kind'");
    row("tokens of media", R"("route":"/static/*")", "", R"("kind":"expired_token")", "'effects.kind'");
    row("a field without a name", "", "", R"("kind":"missing_field","field":"")", "'effects.field'");
    row("beyond every body", "", "", R"("kind":"corrupt","at":4294967297)", "'effects.at'");
}

void FaultsTest::neverStrikes() {
    QFETCH(const QByteArray, rule);
    QFETCH(const QByteArray, words);
    const AdminStage stage;
    const Reply reply = stage.admin("PUT", "/_sim/faults/x", rule.toStdString());
    QCOMPARE(reply.status, 422);
    QVERIFY2(reply.body.contains(words.toStdString()), reply.body.c_str());
}

// On the edge of those that never could.
void FaultsTest::couldStrike_data() {
    QTest::addColumn<QByteArray>("rule");
    for (const char* const rule :
         {R"("match":{"route":"*"})", R"("match":{"route":"/*"})", R"("match":{"route":"/p*"})",
          R"("match":{"route":"/static*"})", R"("match":{"route":"/static/demo/*"})",
          R"("match":{"route":"/douyin/feed*"})", R"("match":{"method":"HEAD"})",
          R"("match":{"method":"HEAD","route":"/static/*"})", R"("match":{"method":"GET","route":"/ping"})",
          R"("match":{"method":"POST","route":"/douyin/user/*"})",
          R"("match":{"account":"ann","route":"/*"})", R"("match":{"nth":[1,9]},"limits":{"first":1})",
          R"("match":{"nth":[3]},"limits":{"after":2})", R"("match":{"every":10},"limits":{"first":10})",
          R"("match":{"every":10},"limits":{"first":20,"after":10})", R"("limits":{"probability":0.000001})",
          R"("limits":{"ramp":{"from":0,"to":0.1,"requests":2}})",
          R"("limits":{"ramp":{"from":0.1,"to":0,"requests":2}})"}) {
        QTest::newRow(rule) << QByteArray(rule);
    }
}

void FaultsTest::couldStrike() {
    QFETCH(const QByteArray, rule);
    stage_->must("PUT", "/_sim/faults/x", ruleOf(R"({"kind":"reset"})", rule.toStdString()));
    clear();
}

// "x": "token is expired"; ".": as ever; each call twice, of which the rule strikes the second that it is
// for.
void FaultsTest::tokensExpireForThoseWhoHaveOne_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<int>("matched");
    const auto row = [](const char* name, const char* target, const char* pattern, int matched) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(pattern) << matched;
    };
    row("with a token", "GET /douyin/user/?token=TOKEN", ".x", 2);
    row("one that is optional", "GET /douyin/feed/?token=TOKEN", ".x", 2);
    row("one that is no good", "GET /douyin/user/?token=nonsense", ".x", 2);
    row("a stranger", "GET /douyin/feed/", "..", 0);
    row("an empty one", "GET /douyin/feed/?token=", "..", 0);
    row("none where one is needed", "GET /douyin/user/", "..", 0);
    row("where nobody looks at it", "POST /douyin/user/login/?token=TOKEN&username=ann&password=secret", "..",
        0);
    row("no endpoint", "GET /ping?token=TOKEN", "..", 0);
}

void FaultsTest::tokensExpireForThoseWhoHaveOne() {
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, pattern);
    QFETCH(const int, matched);
    clear();
    const auto [method, path] =
        std::pair(target.left(target.indexOf(' ')), target.mid(target.indexOf(' ') + 1));
    const auto ask = [&, this] {
        const std::string length = method == "POST" ? "Content-Length: 0\r\n" : "";
        return raw(method.toStdString(), path.toStdString(), length).reply;
    };
    const std::string usual = ask().body;
    stage_->must("PUT", "/_sim/faults/old", ruleOf(R"({"kind":"expired_token"})", R"("match":{"nth":[2]})"));
    for (const char each : pattern) {
        const Reply reply = ask();
        QCOMPARE(reply.header("x-sim-fault"), std::string(each == 'x' ? "old" : ""));
        QCOMPARE(reply.body.contains("token is expired") || reply.body.contains("bad token"),
                 each == 'x' || usual.contains("bad token"));
        if (each == '.') {
            QCOMPARE(reply.status, 200);
            QCOMPARE(reply.body.substr(0, 20), usual.substr(0, 20));
        }
    }
    QCOMPARE(at(stage_->must("GET", "/_sim/faults/old"), "/matched").as_int64(), matched);
    clear();
}

void FaultsTest::anotherNameInside() {
    const AdminStage stage;
    const Reply reply = stage.admin("PUT", "/_sim/faults/x", R"({"rule":"y","effects":[{"kind":"reset"}]})");
    QCOMPARE(reply.status, 422);
    QVERIFY2(reply.body.contains("'rule' must be 'x'"), reply.body.c_str());
    // What is told back may be put in again.
    const json::value told = stage.must("PUT", "/_sim/faults/x", R"({"effects":[{"kind":"reset"}]})");
    stage.must("PUT", "/_sim/faults/x", json::serialize(told));
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
