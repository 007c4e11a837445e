// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the dialects tikgok and demo answer otherwise (contract.md, columns b and c), parameters included; and
// what only the demo does.

#include "backend-sim/gateway/dialects/answers.h"
#include "backend-sim/gateway/dialects/demo.h"
#include "backend-sim/gateway/dialects/demo_writers.h"
#include "tests/backend_sim/gateway/dialects_stage.h"

#include <QFile>
#include <QTest>

#include <array>
#include <filesystem>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

const std::string kZeroUser =
    R"({"id":0,"name":"","follow_count":0,"follower_count":0,"is_follow":false,"avatar":"",)"
    R"("background_image":"","signature":"","total_favorited":0,"work_count":0,"favorite_count":0})";

std::string idUser(const std::string& id) {
    std::string user = kZeroUser;
    return user.replace(user.find(":0") + 1, 1, id);
}

}  // namespace

class DialectAnswersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void failures_data();
    void failures();
    void refusalsForNow_data();
    void refusalsForNow();
    void uploads_data();
    void uploads();
    void demoAccounts();
    void demoUploadsAreFoundByTheirNames();
    void demoTimes_data();
    void demoTimes();
    void demoTokensAreBounded();
};

void DialectAnswersTest::answers_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("target");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::string>("call");
    QTest::addColumn<std::string>("body");
    const auto row = [](DialectName dialect, const char* name, const char* method, const char* target,
                        const char* type, const char* content, const char* call, const std::string& body) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name)
            << dialect << std::string(method) << std::string(target) << std::string(type)
            << std::string(content) << std::string(call) << body;
    };
    const std::string success = R"({"status_code":0,"status_msg":"success"})";
    const std::string paramsErr = R"({"status_code":1,"status_msg":"params err"})";
    const auto tikgok = [&row](const char* name, const char* method, const char* target, const char* call,
                               const std::string& body, const char* type = "", const char* content = "") {
        row(kTikgok, name, method, target, type, content, call, body);
    };
    // --- tokens
    tikgok("no token", "GET", "/douyin/user/?user_id=1", "", R"({"status_code":1,"status_msg":"no token"})");
    tikgok("comments need one", "GET", "/douyin/comment/list/?video_id=1", "",
           R"({"status_code":1,"status_msg":"no token"})");
    tikgok("bad token on feed", "GET", "/douyin/feed/?token=x", "",
           R"({"status_code":1,"status_msg":"bad token","video_list":null,"next_time":0})");
    tikgok("token in a form", "POST", "/douyin/favorite/action/?video_id=1&action_type=1", "favorite 1 1 1",
           success, kForm, "token=TOKEN");
    tikgok("token in a multipart form", "POST", "/douyin/favorite/action/?video_id=1&action_type=1",
           "favorite 1 1 1", success, kMultipart,
           "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nTOKEN\r\n--b--\r\n");
    tikgok("token in JSON", "POST", "/douyin/favorite/action/?video_id=1&action_type=1", "",
           R"({"status_code":1,"status_msg":"no token"})", kJson, R"({"token":"TOKEN"})");
    // --- sources
    tikgok("form is ignored", "POST", "/douyin/user/register/", "",
           R"({"status_code":1,"status_msg":"params err","user_id":0,"token":""})", kForm,
           "username=a&password=b");
    tikgok("JSON", "POST", "/douyin/favorite/action/?token=TOKEN", "favorite 1 7 2", success, kJson,
           R"({"video_id":7,"action_type":2,"more":[1]})");
    tikgok("query over JSON", "POST", "/douyin/favorite/action/?token=TOKEN&video_id=8", "favorite 1 8 1",
           success, kJson, R"({"video_id":7,"action_type":1})");
    tikgok("integer as text in JSON", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1", "",
           paramsErr, kJson, R"({"video_id":"7"})");
    tikgok("fraction in JSON", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1", "", paramsErr,
           kJson, R"({"video_id":7.0})");
    tikgok("broken JSON", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1", "", paramsErr, kJson,
           "{");
    tikgok("broken form", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1&video_id=1",
           "favorite 1 1 1", success, kMultipart, "--b");
    // --- integers
    tikgok("missing id is 0", "POST", "/douyin/favorite/action/?token=TOKEN&action_type=1", "favorite 1 0 1",
           success);
    tikgok("negative id", "POST", "/douyin/relation/action/?token=TOKEN&action_type=2&to_user_id=-5",
           "follow 1 -5 2", success);
    tikgok("empty integer", "GET", "/douyin/feed/?latest_time=", "",
           R"({"status_code":1,"status_msg":"params err","video_list":null,"next_time":0})");
    tikgok("exponent", "GET", "/douyin/feed/?latest_time=1e3", "",
           R"({"status_code":1,"status_msg":"params err","video_list":null,"next_time":0})");
    tikgok("fraction", "GET", "/douyin/publish/list/?token=TOKEN&user_id=1.0", "",
           R"({"status_code":1,"status_msg":"params err","video_list":null})");
    tikgok("action of 8 bits", "POST", "/douyin/favorite/action/?token=TOKEN&video_id=1&action_type=257", "",
           paramsErr);
    tikgok("unknown action", "POST", "/douyin/favorite/action/?token=TOKEN&video_id=1&action_type=3", "",
           paramsErr);
    tikgok("words for a bad user", "GET", "/douyin/user/?token=TOKEN&user_id=x", "",
           R"({"status_code":1,"status_msg":"err_code=1, err_msg=params err","user":null})");
    tikgok("bad owner", "GET", "/douyin/relation/friend/list/?token=TOKEN&user_id=x", "",
           R"({"status_code":1,"status_msg":"params err","user_list":null})");
    tikgok("bad video", "GET", "/douyin/comment/list/?token=TOKEN&video_id=x", "",
           R"({"status_code":1,"status_msg":"params err","comment_list":null})");
    tikgok("bad partner", "GET", "/douyin/message/chat/?token=TOKEN&to_user_id=x", "",
           R"({"status_code":1,"status_msg":"params err","message_list":null})");
    tikgok("bad comment", "POST", "/douyin/comment/action/?token=TOKEN&action_type=x", "",
           R"({"status_code":1,"status_msg":"params err","comment":null})");
    // --- answers
    tikgok("comment", "POST", "/douyin/comment/action/?token=TOKEN&video_id=9&action_type=1&comment_text=x",
           "addComment 1 9 x",
           R"({"status_code":0,"status_msg":"success","comment":{"id":501,"user":)" + idUser("501") +
               R"(,"content":"x","create_date":"1800000000000000001"}})");
    tikgok("comment without text", "POST", "/douyin/comment/action/?token=TOKEN&action_type=1",
           "addComment 1 0 ",
           R"({"status_code":0,"status_msg":"success","comment":{"id":501,"user":)" + idUser("501") +
               R"(,"content":"","create_date":"1800000000000000001"}})");
    tikgok("uncomment", "POST", "/douyin/comment/action/?token=TOKEN&action_type=2&comment_id=77",
           "deleteComment 1 0 77",
           R"({"status_code":0,"status_msg":"success","comment":{"id":77,"user":)" + idUser("77") +
               R"(,"content":"","create_date":"1800000000000000000"}})");
    tikgok("friends", "GET", "/douyin/relation/friend/list/?token=TOKEN&user_id=1", "friendsOf 1 1",
           R"({"status_code":0,"status_msg":"success","user_list":[{"id":2,"name":"bob","follow_count":0,)"
           R"("follower_count":0,"is_follow":false,"avatar":"","background_image":"","signature":"",)"
           R"("total_favorited":0,"work_count":0,"favorite_count":0,"message":"hi","msgType":1}]})");
    tikgok("chat", "GET", "/douyin/message/chat/?token=TOKEN&to_user_id=2&pre_msg_time=9",
           "conversation 1 2 9",
           R"({"status_code":0,"status_msg":"success","message_list":[{"id":7,"to_user_id":1,)"
           R"("from_user_id":7,"content":"hello","create_time":1700000000001000000}]})");
    tikgok("action 2 sends", "POST",
           "/douyin/message/action/?token=TOKEN&to_user_id=1&action_type=2&content=x", "send 1 1 x", success);
    tikgok("no content", "POST", "/douyin/message/action/?token=TOKEN&to_user_id=1&action_type=1", "",
           paramsErr);

    // The token of a stranger; accounts come in a test of their own.
    const std::string nobody = R"({"status_code":1,"status_msg":"User doesn't exist"})";
    const std::string oneVideo =
        R"("video_list":[{"id":1,"author":{"id":1,"name":"TestUser"},"play_url":"http://sim/static/v.mp4",)"
        R"("cover_url":"http://sim/static/c.jpg"}])";
    const auto demo = [&row](const char* name, const char* method, const char* target,
                             const std::string& body) { row(kDemo, name, method, target, "", "", "", body); };
    demo("feed", "GET", "/douyin/feed/?latest_time=x&token=y",
         R"({"status_code":0,)" + oneVideo + R"(,"next_time":1800000000})");
    demo("works", "GET", "/douyin/publish/list/", R"({"status_code":0,)" + oneVideo + "}");
    demo("likes", "GET", "/douyin/favorite/list/?token=x", R"({"status_code":0,)" + oneVideo + "}");
    demo("comments", "GET", "/douyin/comment/list/",
         R"({"status_code":0,"comment_list":[{"id":1,"user":{"id":1,"name":"TestUser"},)"
         R"("content":"Test Comment","create_date":"05-01"}]})");
    for (const char* list : {"follow", "follower", "friend"}) {
        row(kDemo, list, "GET", (std::string("/douyin/relation/") + list + "/list/").c_str(), "", "", "",
            R"({"status_code":0,"user_list":[{"id":1,"name":"TestUser"}]})");
    }
    demo("user", "GET", "/douyin/user/?token=x", nobody);
    demo("like", "POST", "/douyin/favorite/action/?token=TOKEN", nobody);
    demo("follow", "POST", "/douyin/relation/action/", nobody);
    demo("comment", "POST", "/douyin/comment/action/?action_type=1", nobody);
    demo("chat", "GET", "/douyin/message/chat/", nobody);
    demo("message", "POST", "/douyin/message/action/", nobody);
}

void DialectAnswersTest::answers() {
    QFETCH(DialectName, dialect);
    QFETCH(std::string, method);
    QFETCH(std::string, target);
    QFETCH(std::string, type);
    QFETCH(std::string, content);
    QFETCH(std::string, call);
    QFETCH(std::string, body);
    const JudgedStage stage(dialect);
    const std::string address = withToken(target, stage);
    const Reply reply =
        method == "GET" ? stage.get(address) : stage.post(address, type, withToken(content, stage));
    QCOMPARE(reply.status, 200);
    QCOMPARE(shown(stage.services.lastCall()), shown(call));
    QCOMPARE(shown(reply.body), shown(body));
    QCOMPARE(reply.header("content-type"), std::string("application/json; charset=utf-8"));
}

void DialectAnswersTest::failures_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<int>("endpoint");
    QTest::addColumn<int>("code");
    QTest::addColumn<std::string>("words");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, DialectName dialect, contract::Endpoint endpoint,
                        const contract::Failure& failure, const std::string& body) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name)
            << dialect << static_cast<int>(endpoint) << static_cast<int>(failure.code)
            << std::string(failure.message) << body;
    };
    using contract::Code;
    using contract::Endpoint;
    // Of a service: [] and an all-zero user. Of the gateway: null.
    row("no user", kTikgok, Endpoint::User, contract::kUserNotFound,
        R"({"status_code":30003,"status_msg":"user not found","user":)" + kZeroUser + "}");
    row("users unreachable", kTikgok, Endpoint::User, {Code::UserRpc, "rpc call user server error"},
        R"({"status_code":30000,"status_msg":"rpc call user server error","user":null})");
    row("no videos", kTikgok, Endpoint::Feed, {Code::Video, "get videos error"},
        R"({"status_code":40001,"status_msg":"get videos error","video_list":[],"next_time":0})");
    row("videos unreachable", kTikgok, Endpoint::Feed, {Code::VideoRpc, "rpc call video server error"},
        R"({"status_code":40000,"status_msg":"rpc call video server error","video_list":null,"next_time":0})");
    row("likes broken", kTikgok, Endpoint::FavoriteList, contract::kInteractionRpc,
        R"({"status_code":10000,"status_msg":"rpc call interaction server error","video_list":null})");
    row("comments", kTikgok, Endpoint::CommentList, contract::kInteractionErr,
        R"({"status_code":10001,"status_msg":"interaction server error","comment_list":[]})");
    row("follows", kTikgok, Endpoint::FollowList, {Code::Sociality, "get follow list err"},
        R"({"status_code":20001,"status_msg":"get follow list err","user_list":[]})");
    row("chat", kTikgok, Endpoint::MessageChat, {Code::Chat, "get chat history error"},
        R"({"status_code":50001,"status_msg":"get chat history error","message_list":[]})");
    row("name taken", kTikgok, Endpoint::Register, contract::kUserExists,
        R"({"status_code":30002,"status_msg":"user already exist","user_id":0,"token":""})");
    // Their words for our mishaps.
    row("register", kTikgok, Endpoint::Register, contract::kServiceErr,
        R"({"status_code":30001,"status_msg":"create user error","user_id":0,"token":""})");
    row("login", kTikgok, Endpoint::Login, contract::kServiceErr,
        R"({"status_code":2,"status_msg":"service err","user_id":0,"token":""})");
    row("like", kTikgok, Endpoint::FavoriteAction, contract::kServiceErr,
        R"({"status_code":40001,"status_msg":"video server error"})");
    row("follow", kTikgok, Endpoint::RelationAction, contract::kServiceErr,
        R"({"status_code":20001,"status_msg":"sociality server error"})");
    row("message", kTikgok, Endpoint::MessageAction, contract::kServiceErr,
        R"({"status_code":50001,"status_msg":"sent message error"})");
    row("no comment", kTikgok, Endpoint::CommentAction, contract::kCommentNotFound,
        R"({"status_code":10001,"status_msg":"delete comment from redis error","comment":null})");
    row("suffix", kTikgok, Endpoint::PublishAction, contract::kServiceErr,
        R"({"status_code":2,"status_msg":"service err"})");
    row("panic", kTikgok, Endpoint::PublishList, contract::kServiceErr,
        R"({"status_code":2,"status_msg":"service err"})");
    row("name taken", kDemo, Endpoint::Register, contract::kUserExists,
        R"({"status_code":1,"status_msg":"User already exist","token":""})");
    row("no user", kDemo, Endpoint::Login, contract::kUserNotFound,
        R"({"status_code":1,"status_msg":"User doesn't exist","token":""})");
    row("wrong password", kDemo, Endpoint::Login, contract::kWrongPassword,
        R"({"status_code":1,"status_msg":"User doesn't exist","token":""})");
    row("comment", kStandard, Endpoint::CommentAction, contract::kCommentNotFound,
        R"({"status_code":10001,"status_msg":"comment not found"})");
    row("name taken", kStandard, Endpoint::Register, contract::kUserExists,
        R"({"status_code":30002,"status_msg":"user already exist","user_id":0,"token":""})");
}

void DialectAnswersTest::failures() {
    QFETCH(DialectName, dialect);
    QFETCH(int, endpoint);
    QFETCH(int, code);
    QFETCH(std::string, words);
    QFETCH(std::string, body);
    const contract::Failure failure{static_cast<contract::Code>(code), words};
    QCOMPARE(shown(answersOf(dialect).failure(static_cast<contract::Endpoint>(endpoint), failure)),
             shown(body));
    const contract::EndpointInfo& info = contract::kEndpoints.at(static_cast<std::size_t>(endpoint));
    expectDescribed(dialect, info.method == contract::Method::Get ? "GET" : "POST", info.path, 200,
                    "application/json", body);
}

void DialectAnswersTest::refusalsForNow_data() {
    QTest::addColumn<DialectName>("dialect");
    for (const DialectName each : {kStandard, kTikgok, kDemo}) {
        QTest::newRow(textOf(each).data()) << each;
    }
}

// What was not even looked at says when to come again, whatever is spoken.
void DialectAnswersTest::refusalsForNow() {
    QFETCH(DialectName, dialect);
    JudgedStage stage(dialect);
    stage.services.failure = contract::tooManyRequests(7);
    const Reply many = stage.post("/douyin/user/login/?username=a&password=b");
    QCOMPARE(many.status, 429);
    QCOMPARE(many.header("retry-after"), std::string("7"));
    QCOMPARE(many.body, std::string("Too Many Requests"));
    stage.services.failure = contract::Failure{contract::Code::Service, "service err", 2};
    const Reply full = stage.post("/douyin/user/login/?username=a&password=b");
    QCOMPARE(full.status, 503);
    QCOMPARE(full.header("retry-after"), std::string("2"));
    expectStart(full.body, R"({"status_code":2,"status_msg":"service err")");
}

void DialectAnswersTest::uploads_data() {
    QTest::addColumn<DialectName>("dialect");
    QTest::addColumn<std::string>("query");
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("title");
    QTest::addColumn<bool>("file");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char* name, DialectName dialect, const char* query, const char* token,
                        const std::string& title, bool file, const char* body) {
        QTest::addRow("%s, %s", textOf(dialect).data(), name)
            << dialect << std::string(query) << std::string(token) << title << file << std::string(body);
    };
    const char* const good = R"({"status_code":0,"status_msg":"success"})";
    const char* const badTitle = R"({"status_code":1,"status_msg":"err_code=1, err_msg=params err"})";
    const char* const badParams = R"({"status_code":1,"status_msg":"params err"})";
    const char* const noToken = R"({"status_code":1,"status_msg":"no token"})";
    row("token in the form", kTikgok, "", "TOKEN", "t", true, good);
    row("token in the query", kTikgok, "?token=TOKEN", "", "t", true, good);
    row("token before all", kTikgok, "", "", "", false, noToken);
    row("title in the query", kTikgok, "?token=TOKEN&title=t", "", "", true, badTitle);
    row("title before data", kTikgok, "?token=TOKEN", "", "", false, badTitle);
    row("32 bytes", kTikgok, "?token=TOKEN", "", std::string(32, 't'), true, good);
    row("33 bytes", kTikgok, "?token=TOKEN", "", std::string(33, 't'), false, badTitle);
    row("11 characters of 3 bytes", kTikgok, "?token=TOKEN", "", "一二三四五六七八九十百", true, badTitle);
    row("no data", kTikgok, "?token=TOKEN", "", "t", false, badParams);
    row("title in the query", kStandard, "?token=TOKEN&title=t", "", "", true, good);
    row("no data", kDemo, "", "alicepw", "", false, R"({"status_code":1,"status_msg":"http: no such file"})");
    row("no title", kDemo, "", "alicepw", "", true,
        R"({"status_code":0,"status_msg":"1_a b.mp4 uploaded successfully"})");
    row("token in the query", kDemo, "?token=alicepw", "", "t", true,
        R"({"status_code":1,"status_msg":"User doesn't exist"})");
    row("token before data", kDemo, "", "x", "t", false,
        R"({"status_code":1,"status_msg":"User doesn't exist"})");
}

void DialectAnswersTest::uploads() {
    QFETCH(DialectName, dialect);
    QFETCH(std::string, query);
    QFETCH(std::string, token);
    QFETCH(std::string, title);
    QFETCH(bool, file);
    QFETCH(std::string, body);
    JudgedStage stage(dialect);
    if (dialect == kDemo) {
        QCOMPARE(stage.post("/douyin/user/register/?username=alice&password=pw").status, 200);
    }
    std::vector<Part> parts;
    if (file) {
        parts.push_back(gatewaytest::file("data", "a b.mp4", "content"));
    }
    if (!title.empty()) {
        parts.push_back(field("title", title));
    }
    if (!token.empty()) {
        parts.push_back(field("token", withToken(token, stage)));
    }
    const Reply reply = stage.post("/douyin/publish/action/" + withToken(query, stage), kMultipart,
                                   multipartBody("b", parts));
    QCOMPARE(shown(reply.body), shown(body));
    const bool taken = reply.body.starts_with(R"({"status_code":0)");
    QCOMPARE(stage.services.published().size(), std::size_t{taken ? 1U : 0U});
    QCOMPARE(stage.stagedFiles(), std::size_t{0});
}

void DialectAnswersTest::demoAccounts() {
    JudgedStage stage(kDemo);
    const auto post = [&stage](const std::string& target) { return stage.post(target).body; };
    expectText(post("/douyin/user/register/?username=alice&password=p%20w"),
               std::string(R"({"status_code":0,"user_id":1,"token":"alicep w"})"));
    // The same token again.
    expectText(post("/douyin/user/register/?username=alic&password=ep%20w"),
               std::string(R"({"status_code":1,"status_msg":"User already exist","token":""})"));
    expectText(post("/douyin/user/login/?username=bob&password=x"),
               std::string(R"({"status_code":0,"user_id":2,"token":"bobx"})"));
    // Only the query is read: a form makes somebody without name, token and all.
    expectText(stage.post("/douyin/user/register/", kForm, "username=carl&password=x").body,
               std::string(R"({"status_code":0,"user_id":1,"token":""})"));
    QCOMPARE(stage.services.lastCall(), std::string("register  "));
    // Whoever is asked for: the token's user, without what is zero.
    expectText(stage.get("/douyin/user/?user_id=1&token=bobx").body,
               std::string(R"({"status_code":0,"user":{"id":2,"name":"bob"}})"));
    expectText(post("/douyin/favorite/action/?token=bobx"), std::string(R"({"status_code":0})"));
    expectText(post("/douyin/relation/action/?token=bobx"), std::string(R"({"status_code":0})"));
    expectText(post("/douyin/comment/action/?token=bobx&action_type=1&comment_text=hi"),
               std::string(R"({"status_code":0,"comment":{"id":1,"user":{"id":2,"name":"bob"},)"
                           R"("content":"hi","create_date":"05-01"}})"));
    expectText(post("/douyin/comment/action/?token=bobx&action_type=2"), std::string(R"({"status_code":0})"));
    expectText(post("/douyin/message/action/?token=bobx&to_user_id=9&content=hey"),
               std::string(R"({"status_code":0})"));
    QCOMPARE(stage.services.lastCall(), std::string("send 2 9 hey"));
    const std::string chat = stage.get("/douyin/message/chat/?token=bobx&to_user_id=9&pre_msg_time=7").body;
    QCOMPARE(stage.services.lastCall(), std::string("conversation 2 9 0"));
    expectText(chat, R"({"status_code":0,"message_list":[{"id":7,"content":"hello","create_time":")" +
                         demo::timeOfDay(1700000000001) + "\"}]}");
    contract::User known;
    known.id = 5;
    known.followCount = 1;
    known.followerCount = 2;
    known.isFollow = true;
    known.avatar = known.signature = known.backgroundImage = "x";
    known.totalFavorited = known.workCount = known.favoriteCount = 9;
    expectText(demo::writeUser(known),
               R"({"status_code":0,"user":{"id":5,"follow_count":1,"follower_count":2,"is_follow":true}})");
    contract::Video video;
    video.favoriteCount = 3;
    video.commentCount = 4;
    video.isFavorite = true;
    video.title = "t";
    expectText(
        demo::writeVideos(std::array{video}),
        R"({"status_code":0,"video_list":[{"author":{},"favorite_count":3,"comment_count":4,"is_favorite":true}]})");
    expectText(demo::writeMessages({}), std::string(R"({"status_code":0,"message_list":null})"));
    expectText(demo::writeComments({}), std::string(R"({"status_code":0})"));
    expectText(demo::writeFeed({}, 5), std::string(R"({"status_code":0,"next_time":5})"));
    expectText(demo::writeVideos({}), std::string(R"({"status_code":0,"video_list":[]})"));
    expectText(demo::writeUsers({}), std::string(R"({"status_code":0,"user_list":[]})"));
    // A service that cannot.
    stage.services.failure = contract::kServiceErr;
    expectText(post("/douyin/user/login/?username=bob&password=x"),
               std::string(R"({"status_code":2,"status_msg":"service err","token":""})"));
}

// What the double publishes is its video 141.
void DialectAnswersTest::demoUploadsAreFoundByTheirNames() {
    GatewayConfig config = speaking(kDemo);
    config.demo.mediaBaseUrl = doubles::someVideo(141, 8).playUrl;
    const std::size_t slash = config.demo.mediaBaseUrl.rfind('/') + 1;
    const std::string key = config.demo.mediaBaseUrl.substr(slash);
    config.demo.mediaBaseUrl.resize(slash);
    JudgedStage stage(kDemo, std::move(config));
    const std::filesystem::path media = stage.directory.filePath(QStringLiteral("media")).toStdString();
    std::filesystem::create_directories(media);
    stage.services.mediaDirectory = media;
    QFile stored(QString::fromStdString((media / key).string()));
    QVERIFY(stored.open(QIODevice::WriteOnly) && stored.write("the film") == 8);
    stored.close();
    QCOMPARE(stage.post("/douyin/user/register/?username=alice&password=pw").status, 200);
    QCOMPARE(stage.get("/static/1_my%20film.mp4").status, 404);
    const std::vector<Part> parts{field("token", "alicepw"), file("data", "..\\my film.mp4", "the film")};
    expectText(stage.post("/douyin/publish/action/", kMultipart, multipartBody("b", parts)).body,
               std::string(R"({"status_code":0,"status_msg":"1_my film.mp4 uploaded successfully"})"));
    QCOMPARE(stage.get("/static/1_my%20film.mp4").body, std::string("the film"));
    QCOMPARE(stage.get("/static/2_my%20film.mp4").status, 404);
    // Other dialects know no such names.
    stage.gateway->setDialect(kStandard);
    QCOMPARE(stage.get("/static/1_my%20film.mp4").status, 404);
}

void DialectAnswersTest::demoTimes_data() {
    QTest::addColumn<qint64>("time");
    QTest::addColumn<std::string>("shown");
    QTest::newRow("midnight") << qint64{0} << std::string("12:00AM");
    QTest::newRow("past midnight") << qint64{7 * 60'000} << std::string("12:07AM");
    QTest::newRow("morning") << qint64{(9 * 60 + 5) * 60'000} << std::string("9:05AM");
    QTest::newRow("noon") << qint64{12 * 3'600'000} << std::string("12:00PM");
    QTest::newRow("afternoon") << qint64{(17 * 60 + 26) * 60'000 + 59'999} << std::string("5:26PM");
    QTest::newRow("before 1970") << qint64{-1} << std::string("11:59PM");
}

void DialectAnswersTest::demoTimes() {
    QFETCH(qint64, time);
    QFETCH(std::string, shown);
    const QByteArray zone = qgetenv("TZ");
    const bool hadZone = qEnvironmentVariableIsSet("TZ");
    qputenv("TZ", "UTC0");
    tzset();
    const std::string text = demo::timeOfDay(time);
    if (hadZone) {
        qputenv("TZ", zone);
    } else {
        qunsetenv("TZ");
    }
    tzset();
    QCOMPARE(text, shown);
}

void DialectAnswersTest::demoTokensAreBounded() {
    BoundedTable<int, int> table(3);
    for (int i = 0; i < 5; ++i) {
        table.put(i, i * 10);
        table.put(4 - i > 2 ? 0 : i, i * 10);
    }
    QVERIFY(!table.find(1));
    QCOMPARE(table.find(4), std::optional(40));
    DemoTokens tokens;
    tokens.learn("ab", 5);
    QCOMPARE(tokens.userOf("ab"), std::optional<contract::Id>(5));
    QVERIFY(!tokens.userOf("a"));
    QVERIFY(!tokens.userOf(""));
}

QTEST_APPLESS_MAIN(DialectAnswersTest)
#include "dialect_answers_test.moc"
