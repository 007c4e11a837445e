// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/dialect_breaches.h"

#include "tests/conformance/embedded.h"
#include "tests/conformance/spec.h"

namespace tikgok::conformance {

namespace {

std::string elevenVideos() {
    const auto spec = ApiSpec::parse(embeddedDescription(Dialect::Tikgok));
    boost::json::value page = spec->document().at_pointer("/components/examples/FeedPage/value");
    boost::json::array& videos = page.at("video_list").as_array();
    while (videos.size() < 11) {
        videos.push_back(boost::json::value(videos.front()));
    }
    return boost::json::serialize(page);
}

}  // namespace

std::vector<Breach> dialectBreaches() {
    std::vector<Breach> all;
    Dialect dialect = Dialect::Tikgok;
    constexpr std::string_view kText = "text/plain";
    const auto row = [&](std::string_view name, std::string_view path, std::string body, int status = 200,
                         std::string_view mediaType = "application/json") {
        all.push_back({dialect, name, path, std::move(body), status, mediaType});
    };
    row("milliseconds", "/douyin/feed/",
        R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":1676323215123})");
    row("a bad token as in standard", "/douyin/feed/", R"({"status_code":1,"status_msg":"bad token"})");
    row("an empty list where the gateway fails", "/douyin/feed/",
        R"({"status_code":1,"status_msg":"bad token","video_list":[],"next_time":0})");
    row("null where a service fails", "/douyin/feed/",
        R"({"status_code":40001,"status_msg":"get videos error","video_list":null,"next_time":0})");
    row("eleven videos", "/douyin/feed/", elevenVideos());
    row("other words", "/douyin/feed/",
        R"({"status_code":0,"status_msg":"ok","video_list":[],"next_time":1676323215123456789})");
    row("a token error with a list", "/douyin/publish/list/",
        R"({"status_code":1,"status_msg":"no token","video_list":null})");
    row("unknown words for a token", "/douyin/publish/list/", R"({"status_code":1,"status_msg":"go away"})");
    row("no zero user", "/douyin/user/", R"({"status_code":30003,"status_msg":"user not found"})");
    row("null for a zero user", "/douyin/user/",
        R"({"status_code":30003,"status_msg":"user not found","user":null})");
    row("plain words of user", "/douyin/user/", R"({"status_code":1,"status_msg":"params err","user":null})");
    row("a code without its words", "/douyin/user/login/",
        R"({"status_code":30001,"status_msg":"user not found","user_id":0,"token":""})");
    row("a token in a failure", "/douyin/user/login/",
        R"({"status_code":30001,"status_msg":"wrong password","user_id":0,"token":"x"})");
    row("null comment of a deletion", "/douyin/comment/action/",
        R"({"status_code":0,"status_msg":"success","comment":null})");
    row("a date", "/douyin/comment/action/",
        R"({"status_code":0,"status_msg":"success","comment":{"id":4096,"content":"x","create_date":"02-20",
            "user":{"id":4096,"name":"","follow_count":0,"follower_count":0,"is_follow":false,"avatar":"",
            "background_image":"","signature":"","total_favorited":0,"work_count":0,"favorite_count":0}}})");
    row("an author with a name", "/douyin/comment/action/",
        R"({"status_code":0,"status_msg":"success","comment":{"id":4096,"content":"x",
            "create_date":"1676323215123456789","user":{"id":4096,"name":"a","follow_count":0,"follower_count":0,
            "is_follow":false,"avatar":"","background_image":"","signature":"","total_favorited":0,
            "work_count":0,"favorite_count":0}}})");
    row("a friend with an avatar", "/douyin/relation/friend/list/",
        R"({"status_code":0,"status_msg":"success","user_list":[{"id":4096,"name":"a","follow_count":0,
            "follower_count":0,"is_follow":false,"avatar":"http://a/b","background_image":"","signature":"",
            "total_favorited":0,"work_count":0,"favorite_count":0,"message":"","msgType":0}]})");
    row("milliseconds of a message", "/douyin/message/chat/",
        R"({"status_code":0,"status_msg":"success","message_list":[{"id":4096,"to_user_id":8192,
            "from_user_id":4096,"content":"hi","create_time":1676323215123}]})");
    row("no redirect", "/douyin/feed",
        R"({"status_code":0,"status_msg":"success","video_list":[],"next_time":1676323215123456789})");
    row("another redirect", "/douyin/feed", "", 302, kText);
    row("text of an unknown path", "/douyin/nothing/", "not found", 404, kText);
    row("text of a wrong method", "/ping", "no", 405, kText);
    row("text of a 413", "/douyin/publish/action/", "too large", 413, kText);
    row("404 for a wrong method", "/douyin/comment/action", "404 page not found", 404, kText);

    dialect = Dialect::Demo;
    row("words of a success", "/douyin/favorite/action/", R"({"status_code":0,"status_msg":"success"})");
    row("two videos", "/douyin/feed/",
        R"({"status_code":0,"next_time":1676323215,"video_list":[
            {"id":1,"author":{"id":1},"play_url":"http://a/b","cover_url":"http://a/c"},
            {"id":2,"author":{"id":1},"play_url":"http://a/b","cover_url":"http://a/c"}]})");
    row("a title", "/douyin/feed/",
        R"({"status_code":0,"next_time":1676323215,"video_list":[
            {"id":1,"title":"x","author":{"id":1},"play_url":"http://a/b","cover_url":"http://a/c"}]})");
    row("an empty list of videos", "/douyin/feed/",
        R"({"status_code":0,"next_time":1676323215,"video_list":[]})");
    row("milliseconds", "/douyin/feed/", R"({"status_code":0,"next_time":1676323215123})");
    row("a bad token", "/douyin/feed/", R"({"status_code":1,"status_msg":"User doesn\u0027t exist"})");
    row("a zero", "/douyin/user/", R"({"status_code":0,"user":{"id":2,"name":"a","follow_count":0}})");
    row("false", "/douyin/user/", R"({"status_code":0,"user":{"id":2,"name":"a","is_follow":false}})");
    row("an avatar", "/douyin/user/",
        R"({"status_code":0,"user":{"id":2,"name":"a","avatar":"http://a/b"}})");
    row("user_id in a failure", "/douyin/user/login/",
        R"({"status_code":1,"status_msg":"User doesn\u0027t exist","user_id":0,"token":""})");
    row("words of register at login", "/douyin/user/login/",
        R"({"status_code":1,"status_msg":"User already exist","token":""})");
    row("another code", "/douyin/user/login/",
        R"({"status_code":30003,"status_msg":"User doesn\u0027t exist","token":""})");
    row("silent upload", "/douyin/publish/action/", R"({"status_code":0})");
    row("null comment", "/douyin/comment/action/", R"({"status_code":0,"comment":null})");
    row("another id", "/douyin/comment/action/",
        R"({"status_code":0,"comment":{"id":2,"user":{"id":2},"content":"x","create_date":"05-01"}})");
    row("another date", "/douyin/comment/action/",
        R"({"status_code":0,"comment":{"id":1,"user":{"id":2},"content":"x","create_date":"05-02"}})");
    row("msgType", "/douyin/relation/friend/list/",
        R"({"status_code":0,"user_list":[{"id":1,"name":"a","message":"x","msgType":1}]})");
    row("an empty list of messages", "/douyin/message/chat/", R"({"status_code":0,"message_list":[]})");
    row("a number for a time", "/douyin/message/chat/",
        R"({"status_code":0,"message_list":[{"id":1,"content":"x","create_time":1676323215}]})");
    row("hour 13", "/douyin/message/chat/",
        R"({"status_code":0,"message_list":[{"id":1,"content":"x","create_time":"13:26PM"}]})");
    row("people in a message", "/douyin/message/chat/",
        R"({"status_code":0,"message_list":[{"id":1,"to_user_id":2,"content":"x","create_time":"5:26PM"}]})");
    row("ping", "/ping", R"({"message":"pong"})");
    row("405", "/douyin/feed/x/", "405 method not allowed", 405, kText);
    row("redirect as text", "/douyin/feed", "moved", 301, kText);
    row("429", "/douyin/feed/", "slow down", 429, kText);

    return all;
}

}  // namespace tikgok::conformance
