// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/api.h"

#include "tests/core/support/wait.h"
#include "tests/core/support/world.h"

#include <QElapsedTimer>
#include <QTest>

#include <functional>
#include <memory>

Q_DECLARE_METATYPE(tikgok::ErrorKind)

namespace tikgok {

using test::FakeTransport;
using test::quickApi;
using test::waitFor;

namespace {

constexpr contract::Id kBig = 1628000000000000513;

// Starts one call of each kind and forgets it. The names are for messages.
struct Kind {
    const char* name;
    const char* path;
    bool post;
    std::function<void(Api&, std::stop_token)> start;
};

const QString kToken = QStringLiteral("t0ken");

template <class T>
QCoro::Task<> ignore(QCoro::Task<T> task) {
    co_await task;
}

std::vector<Kind> kinds() {
    return {
        {"feed", "/douyin/feed/", false, [](Api& a, std::stop_token s) { ignore(a.feed(5, kToken, s)); }},
        {"register", "/douyin/user/register/", true,
         [](Api& a, std::stop_token s) {
             ignore(a.registerAccount(QStringLiteral("n"), QStringLiteral("p"), s));
         }},
        {"login", "/douyin/user/login/", true,
         [](Api& a, std::stop_token s) { ignore(a.login(QStringLiteral("n"), QStringLiteral("p"), s)); }},
        {"user", "/douyin/user/", false, [](Api& a, std::stop_token s) { ignore(a.user(kBig, kToken, s)); }},
        {"publish", "/douyin/publish/action/", true,
         [](Api& a, std::stop_token s) {
             Upload upload{.filePath = QStringLiteral("/f.mp4"),
                           .fileName = QStringLiteral("f.mp4"),
                           .title = QStringLiteral("title"),
                           .progress = {}};
             ignore(a.publish(upload, kToken, s));
         }},
        {"publishList", "/douyin/publish/list/", false,
         [](Api& a, std::stop_token s) { ignore(a.publishList(kBig, kToken, s)); }},
        {"setFavorite", "/douyin/favorite/action/", true,
         [](Api& a, std::stop_token s) { ignore(a.setFavorite(kBig, true, kToken, s)); }},
        {"favoriteList", "/douyin/favorite/list/", false,
         [](Api& a, std::stop_token s) { ignore(a.favoriteList(kBig, kToken, s)); }},
        {"addComment", "/douyin/comment/action/", true,
         [](Api& a, std::stop_token s) { ignore(a.addComment(kBig, QStringLiteral("c"), kToken, s)); }},
        {"deleteComment", "/douyin/comment/action/", true,
         [](Api& a, std::stop_token s) { ignore(a.deleteComment(kBig, 3, kToken, s)); }},
        {"comments", "/douyin/comment/list/", false,
         [](Api& a, std::stop_token s) { ignore(a.comments(kBig, kToken, s)); }},
        {"setFollow", "/douyin/relation/action/", true,
         [](Api& a, std::stop_token s) { ignore(a.setFollow(kBig, false, kToken, s)); }},
        {"following", "/douyin/relation/follow/list/", false,
         [](Api& a, std::stop_token s) { ignore(a.following(kBig, kToken, s)); }},
        {"followers", "/douyin/relation/follower/list/", false,
         [](Api& a, std::stop_token s) { ignore(a.followers(kBig, kToken, s)); }},
        {"friends", "/douyin/relation/friend/list/", false,
         [](Api& a, std::stop_token s) { ignore(a.friends(kBig, kToken, s)); }},
        {"messages", "/douyin/message/chat/", false,
         [](Api& a, std::stop_token s) { ignore(a.messages(kBig, 0, kToken, s)); }},
        {"sendMessage", "/douyin/message/action/", true,
         [](Api& a, std::stop_token s) { ignore(a.sendMessage(kBig, QStringLiteral("m"), kToken, s)); }},
    };
}

}  // namespace

class ApiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksAsTheContractSays() {
        FakeTransport net;
        Api api(net);
        for (const Kind& kind : kinds()) {
            const qsizetype before = net.count();
            kind.start(api, {});
            QCOMPARE(net.count(), before + 1);
            const auto& sent = net.last();
            QCOMPARE(sent.request.path, QString::fromLatin1(kind.path));
            QCOMPARE(sent.request.method == contract::Method::Post, kind.post);
            const bool inForm = qstrcmp(kind.name, "publish") == 0;
            const bool account = sent.has("password");
            QVERIFY2(sent.has("token") != (inForm || account), kind.name);
            QCOMPARE(sent.request.body.has_value(), inForm);
        }
    }

    void sendsEveryParameter() {
        FakeTransport net;
        Api api(net);
        ignore(api.feed(1676323215123456789, QString(), {}));
        QCOMPARE(net.last().value("latest_time"), QStringLiteral("1676323215123456789"));
        QVERIFY(!net.last().has("token"));  // empty is not the same as absent for every server
        ignore(api.feed(std::nullopt, kToken, {}));
        QVERIFY(!net.last().has("latest_time"));
        QCOMPARE(net.last().value("token"), kToken);
        ignore(api.setFavorite(kBig, true, kToken, {}));
        QCOMPARE(net.last().value("video_id"), QString::number(kBig));
        QCOMPARE(net.last().value("action_type"), QStringLiteral("1"));
        ignore(api.setFavorite(kBig, false, kToken, {}));
        QCOMPARE(net.last().value("action_type"), QStringLiteral("2"));
        ignore(api.addComment(kBig, QStringLiteral("a+b 好"), kToken, {}));
        QCOMPARE(net.last().value("comment_text"), QStringLiteral("a+b 好"));
        QCOMPARE(net.last().value("action_type"), QStringLiteral("1"));
        ignore(api.deleteComment(kBig, kBig + 1, kToken, {}));
        QCOMPARE(net.last().value("comment_id"), QString::number(kBig + 1));
        QCOMPARE(net.last().value("action_type"), QStringLiteral("2"));
        ignore(api.user(kBig, kToken, {}));
        QCOMPARE(net.last().value("user_id"), QString::number(kBig));
        ignore(api.registerAccount(QStringLiteral("näme"), QStringLiteral("p&w"), {}));
        QCOMPARE(net.last().value("username"), QStringLiteral("näme"));
        QCOMPARE(net.last().value("password"), QStringLiteral("p&w"));
        ignore(api.sendMessage(kBig, QStringLiteral("hi"), kToken, {}));
        QCOMPARE(net.last().value("to_user_id"), QString::number(kBig));
        QCOMPARE(net.last().value("content"), QStringLiteral("hi"));
        ignore(api.messages(kBig, 17, kToken, {}));
        QCOMPARE(net.last().value("pre_msg_time"), QStringLiteral("17"));
        ignore(api.setFollow(kBig, false, kToken, {}));
        QCOMPARE(net.last().value("action_type"), QStringLiteral("2"));
        Upload upload{.filePath = QStringLiteral("/f.mp4"),
                      .fileName = QStringLiteral("f.mp4"),
                      .title = QStringLiteral("海"),
                      .progress = {}};
        ignore(api.publish(upload, kToken, {}));
        const auto& body = *net.last().request.body;
        QCOMPARE(body.fields.size(), 2);
        QCOMPARE(body.fields[0], (std::pair{QStringLiteral("token"), kToken}));
        QCOMPARE(body.fields[1], (std::pair{QStringLiteral("title"), QStringLiteral("海")}));
        QCOMPARE(body.fileField, QStringLiteral("data"));
    }

    void readsOddFeeds_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("videos");
        QTest::addColumn<qint64>("next");  // 0: none
        const auto row = [](const char* name, const char* json, int videos, qint64 next) {
            QTest::newRow(name) << QByteArray(json) << videos << next;
        };
        row("empty list", R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":17})", 0,
            17);
        row("null list", R"({"status_code":0,"video_list":null,"next_time":0})", 0, 0);
        row("no list, no cursor", R"({"status_code":0})", 0, 0);
        row("null cursor", R"({"status_code":0,"video_list":[],"next_time":null})", 0, 0);
        row("nanoseconds", R"({"status_code":0,"video_list":[{"id":7}],"next_time":1676323215123456789})", 1,
            1676323215123456789);
        row("numbers as text",
            R"({"status_code":"0","video_list":[{"id":"9007199254740993"}],"next_time":"12"})", 1, 12);
        row("id 0 is skipped", R"({"status_code":0,"video_list":[{"id":0},{"id":3},{},null],"next_time":1})",
            1, 1);
        row("no words", R"({"status_code":0,"status_msg":null,"video_list":[{"id":3,"author":null}]})", 1, 0);
    }
    void readsOddFeeds() {
        QFETCH(QByteArray, json);
        QFETCH(int, videos);
        QFETCH(qint64, next);
        FakeTransport net;
        Api api(net, quickApi());
        net.reply(json.toStdString());
        const auto page = waitFor(api.feed(std::nullopt, QString(), {}));
        QVERIFY(page);
        QCOMPARE(static_cast<int>(page->videos.size()), videos);
        QCOMPARE(page->nextTime.value_or(0), next);
    }

    void exactIds() {
        FakeTransport net;
        Api api(net, quickApi());
        net.reply(R"({"status_code":0,"video_list":[{"id":9007199254740993},{"id":"9223372036854775807"}]})");
        const auto page = waitFor(api.feed(std::nullopt, QString(), {}));
        QVERIFY(page);
        QCOMPARE(page->videos.at(0).id, contract::Id{9007199254740993});
        QCOMPARE(page->videos.at(1).id, contract::Id{9223372036854775807});
    }

    void unknownUsersAreAlike_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("30003") << QByteArray(R"({"status_code":30003,"status_msg":"user not found"})");
        QTest::newRow("null") << QByteArray(R"({"status_code":0,"user":null})");
        QTest::newRow("absent") << QByteArray(R"({"status_code":0})");
        QTest::newRow("zeroes") << QByteArray(R"({"status_code":0,"user":{"id":0,"name":""}})");
    }
    void unknownUsersAreAlike() {
        QFETCH(QByteArray, json);
        FakeTransport net;
        Api api(net, quickApi());
        net.reply(json.toStdString());
        const auto user = waitFor(api.user(5, kToken, {}));
        QVERIFY(!user);
        QCOMPARE(user.error().kind, ErrorKind::NotFound);
    }

    void totalFavoritedAsText() {
        FakeTransport net;
        Api api(net, quickApi());
        net.reply(R"({"status_code":"0","user":{"id":5,"name":"a","total_favorited":"12","is_follow":1}})");
        const auto user = waitFor(api.user(5, kToken, {}));
        QVERIFY(user);
        QCOMPARE(user->totalFavorited, 12);
        QVERIFY(user->isFollow);
    }

    void commentAnswers_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("hasComment");
        QTest::newRow("full") << QByteArray(
                                     R"({"status_code":0,"comment":{"id":3,"content":"x","user":{"id":1}}})")
                              << true;
        QTest::newRow("TikGok") << QByteArray(
                                       R"({"status_code":0,"comment":{"id":3,"user":{"id":3},"content":"x",)"
                                       R"("create_date":"1676323215123456789"}})")
                                << true;
        QTest::newRow("null") << QByteArray(R"({"status_code":0,"comment":null})") << false;
        QTest::newRow("absent") << QByteArray(R"({"status_code":0})") << false;
    }
    void commentAnswers() {
        QFETCH(QByteArray, json);
        QFETCH(bool, hasComment);
        FakeTransport net;
        Api api(net, quickApi());
        net.reply(json.toStdString());
        const auto comment = waitFor(api.addComment(5, QStringLiteral("x"), kToken, {}));
        QVERIFY(comment);
        QCOMPARE(comment->has_value(), hasComment);
        net.reply(json.toStdString());
        QVERIFY(waitFor(api.deleteComment(5, 3, kToken, {})));
    }

    void kindsOfErrors_data() {
        QTest::addColumn<int>("http");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, int http, const char* body, ErrorKind kind, int code,
                            const char* words) {
            QTest::newRow(name) << http << QByteArray(body) << kind << code << QString::fromUtf8(words);
        };
        const auto said = [](int code, const char* words) {
            return QByteArray("{\"status_code\":") + QByteArray::number(code) + ",\"status_msg\":\"" + words +
                   "\"}";
        };
        for (const char* words :
             {"no token", "that's not even a token", "token is expired", "token not active yet",
              "couldn't handle this token", "bad token", "User doesn't exist"}) {
            row(words, 200, said(1, words).constData(), ErrorKind::SignedOut, 1, words);
        }
        row("authorize failed", 200, said(30004, "authorize failed").constData(), ErrorKind::SignedOut, 30004,
            "authorize failed");
        row("401 with JSON", 401, said(7, "x").constData(), ErrorKind::SignedOut, 7, "x");
        row("403 with text", 403, "forbidden", ErrorKind::SignedOut, 0, "");
        row("401 with nothing", 401, "", ErrorKind::SignedOut, 0, "");
        row("other code 1", 200, said(1, "params err").constData(), ErrorKind::Refused, 1, "params err");
        row("code as text", 200, R"({"status_code":"10001","status_msg":"no"})", ErrorKind::Refused, 10001,
            "no");
        row("no words", 200, R"({"status_code":10001})", ErrorKind::Refused, 10001, "");
        row("null words", 200, R"({"status_code":10001,"status_msg":null})", ErrorKind::Refused, 10001, "");
        row("already", 200, said(10008, "already liked").constData(), ErrorKind::Refused, 10008,
            "already liked");
        row("400 with JSON", 400, said(9, "bad").constData(), ErrorKind::Refused, 9, "bad");
        row("user not found", 200, said(30003, "user not found").constData(), ErrorKind::NotFound, 30003,
            "user not found");
        row("video not found", 200, said(40001, "video not found").constData(), ErrorKind::NotFound, 40001,
            "video not found");
        row("comment not found", 200, said(10001, "comment not found").constData(), ErrorKind::NotFound,
            10001, "comment not found");
        row("404 text", 404, "404 page not found", ErrorKind::NotFound, 0, "");
        row("413 text", 413, "Request Entity Too Large", ErrorKind::TooLarge, 0, "");
        row("429 text", 429, "Too Many Requests", ErrorKind::Throttled, 0, "");
        row("429 with JSON", 429, said(1, "slow down").constData(), ErrorKind::Throttled, 1, "slow down");
        row("200 with HTML", 200, "<html>hotel wifi</html>", ErrorKind::ServerBroken, 0, "");
        row("200 with nothing", 200, "", ErrorKind::ServerBroken, 0, "");
        row("200 with a list", 200, "[]", ErrorKind::ServerBroken, 0, "");
        row("200 with no status", 200, "{}", ErrorKind::ServerBroken, 0, "");
        row("200 cut JSON", 200, "{\"status_code\":0,\"video_", ErrorKind::ServerBroken, 0, "");
        row("500 text", 500, "panic", ErrorKind::ServerBroken, 0, "");
        row("502 HTML", 502, "<html>", ErrorKind::ServerBroken, 0, "");
        row("500 with code 0", 500, said(0, "success").constData(), ErrorKind::ServerBroken, 0, "");
        row("500 with JSON", 500, said(30001, "oops").constData(), ErrorKind::ServerBroken, 30001, "oops");
    }
    void kindsOfErrors() {
        QFETCH(int, http);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(int, code);
        QFETCH(QString, words);
        FakeTransport net;
        Api api(net, quickApi());
        net.reply(body.toStdString(), http);
        const auto answer = waitFor(api.setFavorite(5, true, QStringLiteral("s3cr3t"), {}));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, kind);
        QCOMPARE(answer.error().code, code);
        QCOMPARE(answer.error().serverWords, words);
        QVERIFY(!answer.error().detail.contains(QLatin1String("s3cr3t")));
        QVERIFY2(!answer.error().detail.isEmpty(), "a log needs something");
        QCOMPARE(net.count(), 1);  // a POST is never repeated
    }

    void signInKnowsNoSession_data() {
        QTest::addColumn<int>("http");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("demo") << 200 << QByteArray::fromStdString(test::failure(1, "User doesn't exist"));
        QTest::newRow("401 JSON") << 401 << QByteArray(R"({"status_code":1,"status_msg":"wrong password"})");
        QTest::newRow("401 text") << 401 << QByteArray("nope");
    }
    void signInKnowsNoSession() {
        QFETCH(int, http);
        QFETCH(QByteArray, body);
        FakeTransport net;
        Api api(net, quickApi());
        net.reply(body.toStdString(), http);
        const auto answer = waitFor(api.login(QStringLiteral("a"), QStringLiteral("b"), {}));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Refused);
    }

    // --- retries

    void getIsTriedAgain() {
        FakeTransport net;
        Api api(net, quickApi());
        net.fail(ErrorKind::Timeout, true, true).reply("oops", 503).reply(test::feedOf({1}, 5));
        const auto page = waitFor(api.feed(std::nullopt, QString(), {}));
        QVERIFY(page);
        QCOMPARE(net.count(), 3);
    }

    void getGivesUp() {
        FakeTransport net;
        Api api(net, quickApi());
        net.reply("a", 500).reply("b", 500).reply("c", 502);
        const auto page = waitFor(api.feed(std::nullopt, QString(), {}));
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::ServerBroken);
        QCOMPARE(net.count(), 3);
        QCOMPARE(net.unscripted(), 0);
    }

    void refusalIsFinal() {
        FakeTransport net;
        Api api(net, quickApi());
        net.reply(test::failure(30003, "user not found"));
        QVERIFY(!waitFor(api.publishList(5, kToken, {})));
        QCOMPARE(net.count(), 1);
    }

    void waitsAsLongAsTheServerAsks() {
        FakeTransport net;
        Api api(net, quickApi());
        net.throttle(std::chrono::milliseconds(120)).reply(test::feedOf({1}, 5));
        QElapsedTimer clock;
        clock.start();
        QVERIFY(waitFor(api.feed(std::nullopt, QString(), {})));
        QVERIFY(clock.elapsed() >= 115);
    }

    void doesNotWaitForEver() {
        FakeTransport net;
        Api api(net, quickApi());
        net.throttle(std::chrono::hours(1));
        const auto page = waitFor(api.feed(std::nullopt, QString(), {}));
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::Throttled);
        QCOMPARE(page.error().retryAfter, std::optional<std::chrono::milliseconds>(std::chrono::hours(1)));
        QCOMPARE(net.count(), 1);
    }

    void postIsNotTriedAgain() {
        for (const Kind& kind : kinds()) {
            if (!kind.post) {
                continue;
            }
            FakeTransport net;
            Api api(net, quickApi());
            net.cut();
            kind.start(api, {});
            QCoreApplication::processEvents();
            QCoreApplication::processEvents();
            QVERIFY2(net.count() == 1, kind.name);
        }
    }

    // --- ends of owners, for each call

    void callerGoes() {
        for (const Kind& kind : kinds()) {
            FakeTransport net;
            Api api(net, quickApi());
            std::stop_source source;
            kind.start(api, source.get_token());
            QVERIFY2(net.count() == 1, kind.name);
            source.request_stop();
            QVERIFY2(net.last().cancelled, kind.name);
            QCoreApplication::processEvents();
            QVERIFY2(net.count() == 1, kind.name);  // and it is not tried again
        }
    }

    void callerGoesWhileWaitingToTryAgain() {
        FakeTransport net;
        ApiOptions slow;
        slow.firstDelay = std::chrono::hours(1);
        Api api(net, slow);
        std::stop_source source;
        net.reply("x", 500);
        const auto ended = std::make_shared<std::optional<Result<contract::FeedPage>>>();
        test::storeInto(api.feed(std::nullopt, QString(), source.get_token()), ended);
        QTest::qWait(5);
        QVERIFY(!ended->has_value());
        source.request_stop();
        QVERIFY(ended->has_value());
        QCOMPARE((*ended)->error().kind, ErrorKind::Cancelled);
    }

    // What waits to be tried again holds a token of the former server.
    void serverChangesWhileWaitingToTryAgain() {
        FakeTransport net;
        Api api(net, quickApi());
        net.throttle(std::chrono::milliseconds(30)).reply(test::feedOf({1}, 5));
        const auto ended = std::make_shared<std::optional<Answered<contract::FeedPage>>>();
        test::storeInto(api.feed(std::nullopt, kToken, {}), ended);
        QTRY_VERIFY(net.last().ended.isFinished());
        QVERIFY(!ended->has_value());
        api.serverChanged();
        QVERIFY(ended->has_value());
        QCOMPARE((*ended)->error().kind, ErrorKind::Cancelled);
        // The next call is the new server's, and the former one does not come after all.
        const auto page = waitFor(api.feed(std::nullopt, QString(), {}));
        QVERIFY(page);
        QVERIFY(!net.last().has("token"));
        QCOMPARE(net.count(), 2);
    }

    void serverChangesDuringACall() {
        for (const Kind& kind : kinds()) {
            FakeTransport net;
            Api api(net, quickApi());
            kind.start(api, {});
            QVERIFY2(net.count() == 1, kind.name);
            api.serverChanged();
            QVERIFY2(net.last().cancelled, kind.name);
            QCoreApplication::processEvents();
            QVERIFY2(net.count() == 1, kind.name);
        }
    }

    void apiGoes() {
        for (const Kind& kind : kinds()) {
            FakeTransport net;
            auto api = std::make_unique<Api>(net, quickApi());
            kind.start(*api, {});
            api.reset();
            net.finish(0, R"({"status_code":0})");  // comes too late and hurts nobody
        }
    }

    void transportGoes() {
        for (const Kind& kind : kinds()) {
            auto net = std::make_unique<FakeTransport>();
            Api api(*net, quickApi());
            kind.start(api, {});
            const auto sent = net->sent.first();
            net.reset();
            QVERIFY2(sent->cancelled, kind.name);
        }
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::ApiTest)
#include "api_test.moc"
