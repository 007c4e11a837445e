// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/resilience/world_client.h"

#include <boost/json.hpp>

#include <utility>

namespace tikgok::resilience {

namespace json = boost::json;
using conformance::Pairs;
using conformance::Request;

namespace {

std::int64_t integerIn(const json::value& value, std::string_view name) {
    const json::value* found = value.is_object() ? value.get_object().if_contains(name) : nullptr;
    return found != nullptr && found->is_int64() ? found->get_int64() : -1;
}

std::string textIn(const json::value& value, std::string_view name) {
    const json::value* found = value.is_object() ? value.get_object().if_contains(name) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

json::array listIn(const json::value& value, std::string_view name) {
    const json::value* found = value.is_object() ? value.get_object().if_contains(name) : nullptr;
    return found != nullptr && found->is_array() ? found->get_array() : json::array();
}

std::vector<std::int64_t> idsIn(const json::value& value, std::string_view name) {
    std::vector<std::int64_t> out;
    for (const json::value& each : listIn(value, name)) {
        out.push_back(integerIn(each, "id"));
    }
    return out;
}

std::vector<Text> textsIn(const json::value& value, std::string_view name) {
    std::vector<Text> out;
    for (const json::value& each : listIn(value, name)) {
        out.push_back({.id = integerIn(each, "id"), .content = textIn(each, "content")});
    }
    return out;
}

}  // namespace

struct WorldClient::Reply {
    Fate fate = Fate::Unknown;
    json::value body;
};

WorldClient::Reply WorldClient::send(Request request, const std::string& token) {
    if (!token.empty()) {
        request.query.push_back({"token", token});
    }
    const conformance::Answer answer = http_.send(request);
    Reply reply;
    if (answer.status == 0) {
        trouble_ = describe(request) + ": " + answer.problem;
        return reply;
    }
    boost::system::error_code error;
    reply.body = json::parse(answer.body, error);
    reply.fate = !error && answer.status == 200 && integerIn(reply.body, "status_code") == 0 ? Fate::Done
                                                                                             : Fate::Refused;
    if (reply.fate == Fate::Refused) {
        trouble_ =
            describe(request) + ": " + std::to_string(answer.status) + " " + answer.body.substr(0, 300);
    }
    return reply;
}

Fate WorldClient::write(const std::string& path, Pairs query, const Account& who) {
    return send({.method = "POST", .target = path, .query = std::move(query)}, who.token).fate;
}

Fate WorldClient::signUp(const std::string& name, Account& account) {
    const Reply reply = send({.method = "POST",
                              .target = "/douyin/user/register/",
                              .query = {{"username", name}, {"password", "secret"}}},
                             {});
    account = {.id = integerIn(reply.body, "user_id"), .name = name, .token = textIn(reply.body, "token")};
    return reply.fate;
}

Fate WorldClient::like(const Account& who, std::int64_t video, bool on) {
    return write("/douyin/favorite/action/",
                 {{"video_id", std::to_string(video)}, {"action_type", on ? "1" : "2"}}, who);
}

Fate WorldClient::follow(const Account& who, std::int64_t whom, bool on) {
    return write("/douyin/relation/action/",
                 {{"to_user_id", std::to_string(whom)}, {"action_type", on ? "1" : "2"}}, who);
}

Fate WorldClient::comment(const Account& who, std::int64_t video, const std::string& words,
                          std::int64_t& id) {
    const Reply reply =
        send({.method = "POST",
              .target = "/douyin/comment/action/",
              .query = {{"video_id", std::to_string(video)}, {"action_type", "1"}, {"comment_text", words}}},
             who.token);
    const json::value* comment =
        reply.body.is_object() ? reply.body.get_object().if_contains("comment") : nullptr;
    id = comment != nullptr ? integerIn(*comment, "id") : 0;
    return reply.fate;
}

Fate WorldClient::removeComment(const Account& who, std::int64_t video, std::int64_t id) {
    return write(
        "/douyin/comment/action/",
        {{"video_id", std::to_string(video)}, {"action_type", "2"}, {"comment_id", std::to_string(id)}}, who);
}

Fate WorldClient::say(const Account& from, std::int64_t to, const std::string& words) {
    return write("/douyin/message/action/",
                 {{"to_user_id", std::to_string(to)}, {"action_type", "1"}, {"content", words}}, from);
}

Fate WorldClient::publish(const Account& who, const std::string& title, const std::string& clip) {
    return send({.method = "POST",
                 .target = "/douyin/publish/action/",
                 .parts =
                     {{.name = "title", .data = title},
                      {.name = "data", .data = clip, .fileName = "clip.mp4", .contentType = "video/mp4"}}},
                who.token)
        .fate;
}

std::optional<Profile> WorldClient::profile(const Account& caller, std::int64_t id) {
    const Reply reply =
        send({.target = "/douyin/user/", .query = {{"user_id", std::to_string(id)}}}, caller.token);
    const json::value* user = reply.body.is_object() ? reply.body.get_object().if_contains("user") : nullptr;
    if (reply.fate != Fate::Done || user == nullptr) {
        return std::nullopt;
    }
    return Profile{.name = textIn(*user, "name"),
                   .follows = integerIn(*user, "follow_count"),
                   .followers = integerIn(*user, "follower_count"),
                   .works = integerIn(*user, "work_count"),
                   .favorites = integerIn(*user, "favorite_count")};
}

std::optional<std::vector<Video>> WorldClient::works(const Account& caller, std::int64_t of) {
    const Reply reply =
        send({.target = "/douyin/publish/list/", .query = {{"user_id", std::to_string(of)}}}, caller.token);
    if (reply.fate != Fate::Done) {
        return std::nullopt;
    }
    std::vector<Video> out;
    for (const json::value& each : listIn(reply.body, "video_list")) {
        out.push_back({.id = integerIn(each, "id"),
                       .title = textIn(each, "title"),
                       .playUrl = textIn(each, "play_url"),
                       .likes = integerIn(each, "favorite_count"),
                       .comments = integerIn(each, "comment_count")});
    }
    return out;
}

std::optional<std::vector<std::int64_t>> WorldClient::favorites(const Account& of) {
    const Reply reply =
        send({.target = "/douyin/favorite/list/", .query = {{"user_id", std::to_string(of.id)}}}, of.token);
    return reply.fate == Fate::Done ? std::optional(idsIn(reply.body, "video_list")) : std::nullopt;
}

std::optional<std::vector<std::int64_t>> WorldClient::followed(const Account& by) {
    const Reply reply = send(
        {.target = "/douyin/relation/follow/list/", .query = {{"user_id", std::to_string(by.id)}}}, by.token);
    return reply.fate == Fate::Done ? std::optional(idsIn(reply.body, "user_list")) : std::nullopt;
}

std::optional<std::vector<std::int64_t>> WorldClient::followers(const Account& caller, std::int64_t of) {
    const Reply reply =
        send({.target = "/douyin/relation/follower/list/", .query = {{"user_id", std::to_string(of)}}},
             caller.token);
    return reply.fate == Fate::Done ? std::optional(idsIn(reply.body, "user_list")) : std::nullopt;
}

std::optional<std::vector<Text>> WorldClient::comments(std::int64_t video) {
    const Reply reply =
        send({.target = "/douyin/comment/list/", .query = {{"video_id", std::to_string(video)}}}, {});
    return reply.fate == Fate::Done ? std::optional(textsIn(reply.body, "comment_list")) : std::nullopt;
}

std::optional<std::vector<Text>> WorldClient::chat(const Account& who, std::int64_t with) {
    const Reply reply =
        send({.target = "/douyin/message/chat/", .query = {{"to_user_id", std::to_string(with)}}}, who.token);
    return reply.fate == Fate::Done ? std::optional(textsIn(reply.body, "message_list")) : std::nullopt;
}

std::optional<std::string> WorldClient::media(const std::string& url) {
    // The server has a new port since the address was made; only the path counts.
    const auto path = url.find("/static/");
    if (path == std::string::npos) {
        return std::nullopt;
    }
    conformance::Answer answer = http_.send({.target = url.substr(path)});
    return answer.status == 200 ? std::optional(std::move(answer.body)) : std::nullopt;
}

}  // namespace tikgok::resilience
