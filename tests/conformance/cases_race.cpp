// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Many at once, and two clients on one server.

#include "tests/conformance/context.h"

#include <algorithm>
#include <atomic>
#include <set>

namespace tikgok::conformance {

namespace race_cases {
namespace {

constexpr std::size_t kWorkers = 20;

Reply like(Context& context, const Person& person, std::int64_t video, int action) {
    return context.post("/douyin/favorite/action/",
                        {{"video_id", std::to_string(video)}, {"action_type", std::to_string(action)}},
                        &person);
}

Reply follow(Context& context, const Person& person, std::int64_t to, int action) {
    return context.post("/douyin/relation/action/",
                        {{"to_user_id", std::to_string(to)}, {"action_type", std::to_string(action)}},
                        &person);
}

void oneName(Context& context) {
    const std::string name = Context::randomName();
    std::atomic<std::int64_t> winners = 0;
    std::atomic<std::int64_t> winner = 0;
    context.together(kWorkers, [&](std::size_t i) {
        const Reply reply = context.post("/douyin/user/register/",
                                         {{"username", name}, {"password", "secret" + std::to_string(i)}});
        if (reply.ok()) {
            ++winners;
            winner = static_cast<std::int64_t>(i);
        } else {
            context.expectFailure(reply, kUserExists);
        }
    });
    context.expectEqual(winners.load(), std::int64_t{1}, "registrations of one name that succeed");
    context.expectOk(context.post(
        "/douyin/user/login/", {{"username", name}, {"password", "secret" + std::to_string(winner.load())}}));
}

void manyNames(Context& context) {
    std::mutex mutex;
    std::set<std::int64_t> ids;
    context.together(kWorkers, [&](std::size_t) {
        const Person person = context.newPerson();
        const std::scoped_lock lock(mutex);
        ids.insert(person.id);
    });
    context.expectEqual(static_cast<std::int64_t>(ids.size()), static_cast<std::int64_t>(kWorkers),
                        "different ids");
}

void oneLike(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t id = context.publish(author, "raced");
    for (const int action : {1, 2, 1}) {
        context.together(kWorkers, [&](std::size_t) { context.expectOk(like(context, fan, id, action)); });
        const std::int64_t want = action == 1 ? 1 : 0;
        context.expectEqual(number(context.video(author, id), "favorite_count"), want, "favorite_count");
        context.expectEqual(number(context.user(fan.id, fan), "favorite_count"), want,
                            "the fan's favorite_count");
        context.expectEqual(number(context.user(author.id, fan), "total_favorited"), want, "total_favorited");
    }
}

void toggles(Context& context) {
    // Whatever the order was, lists and counters tell the same story afterwards.
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t id = context.publish(author, "toggled");
    context.together(kWorkers, [&](std::size_t i) {
        context.expectOk(like(context, fan, id, i % 2 == 0 ? 1 : 2));
        context.expectOk(follow(context, fan, author.id, i % 2 == 0 ? 1 : 2));
    });
    const json::value video = context.video(author, id, &fan);
    const std::int64_t liked = flag(video, "is_favorite") ? 1 : 0;
    context.expectEqual(number(video, "favorite_count"), liked, "favorite_count");
    const Reply favorites =
        context.get("/douyin/favorite/list/", {{"user_id", std::to_string(fan.id)}}, &fan);
    context.expectEqual(static_cast<std::int64_t>(list(favorites.body, "video_list").size()), liked,
                        "length of favorite/list");
    const json::value seen = context.user(author.id, fan);
    const std::int64_t followed = flag(seen, "is_follow") ? 1 : 0;
    context.expectEqual(number(seen, "follower_count"), followed, "follower_count");
    context.expectEqual(number(context.user(fan.id, fan), "follow_count"), followed, "follow_count");
}

void comments(Context& context) {
    const Person author = context.newPerson();
    const std::int64_t id = context.publish(author, "busy");
    context.together(kWorkers, [&](std::size_t i) {
        context.expectOk(context.post("/douyin/comment/action/",
                                      {{"video_id", std::to_string(id)},
                                       {"action_type", "1"},
                                       {"comment_text", "c" + std::to_string(i)}},
                                      &author));
    });
    const json::array all = context.comments(id);
    std::set<std::string> words;
    for (const json::value& each : all) {
        words.insert(text(each, "content"));
    }
    const std::vector<std::int64_t> ids = idsOf(all);
    context.expectEqual(static_cast<std::int64_t>(words.size()), std::int64_t{kWorkers},
                        "different comments");
    context.expectEqual(static_cast<std::int64_t>(std::set(ids.begin(), ids.end()).size()),
                        std::int64_t{kWorkers}, "different comment ids");
    context.expectEqual(number(context.video(author, id), "comment_count"), std::int64_t{kWorkers},
                        "comment_count");

    const std::string victim = std::to_string(ids.at(0));
    std::atomic<std::int64_t> winners = 0;
    context.together(kWorkers, [&](std::size_t) {
        const Reply reply = context.post(
            "/douyin/comment/action/",
            {{"video_id", std::to_string(id)}, {"action_type", "2"}, {"comment_id", victim}}, &author);
        if (reply.ok()) {
            ++winners;
        } else {
            context.expectFailure(reply, kCommentNotFound);
        }
    });
    context.expectEqual(winners.load(), std::int64_t{1}, "deletions of one comment that succeed");
    context.expectEqual(number(context.video(author, id), "comment_count"), std::int64_t{kWorkers - 1},
                        "comment_count after the deletion");
}

void follows(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    context.together(kWorkers, [&](std::size_t i) {
        context.expectOk(i % 2 == 0 ? follow(context, a, b.id, 1) : follow(context, b, a.id, 1));
    });
    for (const auto& [who, other] : {std::pair(a, b), std::pair(b, a)}) {
        const json::value user = context.user(who.id, other);
        context.expectEqual(number(user, "follow_count"), std::int64_t{1}, "follow_count");
        context.expectEqual(number(user, "follower_count"), std::int64_t{1}, "follower_count");
        context.expectEqual(flag(user, "is_follow"), true, "is_follow");
    }
}

void messages(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    context.together(kWorkers, [&](std::size_t i) {
        const Person& from = i % 2 == 0 ? a : b;
        const Person& to = i % 2 == 0 ? b : a;
        for (int k = 0; k < 3; ++k) {
            context.expectOk(context.post("/douyin/message/action/",
                                          {{"to_user_id", std::to_string(to.id)},
                                           {"action_type", "1"},
                                           {"content", "m" + std::to_string(i) + "." + std::to_string(k)}},
                                          &from));
        }
    });
    const Reply reply = context.get("/douyin/message/chat/", {{"to_user_id", std::to_string(b.id)}}, &a);
    std::set<std::string> words;
    std::int64_t last = 0;
    for (const json::value& each : list(reply.body, "message_list")) {
        words.insert(text(each, "content"));
        context.expect(number(each, "create_time") > last, "create_time is unique and grows");
        last = number(each, "create_time");
    }
    context.expectEqual(static_cast<std::int64_t>(words.size()), std::int64_t{3 * kWorkers},
                        "different messages");
}

void publishes(Context& context) {
    const Person author = context.newPerson();
    constexpr std::size_t kUploads = 6;
    context.together(kUploads, [&](std::size_t i) {
        context.expectOk(context.call(context.publishRequest(author, "upload " + std::to_string(i))));
    });
    const json::array videos = context.publishedBy(author);
    std::set<std::string> titles;
    std::set<std::string> urls;
    for (const json::value& each : videos) {
        titles.insert(text(each, "title"));
        urls.insert(text(each, "play_url"));
    }
    context.expectEqual(static_cast<std::int64_t>(titles.size()), std::int64_t{kUploads}, "different titles");
    context.expectEqual(static_cast<std::int64_t>(urls.size()), std::int64_t{kUploads}, "different files");
}

void readers(Context& context) {
    // Answers stay whole and well-formed while others write.
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t id = context.publish(author, "watched");
    context.together(8, [&](std::size_t i) {
        for (int k = 0; k < 10; ++k) {
            if (i % 2 == 0) {
                context.expectOk(like(context, fan, id, k % 2 + 1));
            } else {
                const Reply feed = context.get("/douyin/feed/", {}, &fan);
                context.expectOk(feed);
                if (const json::value* video = withId(list(feed.body, "video_list"), id)) {
                    const std::int64_t count = number(*video, "favorite_count");
                    context.expect(feed, count == (flag(*video, "is_favorite") ? 1 : 0),
                                   "is_favorite and favorite_count of one moment");
                }
            }
        }
    });
}

void twoClients(Context& context) {
    // Two clients, each with its own connection; what one writes the other sees after its next request.
    HttpClient phone(context.settings().server);
    HttpClient desk(context.settings().server);
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const auto ask = [&](HttpClient& client, Request request, const Person& person) {
        request.query.push_back({"token", person.token});
        Reply reply;
        reply.request = request;
        reply.answer = client.send(request);
        boost::system::error_code error;
        reply.body = json::parse(reply.answer.body, error);
        context.requireOk(reply);
        return reply;
    };
    Request upload = context.publishRequest(author, "for two");
    upload.parts.erase(upload.parts.begin());
    ask(phone, upload, author);
    const Reply feed = ask(desk, {.target = "/douyin/feed/"}, fan);
    const json::value& video = list(feed.body, "video_list").at(0);
    context.expectEqual(text(video, "title"), std::string("for two"), "the other client sees the new video");
    const std::string id = std::to_string(number(video, "id"));
    ask(desk,
        {.method = "POST",
         .target = "/douyin/favorite/action/",
         .query = {{"video_id", id}, {"action_type", "1"}}},
        fan);
    ask(desk,
        {.method = "POST",
         .target = "/douyin/comment/action/",
         .query = {{"video_id", id}, {"action_type", "1"}, {"comment_text", "seen"}}},
        fan);
    ask(desk,
        {.method = "POST",
         .target = "/douyin/message/action/",
         .query = {{"to_user_id", std::to_string(author.id)}, {"action_type", "1"}, {"content", "hi"}}},
        fan);
    const Reply list1 =
        ask(phone, {.target = "/douyin/publish/list/", .query = {{"user_id", std::to_string(author.id)}}},
            author);
    context.expectEqual(number(list(list1.body, "video_list").at(0), "favorite_count"), std::int64_t{1},
                        "the first client sees the like");
    context.expectEqual(number(list(list1.body, "video_list").at(0), "comment_count"), std::int64_t{1},
                        "the first client sees the comment count");
    const Reply list2 = ask(phone, {.target = "/douyin/comment/list/", .query = {{"video_id", id}}}, author);
    context.expectEqual(text(list(list2.body, "comment_list").at(0), "content"), std::string("seen"),
                        "the first client sees the comment");
    const Reply chat =
        ask(phone, {.target = "/douyin/message/chat/", .query = {{"to_user_id", std::to_string(fan.id)}}},
            author);
    context.expectEqual(text(list(chat.body, "message_list").at(0), "content"), std::string("hi"),
                        "the first client sees the message");
}

}  // namespace
}  // namespace race_cases

void addRaceCases(Cases& cases) {
    using namespace race_cases;
    cases.push_back({"race/register-one-name", &oneName});
    cases.push_back({"race/register-many", &manyNames});
    cases.push_back({"race/like", &oneLike});
    cases.push_back({"race/toggles", &toggles});
    cases.push_back({"race/comments", &comments});
    cases.push_back({"race/follows", &follows});
    cases.push_back({"race/messages", &messages});
    cases.push_back({"race/publishes", &publishes});
    cases.push_back({"race/readers", &readers});
    cases.push_back({"two-clients", &twoClients});
}

}  // namespace tikgok::conformance
