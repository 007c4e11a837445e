// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/context.h"

#include <algorithm>
#include <latch>
#include <random>
#include <thread>
#include <utility>
#include <zlib.h>

namespace tikgok::conformance {

namespace {

std::string plainBody(const Answer& answer) {
    return answer.header("content-encoding") == "gzip" ? unzipped(answer.body) : answer.body;
}

std::string shownAnswer(const Answer& answer) {
    if (answer.status == 0) {
        return "no answer: " + answer.problem;
    }
    constexpr std::size_t kMost = 1200;
    std::string body = hideSecrets(plainBody(answer));
    for (char& c : body) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 && c != '\n' && c != '\t') {
            c = '.';
        }
    }
    if (body.size() > kMost) {
        body = body.substr(0, kMost) + "... (" + std::to_string(answer.body.size()) + " bytes)";
    }
    return std::to_string(answer.status) + " " + answer.header("content-type") + "\n    " + body;
}

}  // namespace

std::int64_t Reply::code() const {
    const json::value* found = body.is_object() ? body.as_object().if_contains("status_code") : nullptr;
    return found != nullptr && found->is_int64() ? found->as_int64() : -1;
}

std::string Reply::words() const {
    const json::value* found = body.is_object() ? body.as_object().if_contains("status_msg") : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

const json::value& memberOf(const json::value& value, std::string_view name) {
    const json::value* found = value.is_object() ? value.as_object().if_contains(name) : nullptr;
    if (found == nullptr) {
        throw Abandon("member \"" + std::string(name) + "\" is missing in " +
                      hideSecrets(json::serialize(value)).substr(0, 300));
    }
    return *found;
}

std::int64_t number(const json::value& value, std::string_view name) {
    const json::value& found = memberOf(value, name);
    if (!found.is_int64()) {
        throw Abandon("member \"" + std::string(name) + "\" is not a 64-bit integer");
    }
    return found.as_int64();
}

bool flag(const json::value& value, std::string_view name) {
    const json::value& found = memberOf(value, name);
    if (!found.is_bool()) {
        throw Abandon("member \"" + std::string(name) + "\" is not a boolean");
    }
    return found.as_bool();
}

std::string text(const json::value& value, std::string_view name) {
    const json::value& found = memberOf(value, name);
    if (!found.is_string()) {
        throw Abandon("member \"" + std::string(name) + "\" is not a string");
    }
    return std::string(found.as_string());
}

const json::array& list(const json::value& value, std::string_view name) {
    const json::value& found = memberOf(value, name);
    if (!found.is_array()) {
        throw Abandon("member \"" + std::string(name) + "\" is not an array");
    }
    return found.as_array();
}

std::vector<std::int64_t> idsOf(const json::array& objects) {
    std::vector<std::int64_t> out;
    out.reserve(objects.size());
    for (const json::value& each : objects) {
        out.push_back(number(each, "id"));
    }
    return out;
}

const json::value* withId(const json::array& objects, std::int64_t id) {
    const auto found =
        std::ranges::find_if(objects, [id](const json::value& each) { return number(each, "id") == id; });
    return found == objects.end() ? nullptr : &*found;
}

std::string unzipped(const std::string& data) {
    z_stream stream{};
    inflateInit2(&stream, 16 + MAX_WBITS);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    stream.avail_in = static_cast<uInt>(data.size());
    std::string out;
    char block[32768];
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(block);
        stream.avail_out = sizeof block;
        result = inflate(&stream, Z_NO_FLUSH);
        out.append(block, sizeof block - stream.avail_out);
    }
    inflateEnd(&stream);
    return result == Z_STREAM_END ? out : std::string();
}

std::string shown(std::int64_t value) {
    return std::to_string(value);
}
std::string shown(bool value) {
    return value ? "true" : "false";
}
std::string shown(const std::string& value) {
    return "\"" + value.substr(0, 200) + "\"";
}
std::string shown(const std::vector<std::int64_t>& values) {
    std::string out = "[";
    for (const std::int64_t each : values) {
        out += (out.size() > 1 ? ", " : "") + std::to_string(each);
    }
    return out + "]";
}

Context::Context(Settings settings, const ApiSpec& spec)
    : settings_(std::move(settings)), spec_(spec), host_(splitUrl(settings_.server).value_or(HostPort{})) {}

Reply Context::plain(Request request) {
    std::optional<HttpClient> client;
    {
        const std::scoped_lock lock(mutex_);
        if (!clients_.empty()) {
            client.emplace(std::move(clients_.back()));
            clients_.pop_back();
        }
    }
    if (!client) {
        client.emplace(settings_.server);
    }
    Reply reply;
    reply.answer = client->send(request);
    reply.request = std::move(request);
    if (reply.answer.mediaType() == "application/json") {
        boost::system::error_code error;
        reply.body = json::parse(plainBody(reply.answer), error);
        if (error) {
            reply.body = nullptr;
        }
    }
    if (reply.answer.status != 0) {
        const std::scoped_lock lock(mutex_);
        clients_.push_back(std::move(*client));
    }
    return reply;
}

Reply Context::call(Request request) {
    Reply reply = plain(std::move(request));
    if (reply.answer.status == 0) {
        expect(reply, false, "no answer");
        throw Abandon("the server did not answer");
    }
    std::string_view path = reply.request.target;
    path = path.substr(0, path.find('?'));
    const std::string body = plainBody(reply.answer);
    for (const std::string& problem :
         spec_.check(reply.request.method, path, reply.answer.status, reply.answer.mediaType(), body)) {
        expect(reply, false, "API description: " + problem);
    }
    if (reply.answer.mediaType() == "application/json") {
        expect(reply, body.find_first_of("<>&") == std::string::npos,
               "<, > and & are written as \\u003c, \\u003e and \\u0026");
        if (path.starts_with("/douyin/")) {
            expect(reply, reply.answer.header("content-type") == "application/json; charset=utf-8",
                   "Content-Type is \"application/json; charset=utf-8\"");
        }
    }
    return reply;
}

Reply Context::get(std::string target, Pairs query, const Person* person) {
    if (person != nullptr) {
        query.push_back({"token", person->token});
    }
    return call({.method = "GET", .target = std::move(target), .query = std::move(query)});
}

Reply Context::post(std::string target, Pairs query, const Person* person) {
    if (person != nullptr) {
        query.push_back({"token", person->token});
    }
    return call({.method = "POST", .target = std::move(target), .query = std::move(query)});
}

std::string Context::randomName() {
    std::random_device device;
    std::string out = "c";
    for (int i = 0; i < 14; ++i) {
        out += "abcdefghijklmnopqrstuvwxyz234567"[device() % 32];
    }
    return out;
}

Person Context::newPerson() {
    Person person{.name = randomName(), .password = "pw-" + randomName()};
    const Reply reply =
        post("/douyin/user/register/", {{"username", person.name}, {"password", person.password}});
    requireOk(reply);
    person.id = number(reply.body, "user_id");
    person.token = text(reply.body, "token");
    return person;
}

const Person& Context::shared(std::size_t which) {
    const std::scoped_lock lock(sharedMutex_);
    const auto found = shared_.find(which);
    return found != shared_.end() ? found->second : shared_.emplace(which, newPerson()).first->second;
}

Request Context::publishRequest(const Person& person, std::string title, std::string fileName) {
    return {.method = "POST",
            .target = "/douyin/publish/action/",
            .parts = {{.name = "token", .data = person.token},
                      {.name = "title", .data = std::move(title)},
                      {.name = "data",
                       .data = settings_.clip,
                       .fileName = std::move(fileName),
                       .contentType = "video/mp4"}}};
}

std::int64_t Context::publish(const Person& person, const std::string& title) {
    const Reply reply = call(publishRequest(person, title));
    requireOk(reply);
    if (settings_.dialect == Dialect::Tikgok) {
        eventually("the published video \"" + title + "\" is the first in publish/list", [&] {
            const json::array videos = publishedBy(person);
            return !videos.empty() && text(videos.front(), "title") == title;
        });
    }
    const json::array videos = publishedBy(person);
    require(reply, !videos.empty() && text(videos.front(), "title") == title,
            "a published video is the first in publish/list as soon as the answer is 0");
    return number(videos.front(), "id");
}

std::int64_t Context::sharedVideo() {
    const Person& author = shared(0);
    const std::scoped_lock lock(sharedMutex_);
    if (sharedVideo_ == 0) {
        sharedVideo_ = publish(author, "shared");
    }
    return sharedVideo_;
}

json::array Context::publishedBy(const Person& person, const Person* caller) {
    const Reply reply = get("/douyin/publish/list/", {{"user_id", std::to_string(person.id)}},
                            caller != nullptr ? caller : &person);
    requireOk(reply);
    return list(reply.body, "video_list");
}

json::value Context::video(const Person& author, std::int64_t id, const Person* caller) {
    const json::array videos = publishedBy(author, caller);
    const json::value* found = withId(videos, id);
    if (found == nullptr) {
        throw Abandon("video " + std::to_string(id) + " is not in its author's publish/list");
    }
    return *found;
}

json::value Context::user(std::int64_t id, const Person& caller) {
    const Reply reply = get("/douyin/user/", {{"user_id", std::to_string(id)}}, &caller);
    requireOk(reply);
    return memberOf(reply.body, "user");
}

json::array Context::comments(std::int64_t video, const Person* caller) {
    const Reply reply = get("/douyin/comment/list/", {{"video_id", std::to_string(video)}}, caller);
    requireOk(reply);
    return list(reply.body, "comment_list");
}

bool Context::eventually(std::string_view what, const std::function<bool()>& ready,
                         std::chrono::milliseconds within) {
    const auto end = std::chrono::steady_clock::now() + within;
    const auto complaints = [this] {
        const std::scoped_lock lock(mutex_);
        return complaints_.size();
    };
    const std::size_t before = complaints();
    while (!ready()) {
        // What breaks the description now will not keep it later.
        if (std::chrono::steady_clock::now() > end || complaints() > before) {
            return expect(false, std::string(what) + ", within " + std::to_string(within.count()) + " ms");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

void Context::complain(std::string what) {
    const std::scoped_lock lock(mutex_);
    complaints_.push_back(std::move(what));
}

bool Context::expect(bool good, std::string_view what) {
    if (!good) {
        complain("expected: " + std::string(what));
    }
    return good;
}

bool Context::expect(const Reply& reply, bool good, std::string_view what) {
    if (!good) {
        complain("expected: " + std::string(what) + "\n  request: " + describe(reply.request) +
                 "\n  answer:  " + shownAnswer(reply.answer));
    }
    return good;
}

void Context::require(const Reply& reply, bool good, std::string_view what) {
    if (!expect(reply, good, what)) {
        throw Abandon("the rest of this case needs that");
    }
}

void Context::expectOk(const Reply& reply) {
    // The demo omits it; its description says what else it says.
    const bool words = settings_.dialect == Dialect::Demo || !reply.words().empty();
    expect(reply, reply.answer.status == 200 && reply.ok() && words,
           "HTTP 200, status_code 0 and a status_msg");
}

void Context::requireOk(const Reply& reply) {
    require(reply, reply.answer.status == 200 && reply.ok(), "HTTP 200 and status_code 0");
}

void Context::expectFailure(const Reply& reply, const Verdict& verdict) {
    expectOneOf(reply, {verdict});
}

void Context::expectOneOf(const Reply& reply, const std::vector<Verdict>& verdicts) {
    std::string wanted;
    bool good = false;
    for (const Verdict& each : verdicts) {
        good =
            good || (reply.answer.status == 200 && reply.code() == each.code && reply.words() == each.words);
        wanted += (wanted.empty() ? "" : " or ") + std::to_string(each.code) + " \"" +
                  std::string(each.words) + "\"";
    }
    expect(reply, good, "HTTP 200, " + wanted);
}

std::vector<std::string> Context::takeComplaints() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(complaints_, {});
}

void Context::together(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::latch gate(static_cast<std::ptrdiff_t>(count));
    std::vector<std::jthread> threads;
    threads.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        threads.emplace_back([&, i] {
            gate.arrive_and_wait();
            try {
                work(i);
            } catch (const std::exception& problem) {
                complain(problem.what());
            }
        });
    }
}

const std::vector<Endpoint>& endpoints() {
    static const std::vector<Endpoint> all{
        {"feed", "GET", "/douyin/feed/", TokenRule::Feed},
        {"register", "POST", "/douyin/user/register/", TokenRule::None},
        {"login", "POST", "/douyin/user/login/", TokenRule::None},
        {"user", "GET", "/douyin/user/", TokenRule::Required},
        {"publish-action", "POST", "/douyin/publish/action/", TokenRule::Required},
        {"publish-list", "GET", "/douyin/publish/list/", TokenRule::Required},
        {"favorite-action", "POST", "/douyin/favorite/action/", TokenRule::Required},
        {"favorite-list", "GET", "/douyin/favorite/list/", TokenRule::Required},
        {"comment-action", "POST", "/douyin/comment/action/", TokenRule::Required},
        {"comment-list", "GET", "/douyin/comment/list/", TokenRule::Optional},
        {"relation-action", "POST", "/douyin/relation/action/", TokenRule::Required},
        {"follow-list", "GET", "/douyin/relation/follow/list/", TokenRule::Required},
        {"follower-list", "GET", "/douyin/relation/follower/list/", TokenRule::Required},
        {"friend-list", "GET", "/douyin/relation/friend/list/", TokenRule::Required},
        {"message-chat", "GET", "/douyin/message/chat/", TokenRule::Required},
        {"message-action", "POST", "/douyin/message/action/", TokenRule::Required},
    };
    return all;
}

const std::vector<Endpoint>& tikgokEndpoints() {
    static const std::vector<Endpoint> all = [] {
        std::vector<Endpoint> copy = endpoints();
        for (Endpoint& each : copy) {
            if (each.token == TokenRule::Optional) {
                each.token = TokenRule::Required;
            }
        }
        return copy;
    }();
    return all;
}

Request workingRequest(Context& context, const Endpoint& endpoint) {
    Request request{.method = std::string(endpoint.method), .target = std::string(endpoint.path)};
    const std::string_view name = endpoint.name;
    const Person& author = context.shared(0);
    const std::string authorId = std::to_string(author.id);
    if (name == "register") {
        request.query = {{"username", Context::randomName()}, {"password", "secret"}};
    } else if (name == "login") {
        request.query = {{"username", author.name}, {"password", author.password}};
    } else if (name == "publish-action") {
        request.parts = {{.name = "title", .data = "over all"},
                         {.name = "data",
                          .data = context.settings().clip,
                          .fileName = "clip.mp4",
                          .contentType = "video/mp4"}};
    } else if (name == "favorite-action") {
        request.query = {{"video_id", std::to_string(context.sharedVideo())}, {"action_type", "1"}};
    } else if (name == "comment-action") {
        request.query = {{"video_id", std::to_string(context.sharedVideo())},
                         {"action_type", "1"},
                         {"comment_text", "over all"}};
    } else if (name == "comment-list") {
        request.query = {{"video_id", std::to_string(context.sharedVideo())}};
    } else if (name == "relation-action") {
        request.query = {{"to_user_id", authorId}, {"action_type", "1"}};
    } else if (name == "message-chat") {
        request.query = {{"to_user_id", authorId}};
    } else if (name == "message-action") {
        request.query = {{"to_user_id", authorId}, {"action_type", "1"}, {"content", "over all"}};
    } else if (name != "feed") {
        request.query = {{"user_id", authorId}};
    }
    return request;
}

Cases allCases(Dialect dialect) {
    Cases cases;
    switch (dialect) {
        case Dialect::Standard:
            addTransportCases(cases);
            addTokenCases(cases);
            addParameterCases(cases);
            addAccountCases(cases);
            addFeedCases(cases);
            addPublishCases(cases);
            addFavoriteCases(cases);
            addCommentCases(cases);
            addRelationCases(cases);
            addMessageCases(cases);
            addMediaCases(cases);
            addRaceCases(cases);
            break;
        case Dialect::Tikgok:
            addTikgokTransportCases(cases);
            addTikgokParameterCases(cases);
            addTikgokTokenCases(cases);
            addTikgokAccountCases(cases);
            addTikgokVideoCases(cases);
            addTikgokInteractionCases(cases);
            addTikgokSocialCases(cases);
            addTikgokLimitCases(cases);
            break;
        case Dialect::Demo:
            addDemoTransportCases(cases);
            addDemoCases(cases);
            break;
    }
    return cases;
}

std::string sectionOf(const Case& each) {
    if (!each.section.empty()) {
        return each.section;
    }
    static const std::map<std::string_view, std::string_view> byGroup{
        {"transport", "1"},   {"integers", "1"},  {"texts", "1"},      {"parameters", "1"},
        {"limits", "1"},      {"token", "2"},     {"media", "3"},      {"feed", "4.1"},
        {"account", "4.2"},   {"publish", "4.4"}, {"favorite", "4.6"}, {"comment", "4.8"},
        {"relation", "4.10"}, {"message", "4.12"}};
    const auto found = byGroup.find(std::string_view(each.name).substr(0, each.name.find('/')));
    return std::string(found == byGroup.end() ? "all" : found->second);
}

}  // namespace tikgok::conformance
