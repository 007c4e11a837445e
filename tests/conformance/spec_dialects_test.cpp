// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The judges of the dialects tikgok and demo: they take their own examples, and an answer that is broken on
// purpose in one place is caught, whatever the place.

#include "tests/conformance/dialect_breaches.h"
#include "tests/conformance/embedded.h"
#include "tests/conformance/examples.h"
#include "tests/conformance/spec.h"

#include <QTest>

#include <functional>
#include <map>
#include <set>

using namespace tikgok::conformance;

namespace json = boost::json;

namespace {

// Calls `visit` with every way to break `value` in one place: a member less, a member more, another type.
void breakEverywhere(const json::value& whole, const json::value& part, const std::string& where,
                     const std::function<void(const std::string& what, const json::value& broken)>& visit) {
    const auto with = [&](const std::string& at, const json::value& replacement) {
        json::value copy = whole;
        if (at.empty()) {
            copy = replacement;
        } else {
            copy.at_pointer(at) = replacement;
        }
        return copy;
    };
    const auto become = [&](const char* what, const json::value& replacement) {
        visit(where + " becomes " + what, with(where, replacement));
    };
    switch (part.kind()) {
        case json::kind::object: {
            json::object more = part.as_object();
            more["surplus"] = 1;
            visit(where + " has a member more", with(where, more));
            become("an array", json::array{});
            become("text", json::value("text"));
            for (const auto& [name, each] : part.as_object()) {
                json::object less = part.as_object();
                less.erase(name);
                visit(where + " is without " + std::string(name), with(where, less));
                breakEverywhere(whole, each, where + "/" + std::string(name), visit);
            }
            break;
        }
        case json::kind::array: {
            become("an object", json::object{});
            become("a number", 5);
            json::array more = part.as_array();
            more.push_back(nullptr);
            visit(where + " has a null entry", with(where, more));
            for (std::size_t i = 0; i < part.as_array().size(); ++i) {
                breakEverywhere(whole, part.at(i), where + "/" + std::to_string(i), visit);
            }
            break;
        }
        case json::kind::int64:
            become("text", json::value(std::to_string(part.as_int64())));
            become("a fraction", 1.5);
            become("more than 63 bits", std::uint64_t{9223372036854775808U});
            become("null", json::value(nullptr));
            become("true", true);
            break;
        case json::kind::string:
            become("a number", 5);
            become("null", json::value(nullptr));
            become("an array", json::array{});
            break;
        case json::kind::bool_:
            become("a number", 1);
            become("text", json::value("true"));
            become("null", json::value(nullptr));
            break;
        case json::kind::null:
            become("a number", 0);
            become("text", json::value(""));
            break;
        default:
            become("something", json::object{{"some", "thing"}});
            break;
    }
}

// What is left out or replaced without a breach: a name in it says why a change is no breach.
bool mayBeSo(Dialect dialect, const std::string& path, const std::string& what) {
    const auto ends = [&](std::string_view tail) { return what.ends_with(tail); };
    if (dialect == Dialect::Tikgok) {
        return false;
    }
    // The demo omits what is zero, false or empty.
    for (const std::string_view name :
         {"name", "follow_count", "follower_count", "is_follow", "favorite_count", "comment_count",
          "is_favorite", "content", "video_list", "comment_list"}) {
        const bool list = name.ends_with("_list");
        if (ends("without " + std::string(name)) &&
            (!list || path == "/douyin/feed/" || path == "/douyin/comment/list/")) {
            return true;
        }
    }
    return (path == "/douyin/comment/action/" && ends("without comment")) ||
           (path == "/douyin/user/" && what == " is without user");
}

}  // namespace

class ConformanceSpecDialectsTest : public QObject {
    Q_OBJECT

private:
    std::map<Dialect, ApiSpec> specs_;

    const ApiSpec& spec(int dialect) const { return specs_.at(static_cast<Dialect>(dialect)); }

    static void dialects() {
        QTest::addColumn<int>("dialect");
        QTest::newRow("tikgok") << int(Dialect::Tikgok);
        QTest::newRow("demo") << int(Dialect::Demo);
    }

private Q_SLOTS:
    void initTestCase() {
        for (const auto& [dialect, name] : kDialects) {
            auto parsed = ApiSpec::parse(embeddedDescription(dialect));
            QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().c_str());
            specs_.emplace(dialect, std::move(*parsed));
        }
    }

    void examples_data() { dialects(); }
    void examples() {
        QFETCH(int, dialect);
        std::set<std::string> paths;
        for (const Example& each : examplesOf(spec(dialect))) {
            const auto problems = spec(dialect).check(each.method, each.path, 200, "application/json",
                                                      json::serialize(each.value));
            QVERIFY2(problems.empty(),
                     (each.path + " " + each.name + ": " + (problems.empty() ? "" : problems.front()) +
                      " in " + json::serialize(each.value))
                         .c_str());
            paths.insert(each.path);
        }
        QCOMPARE(paths.size(), std::size_t(static_cast<Dialect>(dialect) == Dialect::Demo ? 16 : 17));
    }

    // Every object of an answer is closed, so that a member too many is a breach.
    void closed_data() { dialects(); }
    void closed() {
        QFETCH(int, dialect);
        for (const auto& [name, schema] :
             spec(dialect).document().at("components").at("schemas").as_object()) {
            const json::object& object = schema.as_object();
            const json::value* type = object.if_contains("type");
            if (type != nullptr && type->is_string() && type->as_string() == "object") {
                const json::value* more = object.if_contains("additionalProperties");
                QVERIFY2(more != nullptr && more->is_bool() && !more->get_bool(), std::string(name).c_str());
            }
        }
    }

    void brokenEverywhere_data() { dialects(); }
    void brokenEverywhere() {
        QFETCH(int, dialect);
        int tried = 0;
        QStringList missed;
        for (const Example& each : examplesOf(spec(dialect))) {
            breakEverywhere(
                each.value, each.value, "", [&](const std::string& what, const json::value& broken) {
                    if (mayBeSo(static_cast<Dialect>(dialect), each.path, what)) {
                        return;
                    }
                    ++tried;
                    if (spec(dialect)
                            .check(each.method, each.path, 200, "application/json", json::serialize(broken))
                            .empty()) {
                        missed << QString::fromStdString(each.path + " " + each.name + ":" + what);
                    }
                });
        }
        qInfo("%d broken answers", tried);
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
        QVERIFY(tried > 500);
    }

    // Answers that another dialect gives, or that are wrong in their values.
    void breaches_data() {
        QTest::addColumn<int>("dialect");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("mediaType");
        QTest::addColumn<QString>("body");
        for (const Breach& each : dialectBreaches()) {
            QTest::newRow((std::string(dialectName(each.dialect)) + ": " + std::string(each.name)).c_str())
                << int(each.dialect) << QString::fromStdString(std::string(each.path)) << each.status
                << QString::fromStdString(std::string(each.mediaType)) << QString::fromStdString(each.body);
        }
    }
    void breaches() {
        QFETCH(int, dialect);
        QFETCH(QString, path);
        QFETCH(int, status);
        QFETCH(QString, mediaType);
        QFETCH(QString, body);
        const bool post = path.contains(QLatin1String("action")) || path.contains(QLatin1String("login"));
        const auto problems = spec(dialect).check(post ? "POST" : "GET", path.toStdString(), status,
                                                  mediaType.toStdString(), body.toStdString());
        QVERIFY(!problems.empty());
    }

    void texts() {
        const ApiSpec& tikgok = spec(int(Dialect::Tikgok));
        const ApiSpec& demo = spec(int(Dialect::Demo));
        QVERIFY(tikgok.check("POST", "/douyin/feed/", 405, "text/plain", "405 method not allowed").empty());
        QVERIFY(!tikgok.check("POST", "/douyin/feed/", 404, "text/plain", "404 page not found").empty());
        QVERIFY(demo.check("POST", "/douyin/feed/", 404, "text/plain", "404 page not found").empty());
        QVERIFY(!demo.check("POST", "/douyin/feed/", 405, "text/plain", "405 method not allowed").empty());
        for (const ApiSpec* const each : {&tikgok, &demo}) {
            QVERIFY(each->check("GET", "/douyin/x/", 404, "text/plain", "404 page not found").empty());
            QVERIFY(each->check("GET", "/douyin/feed", 301, "text/html", "<a>").empty());
            QVERIFY(each->check("POST", "/douyin/user/login", 307, "", "").empty());
            QVERIFY(!each->check("POST", "/douyin/user/login", 301, "", "").empty());
        }
        QVERIFY(tikgok.check("POST", "/douyin/publish/action/", 413, "text/plain", "Request Entity Too Large")
                    .empty());
        QVERIFY(tikgok.check("GET", "/douyin/feed/", 429, "text/plain", "slow down").empty());
    }

    // The simulator's own refusals, not of any contract.
    void turnedAway() {
        const std::map<Dialect, std::string> login{
            {Dialect::Standard, R"({"status_code":2,"status_msg":"service err","user_id":0,"token":""})"},
            {Dialect::Tikgok, R"({"status_code":2,"status_msg":"service err","user_id":0,"token":""})"},
            {Dialect::Demo, R"({"status_code":2,"status_msg":"service err","token":""})"}};
        for (const auto& [dialect, body] : login) {
            const auto judged = [&, &judge = specs_.at(dialect)](const std::string& text) {
                return judge.check("POST", "/douyin/user/login/", 503, "application/json", text);
            };
            QVERIFY(judged(body).empty());
            QVERIFY(!judged(R"({"status_code":2,"status_msg":"go away","token":""})").empty());
            QVERIFY(!judged(R"({"status_code":0,"status_msg":"service err","token":""})").empty());
            QVERIFY(!judged(R"({"status_code":2,"status_msg":"service err","token":"x"})").empty());
        }
    }

    // An answer of the standard dialect is a breach wherever the dialects differ.
    void standardAnswers() {
        const ApiSpec& standard = spec(int(Dialect::Standard));
        for (const Dialect dialect : {Dialect::Tikgok, Dialect::Demo}) {
            int caught = 0;
            for (const Example& each : examplesOf(standard)) {
                if (each.path != "/ping" &&
                    !specs_.at(dialect)
                         .check(each.method, each.path, 200, "application/json", json::serialize(each.value))
                         .empty()) {
                    ++caught;
                }
            }
            QVERIFY2(caught > 30, qPrintable(QString::number(caught)));
        }
    }
};

QTEST_GUILESS_MAIN(ConformanceSpecDialectsTest)
#include "spec_dialects_test.moc"
