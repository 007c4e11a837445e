// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The journal, through the admin API: bounds, secrets, filters, counting, curl, HAR, explanations.

#include "backend-sim/control/journal_ring.h"
#include "tests/backend_sim/control/admin_stage.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <string>
#include <thread>

using namespace tikgok::sim;
using namespace tikgok::sim::controltest;

class JournalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokensAnywhere();
    void countsThatCannotBe();
    void filtersThatCannotFit_data();
    void filtersThatCannotFit();
    void accountsByName();
    void init();
    void offByItself();
    void keepsWhatHappened();
    void noSecrets_data();
    void noSecrets();
    void filters_data();
    void filters();
    void verifies();
    void bounded();
    void ringKeepsTheLast();
    void curl();
    void har();
    void explains();
    void adminIsNotInIt();
    void manyAtOnce();
    void refusals_data();
    void refusals();

private:
    std::unique_ptr<AdminStage> stage_;
    // The test that it was made for.
    QByteArray madeFor_;

    void on(const std::string& more = "") const {
        stage_->must("PUT", "/_sim/journal", "{\"on\":true" + more + "}");
    }
    [[nodiscard]] json::array entries(const std::string& query = "") const {
        return at(stage_->must("GET", "/_sim/journal" + query), "/entries").as_array();
    }
    // Seven exchanges, of many kinds.
    void makeSomethingToFilter() const;
    // Everything that the admin API gives of the journal, as text.
    [[nodiscard]] std::string everything() const {
        std::string all = stage_->admin("GET", "/_sim/journal/har").body;
        for (const json::value& entry : entries("?limit=1000")) {
            const std::string path = "/_sim/journal/" + std::to_string(entry.at("entry").as_int64());
            for (const char* const what : {"", "/curl", "/explain"}) {
                all += stage_->admin("GET", path + what).body;
            }
        }
        return all + stage_->admin("GET", "/_sim/validation").body +
               stage_->admin("GET", "/_sim/coverage").body;
    }
};

void JournalTest::init() {
    // The rows of these only ask, or are refused; they share a simulator.
    const QByteArray test = QTest::currentTestFunction();
    const bool asksOnly = test == "filters" || test == "filtersThatCannotFit" || test == "refusals";
    if (!asksOnly || madeFor_ != test) {
        stage_ = std::make_unique<AdminStage>();
        madeFor_ = test;
        if (test == "filters") {
            makeSomethingToFilter();
        }
    }
}

void JournalTest::makeSomethingToFilter() const {
    const std::string token = stage_->person("ann");
    on();
    stage_->must("PUT", "/_sim/faults/five",
                 R"({"effects":[{"kind":"status","status":500}],"match":{"route":"/ping","nth":[2]}})");
    (void)stage_->get("/ping");
    (void)stage_->get("/ping");
    (void)stage_->get("/nowhere");
    (void)stage_->get("/douyin/feed/");
    (void)stage_->get("/douyin/user/?token=" + token);
    (void)stage_->post("/douyin/user/login/?username=ann&password=wrong");
    (void)stage_->post("/douyin/user/login/?username=ann&password=secret");
}

void JournalTest::offByItself() {
    QCOMPARE(stage_->get("/ping").status, 200);
    const json::value state = stage_->must("GET", "/_sim/journal/state");
    QCOMPARE(at(state, "/on").as_bool(), false);
    QVERIFY(entries().empty());
    on();
    (void)stage_->get("/ping");
    stage_->must("PUT", "/_sim/journal", R"({"on":false})");
    (void)stage_->get("/ping");
    // What it has it still shows.
    QCOMPARE(entries().size(), std::size_t{1});
    stage_->must("DELETE", "/_sim/journal");
    QVERIFY(entries().empty());
}

void JournalTest::keepsWhatHappened() {
    on();
    const std::string token = stage_->person("ann");
    (void)stage_->get("/douyin/feed/?latest_time=5",
                      "User-Agent: me/1\r\nAccept-Encoding: gzip\r\n"
                      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");
    (void)stage_->post("/douyin/user/login/", "application/x-www-form-urlencoded",
                       "username=ann&password=wrong-one");
    (void)stage_->get("/nowhere");
    (void)stage_->get("/static/demo/covers/01-aurora.jpg");
    (void)stage_->get("/douyin/user/?user_id=1&token=" + token);
    const json::array all = entries();
    QCOMPARE(all.size(), std::size_t{6});
    const auto line = [&all](std::size_t index, const char* path) { return all[index].at_pointer(path); };
    QCOMPARE(line(0, "/path").as_string(), json::string("/douyin/user/register/"));
    QCOMPARE(line(0, "/method").as_string(), json::string("POST"));
    QCOMPARE(line(0, "/query").as_string(), json::string("username=ann&password=hidden"));
    QCOMPARE(line(1, "/query").as_string(), json::string("latest_time=5"));
    QCOMPARE(line(1, "/status").as_int64(), 200);
    QCOMPARE(line(1, "/code").as_int64(), 0);
    QCOMPARE(line(2, "/code").as_int64(), 30001);
    QCOMPARE(line(3, "/status").as_int64(), 404);
    QVERIFY(line(4, "/bytes_out").as_int64() > 1000);
    QVERIFY(line(5, "/account").as_int64() > 0);
    const json::value whole =
        stage_->must("GET", "/_sim/journal/" + std::to_string(line(1, "/entry").as_int64()));
    QCOMPARE(at(whole, "/trace").as_string(), json::string("0af7651916cd43dd8448eb211c80319c"));
    QVERIFY(json::serialize(at(whole, "/request/headers")).find(R"({"name":"User-Agent","value":"me/1"})") !=
            std::string::npos);
    // Of the answer as it was made, not as it was compressed.
    QVERIFY(at(whole, "/answer/body").as_string().starts_with(R"({"status_code":0)"));
    const json::value form =
        stage_->must("GET", "/_sim/journal/" + std::to_string(line(2, "/entry").as_int64()));
    QCOMPARE(at(form, "/request/body").as_string(), json::string("username=ann&password=hidden"));
    stage_->must("GET", "/_sim/journal/999", "", 404);
    stage_->must("GET", "/_sim/journal/0", "", 404);
    stage_->must("GET", "/_sim/journal/abc", "", 404);
}

void JournalTest::noSecrets_data() {
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* name, const char* method, const char* target, const char* headers = "",
                        const char* type = "", const char* body = "") {
        QTest::newRow(name) << QByteArray(method) << QByteArray(target) << QByteArray(headers)
                            << QByteArray(type) << QByteArray(body);
    };
    const char* const form = "application/x-www-form-urlencoded";
    const char* const login = "/douyin/user/login/";
    row("query", "GET", "/douyin/user/?token=TOKEN");
    row("query, escaped name", "GET", "/douyin/user/?%74oken=TOKEN");
    row("query, in capitals", "GET", "/douyin/user/?TOKEN=TOKEN&Password=s3cr3t-word");
    row("query, twice", "GET", "/douyin/user/?token=TOKEN&token=TOKEN");
    row("an unknown path", "GET", "/douyin/usr/?token=TOKEN&password=s3cr3t-word");
    row("an ampersand for the question mark", "GET", "/douyin/user/&token=TOKEN");
    row("a redirect", "GET", "/douyin/feed?token=TOKEN");
    row("query of a login", "POST", "/douyin/user/login/?username=ann&password=s3cr3t-word");
    row("form", "POST", login, "", form, "username=ann&password=s3cr3t-word&token=TOKEN");
    row("form, escaped", "POST", login, "", form, "username=ann&pass%77ord=s3cr3t-word");
    row("JSON", "POST", login, "", "application/json", R"({"username":"ann","password":"s3cr3t-word"})");
    row("JSON, escaped name", "POST", login, "", "application/json", R"({"p\u0061ssword":"s3cr3t-word"})");
    row("JSON, deep", "POST", login, "", "application/json", R"({"a":[{"Token":"TOKEN"}]})");
    row("broken JSON", "POST", login, "", "application/json", R"({"password":"s3cr3t-word")");
    row("text", "POST", login, "", "text/plain", "password=s3cr3t-word");
    row("multipart", "POST", login, "", "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\ns3cr3t-word\r\n--b--\r\n");
    row("no type", "POST", login, "", "", "password=s3cr3t-word");
    row("authorization", "GET", "/ping", "Authorization: Bearer TOKEN\r\n");
    row("cookie", "GET", "/ping", "Cookie: token=TOKEN\r\n");
    row("pairing", "GET", "/ping", "X-TikGok-Pairing: s3cr3t-word\r\n");
    row("another header", "GET", "/ping", "X-Auth-Token: TOKEN\r\n");
    row("referer", "GET", "/ping", "Referer: http://localhost/douyin/user/?token=TOKEN\r\n");
    row("the token in another header", "GET", "/douyin/user/?token=TOKEN", "X-Debug: the token is TOKEN\r\n");
}

void JournalTest::noSecrets() {
    QFETCH(const QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    QFETCH(const QByteArray, type);
    QFETCH(QByteArray, body);
    stage_->must("PUT", "/_sim/validation", R"({"on":true})");
    stage_->must("PUT", "/_sim/coverage", R"({"on":true})");
    on(R"(,"answer_body_bytes":100000,"request_body_bytes":100000)");
    const Reply registered = stage_->post("/douyin/user/register/?username=ann&password=s3cr3t-word");
    const std::string token(at(registered, "/token").as_string());
    QVERIFY(token.size() > 20);
    for (QByteArray* const text : {&target, &headers, &body}) {
        text->replace("=TOKEN", "=" + QByteArray::fromStdString(token));
        text->replace(" TOKEN", " " + QByteArray::fromStdString(token));
        text->replace("\"TOKEN", "\"" + QByteArray::fromStdString(token));
    }
    for (const char* const dialect : {"standard", "tikgok", "demo"}) {
        stage_->simulator->setDialect(*dialectNamed(dialect));
        if (method == "GET") {
            (void)stage_->get(target.toStdString(), headers.toStdString());
        } else {
            (void)stage_->post(target.toStdString(), type.toStdString(), body.toStdString(),
                               headers.toStdString());
        }
        (void)stage_->post("/douyin/user/login/?username=ann&password=s3cr3t-word");
    }
    const std::string all = everything();
    QVERIFY(all.find("/douyin/user/register/") != std::string::npos);
    QVERIFY(all.find("s3cr3t") == std::string::npos);
    // Its signature is what makes it one.
    QVERIFY(all.find(token.substr(token.rfind('.') + 1)) == std::string::npos);
    QVERIFY(all.find(token.substr(0, 60)) == std::string::npos);
    QVERIFY(all.find(stage_->simulator->adminToken()) == std::string::npos);
}

void JournalTest::filters_data() {
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("count");
    const auto row = [](const char* query, int count) { QTest::newRow(query) << QByteArray(query) << count; };
    row("", 7);
    row("?method=GET", 5);
    row("?method=POST", 2);
    row("?route=/ping", 2);
    row("?route=/douyin/feed", 1);
    row("?route=/douyin/feed/", 1);
    row("?route=/douyin/*", 4);
    row("?status=404", 1);
    row("?code=30001", 1);
    row("?fault=five", 1);
    row("?fault=*", 1);
    row("?fault=four", 0);
    row("?account=0", 6);
    row("?limit=3", 3);
    row("?method=GET&status=200", 3);
    row("?to_ms=0", 0);
    row("?from_ms=0", 7);
}

void JournalTest::filters() {
    QFETCH(const QByteArray, query);
    QFETCH(const int, count);
    QCOMPARE(static_cast<int>(entries(query.toStdString()).size()), count);
}

void JournalTest::verifies() {
    on();
    for (int i = 0; i < 3; ++i) {
        (void)stage_->get("/douyin/feed/");
    }
    const auto holds = [this](const std::string& expectation) {
        const json::value answer =
            stage_->must("POST", "/_sim/journal/verify", R"({"route":"/douyin/feed/",)" + expectation + "}");
        return at(answer, "/count").as_int64() == 3 && at(answer, "/complete").as_bool() &&
               at(answer, "/holds").as_bool();
    };
    QVERIFY(holds(R"("times":3)"));
    QVERIFY(!holds(R"("times":2)"));
    QVERIFY(holds(R"("at_least":3,"at_most":3)"));
    QVERIFY(!holds(R"("at_least":4)"));
    QVERIFY(!holds(R"("at_most":2)"));
    stage_->must("POST", "/_sim/journal/verify", R"({"times":"3"})", 422);
    stage_->must("POST", "/_sim/journal/verify", R"({"rout":"/ping"})", 422);
    // What was thrown away may have been one of them.
    on(R"(,"most_entries":2)");
    for (int i = 0; i < 3; ++i) {
        (void)stage_->get("/ping");
    }
    QCOMPARE(at(stage_->must("POST", "/_sim/journal/verify", R"({"route":"/ping"})"), "/complete").as_bool(),
             false);
}

void JournalTest::bounded() {
    on(R"(,"most_entries":10,"most_bytes":8192)");
    for (int i = 0; i < 50; ++i) {
        (void)stage_->get("/douyin/feed/?latest_time=" + std::to_string(i));
    }
    const json::value state = stage_->must("GET", "/_sim/journal/state");
    QVERIFY(at(state, "/entries").as_int64() <= 10);
    QVERIFY(at(state, "/entries").as_int64() >= 2);
    QVERIFY(at(state, "/bytes").as_int64() <= 8192);
    QCOMPARE(at(state, "/written").as_int64(), 50);
    QCOMPARE(at(state, "/gone").as_int64(), 50 - at(state, "/entries").as_int64());
    QCOMPARE(entries().back().at("query").as_string(), json::string("latest_time=49"));
}

// The ring against a plain list of what was put in, with entries of all sizes.
void JournalTest::ringKeepsTheLast() {
    JournalRing ring;
    ring.open({7, 3000});
    std::uint64_t seed = 1;
    std::vector<std::string> written;
    for (int i = 0; i < 2000; ++i) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        const std::string path(seed >> 54U, static_cast<char>('a' + i % 26));
        JournalTexts<std::string_view> texts;
        texts[JournalText::Path] = path;
        JournalFacts facts;
        facts.timeMs = i;
        const std::uint64_t number = ring.append(facts, texts);
        written.push_back(path);
        QCOMPARE(number, static_cast<std::uint64_t>(i + 1));
        std::vector<std::string> kept;
        std::uint64_t next = 0;
        ring.visit(0, [&](const JournalView& view) {
            if (view.texts[JournalText::Path] == written[view.facts.number - 1] &&
                (next == 0 || view.facts.number == next)) {
                kept.emplace_back(view.texts[JournalText::Path]);
            }
            next = view.facts.number + 1;
            return true;
        });
        // All that it has is right, in a row, and ends with the last one.
        QCOMPARE(next, number + 1);
        QCOMPARE(kept.size(), ring.counters().entries);
        QVERIFY(kept.size() >= std::min<std::size_t>(written.size(), 1) && kept.size() <= 7);
        QVERIFY(ring.counters().bytes <= 3000);
    }
    JournalTexts<std::string_view> texts;
    const std::string huge(5000, 'x');
    texts[JournalText::AnswerBody] = huge;
    QCOMPARE(ring.append({}, texts), std::uint64_t{0});
}

void JournalTest::curl() {
    if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty()) {
        QSKIP("there is no curl");
    }
    on();
    (void)stage_->post("/douyin/user/login/?x=it's%20%24HOME&password=secret",
                       "application/x-www-form-urlencoded", "username=a'b\"c",
                       "X-Quote: it's \"$(echo no)\"\r\n");
    const json::value command = stage_->must("GET", "/_sim/journal/1/curl");
    QProcess shell;
    shell.start(QStringLiteral("sh"),
                {QStringLiteral("-c"), QString::fromUtf8(at(command, "/curl").as_string().c_str())});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
    const json::array all = entries();
    QCOMPARE(all.size(), std::size_t{2});
    const json::value first = stage_->must("GET", "/_sim/journal/1");
    const json::value second = stage_->must("GET", "/_sim/journal/2");
    QCOMPARE(at(first, "/query").as_string(), at(second, "/query").as_string());
    QCOMPARE(at(first, "/request/body").as_string(), at(second, "/request/body").as_string());
    QVERIFY(json::serialize(at(second, "/request/headers")).find(R"(it's \"$(echo no)\")") !=
            std::string::npos);
}

void JournalTest::har() {
    on();
    (void)stage_->get("/douyin/feed/?latest_time=5&a=%C3%A4");
    (void)stage_->post("/douyin/user/login/", "application/x-www-form-urlencoded", "username=\xff");
    const json::value log = at(stage_->must("GET", "/_sim/journal/har"), "/log");
    QCOMPARE(at(log, "/version").as_string(), json::string("1.2"));
    QCOMPARE(at(log, "/entries").as_array().size(), std::size_t{2});
    QCOMPARE(at(log, "/entries/0/request/url").as_string(),
             json::string(stage_->simulator->url() + "/douyin/feed/?latest_time=5&a=%C3%A4"));
    QCOMPARE(at(log, "/entries/0/request/queryString/1/value").as_string(), json::string("\xc3\xa4"));
    QCOMPARE(at(log, "/entries/0/response/status").as_int64(), 200);
    QVERIFY(at(log, "/entries/0/startedDateTime").as_string().ends_with("Z"));
    for (const char* const needed : {"time", "request", "response", "cache", "timings"}) {
        QVERIFY(at(log, "/entries/1").as_object().contains(needed));
    }
    QCOMPARE(at(stage_->must("GET", "/_sim/journal/har?method=POST"), "/log/entries").as_array().size(),
             std::size_t{1});
}

void JournalTest::explains() {
    stage_->must("PUT", "/_sim/validation", R"({"on":true})");
    on();
    stage_->must("PUT", "/_sim/faults",
                 R"({"rules":[
                     {"rule":"elsewhere","match":{"route":"/ping"},"effects":[{"kind":"reset"}]},
                     {"rule":"never","limits":{"probability":1e-9},"effects":[{"kind":"reset"}]},
                     {"rule":"nulls","effects":[{"kind":"null_list"}]}]})");
    (void)stage_->get("/douyin/feed/");
    const json::value told = stage_->must("GET", "/_sim/journal/1/explain");
    const json::array rules = at(told, "/rules").as_array();
    QCOMPARE(rules.size(), std::size_t{3});
    QCOMPARE(rules[0].at("why").as_string(), json::string("another route"));
    QCOMPARE(rules[1].at("why").as_string(), json::string("the draw"));
    QCOMPARE(rules[1].at("chance").to_number<double>(), 1e-9);
    QVERIFY(rules[1].at("draw").to_number<double>() >= 0);
    QCOMPARE(rules[2].at("why").as_string(), json::string("struck"));
    QCOMPARE(rules[2].at("number").as_int64(), 1);
    QCOMPARE(at(told, "/fault").as_string(), json::string("nulls"));
    QCOMPARE(at(told, "/fault_kinds").as_string(), json::string("null_list"));
    QVERIFY(at(told, "/clock/now_ms").as_int64() > 1'600'000'000'000);
    QVERIFY(at(told, "/queues/connections").as_int64() >= 1);
    QVERIFY(at(told, "/queues").as_object().contains("writes"));
    QCOMPARE(at(told, "/validation/checked").as_bool(), true);
    QCOMPARE(at(told, "/validation/valid").as_bool(), false);
    QCOMPARE(at(told, "/validation/deliberate").as_bool(), true);
    stage_->must("GET", "/_sim/journal/9/explain", "", 404);
}

void JournalTest::adminIsNotInIt() {
    on();
    QCOMPARE(stage_->admin("GET", "/_sim/").status, 200);
    QCOMPARE(stage_->get("/_sim/").status, 401);
    QCOMPARE(stage_->get("/metrics").status, 200);
    QVERIFY(entries().empty());
}

void JournalTest::manyAtOnce() {
    on(R"(,"most_entries":100,"most_bytes":65536)");
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([this] {
            Wire wire(stage_->port());
            for (int k = 0; k < 200; ++k) {
                wire.ask("GET /douyin/feed/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(stage_->admin("GET", "/_sim/journal?limit=1000").status, 200);
    }
    for (std::thread& client : clients) {
        client.join();
    }
    QCOMPARE(at(stage_->must("GET", "/_sim/journal/state"), "/written").as_int64(), 1600);
}

void JournalTest::refusals_data() {
    QTest::addColumn<QByteArray>("body");
    for (const char* const body :
         {R"({"on":1})", R"({"most_entries":0})", R"({"most_bytes":10})", R"({"most_bytes":9999999999})",
          R"({"answer_body_bytes":-1})", R"({"file":"/tmp/journal"})"}) {
        QTest::newRow(body) << QByteArray(body);
    }
}

void JournalTest::refusals() {
    QFETCH(const QByteArray, body);
    const json::value before = stage_->must("GET", "/_sim/journal/state");
    stage_->must("PUT", "/_sim/journal", body.toStdString(), 422);
    QVERIFY(stage_->must("GET", "/_sim/journal/state") == before);
    stage_->must("GET", "/_sim/journal?status=many", "", 422);
}

// Wherever a client puts a token by mistake.
void JournalTest::tokensAnywhere() {
    on();
    stage_->must("PUT", "/_sim/validation", R"({"on":true})");
    const std::string token = stage_->person("ann");
    std::string escaped = token;
    for (std::size_t dot = 0; (dot = escaped.find('.', dot)) != std::string::npos;) {
        escaped.replace(dot, 1, "%2E");
    }
    const std::string& own = stage_->simulator->adminToken();
    for (const std::string& target :
         {"/douyin/" + token, "/nowhere/" + token + "/more", "/douyin/feed/" + token, "/x/Bearer%20" + token,
          "/x/" + escaped, "/x/" + own, "/douyin/feed/?latest_time=" + token, "/x?sid=" + token,
          "/x?" + token, "/x?a=" + escaped, "/x?key=" + own}) {
        (void)stage_->get(target, "Referer: http://localhost" + target + "\r\nX-Note: " + token + "\r\n");
    }
    const std::string all = everything() + stage_->admin("GET", "/_sim/journal?limit=1000").body;
    QVERIFY(all.contains("hidden"));
    const std::string signature = token.substr(token.rfind('.') + 1);
    for (const std::string& secret : {token, escaped, own, signature}) {
        QVERIFY2(!all.contains(secret), secret.c_str());
    }
    // What only looks a little like one stays.
    (void)stage_->get("/static/demo/covers/eyJust-a-picture.jpg");
    QCOMPARE(entries().back().at("path").as_string(), "/static/demo/covers/eyJust-a-picture.jpg");
}

void JournalTest::countsThatCannotBe() {
    QCOMPARE(stage_->admin("POST", "/_sim/journal/verify", R"({"at_least":3,"at_most":2})").status, 422);
    QCOMPARE(stage_->admin("POST", "/_sim/journal/verify", R"({"times":1,"at_least":2})").status, 422);
    stage_->must("POST", "/_sim/journal/verify", R"({"times":2,"at_least":2,"at_most":2})");
}

void JournalTest::filtersThatCannotFit_data() {
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* name, const char* value) {
        QTest::addRow("%s=%s", name, value) << QByteArray(name) << QByteArray(value);
    };
    for (const char* const cut : {"", "Close", "none", "true"}) {
        row("cut", cut);
    }
    for (const char* const method : {"", "get", "PATCH", "GET,POST"}) {
        row("method", method);
    }
    row("route", "");
    row("route", "douyin/feed/");
    row("status", "-1");
    row("status", "600");
    row("code", "-1");
}

// "There were none" must not hold because of a slip.
void JournalTest::filtersThatCannotFit() {
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, value);
    const bool number = name == "status" || name == "code";
    const std::string text = number ? value.toStdString() : '"' + value.toStdString() + '"';
    QCOMPARE(stage_
                 ->admin("POST", "/_sim/journal/verify",
                         "{\"times\":0,\"" + name.toStdString() + "\":" + text + "}")
                 .status,
             422);
    const std::string query = "?" + name.toStdString() + "=" + value.toStdString();
    for (const char* const path : {"/_sim/journal", "/_sim/journal/har"}) {
        const Reply reply = stage_->admin("GET", path + query);
        QCOMPARE(reply.status, 422);
        QVERIFY(at(reply, "/error/message").as_string().find(name.toStdString()) != std::string::npos);
    }
}

void JournalTest::accountsByName() {
    on();
    const std::string ann = stage_->person("ann");
    const std::string bob = stage_->person("bob");
    (void)stage_->get("/douyin/user/?token=" + ann);
    (void)stage_->get("/douyin/user/?token=" + ann);
    (void)stage_->get("/douyin/user/?token=" + bob);
    const std::string id = std::to_string(entries("?account=ann").front().at("account").as_int64());
    for (const std::string& query : {std::string("?account=ann"), "?account=" + id}) {
        QCOMPARE(entries(query).size(), std::size_t{2});
        QCOMPARE(at(stage_->must("GET", "/_sim/journal/har" + query), "/log/entries").as_array().size(),
                 std::size_t{2});
    }
    for (const std::string& account : {std::string(R"("ann")"), id}) {
        QCOMPARE(at(stage_->must("POST", "/_sim/journal/verify", R"({"account":)" + account + "}"), "/count")
                     .as_int64(),
                 2);
    }
    for (const Reply& reply : {stage_->admin("GET", "/_sim/journal?account=nobody"),
                               stage_->admin("GET", "/_sim/journal?account=-1"),
                               stage_->admin("GET", "/_sim/journal/har?account=nobody"),
                               stage_->admin("POST", "/_sim/journal/verify", R"({"account":"nobody"})")}) {
        QCOMPARE(reply.status, 422);
        QVERIFY2(reply.body.contains("'account' must be the id or the name of somebody"), reply.body.c_str());
    }
}

QTEST_GUILESS_MAIN(JournalTest)
#include "journal_test.moc"
