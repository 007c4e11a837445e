// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Likes.

#include "tests/conformance/context.h"

namespace tikgok::conformance {

namespace favorite_cases {
namespace {

Reply like(Context& context, const Person& person, std::int64_t video, int action) {
    return context.post("/douyin/favorite/action/",
                        {{"video_id", std::to_string(video)}, {"action_type", std::to_string(action)}},
                        &person);
}

json::array likedBy(Context& context, const Person& person, const Person& caller) {
    const Reply reply =
        context.get("/douyin/favorite/list/", {{"user_id", std::to_string(person.id)}}, &caller);
    context.requireOk(reply);
    return list(reply.body, "video_list");
}

void counters(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const Person other = context.newPerson();
    const std::int64_t id = context.publish(author, "liked");
    const auto expectCounts = [&](std::int64_t likes, bool byFan, std::string_view when) {
        const std::string after = " after " + std::string(when);
        const json::value video = context.video(author, id, &fan);
        context.expectEqual(number(video, "favorite_count"), likes, "favorite_count" + after);
        context.expectEqual(flag(video, "is_favorite"), byFan, "is_favorite" + after);
        context.expectEqual(number(memberOf(video, "author"), "total_favorited"), likes,
                            "total_favorited in the list" + after);
        context.expectEqual(number(context.user(author.id, fan), "total_favorited"), likes,
                            "total_favorited" + after);
        context.expectEqual(number(context.user(fan.id, author), "favorite_count"),
                            std::int64_t{byFan ? 1 : 0}, "the fan's favorite_count" + after);
        const Reply feed = context.get("/douyin/feed/", {}, &fan);
        if (const json::value* shown = withId(list(feed.body, "video_list"), id)) {
            context.expectEqual(number(*shown, "favorite_count"), likes,
                                "favorite_count in the feed" + after);
            context.expectEqual(flag(*shown, "is_favorite"), byFan, "is_favorite in the feed" + after);
        }
    };
    expectCounts(0, false, "publish");
    context.expectOk(like(context, fan, id, 2));
    expectCounts(0, false, "unlike of what was not liked");
    context.expectOk(like(context, fan, id, 1));
    expectCounts(1, true, "like");
    context.expectOk(like(context, fan, id, 1));
    expectCounts(1, true, "a second like");
    context.expectOk(like(context, other, id, 1));
    expectCounts(2, true, "another one's like");
    context.expectOk(like(context, fan, id, 2));
    expectCounts(1, false, "unlike");
    context.expectOk(like(context, fan, id, 2));
    expectCounts(1, false, "a second unlike");
    context.expectOk(like(context, author, id, 1));
    expectCounts(2, false, "the author's own like");
}

void order(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t a = context.publish(author, "a");
    const std::int64_t b = context.publish(author, "b");
    const std::int64_t c = context.publish(author, "c");
    context.expect(likedBy(context, fan, fan).empty(), "an empty list at first");
    for (const std::int64_t id : {b, c, a}) {
        context.requireOk(like(context, fan, id, 1));
    }
    using Ids = std::vector<std::int64_t>;
    context.expectEqual(idsOf(likedBy(context, fan, fan)), Ids{a, c, b}, "latest like first");
    context.requireOk(like(context, fan, b, 1));
    context.expectEqual(idsOf(likedBy(context, fan, fan)), Ids{a, c, b}, "a repeated like changes nothing");
    context.requireOk(like(context, fan, c, 2));
    context.expectEqual(idsOf(likedBy(context, fan, fan)), Ids{a, b}, "without the unliked one");
    context.requireOk(like(context, fan, c, 1));
    context.expectEqual(idsOf(likedBy(context, fan, fan)), Ids{c, a, b}, "liked again: on top");

    // The caller decides what is_favorite says, not the owner of the list.
    context.requireOk(like(context, author, a, 1));
    for (const json::value& video : likedBy(context, fan, author)) {
        context.expectEqual(flag(video, "is_favorite"), number(video, "id") == a,
                            "is_favorite for the caller");
    }
}

void unknown(Context& context) {
    const Person fan = context.newPerson();
    for (const int action : {1, 2}) {
        const Reply reply = context.post(
            "/douyin/favorite/action/",
            {{"video_id", std::string(kUnknownId)}, {"action_type", std::to_string(action)}}, &fan);
        context.expectFailure(reply, kVideoNotFound);
    }
    context.expectEqual(number(context.user(fan.id, fan), "favorite_count"), std::int64_t{0},
                        "favorite_count after refused likes");
    context.expectFailure(context.get("/douyin/favorite/list/", {{"user_id", std::string(kUnknownId)}}, &fan),
                          kUserNotFound);
}

}  // namespace
}  // namespace favorite_cases

void addFavoriteCases(Cases& cases) {
    using namespace favorite_cases;
    cases.push_back({"favorite/counters", &counters});
    cases.push_back({"favorite/order", &order});
    cases.push_back({"favorite/unknown", &unknown});
}

}  // namespace tikgok::conformance
