// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/calls.h"

#include <algorithm>
#include <utility>

namespace tikgok::conformance {

namespace calls {

Reply signUp(Context& context, const std::string& name, const std::string& password) {
    return context.post("/douyin/user/register/", {{"username", name}, {"password", password}});
}

Reply signIn(Context& context, const std::string& name, const std::string& password) {
    return context.post("/douyin/user/login/", {{"username", name}, {"password", password}});
}

Reply profile(Context& context, const Person& caller, std::optional<std::int64_t> id) {
    return context.get("/douyin/user/", id ? Pairs{{"user_id", std::to_string(*id)}} : Pairs{}, &caller);
}

Reply like(Context& context, const Person& caller, std::int64_t video, std::string_view action) {
    return context.post("/douyin/favorite/action/",
                        {{"video_id", std::to_string(video)}, {"action_type", std::string(action)}}, &caller);
}

Reply follow(Context& context, const Person& caller, std::int64_t user, std::string_view action) {
    return context.post("/douyin/relation/action/",
                        {{"to_user_id", std::to_string(user)}, {"action_type", std::string(action)}},
                        &caller);
}

Reply addComment(Context& context, const Person& caller, std::int64_t video, const std::string& words) {
    return context.post(
        "/douyin/comment/action/",
        {{"video_id", std::to_string(video)}, {"action_type", std::string(kDo)}, {"comment_text", words}},
        &caller);
}

Reply deleteComment(Context& context, const Person& caller, std::int64_t video, std::int64_t comment) {
    return context.post("/douyin/comment/action/",
                        {{"video_id", std::to_string(video)},
                         {"action_type", std::string(kUndo)},
                         {"comment_id", std::to_string(comment)}},
                        &caller);
}

Reply say(Context& context, const Person& caller, std::int64_t to, const std::string& words,
          std::string_view action) {
    return context.post(
        "/douyin/message/action/",
        {{"to_user_id", std::to_string(to)}, {"action_type", std::string(action)}, {"content", words}},
        &caller);
}

Reply listOf(Context& context, std::string_view what, const Person& caller, std::int64_t user) {
    return context.get("/douyin/" + std::string(what) + "/list/", {{"user_id", std::to_string(user)}},
                       &caller);
}

Reply commentsOf(Context& context, const Person& caller, std::int64_t video) {
    return context.get("/douyin/comment/list/", {{"video_id", std::to_string(video)}}, &caller);
}

Reply feed(Context& context, std::optional<std::int64_t> latest, const Person* caller) {
    return context.get("/douyin/feed/", latest ? Pairs{{"latest_time", std::to_string(*latest)}} : Pairs{},
                       caller);
}

Reply chat(Context& context, const Person& caller, std::int64_t with, std::optional<std::int64_t> bound) {
    Pairs query{{"to_user_id", std::to_string(with)}};
    if (bound) {
        query.push_back({"pre_msg_time", std::to_string(*bound)});
    }
    return context.get("/douyin/message/chat/", std::move(query), &caller);
}

Request uploadRequest(const Upload& upload) {
    Request request{.method = "POST", .target = "/douyin/publish/action/"};
    request.parts.push_back({.name = "token", .data = upload.token});
    if (upload.title) {
        request.parts.push_back({.name = "title", .data = *upload.title});
    }
    if (upload.fileName) {
        request.parts.push_back(
            {.name = "data", .data = upload.data, .fileName = upload.fileName, .contentType = "video/mp4"});
    }
    return request;
}

}  // namespace calls

std::vector<std::int64_t> idsIn(Context& context, const Reply& reply, std::string_view member) {
    context.requireOk(reply);
    return idsOf(list(reply.body, member));
}

bool holds(const std::vector<std::int64_t>& ids, std::int64_t id) {
    return std::ranges::find(ids, id) != ids.end();
}

const std::vector<std::string>& hostileTexts() {
    static const std::vector<std::string> all{
        "<script>alert(1)</script>",
        "a&b&amp;c",
        "\"quotes\" and \\backslash\\",
        "'; DROP TABLE users; --",
        "line\nbreak\r\nand\ttab",
        "\x01\x1f\x7f control",
        "%s %n %00 %zz",
        "\xF0\x9F\x8E\xAC\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9 family",
        "\xE2\x80\xAEright to left",
        "e\xCC\x81 and \xC3\xA9",
        "\xEF\xBB\xBF bom",
        "\xE2\x80\xA8 line separator",
        "null",
        "  spaces  ",
        "../../etc/passwd",
        "\xE4\xBD\xA0\xE5\xA5\xBD\xE4\xB8\x96\xE7\x95\x8C",
    };
    return all;
}

void add(Cases& cases, std::string_view section, std::string name, std::function<void(Context&)> run) {
    cases.push_back({std::move(name), std::move(run), false, std::string(section)});
}

void addWithKey(Cases& cases, std::string_view section, std::string name, std::function<void(Context&)> run) {
    cases.push_back({std::move(name), std::move(run), true, std::string(section)});
}

void expectRedirect(Context& context, const Endpoint& endpoint) {
    const std::string path(endpoint.path);
    const std::string bare = path.substr(0, path.size() - 1);
    const int status = endpoint.method == "GET" ? 301 : 307;
    // The query is carried along as it is, never decoded and encoded again.
    for (const std::string& query : std::initializer_list<std::string>{
             "", "?token=a", "?a=%E5%AD%97&b=1+2&c=%2F", "?user_id=9007199254740993"}) {
        const Reply reply = context.call({.method = std::string(endpoint.method), .target = bare + query});
        context.expect(reply, reply.answer.status == status, "HTTP " + std::to_string(status));
        const std::string to = reply.answer.header("location");
        const std::string want = path + query;
        context.expect(reply, to == want || (to.starts_with("http://") && to.ends_with(want)),
                       std::string("Location \"").append(want).append("\", got \"").append(to).append("\""));
    }
}

void expectText(Context& context, const Reply& reply, int status, std::string_view words) {
    context.expect(reply, reply.answer.status == status, "HTTP " + std::to_string(status));
    context.expect(reply, reply.answer.mediaType() == "text/plain", "a text/plain answer");
    context.expect(reply, reply.answer.body == words, "the text \"" + std::string(words) + "\"");
}

}  // namespace tikgok::conformance
