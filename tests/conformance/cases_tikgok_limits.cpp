// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What does not differ between dialects: texts come back as they were sent, numbers keep their 64 bits, and
// many at once lose nothing.

#include "tests/conformance/calls.h"

#include <algorithm>
#include <mutex>
#include <set>

namespace tikgok::conformance {

namespace tikgok_limit_cases {
namespace {

using namespace calls;

constexpr std::int64_t kEverything = std::numeric_limits<std::int64_t>::max();

void hostileComments(Context& context) {
    const Person person = context.newPerson();
    const std::int64_t video = context.publish(person, "hostile");
    for (const std::string& words : hostileTexts()) {
        const Reply reply = addComment(context, person, video, words);
        context.requireOk(reply);
        context.expectEqual(text(memberOf(reply.body, "comment"), "content"), words, "a comment's text");
    }
    std::vector<std::string> want(hostileTexts().rbegin(), hostileTexts().rend());
    context.eventually("all comments as they were sent", [&] {
        const Reply reply = commentsOf(context, person, video);
        context.requireOk(reply);
        std::vector<std::string> got;
        for (const json::value& each : list(reply.body, "comment_list")) {
            got.push_back(text(each, "content"));
        }
        return got == want;
    });
}

void hostileMessages(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    std::multiset<std::string> want;
    for (const std::string& words : hostileTexts()) {
        context.requireOk(say(context, a, b.id, words));
        want.insert(words);
    }
    context.eventually("all messages as they were sent", [&] {
        const Reply reply = chat(context, b, a.id, kEverything);
        context.requireOk(reply);
        std::multiset<std::string> got;
        for (const json::value& each : list(reply.body, "message_list")) {
            got.insert(text(each, "content"));
        }
        return got == want;
    });
}

void hostileTitles(Context& context) {
    const Person person = context.newPerson();
    for (const std::string& words : hostileTexts()) {
        context.publish(person, words);
    }
}

void hostileNames(Context& context) {
    for (const std::string& words : hostileTexts()) {
        const std::string name = Context::randomName().substr(0, 6) + words;
        if (name.size() > kNameLimit) {
            context.expect(false, "a hostile text of at most 26 bytes: " + words);
            continue;
        }
        const Reply reply = signUp(context, name, words);
        context.requireOk(reply);
        const Person person{.id = number(reply.body, "user_id"), .token = text(reply.body, "token")};
        const Reply own = profile(context, person, person.id);
        context.requireOk(own);
        context.expectEqual(text(memberOf(own.body, "user"), "name"), name, "a name");
        context.expectOk(signIn(context, name, words));
    }
}

// Bytes that are no UTF-8: whatever the verdict, the answer is one of the described ones.
void brokenTexts(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    for (const std::string& words : {std::string("\xff"), std::string("\xC3"), std::string("a\xED\xA0\x80z"),
                                     std::string("\xF8\x88\x80\x80\x80")}) {
        for (const Reply& reply : {signUp(context, words, words), say(context, a, b.id, words),
                                   addComment(context, a, context.sharedVideo(), words)}) {
            context.expect(reply, reply.answer.status == 200 && reply.body.is_object(), "HTTP 200 and JSON");
        }
    }
    context.expectOk(chat(context, a, b.id, kEverything));
    context.expectOk(commentsOf(context, a, context.sharedVideo()));
}

// Neighbours that a double cannot tell apart.
void exactNumbers(Context& context) {
    const Person a = context.newPerson();
    for (const std::int64_t id :
         {(std::int64_t{1} << 53) + 1, std::int64_t{1676323215123456789}, kEverything - 1, kEverything}) {
        context.requireOk(say(context, a, id, "exact"));
        context.eventually("the message appears", [&] {
            return idsIn(context, chat(context, a, id, kEverything), "message_list").size() == 1;
        });
        const Reply reply = chat(context, a, id, kEverything);
        const json::array& seen = list(reply.body, "message_list");
        if (seen.size() == 1) {
            context.expectEqual(number(seen.at(0), "to_user_id"), id, "an id of 63 bits comes back exactly");
        }
    }
    const Person b = context.newPerson();
    context.requireOk(follow(context, a, b.id + 1));
    context.requireOk(follow(context, a, b.id));
    context.requireOk(follow(context, a, b.id - 1, kUndo));
    context.eventually("the neighbour is another user", [&] {
        const std::vector<std::int64_t> seen =
            idsIn(context, listOf(context, "relation/follow", a, a.id), "user_list");
        return std::set<std::int64_t>(seen.begin(), seen.end()) == std::set<std::int64_t>{0, b.id};
    });
}

// "two creations in the same millisecond collide" there; a server that is used for tests must not.
void idsNeverRepeat(Context& context) {
    constexpr std::size_t kThreads = 8;
    constexpr int kEach = 12;
    const std::int64_t video = context.sharedVideo();
    std::vector<Person> people;
    people.reserve(kThreads);
    for (std::size_t i = 0; i < kThreads; ++i) {
        people.push_back(context.newPerson());
    }
    std::mutex mutex;
    std::vector<std::int64_t> ids;
    context.together(kThreads, [&](std::size_t which) {
        for (int i = 0; i < kEach; ++i) {
            const Reply reply = addComment(context, people[which], video, "at once");
            context.requireOk(reply);
            const std::scoped_lock lock(mutex);
            ids.push_back(number(memberOf(reply.body, "comment"), "id"));
        }
    });
    for (const Person& each : people) {
        ids.push_back(each.id);
    }
    for (const std::int64_t id : ids) {
        context.expect(id % kSnowflakeStep == 0, "a multiple of 4096: " + std::to_string(id));
    }
    std::ranges::sort(ids);
    context.expect(std::ranges::adjacent_find(ids) == ids.end(), "no id comes twice");
    context.expectEqual(static_cast<std::int64_t>(ids.size()),
                        static_cast<std::int64_t>(kThreads * (kEach + 1)), "all were answered");
}

// One of many who want a name at once gets it, however it is written.
void oneNameOnce(Context& context) {
    constexpr std::size_t kThreads = 8;
    const std::string name = Context::randomName();
    std::mutex mutex;
    std::vector<std::int64_t> codes;
    context.together(kThreads, [&](std::size_t which) {
        std::string mine = name;
        mine[which] = mine[which] >= 'a' && mine[which] <= 'z' ? static_cast<char>(mine[which] - 'a' + 'A')
                                                               : mine[which];
        const Reply reply = signUp(context, mine, "p");
        context.expect(reply, reply.ok() || reply.code() == kUserExists.code,
                       "success, or the name is taken");
        const std::scoped_lock lock(mutex);
        codes.push_back(reply.code());
    });
    context.expectEqual(static_cast<std::int64_t>(std::ranges::count(codes, 0)), std::int64_t{1},
                        "how many got the name");
}

// Likes, follows and messages of many at once: each counts once.
void togetherCounted(Context& context) {
    constexpr std::size_t kThreads = 8;
    const Person author = context.newPerson();
    const std::int64_t video = context.publish(author, "at once");
    std::vector<Person> fans;
    fans.reserve(kThreads);
    for (std::size_t i = 0; i < kThreads; ++i) {
        fans.push_back(context.newPerson());
    }
    context.together(kThreads, [&](std::size_t which) {
        for (int i = 0; i < 4; ++i) {
            context.expectOk(like(context, fans[which], video));
            context.expectOk(follow(context, fans[which], author.id));
            context.expectOk(say(context, fans[which], author.id, std::to_string(i)));
        }
    });
    context.eventually("each like and each follower once, each message", [&] {
        const Reply own = profile(context, author, author.id);
        context.requireOk(own);
        const json::value& user = memberOf(own.body, "user");
        bool all = number(user, "total_favorited") == kThreads && number(user, "follower_count") == kThreads;
        for (const Person& fan : fans) {
            all =
                all && idsIn(context, chat(context, author, fan.id, kEverything), "message_list").size() == 4;
        }
        return all;
    });
}

}  // namespace
}  // namespace tikgok_limit_cases

void addTikgokLimitCases(Cases& cases) {
    using namespace tikgok_limit_cases;
    add(cases, "4.8", "limits/hostile-comments", &hostileComments);
    add(cases, "4.13", "limits/hostile-messages", &hostileMessages);
    add(cases, "4.4", "limits/hostile-titles", &hostileTitles);
    add(cases, "4.2", "limits/hostile-names", &hostileNames);
    add(cases, "3", "limits/broken-texts", &brokenTexts);
    add(cases, "3", "limits/exact-numbers", &exactNumbers);
    add(cases, "3", "ids/never-repeat", &idsNeverRepeat);
    add(cases, "4.2", "race/one-name-once", &oneNameOnce);
    add(cases, "4.6", "race/counted", &togetherCounted);
}

}  // namespace tikgok::conformance
