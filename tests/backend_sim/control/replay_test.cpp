// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What was recorded happens again, byte by byte, in a fresh simulator; and where it does not, the report says
// which request differs first and how.

#include "backend-sim/control/base64.h"
#include "backend-sim/control/replay_file.h"
#include "backend-sim/replayer.h"
#include "tests/backend_sim/control/admin_stage.h"
#include "tests/backend_sim/control/replay_session.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <thread>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

namespace {

// The last line made anew, as if all before it had been written so.
std::string sealed(const std::string& lines) {
    const auto entries = static_cast<std::uint64_t>(std::ranges::count(lines, '\n')) - 2;
    return lines + replayEnd(lines, entries);
}
std::string withoutEnd(const std::string& file) {
    return file.substr(0, file.rfind('\n', file.size() - 2) + 1);
}
std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    return at == std::string::npos ? std::string() : text.replace(at, what.size(), by);
}

}  // namespace

class ReplayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameBytesThreeTimes_data();
    void theSameBytesThreeTimes();
    void fileReplaysOnAFreshOne_data();
    void fileReplaysOnAFreshOne();
    void goesBackToWhatWasBefore_data();
    void goesBackToWhatWasBefore();
    void anotherDialectByTheConfiguration();
    void whatIsTooLargeToCarryEndsIt();
    void manyClientsAtOnce();
    void saysWhatDiffersFirst_data();
    void saysWhatDiffersFirst();
    void refusesDamagedFiles_data();
    void refusesDamagedFiles();
    void refusesEveryCut();
    void endsWhenFull();
    void answersInWords();
    void worksThroughTheApi();
    void leavesTheClockAsItWas();
    void stopsInTheMiddle();

private:
    static json::object replayed(const std::string& file, unsigned threads = 2) {
        const QTemporaryDir directory(tikgok::test::quickDirectory());
        auto report =
            replayRecording(file,
                            {.directory = std::filesystem::path(directory.path().toStdString()) / "replay",
                             .resourceDirectory = {},
                             .threads = threads},
                            {});
        return report ? *report : json::object{{"error", report.error()}};
    }
    static std::string recorded(const AdminStage& stage) {
        stage.must("POST", "/_sim/recording/stop", "{}");
        return stage.admin("GET", "/_sim/recording/file").body;
    }
    // A feed, a like without a token, a picture.
    static std::string small() {
        const AdminStage stage;
        stage.must("PUT", "/_sim/recording", "{}", 201);
        static_cast<void>(stage.get("/douyin/feed/"));
        static_cast<void>(stage.post("/douyin/favorite/action/?action_type=1&video_id=13"));
        static_cast<void>(stage.get("/static/demo/covers/01-aurora.jpg"));
        stage.must("POST", "/_sim/clock/freeze", "{}");
        return recorded(stage);
    }
};

void ReplayTest::theSameBytesThreeTimes_data() {
    QTest::addColumn<unsigned>("threads");
    QTest::newRow("single-threaded") << 1U;
    QTest::newRow("multi-threaded") << 4U;
}

// On the wire, heads and dates included: the same key, world, seed, scenario, time and requests.
void ReplayTest::theSameBytesThreeTimes() {
    QFETCH(const unsigned, threads);
    std::vector<std::vector<std::string>> runs;
    for (int run = 0; run < 3; ++run) {
        const AdminStage stage([threads](SimulatorConfig& config) {
            std::filesystem::create_directory(config.dataDirectory);
            std::ofstream(config.dataDirectory / "token.key") << std::string(32, 'k');
            config.threads = threads;
            config.publicUrl = "http://127.0.0.1:8080";
        });
        const json::object scenario{{"format", 1},
                                    {"name", "same"},
                                    {"title", "The same"},
                                    {"world", "small"},
                                    {"seed", 7},
                                    {"clock", {{"now_ms", 1'900'000'000'000}, {"frozen", true}}},
                                    {"accounts", json::array{json::object{{"name", "qa"}}}},
                                    {"faults", json::parse(kFaults).at("rules")}};
        const json::value begun = stage.must("PUT", "/_sim/scenario", json::serialize(scenario));
        const std::string token(at(begun, "/accounts/0/token").as_string());
        // Each client is on a thread of its own, and asks for what depends on nobody else; that only a rule
        // of its own strikes it is the rules' doing.
        std::vector<std::string> bytes(8);
        std::vector<std::jthread> clients;
        for (std::size_t client = 0; client < bytes.size(); ++client) {
            const std::string name = "c" + std::to_string(client);
            stage.must("PUT", "/_sim/faults/" + name,
                       R"({"match": {"header": {"name": "X-Client", "equals": ")" + name +
                           R"("}}, "limits": {"probability": 0.3}, )"
                           R"("effects": [{"kind": "wrong_type"}, {"kind": "corrupt", "at": 20}]})");
        }
        for (const char* const rule : {"some", "nameless", "lost", "twice", "cut", "short"}) {
            stage.must("DELETE", std::string("/_sim/faults/") + rule);
        }
        for (std::size_t client = 0; client < bytes.size(); ++client) {
            clients.emplace_back([&, client] {
                const std::string own = " HTTP/1.1\r\nHost: localhost\r\nX-Client: c" +
                                        std::to_string(client) + "\r\nContent-Length: 0\r\n\r\n";
                for (int i = 0; i < 12; ++i) {
                    const std::string video = std::to_string(13 + client);
                    for (const std::string& target :
                         {"GET /douyin/feed/?latest_time=0&token=" + token,
                          "POST /douyin/user/login/?username=qa&password=tikgok123" + std::string(),
                          "GET /douyin/comment/list/?video_id=" + video + "&token=" + token,
                          "GET /douyin/user/?user_id=" + std::to_string(client + 1) + "&token=" + token}) {
                        if (target.starts_with("POST") && i > 0) {
                            continue;
                        }
                        bytes[client] += stage.raw(target + own).bytes;
                    }
                }
            });
        }
        clients.clear();
        // And one after the other, writes and all.
        stage.must("PUT", "/_sim/faults", kFaults);
        std::string session;
        for (const std::string target : {"POST /douyin/user/register/?username=new&password=secret",
                                         "GET /douyin/feed/", "GET /douyin/feed/", "GET /ping"}) {
            session += stage.raw(target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n").bytes;
        }
        for (int i = 0; i < 4; ++i) {
            session +=
                stage
                    .raw("POST /douyin/comment/action/?action_type=1&video_id=13&comment_text=x&token=" +
                         token + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                    .bytes;
            session += stage
                           .raw("GET /douyin/comment/list/?video_id=13&token=" + token +
                                " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")
                           .bytes;
        }
        bytes.push_back(session);
        runs.push_back(std::move(bytes));
    }
    for (const std::string& each : runs.front()) {
        QVERIFY(each.size() > 10'000);
        QVERIFY(each.contains("Date: Sun, 17 Mar 2030 17:46:40 GMT"));
    }
    for (std::size_t client = 0; client < runs.front().size(); ++client) {
        QVERIFY2(runs[0][client] == runs[1][client], std::to_string(client).c_str());
        QVERIFY2(runs[0][client] == runs[2][client], std::to_string(client).c_str());
    }
}

void ReplayTest::fileReplaysOnAFreshOne_data() {
    QTest::addColumn<int>("dialect");
    QTest::addColumn<unsigned>("threads");
    QTest::newRow("standard") << 0 << 2U;
    QTest::newRow("standard, one thread") << 0 << 1U;
    QTest::newRow("tikgok") << 1 << 4U;
}

void ReplayTest::fileReplaysOnAFreshOne() {
    QFETCH(const int, dialect);
    QFETCH(const unsigned, threads);
    std::string file;
    {
        const AdminStage stage([&](SimulatorConfig& config) {
            config.dialect = static_cast<DialectName>(dialect);
            config.threads = threads;
        });
        // A machine with a past: somebody was here, and things are out of the ordinary.
        const std::string earlier = stage.person("earlier");
        write(stage, earlier, 12, 3, "before");
        static_cast<void>(publish(stage, earlier, "before"));
        stage.must("POST", "/_sim/clock/skew", R"({"ms": 86400000})");
        stage.must("PUT", "/_sim/faults", kFaults);
        // Counted before; counted from the begin in the recording.
        static_cast<void>(stage.get("/douyin/feed/"));
        stage.must("PUT", "/_sim/recording", "{}", 201);
        busySession(stage);
        // Somebody from before, with the token from before.
        static_cast<void>(stage.get("/douyin/favorite/list/?user_id=1&token=" + earlier));
        file = recorded(stage);
    }
    // The one it was made on is gone.
    for (const unsigned again : {1U, 2U, 4U}) {
        const json::object report = replayed(file, again);
        QVERIFY2(report.contains("same") && report.at("same").as_bool(), json::serialize(report).c_str());
        QVERIFY(report.at("compared").as_uint64() >= 40);
        QCOMPARE(report.at("compared").as_uint64(), report.at("requests").as_uint64());
        QVERIFY(report.at("admin_calls").as_uint64() >= 10);
        QVERIFY(report.at("deeds").as_uint64() >= 2);
    }
}

void ReplayTest::goesBackToWhatWasBefore_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* name, const char* method, const char* call, const char* body = "{}") {
        QTest::newRow(name) << QByteArray(method) << QByteArray(call) << QByteArray(body);
    };
    row("reset", "POST", "world/reset");
    row("another world", "PUT", "world", R"({"name":"one"})");
    row("an old snapshot", "POST", "snapshots/old/restore");
    row("an old snapshot is replaced", "PUT", "snapshots/old", R"({"replace":true})");
    row("an old snapshot is not replaced", "PUT", "snapshots/old");
    row("an old snapshot goes", "DELETE", "snapshots/old", "");
    row("there is no such snapshot", "POST", "snapshots/never/restore");
    row("another dialect", "PUT", "dialect", R"({"dialect":"tikgok"})");
    row("a step", "PUT", "scenario",
        R"({"format":1,"name":"s","title":"S","steps":[{"do":"admin","method":"POST","path":"/world/reset"}]})");
}

// Reset and snapshots lead to what was there before the recording began, which is another world than the one
// that it began with.
void ReplayTest::goesBackToWhatWasBefore() {
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, call);
    QFETCH(const QByteArray, body);
    std::string file;
    {
        const AdminStage stage;
        const std::string earlier = stage.person("earlier");
        static_cast<void>(publish(stage, earlier, "kept"));
        stage.must("PUT", "/_sim/snapshots/old", "{}", 201);
        write(stage, earlier, 12, 3, "before");
        stage.must("PUT", "/_sim/recording", "{}", 201);
        const auto look = [&] {
            static_cast<void>(stage.get("/douyin/feed/"));
            static_cast<void>(stage.get("/douyin/comment/list/?video_id=12"));
            static_cast<void>(stage.post("/douyin/user/register/?username=new&password=secret"));
            static_cast<void>(stage.get("/static/demo/covers/01-aurora.jpg"));
            static_cast<void>(stage.get("/douyin/publish/list/?user_id=13&token=" + earlier));
        };
        look();
        for (int i = 0; i < 2; ++i) {
            static_cast<void>(
                stage.admin(method.toStdString(), "/_sim/" + call.toStdString(), body.toStdString()));
            if (call == "scenario") {
                QTRY_COMPARE(at(stage.must("GET", "/_sim/scenario"), "/steps_done").to_number<int>(), 1);
            }
            look();
        }
        static_cast<void>(stage.admin("POST", "/_sim/world/reset", "{}"));
        look();
        static_cast<void>(stage.admin("POST", "/_sim/snapshots/old/restore", "{}"));
        look();
        file = recorded(stage);
    }
    const json::object report = replayed(file);
    QVERIFY2(report.contains("same") && report.at("same").as_bool(), json::serialize(report).c_str());
    QCOMPARE(report.at("compared").as_uint64(), std::uint64_t{25});
}

// As when the configuration's file has another one now.
void ReplayTest::anotherDialectByTheConfiguration() {
    const AdminStage stage;
    stage.must("PUT", "/_sim/recording", "{}", 201);
    const std::string token = stage.person("ann");
    LiveSettings live = stage.config;
    for (const DialectName dialect : {DialectName::Tikgok, DialectName::Demo, DialectName::Standard}) {
        static_cast<void>(stage.get("/douyin/feed/?token=" + token));
        live.dialect = dialect;
        stage.simulator->apply(live);
        QTRY_COMPARE(stage.simulator->dialect(), dialect);
        QCOMPARE(at(stage.must("GET", "/_sim/"), "/configured").as_string().c_str(),
                 std::string(textOf(dialect)).c_str());
        static_cast<void>(stage.get("/douyin/user/?user_id=nobody&token=" + token));
    }
    const json::object report = replayed(recorded(stage));
    QVERIFY2(report.contains("same") && report.at("same").as_bool(), json::serialize(report).c_str());
    QCOMPARE(report.at("compared").as_uint64(), std::uint64_t{7});
    QCOMPARE(report.at("admin_calls").as_uint64(), std::uint64_t{3});
}

void ReplayTest::whatIsTooLargeToCarryEndsIt() {
    const AdminStage stage;
    stage.must("PUT", "/_sim/snapshots/small", "{}", 201);
    stage.must("PUT", "/_sim/world", R"({"name":"empty"})");
    stage.must("PUT", "/_sim/recording", R"({"most_bytes": 200000})", 201);
    QCOMPARE(stage.get("/douyin/feed/").status, 200);
    stage.must("POST", "/_sim/snapshots/small/restore", "{}");
    const json::value state = stage.must("GET", "/_sim/recording");
    QVERIFY2(at(state, "/full").as_bool() && !at(state, "/on").as_bool(), json::serialize(state).c_str());
    const json::object report = replayed(stage.admin("GET", "/_sim/recording/file").body);
    QVERIFY2(report.contains("same") && report.at("same").as_bool(), json::serialize(report).c_str());
    QCOMPARE(report.at("compared").as_uint64(), std::uint64_t{1});
}

void ReplayTest::manyClientsAtOnce() {
    const AdminStage stage([](SimulatorConfig& config) { config.threads = 4; });
    std::vector<std::string> tokens;
    for (int i = 0; i < 8; ++i) {
        tokens.push_back(stage.person("person" + std::to_string(i)));
    }
    stage.must("PUT", "/_sim/faults", kFaults);
    stage.must("PUT", "/_sim/recording", "{}", 201);
    {
        std::vector<std::jthread> clients;
        for (const std::string& token : tokens) {
            clients.emplace_back([&stage, &token] { write(stage, token, 13, 6, "at-once"); });
        }
    }
    const std::string file = recorded(stage);
    for (const unsigned threads : {1U, 4U}) {
        const json::object report = replayed(file, threads);
        QVERIFY2(report.contains("same") && report.at("same").as_bool(), json::serialize(report).c_str());
        QCOMPARE(report.at("compared").as_uint64(), std::uint64_t{8 * 6 * 3});
    }
    // What happened is no one's turn any more: requests go on side by side.
    QCOMPARE(stage.get("/ping").status, 200);
}

void ReplayTest::saysWhatDiffersFirst_data() {
    QTest::addColumn<QByteArray>("was");
    QTest::addColumn<QByteArray>("is");
    QTest::addColumn<QByteArray>("difference");
    QTest::newRow("status") << QByteArray(R"("status":200)") << QByteArray(R"("status":201)")
                            << QByteArray(R"({"what":"status","recorded":201,"replayed":200,"entry":1})");
    QTest::newRow("header") << QByteArray("max-age=3600") << QByteArray("max-age=3601")
                            << QByteArray(R"({"what":"header","header":"Cache-Control","entry":3})");
    QTest::newRow("byte") << QByteArray(R"(\"status_msg\":\"success\")")
                          << QByteArray(R"(\"status_msg\":\"suXcess\")")
                          << QByteArray(R"({"what":"body","at":33,"entry":1})");
    QTest::newRow("longer") << QByteArray(R"(\"status_code\":0,)") << QByteArray(R"(\"status_code\":0, )")
                            << QByteArray(R"({"what":"body","at":17,"entry":1})");
    QTest::newRow("another request") << QByteArray("/douyin/feed/") << QByteArray("/ping")
                                     << QByteArray(R"({"what":"body","request":"GET /ping","entry":1})");
    QTest::newRow("a file") << QByteArray(R"("mark":")") << QByteArray(R"("mark":"0)")
                            << QByteArray(R"({"what":"body","entry":3})");
    QTest::newRow("a call") << QByteArray("clock/freeze") << QByteArray("clock/sneeze")
                            << QByteArray(R"({"what":"admin","recorded":200,"replayed":404,"entry":4})");
}

void ReplayTest::saysWhatDiffersFirst() {
    QFETCH(const QByteArray, was);
    QFETCH(const QByteArray, is);
    QFETCH(const QByteArray, difference);
    static const std::string file = small();
    QVERIFY2(replayed(file).at("same").as_bool(), json::serialize(replayed(file)).c_str());
    // Behind the head and the world.
    const std::string all = withoutEnd(file);
    const std::size_t begin = all.find('\n', all.find('\n') + 1) + 1;
    const std::string changed = replaced(all.substr(begin), was.toStdString(), is.toStdString());
    QVERIFY(!changed.empty());
    const json::object report = replayed(sealed(all.substr(0, begin) + changed));
    QVERIFY2(report.contains("difference"), json::serialize(report).c_str());
    QVERIFY(!report.at("same").as_bool());
    const json::object& told = report.at("difference").as_object();
    const json::value wanted = json::parse(difference.toStdString());
    for (const auto& [name, value] : wanted.as_object()) {
        QVERIFY2(told.contains(name) && json::serialize(told.at(name)) == json::serialize(value),
                 json::serialize(told).c_str());
    }
    QVERIFY(told.contains("recorded") && told.contains("replayed"));
}

void ReplayTest::refusesDamagedFiles_data() {
    QTest::addColumn<QByteArray>("was");
    QTest::addColumn<QByteArray>("is");
    QTest::addColumn<bool>("seal");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const char* was, const char* is, bool seal, const char* words) {
        QTest::newRow(name) << QByteArray(was) << QByteArray(is) << seal << QByteArray(words);
    };
    row("nothing", "", "", false, "This is no replay");
    row("another file", R"({"format":"tikgok-replay")", R"({"format":"other")", true, "This is no replay");
    row("a later version", R"("version":1)", R"("version":2)", true,
        "a version that this program does not know");
    row("an earlier version", R"("version":1)", R"("version":0)", true,
        "a version that this program does not know");
    row("a changed byte", "video_id=13", "video_id=14", false, "changed or damaged");
    row("no key", R"("token_key":")", R"("token_key":"AA)", true, "'start'");
    row("a strange dialect", R"("dialect":"standard")", R"("dialect":"other")", true, "'start'");
    row("a page of nothing", R"("page_size":30)", R"("page_size":0)", true, "page_size");
    row("an address that is none", R"("url":"http://)", R"("url":"\"http://)", true, "'start'");
    row("no world", R"({"world":")", R"({"world":"*)", true, "the world is missing");
    row("a damaged world", R"({"world":"U1FM)", R"({"world":"AAAA)", true,
        "The world of the replay is damaged");
    row("no JSON", R"({"now_ms":)", R"({now_ms:)", true, "it is damaged");
    row("no time", R"({"now_ms":)", R"({"later_ms":)", true, "'now_ms'");
    row("the admin API as a request", R"("target":"/douyin/feed/")", R"("target":"/_sim/people/token")", true,
        "'target'");
    row("a split line", R"("target":"/douyin/feed/")", R"("target":"/a\r\nX: y")", true, "'target'");
    row("a split header", R"("localhost")", R"("localhost\r\nX: y")", true, "headers");
    row("another call", "clock/freeze", "recording/stop", true, "does not belong into a replay");
    row("a call that leads away", "clock/freeze", "clock/../people", true, "does not belong");
    row("carries what is no world", R"("admin":{)", R"("carried":[{"start":5}],"admin":{)", true,
        "'carried'");
    row("no answer", R"("answer":{)", R"("question":{)", true, "'answer'");
    row("an unknown entry", R"("request":{)", R"("wish":{)", true, "neither a request");
    row("a fault that is none", R"("rules":[])", R"("rules":[{"rule":"x","effects":[]}])", true,
        "refused by this version");
    row("a rule that was taken when it was recorded", R"("rules":[])",
        R"("rules":[{"rule":"x","limits":{"probability":0},"effects":[{"kind":"reset"}]}])", true,
        "refused by this version: Rule 'x': 'limits.probability'");
    row("a fault inside that is none", R"("inside":[])", R"("inside":[{"fault":"gremlins"}])", true,
        "A fault inside");
}

void ReplayTest::refusesDamagedFiles() {
    QFETCH(const QByteArray, was);
    QFETCH(const QByteArray, is);
    QFETCH(const bool, seal);
    QFETCH(const QByteArray, words);
    static const std::string file = small();
    std::string changed;
    if (!was.isEmpty()) {
        changed = replaced(seal ? withoutEnd(file) : file, was.toStdString(), is.toStdString());
        QVERIFY(!changed.empty());
        changed = seal ? sealed(changed) : changed;
    }
    const json::object report = replayed(changed);
    QVERIFY2(report.contains("error") &&
                 std::string_view(report.at("error").as_string()).contains(words.toStdString()),
             json::serialize(report).c_str());
}

void ReplayTest::refusesEveryCut() {
    const std::string file = small();
    QVERIFY(readReplay(file).has_value());
    for (std::size_t at = 0; at < file.size(); at += 997) {
        QVERIFY(!readReplay(std::string_view(file).substr(0, at)).has_value());
    }
    for (std::size_t left = 1; left < 100; ++left) {
        QVERIFY(!readReplay(std::string_view(file).substr(0, file.size() - left)).has_value());
    }
    for (std::size_t at = 0; at < file.size(); at += 4999) {
        std::string flipped = file;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        QVERIFY2(!readReplay(flipped).has_value(), std::to_string(at).c_str());
    }
    QVERIFY(!readReplay(file + "\n").has_value());
    QVERIFY(!readReplay(file + file).has_value());
}

void ReplayTest::endsWhenFull() {
    const AdminStage stage;
    const std::string token = stage.person("lin");
    // The world alone.
    QCOMPARE(stage.admin("PUT", "/_sim/recording", R"({"most_bytes": 65536})").status, 413);
    QVERIFY(!at(stage.must("GET", "/_sim/recording"), "/on").as_bool());
    stage.must("PUT", "/_sim/recording", R"({"most_bytes": 300000})", 201);
    for (int i = 0; i < 12; ++i) {
        QCOMPARE(stage.get("/douyin/feed/").status, 200);
    }
    const json::value state = stage.must("GET", "/_sim/recording");
    QVERIFY(!at(state, "/on").as_bool());
    QVERIFY(at(state, "/full").as_bool());
    QVERIFY(at(state, "/bytes").to_number<std::int64_t>() <= 300'000);
    const auto entries = at(state, "/entries").to_number<std::uint64_t>();
    QVERIFY(entries >= 3 && entries < 12);
    const json::object report = replayed(stage.admin("GET", "/_sim/recording/file").body);
    QVERIFY2(report.at("same").as_bool(), json::serialize(report).c_str());
    QCOMPARE(report.at("compared").as_uint64(), entries);
    // Time goes on by itself.
    QTRY_VERIFY(at(stage.must("GET", "/_sim/clock"), "/real").as_bool());

    // An upload that has no room ends it, too, and is published all the same.
    stage.must("PUT", "/_sim/recording", R"({"most_bytes": 200000})", 201);
    using namespace gatewaytest;
    const Reply large =
        stage.post("/douyin/publish/action/?token=" + token, "multipart/form-data; boundary=bnd",
                   multipartBody("bnd", {field("title", std::string(30, 'x')), file("data", "c.mp4", clip()),
                                         file("more", "more.bin", std::string(300'000, 'y'))}));
    QVERIFY2(large.body.starts_with("{\"status_code\":0"), large.body.c_str());
    QVERIFY(at(stage.must("GET", "/_sim/recording"), "/full").as_bool());
}

void ReplayTest::answersInWords() {
    const AdminStage stage;
    QCOMPARE(stage.admin("GET", "/_sim/recording/file").status, 404);
    QCOMPARE(stage.admin("POST", "/_sim/recording/replay", "{}").status, 404);
    QCOMPARE(stage.admin("PUT", "/_sim/recording", R"({"most_bytes": 5})").status, 422);
    QCOMPARE(stage.admin("PUT", "/_sim/recording", R"({"most_bytes": "many"})").status, 422);
    stage.must("PUT", "/_sim/recording", "{}", 201);
    QCOMPARE(stage.admin("PUT", "/_sim/recording", "{}").status, 409);
    QCOMPARE(stage.admin("POST", "/_sim/imports/7/replay", "{}").status, 404);
    stage.must("DELETE", "/_sim/recording");
    QCOMPARE(stage.admin("GET", "/_sim/recording/file").status, 404);
    // Nothing of it is left among the snapshots.
    QVERIFY(at(stage.must("GET", "/_sim/snapshots"), "/snapshots").as_array().empty());
}

void ReplayTest::worksThroughTheApi() {
    std::string file;
    {
        const AdminStage stage;
        stage.must("PUT", "/_sim/faults", kFaults);
        stage.must("PUT", "/_sim/recording", "{}", 201);
        busySession(stage);
        const json::value report = stage.must("POST", "/_sim/recording/replay", "{}");
        QVERIFY2(at(report, "/same").as_bool(), json::serialize(report).c_str());
        // It goes on.
        QVERIFY(at(stage.must("GET", "/_sim/recording"), "/on").as_bool());
        file = recorded(stage);
    }
    const AdminStage other;
    const json::value import = other.must("POST", "/_sim/imports", "{}", 201);
    const std::string path = "/_sim/imports/" + std::string(at(import, "/import").as_string());
    constexpr std::size_t kPiece = 700'000;
    for (std::size_t from = 0; from < file.size(); from += kPiece) {
        other.must("PUT", path,
                   json::serialize(json::object{
                       {"at", from}, {"base64", toBase64(std::string_view(file).substr(from, kPiece))}}));
    }
    const json::value report = other.must("POST", path + "/replay", "{}");
    QVERIFY2(at(report, "/same").as_bool(), json::serialize(report).c_str());
    // A world is no recording, and a recording no world.
    const json::value second = other.must("POST", "/_sim/imports", "{}", 201);
    const std::string wrong = "/_sim/imports/" + std::string(at(second, "/import").as_string());
    other.must("PUT", wrong, R"({"at": 0, "base64": "AAAA"})");
    QCOMPARE(other.admin("POST", wrong + "/replay", "{}").status, 422);
}

void ReplayTest::leavesTheClockAsItWas() {
    const AdminStage stage;
    const auto clock = [&stage] { return stage.must("GET", "/_sim/clock"); };
    stage.must("PUT", "/_sim/recording", "{}", 201);
    const std::int64_t before = at(clock(), "/now_ms").as_int64();
    // Without a request, time passes all the same.
    QTRY_VERIFY(at(clock(), "/now_ms").as_int64() > before + 100);
    stage.must("POST", "/_sim/recording/stop", "{}");
    QVERIFY(at(clock(), "/real").as_bool());

    stage.must("POST", "/_sim/clock/freeze", "{}");
    const std::int64_t frozen = at(clock(), "/now_ms").as_int64();
    stage.must("PUT", "/_sim/recording", "{}", 201);
    static_cast<void>(stage.get("/douyin/feed/"));
    stage.must("POST", "/_sim/recording/stop", "{}");
    QCOMPARE(at(clock(), "/now_ms").as_int64(), frozen);
    QVERIFY(at(clock(), "/frozen").as_bool());

    stage.must("PUT", "/_sim/recording", "{}", 201);
    stage.must("POST", "/_sim/clock/reset", "{}");
    stage.must("DELETE", "/_sim/recording");
    QVERIFY(at(clock(), "/real").as_bool());
}

// The simulator ends while it records, while requests wait for their turn, and while a replay runs.
void ReplayTest::stopsInTheMiddle() {
    AdminStage stage;
    const std::string token = stage.person("lin");
    stage.must("PUT", "/_sim/faults", kFaults);
    stage.must("PUT", "/_sim/recording", "{}", 201);
    busySession(stage);
    {
        std::vector<std::jthread> clients;
        for (int i = 0; i < 4; ++i) {
            clients.emplace_back([&stage, &token] { write(stage, token, 13, 3, "end"); });
        }
        clients.emplace_back(
            [&stage] { static_cast<void>(stage.admin("POST", "/_sim/recording/replay", "{}")); });
        QTRY_VERIFY(at(stage.must("GET", "/_sim/recording"), "/entries").to_number<int>() > 70);
        stage.simulator->stop();
    }
    QVERIFY(true);
}

QTEST_GUILESS_MAIN(ReplayTest)
#include "replay_test.moc"
