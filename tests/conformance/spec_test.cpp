// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The judge must be right before it judges: every example of the API description fits its schema, and answers
// that break the description in one place are caught.

#include "tests/conformance/spec.h"

#include "tests/conformance/embedded.h"
#include "tests/conformance/examples.h"

#include <QTest>

using tikgok::conformance::ApiSpec;
using tikgok::conformance::Dialect;
using tikgok::conformance::embeddedDescription;
using tikgok::conformance::Example;
using tikgok::conformance::examplesOf;
using tikgok::conformance::yamlToJson;

namespace json = boost::json;

class ConformanceSpecTest : public QObject {
    Q_OBJECT

private:
    std::optional<ApiSpec> spec_;

private Q_SLOTS:
    void initTestCase() {
        auto spec = ApiSpec::parse(embeddedDescription(Dialect::Standard));
        QVERIFY2(spec.has_value(), spec ? "" : spec.error().c_str());
        spec_.emplace(std::move(*spec));
    }

    void yamlScalars_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("want");
        QTest::newRow("integer") << QByteArray("a: 9223372036854775807")
                                 << QByteArray(R"({"a":9223372036854775807})");
        QTest::newRow("quoted") << QByteArray("a: '200'") << QByteArray(R"({"a":"200"})");
        QTest::newRow("empty quoted") << QByteArray("a: ''") << QByteArray(R"({"a":""})");
        QTest::newRow("null") << QByteArray("a: null") << QByteArray(R"({"a":null})");
        QTest::newRow("quoted null") << QByteArray("a: 'null'") << QByteArray(R"({"a":"null"})");
        QTest::newRow("bool") << QByteArray("a: [true, false]") << QByteArray(R"({"a":[true,false]})");
        QTest::newRow("date") << QByteArray("a: 02-20") << QByteArray(R"({"a":"02-20"})");
        QTest::newRow("nothing") << QByteArray("a: {}\nb: []") << QByteArray(R"({"a":{},"b":[]})");
    }
    void yamlScalars() {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, want);
        const auto value = yamlToJson({yaml.data(), std::size_t(yaml.size())});
        QVERIFY(value.has_value());
        QCOMPARE(QByteArray::fromStdString(json::serialize(*value)), want);
    }

    void badDescriptions() {
        QVERIFY(!ApiSpec::parse("a: [").has_value());
        QVERIFY(!ApiSpec::parse("a: 1").has_value());
        QVERIFY(!ApiSpec::parse("").has_value());
    }

    void examples() {
        const std::vector<Example> all = examplesOf(*spec_);
        for (const Example& each : all) {
            const auto problems =
                spec_->check(each.method, each.path, 200, "application/json", json::serialize(each.value));
            QVERIFY2(problems.empty(), (each.path + ": " + (problems.empty() ? "" : problems.front()) +
                                        " in " + json::serialize(each.value))
                                           .c_str());
        }
        QVERIFY(all.size() > 80);
    }

    void breaches_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("mediaType");
        QTest::addColumn<QString>("body");
        const QString jsonType = QStringLiteral("application/json");
        const auto row = [&](const char* name, const char* path, const char* body, int status = 200) {
            QTest::newRow(name) << QString::fromUtf8(path) << status << jsonType << QString::fromUtf8(body);
        };
        row("no message", "/ping", R"({})");
        row("wrong constant", "/ping", R"({"message":"pang"})");
        row("not JSON", "/ping", "pong");
        row("unknown path", "/douyin/nothing/", "{}");
        row("unknown status", "/douyin/feed/", R"({"status_code":1,"status_msg":"x"})", 500);
        row("no list", "/douyin/feed/", R"({"status_code":0,"status_msg":"success","next_time":1})");
        row("null list", "/douyin/feed/",
            R"({"status_code":0,"status_msg":"success","video_list":null,"next_time":1})");
        row("time as text", "/douyin/feed/",
            R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":"1"})");
        row("time as double", "/douyin/feed/",
            R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":1.5})");
        row("time over 64 bits", "/douyin/feed/",
            R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":9223372036854775808})");
        row("negative time", "/douyin/feed/",
            R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":-1})");
        row("empty words", "/douyin/feed/",
            R"({"status_code":0,"status_msg":"","video_list":[],"next_time":1})");
        row("extra member", "/douyin/feed/",
            R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":1,"more":true})");
        row("list in a failure", "/douyin/feed/",
            R"({"status_code":1,"status_msg":"bad token","video_list":null})");
        row("code as text", "/douyin/feed/", R"({"status_code":"1","status_msg":"bad token"})");
        row("no token in a failure", "/douyin/user/login/", R"({"status_code":1,"status_msg":"params err"})");
        row("a token in a failure", "/douyin/user/login/",
            R"({"status_code":1,"status_msg":"params err","user_id":0,"token":"x"})");
        row("no token in a success", "/douyin/user/login/",
            R"({"status_code":0,"status_msg":"success","user_id":5,"token":""})");
        row("user id 0", "/douyin/user/login/",
            R"({"status_code":0,"status_msg":"success","user_id":0,"token":"x"})");
        row("half a user", "/douyin/user/", R"({"status_code":0,"status_msg":"success","user":{"id":5}})");
        row("bad date", "/douyin/comment/action/",
            R"({"status_code":0,"status_msg":"success","comment":{"id":1,"content":"x","create_date":"2-20","user":
            {"id":1,"name":"a","follow_count":0,"follower_count":0,"is_follow":false,"avatar":"",
            "background_image":"","signature":"","total_favorited":0,"work_count":0,"favorite_count":0}}})");
        row("unknown member of a user", "/douyin/user/",
            R"({"status_code":0,"status_msg":"success","user":{"id":1,"name":"a","follow_count":0,"age":5,
            "follower_count":0,"is_follow":false,"avatar":"","background_image":"","signature":"",
            "total_favorited":0,"work_count":0,"favorite_count":0}})");
        row("small letters", "/douyin/relation/friend/list/",
            R"({"status_code":0,"status_msg":"success","user_list":[{"id":1,"name":"a","follow_count":0,
            "follower_count":0,"is_follow":false,"avatar":"","background_image":"","signature":"",
            "total_favorited":0,"work_count":0,"favorite_count":0,"message":"","msg_type":0}]})");
        QTest::newRow("text") << QStringLiteral("/douyin/feed/") << 200 << QStringLiteral("text/html")
                              << QStringLiteral("{}");
    }
    void breaches() {
        QFETCH(QString, path);
        QFETCH(int, status);
        QFETCH(QString, mediaType);
        QFETCH(QString, body);
        const bool post = path.contains(QLatin1String("action")) || path.contains(QLatin1String("login"));
        const auto problems = spec_->check(post ? "POST" : "GET", path.toStdString(), status,
                                           mediaType.toStdString(), body.toStdString());
        QVERIFY(!problems.empty());
    }

    void methods() {
        QVERIFY(spec_->check("POST", "/douyin/feed/", 405, "text/plain", "").empty());
        QVERIFY(!spec_->check("POST", "/douyin/feed/", 200, "application/json", "{}").empty());
        QVERIFY(spec_
                    ->check("GET", "/douyin/feed", 200, "application/json",
                            R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":1})")
                    .empty());
    }
};

QTEST_GUILESS_MAIN(ConformanceSpecTest)
#include "spec_test.moc"
