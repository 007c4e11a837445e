// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Scenarios: every shipped one loads and acts as it says; what is wrong is refused with words.

#include "tests/backend_sim/control/admin_stage.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <map>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

namespace {

// One simulator for all of them: putting one in place clears what was there before.
struct Play {
    AdminStage stage;
    json::value answer;

    void load(const std::string& name) { answer = stage.must("POST", "/_sim/scenarios/" + name, "{}"); }
    std::string token(int account = 0) const {
        return std::string(at(answer, "/accounts/" + std::to_string(account) + "/token").as_string());
    }
    Reply like() const {
        const std::string feed = stage.get("/douyin/feed/").body;
        return stage.post("/douyin/favorite/action/?action_type=1&video_id=13&token=" + token());
    }
    Reply comment(const char* text = "hello") const {
        return stage.post("/douyin/comment/action/?action_type=1&video_id=13&comment_text=" +
                          std::string(text) + "&token=" + token());
    }
    int count(const std::string& body, const std::string& part) const {
        int found = 0;
        for (std::size_t i = body.find(part); i != std::string::npos; i = body.find(part, i + 1)) {
            ++found;
        }
        return found;
    }
    Reply publish(const char* title = "mine") const {
        const QDir videos(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/media/videos"));
        QFile video(videos.filePath(
            videos.entryList({QStringLiteral("*.mp4")}, QDir::Files, QDir::Size | QDir::Reversed).first()));
        [[maybe_unused]] const bool open = video.open(QIODevice::ReadOnly);
        using namespace gatewaytest;
        return stage.post("/douyin/publish/action/?token=" + token(), "multipart/form-data; boundary=bnd",
                          multipartBody("bnd", {field("title", title),
                                                file("data", "c.mp4", video.readAll().toStdString())}));
    }
    std::int64_t id() const { return at(answer, "/accounts/0/id").as_int64(); }
    std::string works() const {
        return stage.get("/douyin/publish/list/?user_id=" + std::to_string(id()) + "&token=" + token()).body;
    }
    std::string chat(int with) const {
        return stage
            .get("/douyin/message/chat/?pre_msg_time=0&to_user_id=" + std::to_string(with) +
                 "&token=" + token())
            .body;
    }
    std::int64_t waiting() const {
        return at(stage.must("GET", "/_sim/inside"), "/writes_waiting").as_int64();
    }
    void advance(std::int64_t ms) const {
        stage.must("POST", "/_sim/clock/advance", R"({"ms":)" + std::to_string(ms) + "}");
    }
};

bool good(const Reply& reply) {
    return reply.status == 200 && reply.body.starts_with("{\"status_code\":0");
}

using Judge = void (*)(Play&);
const std::map<std::string, Judge>& judges() {
    static const std::map<std::string, Judge> all{
        {"slow-3g",
         [](Play& play) {
             QElapsedTimer timer;
             timer.start();
             QVERIFY(good(play.stage.get("/douyin/feed/")));
             QVERIFY(timer.elapsed() >= 100);
         }},
        {"no-answer", [](Play& play) { QCOMPARE(play.stage.get("/douyin/feed/").status, 0); }},
        {"flaky-upload",
         [](Play& play) {
             QCOMPARE(play.publish().status, 0);
             QCOMPARE(play.publish().status, 0);
             QVERIFY(good(play.publish()));
             QCOMPARE(play.count(play.works(), "\"title\":\"mine\""), 1);
         }},
        {"answer-lost-after-commit",
         [](Play& play) {
             QCOMPARE(play.comment("lost").status, 0);
             QCOMPARE(play.count(play.stage.get("/douyin/comment/list/?video_id=13").body, "\"lost\""), 1);
             QVERIFY(good(play.comment("second")));
             QCOMPARE(play.publish().status, 0);
             QTRY_COMPARE(play.count(play.works(), "\"title\":\"mine\""), 1);
         }},
        {"token-expires-mid-session",
         [](Play& play) {
             QVERIFY(good(play.like()));
             play.advance(60'000);
             QTRY_VERIFY(play.like().body.find("token is expired") != std::string::npos);
         }},
        {"expired-token",
         [](Play& play) { QVERIFY(play.like().body.find("token is expired") != std::string::npos); }},
        {"empty-feed",
         [](Play& play) {
             QVERIFY(play.stage.get("/douyin/feed/").body.find("\"video_list\":[]") != std::string::npos);
         }},
        {"feed-of-one",
         [](Play& play) { QCOMPARE(play.count(play.stage.get("/douyin/feed/").body, "\"play_url\""), 1); }},
        {"busy-feed",
         [](Play& play) {
             QCOMPARE(at(play.stage.must("GET", "/_sim/world"), "/world").as_string(), "busy");
         }},
        {"hostile-texts",
         [](Play& play) {
             const std::string feed = play.stage.get("/douyin/feed/").body;
             QVERIFY(feed.find("script") != std::string::npos);
             QVERIFY(feed.find("\u202e") != std::string::npos);
         }},
        {"ten-thousand-characters",
         [](Play& play) {
             const json::value feed = json::parse(play.stage.get("/douyin/feed/").body);
             const std::string id = std::to_string(at(feed, "/video_list/0/id").as_int64());
             const auto texts = [&] {
                 return play.stage.get("/douyin/comment/list/?video_id=" + id + "&token=" + play.token())
                     .body;
             };
             QTRY_VERIFY(texts().find(std::string(10'000, 'W')) != std::string::npos);
         }},
        {"queue-full",
         [](Play& play) {
             QCOMPARE(play.like().status, 503);
             QVERIFY(good(play.stage.get("/douyin/feed/")));
             play.advance(30'000);
             QTRY_VERIFY(good(play.like()));
         }},
        {"queue-stuck",
         [](Play& play) {
             QVERIFY(good(play.like()));
             QVERIFY(play.waiting() > 0);
             play.advance(60'000);
             QTRY_COMPARE(play.waiting(), 0);
         }},
        {"poison-message",
         [](Play& play) {
             QVERIFY(good(play.like()));
             QTRY_COMPARE(play.stage.must("GET", "/_sim/dead-letters").at("dead_letters").as_array().size(),
                          std::size_t{1});
             QVERIFY(good(play.comment()));
             QTRY_COMPARE(play.waiting(), 0);
         }},
        {"duplicate-delivery",
         [](Play& play) {
             QVERIFY(good(play.comment("once")));
             QCOMPARE(play.count(play.stage.get("/douyin/comment/list/?video_id=13").body, "\"once\""), 1);
         }},
        {"crash-before-ack",
         [](Play& play) {
             QVERIFY(good(play.comment("once")));
             QTRY_COMPARE(play.waiting(), 0);
         }},
        {"disk-full", [](Play& play) { QCOMPARE(play.like().status, 503); }},
        {"database-read-only",
         [](Play& play) { QVERIFY(play.like().body.starts_with("{\"status_code\":2")); }},
        {"cover-never-appears",
         [](Play& play) {
             QVERIFY(good(play.publish()));
             QTRY_COMPARE(play.count(play.works(), "\"title\":\"mine\""), 1);
             const json::value list = json::parse(play.works());
             const std::string cover(at(list, "/video_list/0/cover_url").as_string());
             play.advance(60'000);
             QCOMPARE(play.stage.get(cover.substr(play.stage.simulator->url().size())).status, 404);
         }},
        {"clock-a-year-ahead",
         [](Play& play) {
             const std::int64_t now = at(play.stage.must("GET", "/_sim/clock"), "/now_ms").as_int64();
             QVERIFY(now > QDateTime::currentMSecsSinceEpoch() + 364LL * 86'400'000);
             QVERIFY(good(play.like()));
         }},
        {"clock-a-year-behind",
         [](Play& play) {
             const std::int64_t now = at(play.stage.must("GET", "/_sim/clock"), "/now_ms").as_int64();
             QVERIFY(now < QDateTime::currentMSecsSinceEpoch() - 364LL * 86'400'000);
             QVERIFY(good(play.like()));
         }},
        {"everything-429", [](Play& play) { QCOMPARE(play.stage.get("/douyin/feed/").status, 429); }},
        {"everything-500", [](Play& play) { QCOMPARE(play.stage.get("/douyin/feed/").status, 500); }},
        {"malformed-answers",
         [](Play& play) {
             int odd = 0;
             for (int i = 0; i < 60; ++i) {
                 boost::system::error_code error;
                 json::parse(play.stage.get("/douyin/feed/").body, error);
                 odd += error ? 1 : 0;
             }
             QVERIFY(odd > 0);
             QVERIFY(odd < 30);
         }},
        {"friend-writes-while-you-type",
         [](Play& play) {
             QCOMPARE(play.count(play.chat(2), "\"content\""), 0);
             play.advance(2'000);
             QTRY_COMPARE(play.count(play.chat(2), "\"content\""), 1);
             play.advance(8'000);
             QTRY_COMPARE(play.count(play.chat(2), "\"content\""), 3);
         }},
        {"feed-moves",
         [](Play& play) {
             play.advance(15'000);
             QTRY_COMPARE(play.count(play.stage.get("/douyin/feed/").body, "Fresh from the press"), 2);
         }},
        {"reference-server",
         [](Play& play) { QCOMPARE(play.count(play.stage.get("/douyin/feed/").body, "\"play_url\""), 10); }},
        {"demo-server", [](Play& play) { QCOMPARE(play.stage.get("/ping").status, 404); }},
        {"one-in-ten-fails",
         [](Play& play) {
             int failed = 0;
             for (int i = 0; i < 100; ++i) {
                 failed += play.stage.get("/douyin/feed/").status == 0 ? 1 : 0;
             }
             QVERIFY2(failed > 2 && failed < 25, std::to_string(failed).c_str());
         }},
    };
    return all;
}

}  // namespace

class ScenarioTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shipped_data();
    void shipped();
    void allOfThemAreJudged();
    void refused_data();
    void refused();
    void whatIsRefusedChangesNothing();
    void whoWasThereKeepsThePassword();
    void oneClearsTheOther();
    void endsOnItsOwnAndWhenTold();
    void tellsWhatIsTurned();
    void speaksAnotherDialect();
};

void ScenarioTest::shipped_data() {
    QTest::addColumn<QString>("name");
    const QDir folder(qEnvironmentVariable("TIKGOK_TEST_RESOURCES") + QStringLiteral("/scenarios"));
    for (const QString& file : folder.entryList({QStringLiteral("*.json")}, QDir::Files)) {
        const QString name = file.chopped(5);
        QTest::newRow(qPrintable(name)) << name;
    }
}

void ScenarioTest::shipped() {
    QFETCH(QString, name);
    Play play;
    play.load(name.toStdString());
    const auto judge = judges().find(name.toStdString());
    QVERIFY2(judge != judges().end(), "nobody says what it does");
    judge->second(play);
}

void ScenarioTest::allOfThemAreJudged() {
    Play play;
    const json::value list = play.stage.must("GET", "/_sim/scenarios");
    QCOMPARE(list.at("scenarios").as_array().size(), judges().size());
    QVERIFY(judges().size() >= 20);
    for (const json::value& each : list.at("scenarios").as_array()) {
        QVERIFY(!each.at("title").as_string().empty());
        QVERIFY(!each.at("description").as_string().empty());
    }
    QCOMPARE(at(play.stage.must("GET", "/_sim/scenarios/slow-3g"), "/name").as_string(), "slow-3g");
}

void ScenarioTest::refused_data() {
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const char* members, const char* words) {
        QTest::newRow(name) << QByteArray(members) << QByteArray(words);
    };
    row("a format of later", R"("format":2)", "'format'");
    row("an unknown member", R"("script":"rm -rf /")", "'script'");
    row("an unknown dialect", R"("dialect":"latin")", "'dialect'");
    row("a seed that is none", R"("seed":-1)", "'seed'");
    row("a world that there is not", R"("world":"nowhere")", "nowhere");
    row("a world outside", R"("world":"../x")", "name");
    row("no scale", R"("clock":{"scale":0})", "'clock/scale'");
    row("a scale that is nothing", R"("clock":{"scale":1e-9})", "'clock/scale'");
    row("far ahead", R"("clock":{"now_ms":7258118399999,"advance_ms":1})", "1970 to 2199");
    row("a friend that the new world has not",
        R"("world":"empty","accounts":[{"name":"qa","follows":["mika"]}])", "mika");
    row("a friend that the large world has not",
        R"("world":"busy","accounts":[{"name":"qa","followed_by":["nobody-at-all"]}])", "nobody-at-all");
    row("one's own friend", R"("accounts":[{"name":"qa","follows":["qa"]}])", "oneself");
    row("a name that is too long", R"("accounts":[{"name":"123456789012345678901234567890123"}])",
        "too long");
    row("a step by nobody", R"("steps":[{"do":"like","as":"ghost"}])", "'steps/0'");
    row("a step by somebody of another world", R"("world":"empty","steps":[{"do":"like","as":"mika"}])",
        "there is no 'mika'");
    row("a step to nobody",
        R"("steps":[{"do":"like","as":"mika"},{"do":"follow","as":"mika","who":"ghost"}])", "'steps/1'");
    row("a step after oneself", R"("steps":[{"do":"follow","as":"mika","who":"mika"}])", "oneself");
    row("a step to no path", R"("steps":[{"do":"admin","method":"POST","path":"clock/sneeze"}])",
        "clock/sneeze");
    row("a step with the wrong method", R"("steps":[{"do":"admin","method":"DELETE","path":"clock/freeze"}])",
        "is for POST");
    row("times where there are none", R"("inside":[{"fault":"consumer_paused","times":2}])", "one by one");
    row("an unknown lever", R"("clock":{"speed":1})", "'clock/speed'");
    row("accounts that are none", R"("accounts":[1])", "'accounts'");
    row("an account without a name", R"("accounts":[{"password":"x"}])", "'accounts/0/name'");
    row("a friend that there is not", R"("accounts":[{"name":"qa","follows":["nobody"]}])", "nobody");
    row("an account twice", R"("accounts":[{"name":"qa"},{"name":"qa"}])", "twice");
    row("an unknown damage", R"("accounts":[{"name":"qa","token_damage":"rust"}])", "damage");
    row("a bad rule", R"("faults":[{"rule":"x","effects":[{"kind":"gremlins"}]}])", "kind");
    row("an unknown fault inside", R"("inside":[{"fault":"gremlins"}])", "fault");
    row("an unknown deed", R"("steps":[{"do":"shell","text":"id"}])", "'steps/0/do'");
    row("a message to nobody", R"("steps":[{"do":"send_message","as":"mika","text":"x"}])", "'steps/0/who'");
    row("again without a pause", R"("steps":[{"do":"like","as":"mika","times":2}])", "'steps/0/every_ms'");
    row("a step into scenarios", R"("steps":[{"do":"admin","method":"POST","path":"scenarios/slow-3g"}])",
        "'steps/0/path'");
    row("a step into scenarios, another way",
        R"("steps":[{"do":"admin","method":"DELETE","path":"//scenario"}])", "'steps/0/path'");
    row("a step that reads", R"("steps":[{"do":"admin","method":"GET","path":"clock"}])", "'steps/0/method'");
    row("too much text",
        R"("steps":[{"do":"comment","as":"mika","text":"123456789012345678901","repeat":10000}])",
        "'steps/0/repeat'");
}

void ScenarioTest::refused() {
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, words);
    AdminStage stage;
    std::string body = R"({"name":"x","title":"X",)";
    body += members.startsWith("\"format\"") ? "" : R"("format":1,)";
    const Reply reply = stage.admin("PUT", "/_sim/scenario", body + members.toStdString() + "}");
    QVERIFY2(reply.status == 422 || reply.status == 404, reply.body.c_str());
    QVERIFY2(reply.body.find(words.toStdString()) != std::string::npos, reply.body.c_str());
    QCOMPARE(stage.admin("POST", "/_sim/scenarios/none", "{}").status, 404);
    QCOMPARE(stage.admin("POST", "/_sim/scenarios/..", "{}").status, 404);
}

void ScenarioTest::whatIsRefusedChangesNothing() {
    AdminStage stage;
    stage.must("PUT", "/_sim/faults/mine", R"({"effects":[{"kind":"status","status":500}]})");
    stage.must("POST", "/_sim/clock/freeze", "{}");
    const std::string rules = stage.admin("GET", "/_sim/faults").body;
    const std::string clock = stage.admin("GET", "/_sim/clock").body;
    const std::string people = stage.admin("GET", "/_sim/people").body;
    for (const char* members :
         {R"("accounts":[{"name":"half1"},{"name":"half2","follows":["ghost"]}])",
          R"("accounts":[{"name":"half1"},{"name":"half1"}])", R"("world":"empty","inside":[{"fault":"zz"}])",
          R"("world":"empty","faults":[{"rule":"x","effects":[{"kind":"gremlins"}]}])",
          R"("world":"nowhere")", R"("world":"empty","accounts":[{"name":"qa","follows":["mika"]}])",
          R"("world":"empty","accounts":[{"name":"qa","token_damage":"rust"}])",
          R"("dialect":"tikgok","world":"empty","clock":{"now_ms":1,"scale":0})",
          R"("dialect":"tikgok","steps":[{"do":"like","as":"ghost"}])"}) {
        const Reply reply = stage.admin(
            "PUT", "/_sim/scenario", R"({"name":"x","title":"X","format":1,)" + std::string(members) + "}");
        QVERIFY2(reply.status == 422 || reply.status == 404, reply.body.c_str());
        QVERIFY2(!reply.body.contains(stage.config.dataDirectory.string()) && !reply.body.contains(".json"),
                 reply.body.c_str());
        QCOMPARE(stage.simulator->dialect(), DialectName::Standard);
        QCOMPARE(stage.simulator->world(), "small");
        QCOMPARE(stage.admin("GET", "/_sim/faults").body, rules);
        QCOMPARE(stage.admin("GET", "/_sim/clock").body, clock);
        QCOMPARE(stage.admin("GET", "/_sim/people").body, people);
    }
}

// The password of somebody who was there already is not the scenario's.
void ScenarioTest::whoWasThereKeepsThePassword() {
    const AdminStage stage;
    const auto put = [&stage] {
        return at(stage.must("PUT", "/_sim/scenario",
                             R"({"name":"x","title":"X","format":1,"accounts":[)"
                             R"({"name":"mika","password":"mine"},{"name":"fresh","password":"mine"}]})"),
                  "/accounts")
            .as_array();
    };
    const auto signIn = [&stage](const char* name, const std::string& password) {
        return at(stage.post("/douyin/user/login/?username=" + std::string(name) + "&password=" + password),
                  "/status_code")
            .as_int64();
    };
    json::array accounts = put();
    QVERIFY(accounts[0].at("existed").as_bool());
    QVERIFY(!accounts[0].as_object().contains("password"));
    QVERIFY(!accounts[0].at("token").as_string().empty());
    QCOMPARE(signIn("mika", "tikgok123"), 0);
    QVERIFY(!accounts[1].at("existed").as_bool());
    QCOMPARE(signIn("fresh", std::string(accounts[1].at("password").as_string())), 0);
    accounts = put();
    QVERIFY(accounts[1].at("existed").as_bool());
    QVERIFY(!accounts[1].as_object().contains("password"));
}

void ScenarioTest::oneClearsTheOther() {
    Play play;
    for (const char* name : {"everything-429", "queue-full", "clock-a-year-ahead", "reference-server"}) {
        play.load(name);
    }
    play.load("empty-feed");
    QVERIFY(good(play.stage.get("/douyin/feed/")));
    QVERIFY(!play.stage.person("ann").empty());
    QVERIFY(at(play.stage.must("GET", "/_sim/clock"), "/real").as_bool() ||
            std::abs(at(play.stage.must("GET", "/_sim/clock"), "/now_ms").as_int64() -
                     QDateTime::currentMSecsSinceEpoch()) < 10'000);
    QCOMPARE(play.stage.simulator->dialect(), DialectName::Standard);
}

void ScenarioTest::endsOnItsOwnAndWhenTold() {
    Play play;
    play.load("friend-writes-while-you-type");
    QCOMPARE(at(play.stage.must("GET", "/_sim/scenario"), "/steps_left").as_int64(), 20);
    // All of them at once, each with a sync of its own: seconds on a slow disk.
    play.advance(30LL * 86'400'000);
    QTRY_COMPARE_WITH_TIMEOUT(at(play.stage.must("GET", "/_sim/scenario"), "/steps_done").as_int64(), 20,
                              60'000);
    QCOMPARE(at(play.stage.must("GET", "/_sim/scenario"), "/steps_failed").as_int64(), 0);
    play.load("feed-moves");
    play.stage.must("DELETE", "/_sim/scenario");
    QVERIFY(play.stage.must("GET", "/_sim/scenario").at("scenario").is_null());
    play.advance(60'000);
    QCOMPARE(play.count(play.stage.get("/douyin/feed/").body, "Fresh from the press"), 0);
    // And with the simulator, in the middle.
    play.load("feed-moves");
    play.stage.simulator->stop();
}

void ScenarioTest::tellsWhatIsTurned() {
    AdminStage stage;
    const auto chaos = [&stage] { return json::serialize(at(stage.must("GET", "/_sim/"), "/chaos")); };
    const std::string good = R"({"rules":0,"inside":0,"real_time":true,"scenario":null})";
    QCOMPARE(chaos(), good);
    stage.must("PUT", "/_sim/faults/a", R"({"effects":[{"kind":"reset"}]})");
    stage.must("PUT", "/_sim/faults/b", R"({"on":false,"effects":[{"kind":"reset"}]})");
    QCOMPARE(chaos(), std::string(R"({"rules":1,"inside":0,"real_time":true,"scenario":null})"));
    stage.must("PUT", "/_sim/inside/disk_full", R"({"on":true})");
    stage.must("POST", "/_sim/clock/freeze", "{}");
    QCOMPARE(chaos(), std::string(R"({"rules":1,"inside":1,"real_time":false,"scenario":null})"));
    stage.must("POST", "/_sim/scenarios/feed-of-one", "{}");
    QCOMPARE(chaos(), std::string(R"({"rules":0,"inside":0,"real_time":true,"scenario":"feed-of-one"})"));
    stage.must("DELETE", "/_sim/scenario");
    QCOMPARE(chaos(), good);
}

void ScenarioTest::speaksAnotherDialect() {
    AdminStage stage;
    QCOMPARE(at(stage.must("PUT", "/_sim/dialect", R"({"dialect":"tikgok"})"), "/dialect").as_string(),
             json::string("tikgok"));
    QCOMPARE(at(stage.must("GET", "/_sim/"), "/dialect").as_string(), json::string("tikgok"));
    // What it goes back to.
    QCOMPARE(at(stage.must("GET", "/_sim/"), "/configured").as_string(), "standard");
    for (const char* bad : {R"({"dialect":"klingon"})", R"({"dialect":1})", "{}"}) {
        const Reply reply = stage.admin("PUT", "/_sim/dialect", bad);
        QCOMPARE(reply.status, 422);
        QVERIFY(reply.body.find("'dialect' must be standard, tikgok or demo.") != std::string::npos);
    }
    QCOMPARE(at(stage.must("GET", "/_sim/"), "/dialect").as_string(), json::string("tikgok"));
}

QTEST_GUILESS_MAIN(ScenarioTest)
#include "scenario_test.moc"
