// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Follows, followers and friends.

#include "tests/conformance/context.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace tikgok::conformance {

namespace relation_cases {
namespace {

using Ids = std::vector<std::int64_t>;

Reply follow(Context& context, const Person& person, std::int64_t to, int action = 1) {
    return context.post("/douyin/relation/action/",
                        {{"to_user_id", std::to_string(to)}, {"action_type", std::to_string(action)}},
                        &person);
}

json::array people(Context& context, std::string_view which, std::int64_t of, const Person& caller) {
    const Reply reply = context.get("/douyin/relation/" + std::string(which) + "/list/",
                                    {{"user_id", std::to_string(of)}}, &caller);
    context.requireOk(reply);
    return list(reply.body, "user_list");
}

// Messages of one millisecond in two conversations are equally new, so let the clock move on.
void nextMillisecond() {
    const auto now = [] {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    };
    const auto start = now();
    while (now() <= start + std::chrono::milliseconds(1)) {
        std::this_thread::yield();
    }
}

void say(Context& context, const Person& from, const Person& to, const std::string& words) {
    nextMillisecond();
    context.requireOk(context.post(
        "/douyin/message/action/",
        {{"to_user_id", std::to_string(to.id)}, {"action_type", "1"}, {"content", words}}, &from));
}

void befriend(Context& context, const Person& a, const Person& b) {
    context.requireOk(follow(context, a, b.id));
    context.requireOk(follow(context, b, a.id));
}

void counters(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const auto expectState = [&](bool follows, std::string_view when) {
        const std::string after = " after " + std::string(when);
        const json::value seenB = context.user(b.id, a);
        context.expectEqual(flag(seenB, "is_follow"), follows, "is_follow" + after);
        context.expectEqual(number(seenB, "follower_count"), std::int64_t{follows ? 1 : 0},
                            "follower_count" + after);
        context.expectEqual(number(seenB, "follow_count"), std::int64_t{0},
                            "follow_count of the followed" + after);
        const json::value seenA = context.user(a.id, b);
        context.expectEqual(number(seenA, "follow_count"), std::int64_t{follows ? 1 : 0},
                            "follow_count" + after);
        context.expectEqual(flag(seenA, "is_follow"), false, "is_follow the other way" + after);
        context.expectEqual(idsOf(people(context, "follow", a.id, b)), follows ? Ids{b.id} : Ids{},
                            "follow/list" + after);
        context.expectEqual(idsOf(people(context, "follower", b.id, a)), follows ? Ids{a.id} : Ids{},
                            "follower/list" + after);
    };
    expectState(false, "nothing");
    context.expectOk(follow(context, a, b.id, 2));
    expectState(false, "unfollow of one who is not followed");
    context.expectOk(follow(context, a, b.id));
    expectState(true, "follow");
    context.expectOk(follow(context, a, b.id));
    expectState(true, "a second follow");
    context.expectOk(follow(context, a, b.id, 2));
    expectState(false, "unfollow");
    context.expectOk(follow(context, a, b.id, 2));
    expectState(false, "a second unfollow");
}

void refusals(Context& context) {
    const Person a = context.newPerson();
    for (const int action : {1, 2}) {
        context.expectFailure(follow(context, a, a.id, action), kSelfFollow);
        context.expectFailure(follow(context, a, std::numeric_limits<std::int64_t>::max(), action),
                              kUserNotFound);
    }
    context.expectEqual(number(context.user(a.id, a), "follow_count"), std::int64_t{0},
                        "follow_count after refused follows");
    for (const std::string_view which : {"follow", "follower", "friend"}) {
        context.expectFailure(context.get("/douyin/relation/" + std::string(which) + "/list/",
                                          {{"user_id", std::string(kUnknownId)}}, &a),
                              kUserNotFound);
        context.expect(people(context, which, a.id, a).empty(), "an empty " + std::string(which) + " list");
    }
}

void order(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Person c = context.newPerson();
    const Person d = context.newPerson();
    for (const Person* each : {&c, &b, &d}) {
        context.requireOk(follow(context, a, each->id));
    }
    context.expectEqual(idsOf(people(context, "follow", a.id, a)), Ids{d.id, b.id, c.id},
                        "latest follow first");
    context.requireOk(follow(context, a, c.id));
    context.expectEqual(idsOf(people(context, "follow", a.id, a)), Ids{d.id, b.id, c.id},
                        "a repeated follow changes nothing");
    context.requireOk(follow(context, a, b.id, 2));
    context.requireOk(follow(context, a, b.id));
    context.expectEqual(idsOf(people(context, "follow", a.id, a)), Ids{b.id, d.id, c.id},
                        "followed again: on top");
    for (const Person* each : {&b, &d, &c}) {
        context.requireOk(follow(context, *each, a.id));
    }
    context.expectEqual(idsOf(people(context, "follower", a.id, a)), Ids{c.id, d.id, b.id},
                        "latest follower first");

    // is_follow in lists belongs to the caller: d follows only a.
    for (const json::value& user : people(context, "follow", a.id, d)) {
        context.expectEqual(flag(user, "is_follow"), false,
                            "is_follow in follow/list for one who follows nobody there");
    }
    for (const json::value& user : people(context, "follower", a.id, a)) {
        context.expectEqual(flag(user, "is_follow"), true, "is_follow in follower/list for the owner");
    }
    const json::array fansOfB = people(context, "follower", b.id, d);
    context.expectEqual(idsOf(fansOfB), Ids{a.id}, "follower/list of another user");
    context.expectEqual(flag(fansOfB.at(0), "is_follow"), true, "is_follow for d, who follows a");
}

void friends(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Person c = context.newPerson();
    const Person oneWay = context.newPerson();
    befriend(context, a, b);
    befriend(context, a, c);
    context.requireOk(follow(context, a, oneWay.id));
    context.requireOk(follow(context, b, c.id));

    Ids both{b.id, c.id};
    std::ranges::sort(both);
    context.expectEqual(idsOf(people(context, "friend", a.id, a)), both,
                        "mutual follows; no messages: by id");
    context.expectEqual(idsOf(people(context, "friend", oneWay.id, oneWay)), Ids{},
                        "one way is no friendship");

    const auto expectFriend = [&](const Person& caller, const Person& owner, const Person& who,
                                  const std::string& message, std::int64_t type) {
        const json::array all = people(context, "friend", owner.id, caller);
        const json::value* found = withId(all, who.id);
        if (context.expect(found != nullptr, "the friend is in the list")) {
            context.expectEqual(text(*found, "message"), message, "message");
            context.expectEqual(number(*found, "msgType"), type, "msgType of \"" + message + "\"");
        }
    };
    expectFriend(a, a, b, "", 0);
    say(context, a, b, "from a to b");
    expectFriend(a, a, b, "from a to b", 1);
    expectFriend(b, b, a, "from a to b", 0);
    context.expectEqual(idsOf(people(context, "friend", a.id, a)), Ids{b.id, c.id},
                        "newest conversation first");
    say(context, c, a, "from c to a");
    expectFriend(a, a, c, "from c to a", 0);
    expectFriend(c, c, a, "from c to a", 1);
    context.expectEqual(idsOf(people(context, "friend", a.id, a)), Ids{c.id, b.id},
                        "newest conversation first");
    say(context, a, b, "<again> & \xF0\x9F\x91\x8B");
    expectFriend(a, a, b, "<again> & \xF0\x9F\x91\x8B", 1);
    context.expectEqual(idsOf(people(context, "friend", a.id, a)), Ids{b.id, c.id},
                        "newest conversation first");

    // Another caller sees a's friends, but with the messages of the caller's own conversations.
    expectFriend(c, a, b, "", 0);
    say(context, b, c, "from b to c");
    expectFriend(c, a, b, "from b to c", 0);
    expectFriend(b, a, c, "from b to c", 1);
    expectFriend(b, a, b, "", 0);
    const json::array seen = people(context, "friend", a.id, b);
    const json::value* other = withId(seen, c.id);
    const json::value* self = withId(seen, b.id);
    if (context.expect(other != nullptr && self != nullptr, "both friends, whoever asks")) {
        context.expectEqual(flag(*other, "is_follow"), true, "is_follow for the caller");
        context.expectEqual(flag(*self, "is_follow"), false, "is_follow for oneself");
    }

    context.requireOk(follow(context, b, a.id, 2));
    context.expectEqual(idsOf(people(context, "friend", a.id, a)), Ids{c.id}, "friends after an unfollow");
}

void friendDetails(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    befriend(context, a, b);
    const std::int64_t video = context.publish(b, "detail");
    context.requireOk(context.post("/douyin/favorite/action/",
                                   {{"video_id", std::to_string(video)}, {"action_type", "1"}}, &a));
    const json::value profile = context.user(b.id, a);
    for (const std::string_view which : {"friend", "follow", "follower"}) {
        const json::value user = people(context, which, a.id, a).at(0);
        for (const std::string_view counter :
             {"id", "follow_count", "follower_count", "total_favorited", "work_count", "favorite_count"}) {
            context.expectEqual(number(user, counter), number(profile, counter),
                                std::string(counter) + " in " + std::string(which) + "/list");
        }
        for (const std::string_view word : {"name", "avatar", "background_image", "signature"}) {
            context.expectEqual(text(user, word), text(profile, word),
                                std::string(word) + " in " + std::string(which) + "/list");
        }
    }
}

}  // namespace
}  // namespace relation_cases

void addRelationCases(Cases& cases) {
    using namespace relation_cases;
    cases.push_back({"relation/counters", &counters});
    cases.push_back({"relation/refusals", &refusals});
    cases.push_back({"relation/order", &order});
    cases.push_back({"relation/friends", &friends});
    cases.push_back({"relation/details", &friendDetails});
}

}  // namespace tikgok::conformance
