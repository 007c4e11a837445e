// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Register, login, and the profile.

#include "tests/conformance/context.h"

namespace tikgok::conformance {

namespace account_cases {
namespace {

Reply signUp(Context& context, const std::string& name, const std::string& password) {
    return context.post("/douyin/user/register/", {{"username", name}, {"password", password}});
}

Reply signIn(Context& context, const std::string& name, const std::string& password) {
    return context.post("/douyin/user/login/", {{"username", name}, {"password", password}});
}

void registers(Context& context) {
    const std::string name = Context::randomName();
    const Reply reply = signUp(context, name, "secret12");
    context.expectOk(reply);
    const Reply login = signIn(context, name, "secret12");
    context.expectOk(login);
    context.expectEqual(number(login.body, "user_id"), number(reply.body, "user_id"), "user_id after login");
    const Reply own = context.get("/douyin/user/", {{"token", text(reply.body, "token")}});
    const json::value& user = memberOf(own.body, "user");
    context.expectEqual(text(user, "name"), name, "the name");
    for (const std::string_view counter :
         {"follow_count", "follower_count", "total_favorited", "work_count", "favorite_count"}) {
        context.expectEqual(number(user, counter), std::int64_t{0}, "a new user's " + std::string(counter));
    }
    context.expectEqual(flag(user, "is_follow"), false, "is_follow of oneself");
}

void takenName(Context& context) {
    const Person& person = context.shared(0);
    context.expectFailure(signUp(context, person.name, "another"), kUserExists);
    context.expectFailure(signUp(context, person.name, person.password), kUserExists);
    context.expectOk(signIn(context, person.name, person.password));
    context.expectFailure(signIn(context, person.name, "another"), kWrongPassword);
}

void exactNames(Context& context) {
    const std::string name = Context::randomName();
    context.expectOk(signUp(context, name, "one"));
    std::string upper = name;
    upper[0] = 'C';
    for (const std::string& other : {upper, name + " ", " " + name, name + "\xC3\xA9", name + "e\xCC\x81"}) {
        context.expectFailure(signIn(context, other, "one"), kUserNotFound);
        context.expectOk(signUp(context, other, "two"));
        context.expectOk(signIn(context, other, "two"));
    }
    context.expectOk(signIn(context, name, "one"));
}

void passwords(Context& context) {
    const std::string name = Context::randomName();
    const std::string password = "P\xC3\xA4ss w\xE5\xAD\x97+%&=";
    context.expectOk(signUp(context, name, password));
    context.expectOk(signIn(context, name, password));
    for (const std::string& wrong :
         {password + "x", password.substr(1), std::string("p") + password.substr(1), password + " ",
          std::string("x")}) {
        context.expectFailure(signIn(context, name, wrong), kWrongPassword);
    }
    context.expectFailure(signIn(context, name, ""), kParamsErr);
    context.expectFailure(signIn(context, Context::randomName(), password), kUserNotFound);
}

void missingParts(Context& context) {
    for (const std::string_view path : {"/douyin/user/register/", "/douyin/user/login/"}) {
        const std::string target(path);
        context.expectFailure(context.post(target, {}), kParamsErr);
        context.expectFailure(context.post(target, {{"username", "somebody"}}), kParamsErr);
        context.expectFailure(context.post(target, {{"password", "secret"}}), kParamsErr);
        context.expectFailure(context.post(target, {{"username", ""}, {"password", "secret"}}), kParamsErr);
        context.expectFailure(context.post(target, {{"username", "a"}, {"password", ""}}), kParamsErr);
    }
}

void nothingKept(Context& context) {
    // A refused registration leaves the name free.
    const std::string name = Context::randomName();
    context.expectFailure(signUp(context, name, ""), kParamsErr);
    context.expectFailure(signUp(context, name, std::string(33, 'x')), kParamsErr);
    context.expectFailure(signUp(context, name, "\xff"), kParamsErr);
    context.expectFailure(signIn(context, name, "x"), kUserNotFound);
    context.expectOk(signUp(context, name, "x"));
}

void profile(Context& context) {
    const Person person = context.newPerson();
    const Person other = context.newPerson();
    for (const Pairs& query :
         {Pairs{}, Pairs{{"user_id", "0"}}, Pairs{{"user_id", std::to_string(person.id)}}}) {
        const Reply reply = context.get("/douyin/user/", query, &person);
        context.requireOk(reply);
        context.expectEqual(number(memberOf(reply.body, "user"), "id"), person.id,
                            "the caller's own profile");
    }
    const json::value seen = context.user(other.id, person);
    context.expectEqual(number(seen, "id"), other.id, "another user's id");
    context.expectEqual(text(seen, "name"), other.name, "another user's name");
    context.expectFailure(context.get("/douyin/user/", {{"user_id", std::string(kUnknownId)}}, &person),
                          kUserNotFound);
    for (const std::string_view picture : {"avatar", "background_image"}) {
        const std::string url = text(seen, picture);
        if (!url.empty()) {
            const Reply image = context.plain({.target = url});
            context.expect(image,
                           image.answer.status == 200 && image.answer.mediaType().starts_with("image/"),
                           std::string(picture) + " is a picture");
        }
    }
}

}  // namespace
}  // namespace account_cases

void addAccountCases(Cases& cases) {
    using namespace account_cases;
    cases.push_back({"account/register", &registers});
    cases.push_back({"account/taken-name", &takenName});
    cases.push_back({"account/exact-names", &exactNames});
    cases.push_back({"account/passwords", &passwords});
    cases.push_back({"account/missing-parts", &missingParts});
    cases.push_back({"account/nothing-kept", &nothingKept});
    cases.push_back({"account/profile", &profile});
}

}  // namespace tikgok::conformance
