// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who may use the admin API. What is refused must have had no effect: each row looks whether a lamp was
// switched.

#include "backend-sim/control/admin_api.h"
#include "tests/backend_sim/control/admin_stage.h"

#include <QTest>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

namespace {

constexpr const char* kToken = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const std::string kBearer = std::string("Authorization: Bearer ") + kToken + "\r\n";
const std::string kJson = "Content-Type: application/json\r\n";

// A gateway with an admin API that can do one thing.
struct LampStage {
    LampStage() {
        api.router()
            .add(
                http::Verb::Put, "lamps/{lamp}", "Switches a lamp.",
                [this](const AdminRequest& request) {
                    const auto on = boolIn(request.body, "on");
                    if (!on) {
                        return adminProblem(422, "bad_member", "'on' must be true or false.");
                    }
                    ++switched;
                    return adminReply({{"lamp", request.names[0]}, {"on", *on}});
                },
                1000)
            .takes({"on", "x"});
        api.router().add(http::Verb::Delete, "lamps/{lamp}", "Removes it.",
                         [this](const AdminRequest& request) {
                             ++switched;
                             return adminReply({{"lamp", request.names[0]}});
                         });
        api.router()
            .add(http::Verb::Get, "lamps", "All.",
                 [](const AdminRequest& request) {
                     return adminReply({{"filter", request.queryText("filter").value_or("none")},
                                        {"most", request.queryNumber("most").value_or(-1)}});
                 })
            .asks({"filter", "most"});
        api.router().add(http::Verb::Post, "bang", "Throws.",
                         [](const AdminRequest&) -> http::Response { throw std::runtime_error("bang"); });
        api.router().addLate(http::Verb::Get, "later", "Answers when told.",
                             [this](AdminRequest, AdminResponder responder) {
                                 const std::lock_guard lock(mutex);
                                 waiting.push_back(std::move(responder));
                             });
        GatewayConfig config;
        config.admin = &api;
        config.hostNames = {"sim.example"};
        stage.emplace(http::Limits(), std::move(config));
    }

    [[nodiscard]] Reply ask(const std::string& request) const { return stage->ask(request); }

    std::atomic<int> switched = 0;
    std::mutex mutex;
    std::vector<AdminResponder> waiting;
    AdminApi api{kToken};
    std::optional<gatewaytest::Stage> stage;
};

std::string put(const std::string& target, const std::string& headers, const std::string& body,
                const std::string& host = "localhost", const std::string& method = "PUT") {
    return method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

class DoorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatNobodyKnowsIsSaid_data();
    void whatNobodyKnowsIsSaid();
    void namesThatAreTooLong();
    void namesThatAreMissing_data();
    void namesThatAreMissing();
    void membersOfAnotherType_data();
    void membersOfAnotherType();
    void whoComesIn_data();
    void whoComesIn();
    void strangersLearnNothing();
    void queries();
    void throwingHandlers();
    void lateAnswers();
    void closing();
    void oneAtATime();
    void theTokenOfASimulator();
    void withoutAnAdminThereIsNoPath();
    void cleanupTestCase() { unchanged_.reset(); }

private:
    // For rows that are refused and have changed nothing: they share a simulator, with an import under way.
    const AdminStage& unchanged() {
        if (!unchanged_) {
            unchanged_ = std::make_unique<AdminStage>();
            unchanged_->must("POST", "/_sim/imports", "{}", 201);
        }
        return *unchanged_;
    }
    std::unique_ptr<AdminStage> unchanged_;
};

void DoorTest::whoComesIn_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const std::string& request, int status, const char* code) {
        QTest::newRow(name) << QByteArray::fromStdString(request) << status << QByteArray(code);
    };
    const std::string on = R"({"on":true})";
    const std::string path = "/_sim/lamps/desk";
    row("the owner", put(path, kBearer + kJson, on), 200, "");
    row("a slash at the end", put(path + "/", kBearer + kJson, on), 200, "");
    row("an escaped prefix", put("/%5fsim/lamps/desk", kBearer + kJson, on), 200, "");
    row("charset beside the type",
        put(path, kBearer + "Content-Type: application/json; charset=utf-8\r\n", on), 200, "");
    row("the scheme in capitals",
        put(path, std::string("AUTHORIZATION: BEARER ") + kToken + "\r\n" + kJson, on), 200, "");
    row("delete needs no type", "DELETE " + path + " HTTP/1.1\r\nHost: localhost\r\n" + kBearer + "\r\n", 200,
        "");

    row("no token", put(path, kJson, on), 401, "token");
    row("an empty token", put(path, "Authorization: Bearer \r\n" + kJson, on), 401, "token");
    row("a short token", put(path, "Authorization: Bearer 0123\r\n" + kJson, on), 401, "token");
    std::string wrong = kBearer;
    wrong[wrong.size() - 3] = '0';
    row("one digit wrong", put(path, wrong + kJson, on), 401, "token");
    row("a longer token", put(path, std::string("Authorization: Bearer ") + kToken + "0\r\n" + kJson, on),
        401, "token");
    row("another scheme", put(path, std::string("Authorization: Basic ") + kToken + "\r\n" + kJson, on), 401,
        "token");
    row("two tokens, one good", put(path, kBearer + "Authorization: Bearer x\r\n" + kJson, on), 401, "token");
    row("the token in the query", put(path + "?token=" + kToken, kJson, on), 401, "token");
    row("the token in another header", put(path, std::string("X-Token: ") + kToken + "\r\n" + kJson, on), 401,
        "token");

    row("an origin", put(path, kBearer + kJson + "Origin: http://evil.example\r\n", on), 403, "origin");
    row("the origin of this computer", put(path, kBearer + kJson + "Origin: http://localhost\r\n", on), 403,
        "origin");
    row("the origin null", put(path, kBearer + kJson + "origin: null\r\n", on), 403, "origin");
    row("an empty origin", put(path, kBearer + kJson + "Origin:\r\n", on), 403, "origin");
    row("a page asks first",
        "OPTIONS " + path +
            " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
            "Access-Control-Request-Method: PUT\r\n\r\n",
        403, "origin");

    row("a strange host", put(path, kBearer + kJson, on, "evil.example"), 421, "");
    row("a host of ours", put(path, kBearer + kJson, on, "sim.example:80"), 200, "");

    row("no type", put(path, kBearer, on), 415, "not_json");
    row("a form", put(path, kBearer + "Content-Type: application/x-www-form-urlencoded\r\n", on), 415,
        "not_json");
    row("text", put(path, kBearer + "Content-Type: text/plain\r\n", on), 415, "not_json");
    row("compressed", put(path, kBearer + kJson + "Content-Encoding: gzip\r\n", on), 415, "");
    row("a delete with a form",
        put(path, kBearer + "Content-Type: application/x-www-form-urlencoded\r\n", on, "localhost", "DELETE"),
        415, "not_json");
    row("broken JSON", put(path, kBearer + kJson, R"({"on":tru)"), 400, "not_json");
    row("an array", put(path, kBearer + kJson, R"([{"on":true}])"), 400, "not_json");
    row("two objects", put(path, kBearer + kJson, on + on), 400, "not_json");
    row("deeper than anybody needs",
        put(path, kBearer + kJson, R"({"on":)" + std::string(200, '[') + std::string(200, ']') + "}"), 400,
        "not_json");
    row("another type of member", put(path, kBearer + kJson, R"({"on":1})"), 422, "bad_member");
    row("too large", put(path, kBearer + kJson, R"({"on":true,"x":")" + std::string(1000, 'x') + "\"}"), 413,
        "too_large");
    row("too large in chunks",
        "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\n" + kBearer + kJson +
            "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2000, ' ') + "\r\n0\r\n\r\n",
        413, "");

    row("an unknown path", put("/_sim/lamp/desk", kBearer + kJson, on), 404, "no_such_path");
    row("one part too many", put(path + "/x", kBearer + kJson, on), 404, "no_such_path");
    row("no name", put("/_sim/lamps/", kBearer + kJson, on), 404, "bad_name");
    row("no name, twice", put("/_sim/lamps//", kBearer + kJson, on), 404, "bad_name");
    row("a path for a name", put("/_sim/lamps/..%2f..%2fetc", kBearer + kJson, on), 404, "no_such_path");
    row("dots for a name", put("/_sim/lamps/..", kBearer + kJson, on), 404, "bad_name");
    row("an absolute path for a name", put("/_sim/lamps/%2fetc%2fpasswd", kBearer + kJson, on), 404,
        "no_such_path");
    row("a long name", put("/_sim/lamps/" + std::string(65, 'a'), kBearer + kJson, on), 404, "bad_name");
    row("another verb", put(path, kBearer + kJson, on, "localhost", "POST"), 405, "wrong_method");
    row("an unknown verb", put(path, kBearer + kJson, on, "localhost", "PATCH"), 405, "wrong_method");
}

void DoorTest::whoComesIn() {
    QFETCH(const QByteArray, request);
    QFETCH(const int, status);
    QFETCH(const QByteArray, code);
    LampStage lamps;
    const Reply reply = lamps.ask(request.toStdString());
    QVERIFY2(reply.status == status, (std::to_string(reply.status) + " " + reply.body).c_str());
    QCOMPARE(lamps.switched.load(), status == 200 ? 1 : 0);
    QCOMPARE(reply.header("access-control-allow-origin"), std::string());
    if (!code.isEmpty()) {
        QCOMPARE(at(reply, "/error/code").as_string().c_str(), code.constData());
        QCOMPARE(reply.header("content-type"), std::string("application/json; charset=utf-8"));
    }
    // It lives, and works for its owner.
    QCOMPARE(lamps.ask(put("/_sim/lamps/a", kBearer + kJson, R"({"on":false})")).status, 200);
}

// Without the token, every path and verb gets the same answer.
void DoorTest::strangersLearnNothing() {
    LampStage lamps;
    std::string first;
    for (const std::string& request :
         {put("/_sim/lamps/desk", "", "{}"), put("/_sim/none", "", ""),
          put("/_sim", "", "", "localhost", "GET"), put("/_sim/lamps", "", "", "localhost", "POST"),
          put("/_sim/", "", "", "localhost", "TRACE")}) {
        const Reply reply = lamps.ask(request);
        QCOMPARE(reply.status, 401);
        first = first.empty() ? reply.body : first;
        QCOMPARE(reply.body, first);
    }
    // A large body is not waited for.
    Wire wire(lamps.stage->port());
    wire.send("PUT /_sim/lamps/desk HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n");
    QCOMPARE(wire.read().status, 401);
    QVERIFY(wire.closedByServer());
}

void DoorTest::queries() {
    LampStage lamps;
    const auto ask = [&](const std::string& query) {
        return lamps.ask("GET /_sim/lamps" + query + " HTTP/1.1\r\nHost: localhost\r\n" + kBearer + "\r\n");
    };
    QCOMPARE(at(ask(""), "/filter").as_string(), json::string("none"));
    QCOMPARE(at(ask("?filter=a%20b+c&most=1"), "/filter").as_string(), json::string("a b c"));
    const auto refusedAs = [&](const std::string& query) {
        const Reply reply = ask(query);
        return reply.status == 400 ? std::string(at(reply, "/error/code").as_string()) : reply.body;
    };
    QCOMPARE(refusedAs("?filter=a&filter=x"), "repeated_member");
    QCOMPARE(refusedAs("?filter=a&most=1&fil%74er=a"), "repeated_member");
    QCOMPARE(at(ask("?filter=a&filter=x"), "/error/message").as_string(),
             json::string("'filter' is there twice in the query."));
    QCOMPARE(refusedAs("?filter=%zz"), "bad_query");
    QCOMPARE(refusedAs("?%=a"), "bad_query");
    std::string many = "?filter=a";
    for (int i = 0; i < 64; ++i) {
        many += "&n" + std::to_string(i) + "=1";
    }
    QCOMPARE(refusedAs(many), "bad_query");
    QCOMPARE(at(ask("?most=12"), "/most").as_int64(), 12);
    QCOMPARE(at(ask("?most=12x"), "/most").as_int64(), -1);
}

void DoorTest::throwingHandlers() {
    LampStage lamps;
    const Reply reply = lamps.ask(put("/_sim/bang", kBearer + kJson, "{}", "localhost", "POST"));
    QCOMPARE(reply.status, 503);
    QVERIFY(reply.body.find("bang") == std::string::npos);
    QCOMPARE(lamps.ask(put("/_sim/lamps/a", kBearer + kJson, R"({"on":true})")).status, 200);
}

// A handler that waits does not keep the others waiting.
void DoorTest::lateAnswers() {
    LampStage lamps;
    Wire wire(lamps.stage->port());
    wire.send("GET /_sim/later HTTP/1.1\r\nHost: localhost\r\n" + kBearer + "\r\n");
    QVERIFY(gatewaytest::Stage::eventually([&] {
        const std::lock_guard lock(lamps.mutex);
        return lamps.waiting.size() == 1;
    }));
    QCOMPARE(lamps.ask(put("/_sim/lamps/a", kBearer + kJson, R"({"on":true})")).status, 200);
    lamps.waiting.front()(adminReply({{"now", true}}));
    QVERIFY(at(wire.read(), "/now").as_bool());
}

void DoorTest::closing() {
    LampStage lamps;
    QCOMPARE(lamps.ask(put("/_sim/lamps/a", kBearer + kJson, R"({"on":true})")).status, 200);
    lamps.api.close();
    lamps.api.close();
    const Reply reply = lamps.ask(put("/_sim/lamps/a", kBearer + kJson, R"({"on":true})"));
    QCOMPARE(reply.status, 503);
    QCOMPARE(lamps.switched.load(), 1);
}

// Handlers share what they touch without locks.
void DoorTest::oneAtATime() {
    std::atomic<int> inside = 0;
    std::atomic<bool> together = false;
    AdminApi api(kToken);
    api.router().add(http::Verb::Post, "in", "In and out.", [&](const AdminRequest&) {
        together = together || ++inside > 1;
        std::this_thread::yield();
        --inside;
        return adminReply(json::object());
    });
    GatewayConfig config;
    config.admin = &api;
    gatewaytest::Stage stage({}, std::move(config), 4);
    std::atomic<int> good = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 20; ++i) {
        clients.emplace_back([&] {
            good +=
                stage.ask(put("/_sim/in", kBearer + kJson, "{}", "localhost", "POST")).status == 200 ? 1 : 0;
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    QCOMPARE(good.load(), 20);
    QVERIFY(!together);
}

void DoorTest::theTokenOfASimulator() {
    namespace fs = std::filesystem;
    AdminStage stage;
    const std::string token = stage.simulator->adminToken();
    QCOMPARE(token.size(), std::size_t{64});
    const fs::path file = stage.simulator->adminTokenFile();
    QCOMPARE(file, stage.config.dataDirectory / "admin.token");
    QCOMPARE(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    std::string kept;
    std::getline(std::ifstream(file) >> std::ws, kept);
    QCOMPARE(kept, token);
    const json::value status = stage.must("GET", "/_sim/");
    QCOMPARE(at(status, "/world").as_string(), json::string("small"));
    QCOMPARE(at(status, "/url").as_string(), json::string(stage.simulator->url()));
    QCOMPARE(json::serialize(at(status, "/chaos")),
             std::string(R"({"rules":0,"inside":0,"real_time":true,"scenario":null})"));
    QVERIFY(at(stage.must("GET", "/_sim/routes"), "/routes").as_array().size() >= 2);
    QCOMPARE(stage.get("/_sim/").status, 401);
    // Neither the token of an account nor of another start.
    QCOMPARE(stage.get("/_sim/", "Authorization: Bearer " + stage.person("ann") + "\r\n").status, 401);
    stage.simulator->stop();
    QVERIFY(!fs::exists(file));
    stage.simulator.reset();
    auto again = Simulator::start(stage.config);
    QVERIFY(again);
    QVERIFY((*again)->adminToken() != token);
    stage.simulator = std::move(*again);
    QCOMPARE(stage.get("/_sim/", "Authorization: Bearer " + token + "\r\n").status, 401);
    QCOMPARE(stage.admin("GET", "/_sim/").status, 200);
}

void DoorTest::withoutAnAdminThereIsNoPath() {
    const gatewaytest::Stage stage;
    const Reply reply = stage.get("/_sim/", kBearer);
    QCOMPARE(reply.status, 404);
    QCOMPARE(reply.body, std::string("404 page not found"));
}

void DoorTest::whatNobodyKnowsIsSaid_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const char* method, const char* path, const char* body,
                        const char* words) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(body)
                            << QByteArray(words);
    };
    row("world", "PUT", "world", R"({"name":"empty","sede":1})",
        "'sede' is not known in the body here; it may have name, seed.");
    row("reset", "POST", "world/reset", R"({"hard":true})", "'hard' is not known in the body here");
    row("restore", "POST", "snapshots/x/restore", R"({"hard":true})", "'hard'");
    row("freeze", "POST", "clock/freeze", R"({"now_ms":1})", "'now_ms'");
    row("a snapshot", "PUT", "snapshots/x", R"({"overwrite":true})", "'overwrite'");
    row("instances", "POST", "instances", R"({"many":2})", "'many'");
    row("a token", "POST", "people/token", R"({"id":1,"age":1})", "'age'");
    row("twice", "PUT", "world", R"({"name":"small","name":"empty"})", "'name' is there twice");
    row("twice, escaped", "PUT", "world", R"({"name":"small","n\u0061me":"empty"})", "'name' is there twice");
    row("twice, inside", "PUT", "faults/x", R"({"effects":[{"kind":"reset","kind":"status"}]})",
        "'kind' is there twice");
    row("a query", "GET", "journal?limits=5", "", "'limits' is not known in the query here");
    row("a query of a filter", "GET", "journal/har?rout=/ping", "", "'rout'");
    row("a query of people", "GET", "people?nmae=lin", "", "'nmae'");
    row("a query where there is none", "GET", "clock?now=1", "", "it may have nothing");
    row("too few", "GET", "journal?limit=0", "", "'limit' must be an integer from 1 to 1000");
    row("too many", "GET", "people?limit=1001", "", "'limit' must be an integer from 1 to 1000");
    row("no number", "GET", "people?after=lin", "", "'after' must be an integer");
    row("before all", "GET", "journal?after=-1", "", "'after'");
    row("too long", "GET", "journal?wait_ms=60001", "", "'wait_ms' must be an integer from 0 to 60000");
}

void DoorTest::whatNobodyKnowsIsSaid() {
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, words);
    const AdminStage& stage = unchanged();
    const std::string before = stage.admin("GET", "/_sim/people").body;
    const Reply reply = stage.admin(method.toStdString(), "/_sim/" + path.toStdString(), body.toStdString());
    QCOMPARE(reply.status, 400);
    QVERIFY2(reply.body.contains(words.toStdString()), reply.body.c_str());
    QCOMPARE(stage.admin("GET", "/_sim/people").body, before);
    QVERIFY(!at(stage.must("GET", "/_sim/clock"), "/frozen").as_bool());
}

void DoorTest::namesThatAreTooLong() {
    const AdminStage stage;
    const Reply reply = stage.admin("PUT", "/_sim/snapshots/" + std::string(65, 'x'), "{}");
    QCOMPARE(reply.status, 404);
    QVERIFY2(reply.body.contains("A name has 1 to 64"), reply.body.c_str());
    stage.must("PUT", "/_sim/snapshots/" + std::string(64, 'x'), "{}", 201);
}

void DoorTest::namesThatAreMissing_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    const auto row = [](const char* method, const char* path) {
        QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path);
    };
    row("DELETE", "faults/");
    row("DELETE", "faults//");
    row("DELETE", "//faults/");
    row("PUT", "faults/");
    row("GET", "faults/");
    row("DELETE", "inside/");
    row("DELETE", "snapshots/");
    row("GET", "journal/");
    row("DELETE", "instances/");
}

// What was meant for one of them is not for all.
void DoorTest::namesThatAreMissing() {
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    const AdminStage stage;
    stage.must("PUT", "/_sim/faults/kept", R"({"effects":[{"kind":"latency","ms":0}]})");
    stage.must("PUT", "/_sim/inside/queue_full", R"({"on":true})");
    stage.must("PUT", "/_sim/snapshots/kept", "{}", 201);
    const Reply reply = stage.admin(method.toStdString(), "/_sim/" + path.toStdString(),
                                    method == "PUT" ? R"({"rules":[]})" : "");
    QCOMPARE(reply.status, 404);
    QVERIFY2(reply.body.contains("A name has 1 to 64"), reply.body.c_str());
    QCOMPARE(at(stage.must("GET", "/_sim/faults"), "/rules").as_array().size(), std::size_t{1});
    QCOMPARE(at(stage.must("GET", "/_sim/"), "/chaos/inside").to_number<int>(), 1);
    QCOMPARE(at(stage.must("GET", "/_sim/snapshots"), "/snapshots").as_array().size(), std::size_t{1});
    // Where no name may follow, a slash at the end means nothing.
    QCOMPARE(stage.admin("GET", "/_sim/clock/").status, 200);
    QCOMPARE(stage.admin("GET", "/_sim/faults/kept/").status, 200);
}

// Also where a member may be left out: "false" in quotes is not false.
void DoorTest::membersOfAnotherType_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char* method, const char* path, const char* body, const char* word) {
        QTest::addRow("%s %s", path, body)
            << QByteArray(method) << QByteArray(path) << QByteArray(body) << QByteArray(word);
    };
    row("PUT", "snapshots/x", R"({"replace":"false"})", "'replace' must be true or false");
    row("PUT", "inside/disk_full", R"({"on":"false"})", "'on' must be true or false");
    row("PUT", "inside/poison_message", R"({"times":"1"})", "'times'");
    row("POST", "people/token", R"({"id":1,"damage":5})", "'damage'");
    row("POST", "people/token", R"({"id":1,"age_ms":"5"})", "'age_ms'");
    row("POST", "imports/1/finish", R"({"name":"x","replace":1})", "'replace' must be true or false");
    row("POST", "instances", R"({"count":"2"})", "'count'");
    row("PUT", "recording", R"({"most_bytes":true})", "'most_bytes'");
    row("PUT", "world", R"({"name":"small","seed":"1"})", "'seed'");
    row("PUT", "journal", R"({"on":"false"})", "'on' must be true or false");
    row("PUT", "coverage", R"({"on":"false"})", "'on' must be true or false");
}

void DoorTest::membersOfAnotherType() {
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, word);
    const AdminStage& stage = unchanged();
    const std::string before = stage.admin("GET", "/_sim/inside").body;
    const Reply reply = stage.admin(method.toStdString(), "/_sim/" + path.toStdString(), body.toStdString());
    QCOMPARE(reply.status, 422);
    QVERIFY2(reply.body.contains(word.toStdString()), reply.body.c_str());
    QCOMPARE(stage.admin("GET", "/_sim/inside").body, before);
    QVERIFY(at(stage.must("GET", "/_sim/snapshots"), "/snapshots").as_array().empty());
}

QTEST_GUILESS_MAIN(DoorTest)
#include "door_test.moc"
