// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What fault rules do, through the admin API and real HTTP: what each effect makes of an answer, and that the
// same seed and requests give the same bytes.

#include "tests/backend_sim/control/faults_stage.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <array>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

// In front of the texts with quotes in them, of which moc makes nothing good.
class FaultsTest : public QObject, private FaultsStage {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { start(); }
    void effects_data();
    void effects();
    void rangesOfMedia();
    void duplicates();
    void droppedAnswers();
    void offIsNothing();
    void sameSeedSameBytes();
    void threadsChangeNothing();
    void stopsWhileItHolds();
    void aStruckConnectionGoesOn();
};

namespace {

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
    const std::string rules = R"("rules":[
            {"rule":"drawn","effects":[{"kind":"missing_field"},{"kind":"wrong_type"}],"limits":{"probability":0.5}},
            {"rule":"five","effects":[{"kind":"status","status":500}],"limits":{"probability":0.2}},
            {"rule":"cut","effects":[{"kind":"truncate","at":300}],"limits":{"probability":0.2}}]})";
    const auto run = [&](const char* seed = "42") {
        stage_->must("PUT", "/_sim/faults", R"({"seed":)" + std::string(seed) + "," + rules);
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
    QVERIFY(run("43") != first);
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

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
