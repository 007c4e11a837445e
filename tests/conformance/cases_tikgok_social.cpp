// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sections 4.10 to 4.13 of the contract for the reference server: follows, friends, chat.

#include "tests/conformance/calls.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace tikgok::conformance {

namespace tikgok_social_cases {
namespace {

using namespace calls;

constexpr std::int64_t kEverything = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kNobody = 1'500'000'000'000'000'000 / kSnowflakeStep * kSnowflakeStep;

using Ids = std::set<std::int64_t>;

// Lists of people have no order.
Ids people(Context& context, std::string_view what, const Person& caller, std::int64_t whose) {
    const std::vector<std::int64_t> ids =
        idsIn(context, listOf(context, "relation/" + std::string(what), caller, whose), "user_list");
    context.expectEqual(static_cast<std::int64_t>(Ids(ids.begin(), ids.end()).size()),
                        static_cast<std::int64_t>(ids.size()), "nobody is in the list twice");
    return {ids.begin(), ids.end()};
}

json::array messages(Context& context, const Person& me, std::int64_t with,
                     std::optional<std::int64_t> before = kEverything) {
    const Reply reply = chat(context, me, with, before);
    context.requireOk(reply);
    return list(reply.body, "message_list");
}

void said(Context& context, const Person& from, const Person& to, const std::string& words) {
    const std::size_t before = messages(context, from, to.id).size();
    context.requireOk(say(context, from, to.id, words));
    context.eventually("the message appears",
                       [&] { return messages(context, from, to.id).size() == before + 1; });
}

// --- 4.10

void idempotent(Context& context) {
    const Person fan = context.newPerson();
    const Person star = context.newPerson();
    context.expectOk(follow(context, fan, star.id, kUndo));  // did not follow
    for (int i = 0; i < 3; ++i) {
        context.expectOk(follow(context, fan, star.id));
    }
    context.eventually("one follow", [&] { return people(context, "follow", fan, fan.id) == Ids{star.id}; });
    context.expect(people(context, "follower", fan, star.id) == Ids{fan.id}, "one follower");
    for (int i = 0; i < 2; ++i) {
        context.expectOk(follow(context, fan, star.id, kUndo));
    }
    context.eventually("no follow", [&] { return people(context, "follow", fan, fan.id).empty(); });
}

void oneself(Context& context) {
    const Person person = context.newPerson();
    for (const std::string_view action : {kDo, kUndo}) {
        context.expectFailure(follow(context, person, person.id, action), kSelfFollow);
    }
    context.expect(people(context, "follow", person, person.id).empty(), "nobody is followed");
}

// "accepts unknown ids; the lists then hold an all-zero user"
void unknownFollowed(Context& context) {
    for (const std::int64_t id : {kNobody, std::int64_t{-7}, kEverything}) {
        const Person person = context.newPerson();
        const Person star = context.newPerson();
        context.expectOk(follow(context, person, id));
        context.expectOk(follow(context, person, star.id));
        context.eventually("the star and an all-zero user",
                           [&] { return people(context, "follow", person, person.id) == Ids{0, star.id}; });
        context.expectOk(follow(context, person, id, kUndo));
        context.eventually("the star alone",
                           [&] { return people(context, "follow", person, person.id) == Ids{star.id}; });
    }
}

// --- 4.11

void lists(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Person c = context.newPerson();
    for (const auto& [from, to] :
         {std::pair(&a, &b), std::pair(&a, &c), std::pair(&b, &a), std::pair(&c, &b)}) {
        context.requireOk(follow(context, *from, to->id));
    }
    context.eventually("follow lists", [&] {
        return people(context, "follow", c, a.id) == Ids{b.id, c.id} &&
               people(context, "follower", c, b.id) == Ids{a.id, c.id};
    });
    context.expect(people(context, "friend", a, a.id) == Ids{b.id}, "friends are mutual follows");
    context.expect(people(context, "friend", c, a.id) == Ids{b.id}, "whoever asks");
    context.expect(people(context, "friend", c, c.id).empty(), "c has no friends");
    const Reply seen = listOf(context, "relation/follow", c, a.id);
    for (const json::value& each : list(seen.body, "user_list")) {
        context.expectEqual(flag(each, "is_follow"), number(each, "id") == b.id, "is_follow is the caller's");
    }
}

// The description demands the zeros; the profile has what was dropped.
void friendDetails(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    context.requireOk(follow(context, a, b.id));
    context.requireOk(follow(context, b, a.id));
    context.publish(b, "a work");
    context.eventually("friends", [&] { return people(context, "friend", a, a.id) == Ids{b.id}; });
    const Reply reply = listOf(context, "relation/friend", a, a.id);
    const json::value& seen = list(reply.body, "user_list").at(0);
    context.expectEqual(text(seen, "name"), b.name, "name");
    context.expectEqual(text(seen, "avatar"), std::string(), "avatar");
    context.expectEqual(number(seen, "work_count"), std::int64_t{0}, "work_count");
    context.expectEqual(flag(seen, "is_follow"), true, "is_follow");
    context.expectEqual(number(seen, "follower_count"), std::int64_t{1}, "follower_count is not dropped");
    const Reply whole = profile(context, a, b.id);
    context.expect(whole, !text(memberOf(whole.body, "user"), "avatar").empty(), "the profile has an avatar");
}

// "belong to the caller's conversation with each friend, whoever user_id is"
void friendMessages(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Person c = context.newPerson();
    context.requireOk(follow(context, a, b.id));
    context.requireOk(follow(context, b, a.id));
    context.eventually("friends", [&] { return people(context, "friend", a, a.id) == Ids{b.id}; });
    const auto expectNewest = [&](const Person& caller, const Person& whose, const std::string& words,
                                  std::int64_t direction) {
        const Reply reply = listOf(context, "relation/friend", caller, whose.id);
        context.requireOk(reply);
        const json::value& first = list(reply.body, "user_list").at(0);
        context.expect(reply, text(first, "message") == words && number(first, "msgType") == direction,
                       "message \"" + words + "\" and msgType " + std::to_string(direction));
    };
    expectNewest(a, a, "", 0);
    said(context, a, b, "first");
    expectNewest(a, a, "first", 1);
    expectNewest(b, b, "first", 0);
    said(context, b, a, "second");
    expectNewest(a, a, "second", 0);
    expectNewest(b, b, "second", 1);
    expectNewest(c, a, "", 0);
    said(context, c, b, "from c");
    expectNewest(c, a, "from c", 1);
    expectNewest(a, a, "second", 0);
}

void unknownOwners(Context& context) {
    for (const std::string_view what : {"follow", "follower", "friend"}) {
        for (const std::int64_t id :
             {kNobody + 1, std::int64_t{-1}, std::numeric_limits<std::int64_t>::min()}) {
            context.expect(people(context, what, context.shared(0), id).empty(),
                           "an unknown user has nobody");
        }
    }
}

// --- 4.12

std::int64_t wallNanoseconds() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

void conversation(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Person c = context.newPerson();
    std::vector<std::string> words;
    for (int i = 0; i < 6; ++i) {
        words.insert(words.begin(), "message " + std::to_string(i) + " <>&");
        said(context, i % 3 == 0 ? b : a, i % 3 == 0 ? a : b, words.front());
    }
    said(context, c, a, "from a third person");
    const json::array seen = messages(context, a, b.id);
    context.expectEqual(seen == messages(context, b, a.id), true, "both see the same");
    if (!context.expect(seen.size() == words.size(), "all of the two, and no others")) {
        return;
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const bool byB = (seen.size() - 1 - i) % 3 == 0;
        context.expectEqual(text(seen[i], "content"), words[i], "newest first");
        context.expectEqual(number(seen[i], "to_user_id"), byB ? a.id : b.id, "to_user_id is right");
        context.expectEqual(number(seen[i], "from_user_id"), number(seen[i], "id"),
                            "from_user_id is the message's id");
        context.expect(number(seen[i], "id") % kSnowflakeStep == 0, "a snowflake");
        context.expect(i == 0 || number(seen[i], "create_time") <= number(seen[i - 1], "create_time"),
                       "create_time goes down");
    }
}

// "create_time below pre_msg_time"; "0 or absent returns nothing; a huge value returns everything"
void upperBound(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    for (int i = 0; i < 4; ++i) {
        said(context, a, b, std::to_string(i));
    }
    const json::array all = messages(context, b, a.id);
    const std::vector<std::int64_t> ids = idsOf(all);
    for (const std::optional<std::int64_t> nothing :
         {std::optional<std::int64_t>{}, std::optional<std::int64_t>{0}, std::optional<std::int64_t>{1},
          std::optional<std::int64_t>{-1}}) {
        context.expect(messages(context, b, a.id, nothing).empty(), "0, absent, or long ago: nothing");
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::int64_t time = number(all[i], "create_time");
        context.expectEqual(
            idsOf(messages(context, b, a.id, time)),
            std::vector<std::int64_t>(ids.begin() + static_cast<std::ptrdiff_t>(i) + 1, ids.end()),
            "strictly before message " + std::to_string(i));
        context.expectEqual(
            idsOf(messages(context, b, a.id, time + 1)),
            std::vector<std::int64_t>(ids.begin() + static_cast<std::ptrdiff_t>(i), ids.end()),
            "one nanosecond later it is there");
        // Milliseconds and seconds are times of 1970 here.
        context.expect(messages(context, b, a.id, time / 1'000'000).empty(), "no other units");
    }
}

// "Messages appear after a queue, with the time of the consumer"
void laterTimes(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    said(context, a, b, "reference");
    const std::int64_t reference = number(messages(context, a, b.id).at(0), "create_time");
    context.expect(reference > kNanoseconds, "nanoseconds");
    const std::int64_t before = wallNanoseconds();
    said(context, a, b, "second");
    const std::int64_t after = wallNanoseconds();
    const std::int64_t second = number(messages(context, a, b.id).at(0), "create_time");
    context.expect(second > reference, "later messages have later times");
    // The server's clock may be another one; its distances are the same.
    context.expect(second - reference <= after - before + std::int64_t{60'000'000'000},
                   "the time is that of the consumer");
}

// "visible after a delay" (section 9): the answer comes first.
void notYet(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    context.requireOk(say(context, a, b.id, "on its way"));
    const json::array early = messages(context, a, b.id);
    context.expect(early.empty(), "right after the answer the message is not there");
    context.eventually("it appears", [&] { return messages(context, b, a.id).size() == 1; });
}

void privacy(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Person c = context.newPerson();
    said(context, a, b, "secret");
    context.expect(messages(context, c, a.id).empty() && messages(context, c, b.id).empty(),
                   "a third person sees nothing");
}

// --- 4.13

struct Length {
    std::string_view name;
    std::string_view piece;
    int count;
    bool fits;
};

constexpr std::array<Length, 7> kLengths{{{"empty", "", 0, false},
                                          {"one", "x", 1, true},
                                          {"ascii-254", "x", 254, true},
                                          {"ascii-255", "x", 255, false},
                                          {"chinese-84", "\xE5\xAD\x97", 84, true},
                                          {"chinese-85", "\xE5\xAD\x97", 85, false},
                                          {"emoji-64", "\xF0\x9F\x8E\xAC", 64, false}}};

void length(Context& context, const Length& what) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    std::string words;
    for (int i = 0; i < what.count; ++i) {
        words += what.piece;
    }
    if (what.fits) {
        said(context, a, b, words);
        context.expectEqual(text(messages(context, b, a.id).at(0), "content"), words, "content");
    } else {
        context.expectFailure(say(context, a, b.id, words), kParamsErr);
        said(context, a, b, "marker");
        context.expect(messages(context, a, b.id).size() == 1, "the refused one was not sent");
    }
}

// "action_type 2 also sends"
void secondAction(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    context.expectOk(say(context, a, b.id, "sent with 2", kUndo));
    context.eventually("it was sent", [&] { return messages(context, a, b.id).size() == 1; });
}

// "unknown and own ids accepted"
void anyReceiver(Context& context) {
    const Person a = context.newPerson();
    for (const std::int64_t to : {a.id, kNobody, kEverything, std::int64_t{-1}}) {
        context.expectOk(say(context, a, to, "to " + std::to_string(to)));
        context.eventually("it appears", [&] { return messages(context, a, to).size() == 1; });
        const json::array seen = messages(context, a, to);
        if (seen.size() == 1) {
            context.expectEqual(number(seen.at(0), "to_user_id"), to, "to_user_id, exactly");
        }
    }
}

}  // namespace
}  // namespace tikgok_social_cases

void addTikgokSocialCases(Cases& cases) {
    using namespace tikgok_social_cases;
    add(cases, "4.10", "relation/idempotent", &idempotent);
    add(cases, "4.10", "relation/oneself", &oneself);
    add(cases, "4.10", "relation/unknown", &unknownFollowed);
    add(cases, "4.11", "relation/lists", &lists);
    add(cases, "4.11", "relation/friend-details", &friendDetails);
    add(cases, "4.11", "relation/friend-messages", &friendMessages);
    add(cases, "4.11", "relation/unknown-owners", &unknownOwners);
    add(cases, "4.12", "message/conversation", &conversation);
    add(cases, "4.12", "message/upper-bound", &upperBound);
    add(cases, "4.12", "message/later-times", &laterTimes);
    add(cases, "4.12", "message/not-yet", &notYet);
    add(cases, "4.12", "message/privacy", &privacy);
    for (const Length& each : kLengths) {
        add(cases, "4.13", "message/bytes/" + std::string(each.name), [&](Context& c) { length(c, each); });
    }
    add(cases, "4.13", "message/second-action", &secondAction);
    add(cases, "4.13", "message/any-receiver", &anyReceiver);
}

}  // namespace tikgok::conformance
