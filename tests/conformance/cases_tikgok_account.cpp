// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sections 4.2 and 4.3 of the contract for the reference server: accounts, limits in bytes, profiles.

#include "tests/conformance/calls.h"

namespace tikgok::conformance {

namespace tikgok_account_cases {
namespace {

using namespace calls;

void registers(Context& context) {
    const std::string name = Context::randomName();
    const Reply reply = signUp(context, name, "p");
    context.expectOk(reply);
    const Reply login = signIn(context, name, "p");
    context.expectOk(login);
    context.expectEqual(number(login.body, "user_id"), number(reply.body, "user_id"), "user_id after login");
    context.expectFailure(signUp(context, name, "another"), kUserExists);
    context.expectFailure(signIn(context, name, "another"), kWrongPassword);
    context.expectFailure(signIn(context, Context::randomName(), "p"), kUserNotFound);
}

// "Username comparison in TikGok follows MySQL's collation (case-insensitive by default)"
void namesIgnoreCase(Context& context) {
    const Person person = context.newPerson();
    std::string upper = person.name;
    for (char& c : upper) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    context.expectFailure(signUp(context, upper, "x"), kUserExists);
    const Reply login = signIn(context, upper, person.password);
    context.expectOk(login);
    context.expectEqual(number(login.body, "user_id"), person.id, "the same user");
    const Reply own = profile(context, person, person.id);
    context.expectEqual(text(memberOf(own.body, "user"), "name"), person.name, "the name as registered");
}

struct Length {
    std::string_view name;
    std::string piece;
    int count;
    bool fits;
};

const std::vector<Length>& lengths() {
    static const std::vector<Length> table{
        {"empty", "", 0, false},
        {"one", "q", 1, true},
        {"ascii-32", "q", 32, true},
        {"ascii-33", "q", 33, false},
        {"chinese-10", "\xE5\xAD\x97", 10, true},
        {"chinese-11", "\xE5\xAD\x97", 11, false},
        {"chinese-32", "\xE5\xAD\x97", 32, false},
        {"accents-16", "\xC3\xA9", 16, true},
        {"accents-17", "\xC3\xA9", 17, false},
        {"emoji-8", "\xF0\x9F\x8E\xAC", 8, true},
        {"emoji-9", "\xF0\x9F\x8E\xAC", 9, false},
    };
    return table;
}

std::string made(const Length& length) {
    std::string out;
    for (int i = 0; i < length.count; ++i) {
        out += length.piece;
    }
    return out;
}

void passwordLength(Context& context, const Length& length) {
    const std::string name = Context::randomName();
    const Reply reply = signUp(context, name, made(length));
    if (length.fits) {
        context.expectOk(reply);
        context.expectOk(signIn(context, name, made(length)));
    } else {
        context.expectFailure(reply, kParamsErr);
        context.expectFailure(signIn(context, name, made(length)), kParamsErr);
    }
}

void nameLength(Context& context, const Length& length) {
    const std::string name = made(length);
    const Reply login = signIn(context, name, "secret");
    const Reply reply = signUp(context, name, "secret");
    if (!length.fits) {
        context.expectFailure(login, kParamsErr);
        context.expectFailure(reply, kParamsErr);
        return;
    }
    // It may be there from an earlier run.
    context.expect(reply, reply.ok() || reply.code() == kUserExists.code, "a name that fits is taken");
    context.expectOk(signIn(context, name, "secret"));
}

// "one fixed avatar, one background, signature `default signature`"
void newUsers(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Reply first = profile(context, a, a.id);
    const Reply second = profile(context, a, b.id);
    context.requireOk(first);
    context.requireOk(second);
    for (const std::string_view member : {"avatar", "background_image", "signature"}) {
        const std::string mine = text(memberOf(first.body, "user"), member);
        context.expect(first, !mine.empty(), std::string(member) + " is set");
        context.expectEqual(text(memberOf(second.body, "user"), member), mine, member);
    }
    context.expectEqual(text(memberOf(first.body, "user"), "signature"), std::string("default signature"),
                        "signature");
    for (const std::string_view counter :
         {"follow_count", "follower_count", "total_favorited", "work_count", "favorite_count"}) {
        context.expectEqual(number(memberOf(first.body, "user"), counter), std::int64_t{0},
                            "a new user's " + std::string(counter));
    }
}

// 30003 with an all-zero user; the description says the rest.
void unknownUser(Context& context) {
    for (const std::int64_t id : {std::numeric_limits<std::int64_t>::max(), std::int64_t{4096},
                                  std::int64_t{-5}, std::numeric_limits<std::int64_t>::min()}) {
        context.expectFailure(profile(context, context.shared(0), id), kUserNotFound);
    }
}

// "id 0 returns the first user of the table"
void firstUser(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const auto who = [&](const Person& caller, std::optional<std::int64_t> id) {
        const Reply reply = profile(context, caller, id);
        context.requireOk(reply);
        return number(memberOf(reply.body, "user"), "id");
    };
    const std::int64_t first = who(a, std::nullopt);
    context.expectEqual(who(a, 0), first, "0 and none are the same");
    context.expectEqual(who(b, std::nullopt), first, "the same user for every caller");
    context.expect(first != b.id, "not the caller");
}

void badParameters(Context& context) {
    for (const std::string_view id : {"", "x", "1.0", "9223372036854775808"}) {
        context.expectFailure(
            context.get("/douyin/user/", {{"user_id", std::string(id)}}, &context.shared(0)), kOwnParamsErr);
    }
}

void relative(Context& context) {
    const Person fan = context.newPerson();
    const Person star = context.newPerson();
    context.requireOk(follow(context, fan, star.id));
    const auto follows = [&](const Person& caller, const Person& whom) {
        const Reply reply = profile(context, caller, whom.id);
        context.requireOk(reply);
        return flag(memberOf(reply.body, "user"), "is_follow");
    };
    context.eventually("is_follow for the one who follows", [&] { return follows(fan, star); });
    context.expect(!follows(star, fan), "is_follow is not mutual");
    context.expect(!follows(star, star), "is_follow of oneself is false");
}

// "total_favorited, favorite_count and work_count lag"
void counters(Context& context) {
    const Person author = context.newPerson();
    const Person fan = context.newPerson();
    const std::int64_t video = context.publish(author, "counted");
    context.requireOk(like(context, fan, video));
    context.requireOk(follow(context, fan, author.id));
    const auto has = [&](const Person& whom, std::string_view counter) {
        const Reply reply = profile(context, author, whom.id);
        context.requireOk(reply);
        return number(memberOf(reply.body, "user"), counter) == 1;
    };
    context.eventually("the author's counters", [&] {
        return has(author, "work_count") && has(author, "total_favorited") && has(author, "follower_count");
    });
    context.eventually("the fan's counters",
                       [&] { return has(fan, "favorite_count") && has(fan, "follow_count"); });
}

}  // namespace
}  // namespace tikgok_account_cases

void addTikgokAccountCases(Cases& cases) {
    using namespace tikgok_account_cases;
    add(cases, "4.2", "account/register", &registers);
    add(cases, "4.2", "account/names-ignore-case", &namesIgnoreCase);
    for (const Length& each : lengths()) {
        add(cases, "4.2", "account/name-bytes/" + std::string(each.name),
            [&](Context& c) { nameLength(c, each); });
        add(cases, "4.2", "account/password-bytes/" + std::string(each.name),
            [&](Context& c) { passwordLength(c, each); });
    }
    add(cases, "4.2", "account/new-users", &newUsers);
    add(cases, "4.3", "account/unknown-user", &unknownUser);
    add(cases, "4.3", "account/first-user", &firstUser);
    add(cases, "4.3", "account/bad-parameters", &badParameters);
    add(cases, "4.3", "account/relative", &relative);
    add(cases, "4.3", "account/counters", &counters);
}

}  // namespace tikgok::conformance
