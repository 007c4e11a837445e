// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Section 4 of the contract for the official demo: accounts, and lists that never change.

#include "tests/conformance/calls.h"

#include <chrono>

namespace tikgok::conformance {

namespace demo_cases {
namespace {

using namespace calls;

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();

std::int64_t wallSeconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// The body without the one member that goes with the clock.
json::value timeless(const Reply& reply) {
    json::value body = reply.body;
    if (body.is_object()) {
        body.as_object().erase("next_time");
    }
    return body;
}

// --- 4.1

void feedIgnoresInput(Context& context) {
    const Person& person = context.shared(0);
    const Reply first = feed(context, std::nullopt);
    context.requireOk(first);
    context.expectEqual(static_cast<std::int64_t>(list(first.body, "video_list").size()), std::int64_t{1},
                        "one video");
    for (const std::string_view latest :
         {"0", "1", "-5", "1676323215123456789", "9223372036854775807", "", "abc"}) {
        const Reply reply = context.get("/douyin/feed/", {{"latest_time", std::string(latest)}}, &person);
        context.requireOk(reply);
        context.expect(reply, timeless(reply) == timeless(first), "the same video, whatever is asked");
    }
}

void feedTime(Context& context) {
    const std::int64_t before = wallSeconds();
    const Reply reply = feed(context, 1);
    context.requireOk(reply);
    const std::int64_t next = number(reply.body, "next_time");
    const std::int64_t after = wallSeconds();
    context.expect(next >= before - 1 && next <= after + 1,
                   "next_time is now, in seconds: " + std::to_string(next));
}

// --- 4.2

void accounts(Context& context) {
    const std::string name = Context::randomName();
    const Reply reply = signUp(context, name, "p");
    context.expectOk(reply);
    context.expectFailure(signUp(context, name, "other"), kDemoUserExists);
    context.expectFailure(signUp(context, name, "p"), kDemoUserExists);
    const Reply login = signIn(context, name, "p");
    context.expectOk(login);
    context.expectEqual(number(login.body, "user_id"), number(reply.body, "user_id"), "user_id");
    context.expectFailure(signIn(context, name, "wrong"), kDemoNoUser);
    context.expectFailure(signIn(context, Context::randomName(), "p"), kDemoNoUser);
}

// "string limits: none"
void noLimits(Context& context) {
    for (const std::size_t size : {std::size_t{33}, std::size_t{100}, std::size_t{1'000}}) {
        const std::string name = Context::randomName() + std::string(size, 'n');
        context.expectOk(signUp(context, name, std::string(size, 'p')));
        context.expectOk(signIn(context, name, std::string(size, 'p')));
    }
    context.expectOk(signUp(context, Context::randomName(), ""));
}

void hostileNames(Context& context) {
    for (const std::string& words : hostileTexts()) {
        const std::string name = Context::randomName() + words;
        const Reply reply = signUp(context, name, words);
        context.requireOk(reply);
        context.expectEqual(text(reply.body, "token"), name + words, "the token");
        const Reply own = context.get("/douyin/user/", {{"token", name + words}});
        context.requireOk(own);
        context.expectEqual(text(memberOf(own.body, "user"), "name"), name, "the name");
    }
}

// --- 4.3

void userIgnoresId(Context& context) {
    const Person person = context.newPerson();
    const Person other = context.newPerson();
    for (const Pairs& query :
         {Pairs{}, Pairs{{"user_id", "0"}}, Pairs{{"user_id", std::to_string(other.id)}},
          Pairs{{"user_id", std::to_string(kFar)}}, Pairs{{"user_id", "abc"}}, Pairs{{"user_id", ""}}}) {
        const Reply reply = context.get("/douyin/user/", query, &person);
        context.requireOk(reply);
        const json::value& user = memberOf(reply.body, "user");
        context.expectEqual(number(user, "id"), person.id, "the token's user");
        context.expectEqual(text(user, "name"), person.name, "name");
        context.expectEqual(static_cast<std::int64_t>(user.as_object().size()), std::int64_t{2},
                            "id and name; counters that are zero are omitted");
    }
}

// --- 4.4

void upload(Context& context) {
    const Person person = context.newPerson();
    const Reply before = feed(context, std::nullopt);
    const Reply listBefore = listOf(context, "publish", person, person.id);
    struct Row {
        Upload upload;
        std::string_view token;
        std::optional<Verdict> verdict;
    };
    const std::vector<Row> table{
        {{.fileName = "bear.mp4"}, person.token, {}},
        {{.title = std::string(500, 't'), .fileName = "bear.mp4"}, person.token, {}},
        {{.title = "t", .fileName = "words.txt"}, person.token, {}},
        {{.title = "t"}, person.token, kDemoNoFile},
        {{.title = "t"}, "hello", kDemoNoUser},
        {{.title = "t", .fileName = "bear.mp4"}, "hello", kDemoNoUser},
    };
    for (const Row& row : table) {
        Upload what = row.upload;
        what.token = row.token;
        const Reply reply = context.call(uploadRequest(what));
        if (row.verdict) {
            context.expectFailure(reply, *row.verdict);
        } else {
            context.expectOk(reply);
            context.expectEqual(reply.words(),
                                std::to_string(person.id) + "_" + *what.fileName + " uploaded successfully",
                                "status_msg");
        }
    }
    context.expect(listOf(context, "publish", person, person.id).body == listBefore.body,
                   "publish/list does not show the uploads");
    context.expect(timeless(feed(context, std::nullopt)) == timeless(before), "nor does the feed");
}

// "checks token first (form only)"
void uploadTokenInQuery(Context& context) {
    Request request = uploadRequest({.title = "t", .fileName = "bear.mp4"});
    std::erase_if(request.parts, [](const Part& part) { return part.name == "token"; });
    request.query = {{"token", context.shared(0).token}};
    const Reply reply = context.call(request);
    // The empty token may be that of the nameless user.
    context.expect(reply,
                   reply.code() == kDemoNoUser.code ||
                       !reply.words().starts_with(std::to_string(context.shared(0).id) + "_"),
                   "the token in the query is not read");
}

// --- 4.5 to 4.11

// "only the token is checked"; the lists never change and check nothing.
void nothingKept(Context& context) {
    const Person person = context.newPerson();
    const Person other = context.newPerson();
    const std::vector<std::string_view> lists{"publish", "favorite", "relation/follow", "relation/follower",
                                              "relation/friend"};
    const auto all = [&] {
        std::vector<json::value> out;
        out.reserve(lists.size() + 1);
        for (const std::string_view what : lists) {
            out.push_back(listOf(context, what, person, person.id).body);
        }
        out.push_back(commentsOf(context, person, 1).body);
        return out;
    };
    const std::vector<json::value> before = all();
    for (const std::int64_t id :
         {std::int64_t{1}, other.id, person.id, std::int64_t{0}, std::int64_t{-1}, kFar}) {
        for (const std::string_view action : {"1", "2"}) {
            context.expectOk(like(context, person, id, action));
            context.expectOk(follow(context, person, id, action));
        }
        context.expectOk(addComment(context, person, id, "not kept"));
    }
    context.expect(all() == before, "the lists are what they were");
    for (const std::string_view what : lists) {
        const Reply mine = listOf(context, what, person, person.id);
        for (const Pairs& query : {Pairs{}, Pairs{{"user_id", std::to_string(kFar)}},
                                   Pairs{{"user_id", "abc"}, {"token", "hello"}}, Pairs{{"user_id", ""}}}) {
            const Reply reply = context.get("/douyin/" + std::string(what) + "/list/", query);
            context.expectOk(reply);
            context.expect(reply, reply.body == mine.body, "the same list for everybody");
        }
    }
}

void anyParameters(Context& context) {
    const Person& person = context.shared(0);
    for (const std::string_view path : {"/douyin/favorite/action/", "/douyin/relation/action/"}) {
        for (const Pairs& query : {Pairs{}, Pairs{{"video_id", "abc"}, {"to_user_id", "abc"}},
                                   Pairs{{"video_id", ""}, {"action_type", "257"}}}) {
            context.expectOk(context.post(std::string(path), query, &person));
        }
    }
}

// --- 4.8, 4.9

void comments(Context& context) {
    const Person person = context.newPerson();
    for (const std::string& words : hostileTexts()) {
        const Reply reply = addComment(context, person, 1, words);
        context.requireOk(reply);
        const json::value& comment = memberOf(reply.body, "comment");
        context.expectEqual(number(comment, "id"), std::int64_t{1}, "id");
        context.expectEqual(text(comment, "content"), words, "content");
        context.expectEqual(number(memberOf(comment, "user"), "id"), person.id, "the real user");
        context.expectEqual(text(memberOf(comment, "user"), "name"), person.name, "the real user's name");
        context.expectEqual(text(comment, "create_date"), std::string("05-01"), "create_date");
    }
    const Reply empty = addComment(context, person, 1, "");
    context.expectOk(empty);
    context.expect(empty, !memberOf(empty.body, "comment").as_object().contains("content"),
                   "an empty text is omitted");
    const Reply gone = deleteComment(context, person, 1, 1);
    context.expectOk(gone);
    context.expect(gone, !gone.body.as_object().contains("comment"), "no comment member");
}

void commentList(Context& context) {
    const Reply first = context.get("/douyin/comment/list/", {{"video_id", "1"}});
    context.expectOk(first);
    for (const Pairs& query : {Pairs{}, Pairs{{"video_id", std::to_string(kFar)}},
                               Pairs{{"video_id", "abc"}, {"token", "hello"}}}) {
        const Reply reply = context.get("/douyin/comment/list/", query);
        context.expectOk(reply);
        context.expect(reply, reply.body == first.body, "a fixed list");
    }
}

// --- 4.12, 4.13

void chats(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Reply none = chat(context, a, b.id, std::nullopt);
    context.expectOk(none);
    context.expect(none, memberOf(none.body, "message_list").is_null(), "null when there are none");
    std::vector<std::string> words;
    for (const std::string& each : hostileTexts()) {
        words.push_back(each);
        context.expectOk(
            say(context, words.size() % 2 == 0 ? a : b, words.size() % 2 == 0 ? b.id : a.id, each));
    }
    const Reply seen = chat(context, a, b.id, std::nullopt);
    context.requireOk(seen);
    const json::array& all = list(seen.body, "message_list");
    if (context.expect(seen, all.size() == words.size(), "all messages of the two")) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            context.expectEqual(text(all[i], "content"), words[i], "in the order of sending");
            context.expect(i == 0 || number(all[i], "id") > number(all[i - 1], "id"), "ids go up");
        }
    }
    for (const std::int64_t bound : {std::int64_t{0}, std::int64_t{1}, wallSeconds() * 1000, kFar}) {
        context.expect(chat(context, b, a.id, bound).body == seen.body, "pre_msg_time is ignored");
    }
    context.expect(
        memberOf(chat(context, context.newPerson(), a.id, std::nullopt).body, "message_list").is_null(),
        "a third person sees nothing");
}

void anyReceiver(Context& context) {
    const Person a = context.newPerson();
    for (const std::int64_t to : {a.id, std::int64_t{0}, kFar}) {
        context.expectOk(say(context, a, to, std::string(1'000, 'x')));
        const Reply reply = chat(context, a, to, std::nullopt);
        context.requireOk(reply);
        context.expectEqual(static_cast<std::int64_t>(list(reply.body, "message_list").size()),
                            std::int64_t{1}, "one message");
    }
    context.expectOk(say(context, a, 1, ""));
}

}  // namespace
}  // namespace demo_cases

void addDemoCases(Cases& cases) {
    using namespace demo_cases;
    add(cases, "4.1", "feed/ignores-input", &feedIgnoresInput);
    add(cases, "4.1", "feed/time", &feedTime);
    add(cases, "4.2", "account/register", &accounts);
    add(cases, "4.2", "account/no-limits", &noLimits);
    add(cases, "4.2", "account/hostile-names", &hostileNames);
    add(cases, "4.3", "account/user-ignores-id", &userIgnoresId);
    add(cases, "4.4", "publish/upload", &upload);
    add(cases, "4.4", "publish/token-in-query", &uploadTokenInQuery);
    add(cases, "4.6", "lists/nothing-kept", &nothingKept);
    add(cases, "4.6", "lists/any-parameters", &anyParameters);
    add(cases, "4.8", "comment/action", &comments);
    add(cases, "4.9", "comment/list", &commentList);
    add(cases, "4.12", "message/chat", &chats);
    add(cases, "4.13", "message/any-receiver", &anyReceiver);
}

}  // namespace tikgok::conformance
