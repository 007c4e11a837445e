// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// docs/admin-api.md works as it stands: its blocks run in a shell, one after the other, against a simulator.
// And docs/openapi-admin.yaml describes what there is.

#include "tests/backend_sim/control/admin_judge.h"
#include "tests/backend_sim/control/admin_stage.h"
#include "tests/conformance/spec.h"

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

class DocsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void examplesWork();
    void describesWhatThereIs();
    void rulesAreAsDescribed();
    void everyAnswerIsAsDescribed();
    void whatIsNotAsDescribedIsSeen_data();
    void whatIsNotAsDescribedIsSeen();
    void scenariosAreAsDescribed_data();
    void scenariosAreAsDescribed();
    void rulesOfScenariosAreThoseOfTheApi();

private:
    static QByteArray fileNamed(const char* name) {
        QFile file(QStringLiteral(TIKGOK_DOCS "/") + QString::fromUtf8(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void DocsTest::examplesWork() {
    if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty()) {
        QSKIP("there is no curl");
    }
    const QByteArray text = fileNamed("admin-api.md");
    QVERIFY(!text.isEmpty());
    // One shell for all of them: later blocks use what earlier ones set. Each stops at its first failure.
    QByteArray script = "set -eu\n";
    int blocks = 0;
    for (qsizetype at = 0; (at = text.indexOf("\n```sh\n", at)) >= 0;) {
        at += 7;
        const qsizetype end = text.indexOf("\n```", at);
        QVERIFY(end > at);
        ++blocks;
        script += "echo '--- block " + QByteArray::number(blocks) + "'\n" + text.mid(at, end - at) + "\n";
        at = end;
    }
    QVERIFY(blocks >= 10);
    const AdminStage stage;
    const QTemporaryDir directory;
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SIM"), QString::fromStdString(stage.simulator->url()));
    environment.insert(QStringLiteral("DATA"), QString::fromStdString(stage.config.dataDirectory.string()));
    shell.setProcessEnvironment(environment);
    shell.setWorkingDirectory(directory.path());
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), QString::fromUtf8(script)});
    QVERIFY(shell.waitForFinished(60'000));
    const QByteArray said = shell.readAll();
    QVERIFY2(shell.exitCode() == 0, said.right(3000).constData());
    QVERIFY(said.contains("--- block " + QByteArray::number(blocks)));
    QFile har(directory.filePath(QStringLiteral("journal.har")));
    QVERIFY(har.open(QIODevice::ReadOnly));
    QVERIFY(har.readAll().contains("\"version\":\"1.2\""));
}

void DocsTest::describesWhatThereIs() {
    const AdminStage stage;
    const auto description = tikgok::conformance::yamlToJson(fileNamed("openapi-admin.yaml").toStdString());
    QVERIFY2(description, description ? "" : description.error().c_str());
    std::set<std::string> described;
    for (const auto& path : description->at("paths").as_object()) {
        for (const auto& method : path.value().as_object()) {
            std::string verb(method.key());
            std::ranges::transform(verb, verb.begin(),
                                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
            described.insert(verb + " " + std::string(path.key()));
        }
    }
    std::set<std::string> there;
    const json::value routes = stage.must("GET", "/_sim/routes");
    for (const json::value& route : routes.at("routes").as_array()) {
        there.insert(std::string(route.at("method").as_string()) + " " +
                     std::string(route.at("path").as_string()));
    }
    for (const std::string& each : described) {
        QVERIFY2(there.contains(each), ("described, but not there: " + each).c_str());
    }
    for (const std::string& each : there) {
        QVERIFY2(described.contains(each), ("there, but not described: " + each).c_str());
    }
    QVERIFY(there.size() > 60);
}

// The schema takes what the simulator tells of its rules, and refuses what the simulator refuses.
void DocsTest::rulesAreAsDescribed() {
    auto description = tikgok::conformance::yamlToJson(fileNamed("openapi-admin.yaml").toStdString());
    QVERIFY(description);
    const tikgok::conformance::ApiSpec spec(*description);
    const json::value schema = description->at_pointer("/components/schemas/FaultRule");
    const AdminStage stage;
    const char* const good[] = {
        R"({"effects":[{"kind":"latency","ms":5}]})",
        R"({"on":false,"match":{"method":"GET","route":"/douyin/user/*","account":"ann","nth":[1,2]},"limits":{"probability":0.5,"first":5,"after":1,"times":2,"ttl_ms":1000,"window":{"from_ms":1},"ramp":{"requests":5}},"effects":[{"kind":"status","status":500,"body":"x","content_type":"text/plain"},{"kind":"truncate","at":5}]})",
        R"({"match":{"account":5,"every":2,"header":{"name":"a","contains":"b"}},"effects":[{"kind":"latency","uniform_ms":[1,2]},{"kind":"latency","lognormal_ms":{"median":1,"sigma":0.5}},{"kind":"throttle","bytes_per_s":100},{"kind":"stall","ms":5,"at":2}]})"};
    for (const char* const rule : good) {
        for (const json::value& each : {json::parse(rule), stage.must("PUT", "/_sim/faults/r", rule)}) {
            const auto problems = spec.validate(schema, each);
            QVERIFY2(problems.empty(),
                     (json::serialize(each) + (problems.empty() ? "" : problems.front())).c_str());
        }
    }
    for (const char* const rule : {"{}", R"({"effects":[]})", R"({"effects":[{"kind":"explode"}]})",
                                   R"({"effects":[{"kind":"reset"}],"script":"x"})",
                                   R"({"effects":[{"kind":"reset"}],"limits":{"probability":2}})"}) {
        QVERIFY2(!spec.validate(schema, json::parse(rule)).empty(), rule);
        QCOMPARE(stage.admin("PUT", "/_sim/faults/r", rule).status, 422);
    }
}

// The stage holds every answer against the description; here each operation does something at least once.
void DocsTest::everyAnswerIsAsDescribed() {
    const AdminStage stage;
    const auto ask = [&stage](const char* method, const std::string& path, const char* body = "",
                              int status = 200) { return stage.must(method, "/_sim/" + path, body, status); };
    ask("GET", "");
    ask("GET", "routes");
    ask("PUT", "journal", R"({"on":true})");
    ask("PUT", "validation", R"({"on":true})");
    ask("PUT", "coverage", R"({"on":true})");
    ask("PUT", "faults/x",
        R"({"match":{"route":"/ping"},"limits":{"times":1},"effects":[{"kind":"reset"}]})");
    (void)stage.raw("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
    (void)stage.get("/douyin/feed/?latest_time=soon");
    ask("POST", "faults/x/on", "{}");
    ask("POST", "faults/x/off", "{}");
    ask("GET", "faults/x");
    ask("PUT", "faults", json::serialize(ask("GET", "faults")).c_str());
    ask("DELETE", "faults/x");
    ask("DELETE", "faults");
    ask("GET", "journal?method=GET&status=0&account=0&limit=5&after=0&from_ms=0&fault=x");
    for (const char* const what :
         {"journal/1", "journal/1/curl", "journal/1/explain", "journal/har", "journal/state"}) {
        ask("GET", what);
    }
    ask("POST", "journal/verify", R"({"route":"/ping","at_least":1})");
    for (const char* const what : {"validation", "coverage", "journal"}) {
        if (what != std::string("journal")) {
            ask("GET", what);
        }
        ask("DELETE", what);
    }
    ask("GET", "clock");
    for (const auto& [what, body] : {std::pair("freeze", "{}"),
                                     {"set", R"({"now_ms":1900000000000})"},
                                     {"advance", R"({"ms":5})"},
                                     {"scale", R"({"factor":2.5})"},
                                     {"skew", R"({"ms":-5})"},
                                     {"resume", "{}"},
                                     {"reset", "{}"}}) {
        ask("POST", std::string("clock/") + what, body);
    }
    ask("PUT", "dialect", R"({"dialect":"standard"})");
    ask("GET", "people?name=mika&after=1&limit=5");
    ask("POST", "people/token", R"({"name":"mika","age_ms":5,"damage":"cut"})");
    ask("PUT", "inside/poison_message", R"({"times":1})");
    (void)stage.person("ann");
    QVERIFY(gatewaytest::Stage::eventually(
        [&] { return !at(ask("GET", "dead-letters"), "/dead_letters").as_array().empty(); }));
    ask("POST", "dead-letters/all/resend", "{}");
    ask("GET", "inside");
    ask("DELETE", "inside/poison_message");
    ask("DELETE", "inside");
    ask("GET", "world");
    ask("PUT", "snapshots/here", "{}", 201);
    ask("GET", "snapshots");
    ask("POST", "snapshots/here/restore", "{}");
    ask("POST", "world/reset", "{}");
    const Reply file = stage.admin("GET", "/_sim/world/export");
    const QByteArray content = QByteArray::fromStdString(file.body).toBase64();
    ask("POST", "imports", "{}", 201);
    ask("PUT", "imports/1", (R"({"at":0,"base64":")" + content + "\"}").constData());
    ask("POST", "imports/1/finish", R"({"name":"here","replace":true})", 201);
    ask("DELETE", "snapshots/here");
    ask("POST", "imports", "{}", 201);
    ask("DELETE", "imports/2");
    ask("PUT", "world", R"({"name":"one","seed":3})");
    ask("POST", "instances", R"({"count":1})", 201);
    ask("GET", "instances");
    ask("DELETE", "instances/1");
    ask("GET", "scenarios");
    ask("GET", "scenarios/feed-of-one");
    ask("POST", "scenarios/feed-of-one", "{}");
    ask("GET", "scenario");
    ask("PUT", "scenario", R"({"format":1,"name":"mine","title":"Mine","accounts":[{"name":"qa"}]})");
    ask("DELETE", "scenario");
    ask("PUT", "recording", R"({"most_bytes":16777216})", 201);
    (void)stage.get("/ping");
    ask("GET", "recording");
    ask("POST", "recording/stop", "{}");
    const QByteArray recorded = QByteArray::fromStdString(stage.admin("GET", "/_sim/recording/file").body);
    ask("POST", "recording/replay", "{}");
    ask("POST", "imports", "{}", 201);
    ask("PUT", "imports/3", (R"({"at":0,"base64":")" + recorded.toBase64() + "\"}").constData());
    ask("POST", "imports/3/replay", "{}");
    ask("DELETE", "recording");
    for (const std::string& each : describedOperations()) {
        QVERIFY2(stage.done.contains(each), (each + " was not done").c_str());
    }
}

void DocsTest::whatIsNotAsDescribedIsSeen_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer");
    // Empty: all is well.
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* name, const char* request, const char* body, int status,
                        const char* answer, const char* word) {
        QTest::newRow(name) << QByteArray(request) << QByteArray(body) << status << QByteArray(answer)
                            << QByteArray(word);
    };
    const char* const world = R"({"world":"small"})";
    const char* const refusal = R"({"error":{"code":"bad_member","message":"No."}})";
    row("good", "GET world", "", 200, world, "");
    row("a refusal", "PUT world", R"({"nmae":1})", 422, refusal, "");
    row("a path of nothing", "GET worlds", "", 404, R"({"error":{"code":"no_such_path","message":"No."}})",
        "");
    row("another method", "DELETE world", "", 405, R"({"error":{"code":"wrong_method","message":"No."}})",
        "");
    row("a member more", "GET world", "", 200, R"({"world":"small","seed":1})", "seed");
    row("a member deep inside", "GET instances", "", 200,
        R"({"instances":[{"id":"1","url":"u","admin_token":"t","port":5}]})", "port");
    row("a member less", "GET world", "", 200, "{}", "world");
    row("another type", "GET world", "", 200, R"({"world":5})", "[world]");
    row("no JSON", "GET world", "", 200, "small", "JSON");
    row("another status", "GET world", "", 201, world, "201");
    row("a word for programs that nobody knows", "PUT world", "", 422,
        R"({"error":{"code":"bad_luck","message":"No."}})", "code");
    row("a path of nothing, done", "GET worlds", "", 200, "{}", "not described");
    row("a body that is not described", "PUT world", R"({"name":"small","size":5})", 200, world, "body");
    row("a body out of its bounds", "PUT world", R"({"name":"small","seed":-1})", 200, world, "body");
    row("a body where there is none", "DELETE snapshots/x", "{}", 200, R"({"removed":"x"})", "body");
    row("a query that is not described", "GET people?nmae=x", "", 200, R"({"people":[]})", "query");
    row("a query out of its bounds", "GET people?limit=0", "", 200, R"({"people":[]})", "query");
    row("a name that is none", "DELETE snapshots/.x", "", 200, R"({"removed":"x"})", "path");
}

void DocsTest::whatIsNotAsDescribedIsSeen() {
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QByteArray, answer);
    QFETCH(const QByteArray, word);
    const Reply reply{.status = status,
                      .head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n",
                      .body = answer.toStdString()};
    const QList<QByteArray> parts = request.split(' ');
    const AdminVerdict verdict =
        judgeAdmin(parts[0].toStdString(), "/_sim/" + parts[1].toStdString(), body.toStdString(), reply);
    std::string all;
    for (const std::string& problem : verdict.problems) {
        all += problem + "\n";
    }
    QVERIFY2(all.empty() == word.isEmpty(), all.c_str());
    QVERIFY2(all.contains(word.toStdString()), all.c_str());
}

// What the schema says of a scenario, the simulator says, too.
void DocsTest::scenariosAreAsDescribed_data() {
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<bool>("good");
    const auto row = [](const char* members, bool good) {
        QTest::newRow(members) << QByteArray(members) << good;
    };
    row("", true);
    row(R"("$schema":"x","description":"d","dialect":"demo","seed":5,"world":"small")", true);
    row(R"("clock":{"now_ms":1900000000000,"advance_ms":5,"skew_ms":-5,"scale":0.000001,"frozen":true})",
        true);
    row(R"("accounts":[{"name":"qa","password":"pw","follows":["mika"],"followed_by":["mika"],"token_age_ms":-5,"token_damage":"cut"}])",
        true);
    row(R"("faults":[{"rule":"a","match":{"route":"/ping","every":2},"limits":{"probability":0.5},"effects":[{"kind":"reset"}]}])",
        true);
    row(R"("inside":[{"fault":"poison_message","times":2},{"fault":"disk_full"}])", true);
    row(R"("steps":[{"do":"like","as":"mika"},{"do":"admin","method":"PUT","path":"inside/disk_full","body":{}}])",
        true);
    row(R"("steps":[{"do":"comment","as":"mika","text":"hi","repeat":3,"after_ms":5,"every_ms":5,"times":2}])",
        true);
    row(R"("speed":5)", false);
    row(R"("format":2)", false);
    row(R"("title":"")", false);
    row(R"("dialect":"other")", false);
    row(R"("seed":-1)", false);
    row(R"("world":"")", false);
    row(R"("clock":{"now_ms":-1})", false);
    row(R"("clock":{"scale":0})", false);
    row(R"("clock":{"scale":10001})", false);
    row(R"("clock":{"frozen":"yes"})", false);
    row(R"("clock":{"speed":5})", false);
    row(R"("accounts":[{"password":"pw"}])", false);
    row(R"("accounts":[{"name":"qa","age":5}])", false);
    row(R"("accounts":[{"name":"qa","token_damage":"lost"}])", false);
    row(R"("accounts":[{"name":"qa","follows":[""]}])", false);
    row(R"("faults":[{"effects":[{"kind":"reset"}]}])", false);
    row(R"("faults":[{"rule":"a","effects":[]}])", false);
    row(R"("faults":[{"rule":"a","effects":[{"kind":"explode"}]}])", false);
    row(R"("faults":[{"rule":"a","limits":{"probability":0},"effects":[{"kind":"reset"}]}])", false);
    row(R"("inside":[{"fault":"rain"}])", false);
    row(R"("inside":[{"fault":"poison_message","times":0}])", false);
    row(R"("steps":[{"as":"mika"}])", false);
    row(R"("steps":[{"do":"dance","as":"mika"}])", false);
    row(R"("steps":[{"do":"like"}])", false);
    row(R"("steps":[{"do":"comment","as":"mika"}])", false);
    row(R"("steps":[{"do":"send_message","as":"mika","text":"x"}])", false);
    row(R"("steps":[{"do":"admin","method":"GET","path":"clock"}])", false);
    row(R"("steps":[{"do":"admin","method":"PUT","path":"/scenario"}])", false);
    row(R"("steps":[{"do":"like","as":"mika","times":0}])", false);
}

void DocsTest::scenariosAreAsDescribed() {
    QFETCH(const QByteArray, members);
    QFETCH(const bool, good);
    static const AdminStage stage;
    const json::value schema = json::parse(fileNamed("scenario.schema.json").toStdString());
    const tikgok::conformance::ApiSpec spec(json::value{{"components", json::object()}});
    json::object scenario{{"format", 1}, {"name", "mine"}, {"title", "Mine"}};
    const json::value more = json::parse("{" + members.toStdString() + "}");
    for (const auto& member : more.as_object()) {
        scenario[member.key()] = member.value();
    }
    const auto problems = spec.validate(schema, scenario);
    QVERIFY2(problems.empty() == good, problems.empty() ? "the schema takes it" : problems.front().c_str());
    const Reply reply = stage.admin("PUT", "/_sim/scenario", json::serialize(scenario));
    QVERIFY2(reply.status == (good ? 200 : 422), reply.body.c_str());
}

// A schema for editors has to be one file, so it repeats what the API's description says of rules.
void DocsTest::rulesOfScenariosAreThoseOfTheApi() {
    const json::value schema = json::parse(fileNamed("scenario.schema.json").toStdString());
    const auto description = tikgok::conformance::yamlToJson(fileNamed("openapi-admin.yaml").toStdString());
    QVERIFY(description);
    for (const char* const name : {"FaultRule", "FaultMatch", "FaultLimits", "FaultEffect"}) {
        std::string ours = json::serialize(description->at("components").at("schemas").at(name));
        for (std::size_t at = 0; (at = ours.find("#/components/schemas/")) != std::string::npos;) {
            ours.replace(at, 21, "#/$defs/");
        }
        QCOMPARE(json::serialize(schema.at("$defs").at(name)), ours);
    }
}

QTEST_GUILESS_MAIN(DocsTest)
#include "docs_test.moc"
