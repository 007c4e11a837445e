// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sections 4.6 to 4.9 of the contract for the reference server: likes and comments without checks.

#include "tests/conformance/calls.h"

#include <algorithm>

namespace tikgok::conformance {

namespace tikgok_interaction_cases {
namespace {

using namespace calls;

constexpr std::int64_t kNoVideo = 1'500'000'000'000'000'000 / kSnowflakeStep * kSnowflakeStep;

std::vector<std::int64_t> favorites(Context& context, const Person& caller, const Person& whose) {
    return idsIn(context, listOf(context, "favorite", caller, whose.id), "video_list");
}

std::vector<std::int64_t> commentIds(Context& context, std::int64_t video) {
    return idsIn(context, commentsOf(context, context.shared(0), video), "comment_list");
}

std::int64_t commented(Context& context, const Person& caller, std::int64_t video, const std::string& words) {
    const Reply reply = addComment(context, caller, video, words);
    context.requireOk(reply);
    const std::int64_t id = number(memberOf(reply.body, "comment"), "id");
    context.eventually("the comment is in the list", [&] { return holds(commentIds(context, video), id); });
    return id;
}

// --- 4.6, 4.7

void idempotent(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t video = context.publish(author, "liked");
    const auto count = [&] { return number(context.video(author, video, &fan), "favorite_count"); };
    context.expectOk(like(context, fan, video, kUndo));  // was not liked
    for (int i = 0; i < 3; ++i) {
        context.expectOk(like(context, fan, video));
    }
    context.eventually("one like", [&] { return count() == 1; });
    context.expectEqual(favorites(context, fan, fan), std::vector<std::int64_t>{video}, "favorite/list");
    for (int i = 0; i < 3; ++i) {
        context.expectOk(like(context, fan, video, kUndo));
    }
    context.eventually("no like", [&] { return count() == 0; });
    context.expectEqual(favorites(context, fan, fan), std::vector<std::int64_t>{}, "favorite/list");
}

void order(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const Person other = context.newPerson();
    std::vector<std::int64_t> liked{context.publish(author, "first"), context.publish(author, "second"),
                                    context.publish(author, "third")};
    std::ranges::rotate(liked, liked.begin() + 1);
    for (const std::int64_t each : liked) {
        context.requireOk(like(context, fan, each));
    }
    std::ranges::reverse(liked);
    context.eventually("most recent like first", [&] { return favorites(context, other, fan) == liked; });
    const Reply reply = listOf(context, "favorite", other, fan.id);
    for (const json::value& each : list(reply.body, "video_list")) {
        context.expect(!flag(each, "is_favorite"), "is_favorite is the caller's, not the owner's");
    }
    const Reply own = listOf(context, "favorite", fan, fan.id);
    for (const json::value& each : list(own.body, "video_list")) {
        context.expect(flag(each, "is_favorite"), "is_favorite of one's own list");
    }
}

// "accepts unknown ids; after that the user's favorite/list fails until the like is taken back"
void brokenFavorites(Context& context, std::int64_t unknown) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const Person other = context.newPerson();
    const std::int64_t video = context.publish(author, "known");
    context.requireOk(like(context, fan, video));
    context.requireOk(like(context, other, video));
    context.eventually("a list that works", [&] { return !favorites(context, fan, fan).empty(); });

    context.expectOk(like(context, fan, unknown));
    const auto broken = [&](const Person& caller) {
        const Reply reply = listOf(context, "favorite", caller, fan.id);
        return reply.code() == kBrokenFavorites.code && reply.words() == kBrokenFavorites.words;
    };
    context.eventually("10000 and null, for everybody who asks for that list",
                       [&] { return broken(fan) && broken(other); });
    context.expectEqual(favorites(context, fan, other), std::vector<std::int64_t>{video},
                        "other people's lists work");
    context.expectOk(profile(context, fan, fan.id));
    context.expectOk(feed(context, std::nullopt, &fan));

    context.expectOk(like(context, fan, unknown, kUndo));
    context.eventually("it heals when the like is taken back", [&] {
        const Reply reply = listOf(context, "favorite", fan, fan.id);
        return reply.ok() && idsOf(list(reply.body, "video_list")) == std::vector<std::int64_t>{video};
    });
}

void unknownOwner(Context& context) {
    const Reply reply =
        listOf(context, "favorite", context.shared(0), std::numeric_limits<std::int64_t>::max());
    context.expect(idsIn(context, reply, "video_list").empty(), "an unknown user likes nothing");
}

// --- 4.8, 4.9

struct Text {
    std::string_view name;
    std::string words;
};

const std::vector<Text>& texts() {
    static const std::vector<Text> table{
        {"plain", "nice"},
        {"empty", ""},
        {"long", std::string(5'000, 'x')},
        {"chinese", "\xE5\xA5\xBD\xE7\x9C\x8B"},
    };
    return table;
}

// "no check of text"; "user is {id: <the comment's own id>} with every other member zero, and create_date is
// the nanosecond epoch as a decimal string": the description looks at the zeros and the digits.
void textTaken(Context& context, const Text& what) {
    const std::int64_t video = context.sharedVideo();
    const Reply reply = addComment(context, context.shared(1), video, what.words);
    context.requireOk(reply);
    const json::value& comment = memberOf(reply.body, "comment");
    const std::int64_t id = number(comment, "id");
    context.expectEqual(number(memberOf(comment, "user"), "id"), id, "the user's id is the comment's");
    context.expectEqual(text(comment, "content"), what.words, "content");
    context.expect(id % kSnowflakeStep == 0, "a snowflake");
    context.eventually("it is in the list", [&] { return holds(commentIds(context, video), id); });
    const Reply all = commentsOf(context, context.shared(0), video);
    const json::value* found = withId(list(all.body, "comment_list"), id);
    if (context.expect(all, found != nullptr, "in the list")) {
        context.expectEqual(text(*found, "content"), what.words, "content in the list");
        context.expectEqual(number(memberOf(*found, "user"), "id"), id, "the same defect in the list");
    }
}

void withoutText(Context& context) {
    const Reply reply = context.post(
        "/douyin/comment/action/",
        {{"video_id", std::to_string(context.sharedVideo())}, {"action_type", "1"}}, &context.shared(1));
    context.expectOk(reply);
    context.expectEqual(text(memberOf(reply.body, "comment"), "content"), std::string(), "content");
}

void unknownVideo(Context& context) {
    for (const std::int64_t id : {kNoVideo, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
        context.expect(idsIn(context, commentsOf(context, context.shared(0), id - 1), "comment_list").empty(),
                       "an unknown video has no comments");
        const Reply reply = addComment(context, context.shared(1), id, "nowhere");
        context.expectOk(reply);
        context.expectOk(
            deleteComment(context, context.shared(1), id, number(memberOf(reply.body, "comment"), "id")));
    }
}

// "anyone can delete any comment", whatever the video is said to be; "on delete it returns a comment object
// too"
void anybodyDeletes(Context& context) {
    const Person author = context.newPerson();
    const Person stranger = context.newPerson();
    const std::int64_t video = context.publish(author, "commented");
    const std::int64_t other = context.publish(author, "another");
    for (const std::int64_t said : {video, other, kNoVideo}) {
        const std::int64_t id = commented(context, author, video, "to be deleted");
        const Reply reply = deleteComment(context, stranger, said, id);
        context.expectOk(reply);
        context.expect(reply, reply.body.at("comment").is_object(), "a comment object");
        context.eventually("it is gone", [&] { return !holds(commentIds(context, video), id); });
        context.expectFailure(deleteComment(context, author, video, id), kNoSuchComment);
    }
}

void unknownComment(Context& context) {
    for (const std::int64_t id :
         {std::int64_t{0}, std::int64_t{-1}, kNoVideo, std::numeric_limits<std::int64_t>::max()}) {
        context.expectFailure(deleteComment(context, context.shared(1), context.sharedVideo(), id),
                              kNoSuchComment);
    }
}

void newestFirst(Context& context) {
    const Person author = context.newPerson();
    const std::int64_t video = context.publish(author, "talk");
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 5; ++i) {
        ids.insert(ids.begin(), commented(context, author, video, std::to_string(i)));
    }
    context.expectEqual(commentIds(context, video), ids, "newest first");
    context.eventually("comment_count",
                       [&] { return number(context.video(author, video), "comment_count") == 5; });
}

// "the caller is not passed on, so no is_follow"
void callerNotKnown(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t video = context.publish(author, "followed");
    commented(context, author, video, "by somebody who is followed");
    context.requireOk(follow(context, fan, author.id));
    const Reply reply = commentsOf(context, fan, video);
    context.requireOk(reply);
    for (const json::value& each : list(reply.body, "comment_list")) {
        context.expect(!flag(memberOf(each, "user"), "is_follow"), "is_follow is false");
    }
}

}  // namespace
}  // namespace tikgok_interaction_cases

void addTikgokInteractionCases(Cases& cases) {
    using namespace tikgok_interaction_cases;
    add(cases, "4.6", "favorite/idempotent", &idempotent);
    for (const std::int64_t unknown :
         {kNoVideo, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
        add(cases, "4.6", "favorite/broken-list/" + std::to_string(unknown),
            [unknown](Context& c) { brokenFavorites(c, unknown); });
    }
    add(cases, "4.7", "favorite/order", &order);
    add(cases, "4.7", "favorite/unknown-owner", &unknownOwner);
    for (const Text& each : texts()) {
        add(cases, "4.8", "comment/text/" + std::string(each.name), [&](Context& c) { textTaken(c, each); });
    }
    add(cases, "4.8", "comment/without-text", &withoutText);
    add(cases, "4.8", "comment/anybody-deletes", &anybodyDeletes);
    add(cases, "4.8", "comment/unknown-comment", &unknownComment);
    add(cases, "4.9", "comment/unknown-video", &unknownVideo);
    add(cases, "4.9", "comment/newest-first", &newestFirst);
    add(cases, "4.9", "comment/caller-not-known", &callerNotKnown);
}

}  // namespace tikgok::conformance
