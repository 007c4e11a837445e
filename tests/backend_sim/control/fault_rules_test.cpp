// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which requests fault rules are for and how often they strike, through the admin API and real HTTP; and
// which rules are refused.

#include "tests/backend_sim/control/faults_stage.h"

#include <QTest>

#include <utility>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

// In front of the texts with quotes in them, of which moc makes nothing good.
class FaultRulesTest : public QObject, private FaultsStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { start(); }
    void matches_data();
    void matches();
    void limits_data();
    void limits();
    void endsByItself();
    void countersAndSwitch();
    void refusals_data();
    void refusals();
    void allRulesAtOnce();
    void neverStrikes_data();
    void neverStrikes();
    void couldStrike_data();
    void couldStrike();
    void tokensExpireForThoseWhoHaveOne_data();
    void tokensExpireForThoseWhoHaveOne();
    void anotherNameInside();
};

void FaultRulesTest::matches_data() {
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

void FaultRulesTest::matches() {
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

void FaultRulesTest::limits_data() {
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

void FaultRulesTest::limits() {
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
void FaultRulesTest::endsByItself() {
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

void FaultRulesTest::countersAndSwitch() {
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

void FaultRulesTest::refusals_data() {
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
void FaultRulesTest::refusals() {
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

void FaultRulesTest::allRulesAtOnce() {
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

void FaultRulesTest::neverStrikes_data() {
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

void FaultRulesTest::neverStrikes() {
    QFETCH(const QByteArray, rule);
    QFETCH(const QByteArray, words);
    const Reply reply = stage_->admin("PUT", "/_sim/faults/x", rule.toStdString());
    QCOMPARE(reply.status, 422);
    QVERIFY2(reply.body.contains(words.toStdString()), reply.body.c_str());
}

// On the edge of those that never could.
void FaultRulesTest::couldStrike_data() {
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

void FaultRulesTest::couldStrike() {
    QFETCH(const QByteArray, rule);
    stage_->must("PUT", "/_sim/faults/x", ruleOf(R"({"kind":"reset"})", rule.toStdString()));
    clear();
}

// "x": "token is expired"; ".": as ever; each call twice, of which the rule strikes the second that it is
// for.
void FaultRulesTest::tokensExpireForThoseWhoHaveOne_data() {
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

void FaultRulesTest::tokensExpireForThoseWhoHaveOne() {
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

void FaultRulesTest::anotherNameInside() {
    const Reply reply =
        stage_->admin("PUT", "/_sim/faults/x", R"({"rule":"y","effects":[{"kind":"reset"}]})");
    QCOMPARE(reply.status, 422);
    QVERIFY2(reply.body.contains("'rule' must be 'x'"), reply.body.c_str());
    // What is told back may be put in again.
    const json::value told = stage_->must("PUT", "/_sim/faults/x", R"({"effects":[{"kind":"reset"}]})");
    stage_->must("PUT", "/_sim/faults/x", json::serialize(told));
    clear();
}

QTEST_GUILESS_MAIN(FaultRulesTest)
#include "fault_rules_test.moc"
