// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Comments.

#include "tests/conformance/context.h"

namespace tikgok::conformance {

namespace comment_cases {
namespace {

Reply add(Context& context, const Person& person, std::int64_t video, const std::string& words) {
    return context.post("/douyin/comment/action/",
                        {{"video_id", std::to_string(video)}, {"action_type", "1"}, {"comment_text", words}},
                        &person);
}

Reply remove(Context& context, const Person& person, std::int64_t video, const std::string& comment) {
    return context.post("/douyin/comment/action/",
                        {{"video_id", std::to_string(video)}, {"action_type", "2"}, {"comment_id", comment}},
                        &person);
}

std::int64_t added(Context& context, const Person& person, std::int64_t video, const std::string& words) {
    const Reply reply = add(context, person, video, words);
    context.requireOk(reply);
    return number(memberOf(reply.body, "comment"), "id");
}

void addAndDelete(Context& context) {
    const Person author = context.newPerson();
    const Person writer = context.newPerson();
    const std::int64_t id = context.publish(author, "discussed");
    const auto expectCount = [&](std::int64_t count, std::string_view when) {
        context.expectEqual(number(context.video(author, id), "comment_count"), count,
                            "comment_count after " + std::string(when));
        context.expectEqual(static_cast<std::int64_t>(context.comments(id).size()), count,
                            "length of the list after " + std::string(when));
    };
    expectCount(0, "publish");
    const Reply reply = add(context, writer, id, "nice <b>&\" \xE5\xA5\xBD");
    context.requireOk(reply);
    context.expect(reply, reply.answer.body.contains("\\u003cb\\u003e\\u0026"), "markup is escaped");
    const json::value& comment = memberOf(reply.body, "comment");
    context.expectEqual(text(comment, "content"), std::string("nice <b>&\" \xE5\xA5\xBD"), "content");
    context.expectEqual(number(memberOf(comment, "user"), "id"), writer.id, "the comment's user");
    context.expectEqual(text(memberOf(comment, "user"), "name"), writer.name, "the comment's user's name");
    const json::value listed = context.comments(id).at(0);
    context.expectEqual(number(listed, "id"), number(comment, "id"), "id in the list");
    context.expectEqual(text(listed, "create_date"), text(comment, "create_date"), "create_date in the list");
    context.expectEqual(number(memberOf(listed, "user"), "id"), writer.id, "user in the list");
    expectCount(1, "one comment");
    const std::int64_t second = added(context, writer, id, "again");
    expectCount(2, "two comments");
    const Reply gone = remove(context, writer, id, std::to_string(second));
    context.expectOk(gone);
    context.expect(gone, memberOf(gone.body, "comment").is_null(), "comment is null after deleting");
    expectCount(1, "deleting one");
}

void order(Context& context) {
    const Person author = context.newPerson();
    const Person writer = context.newPerson();
    const std::int64_t id = context.publish(author, "ordered");
    std::vector<std::int64_t> expected;
    for (int i = 0; i < 40; ++i) {
        expected.insert(expected.begin(),
                        added(context, i % 3 == 0 ? author : writer, id, std::to_string(i)));
    }
    context.expectEqual(idsOf(context.comments(id)), expected, "newest first, complete, for a stranger");
    const std::int64_t removed = expected[38];  // the writer's
    context.requireOk(remove(context, writer, id, std::to_string(removed)));
    std::erase(expected, removed);
    context.expectEqual(idsOf(context.comments(id)), expected, "the same order without the deleted one");
}

void rights(Context& context) {
    const Person author = context.newPerson();
    const Person writer = context.newPerson();
    const Person other = context.newPerson();
    const std::int64_t id = context.publish(author, "rights");
    const std::int64_t elsewhere = context.publish(author, "elsewhere");
    const std::int64_t comment = added(context, writer, id, "mine");
    const std::string commentId = std::to_string(comment);
    context.expectFailure(remove(context, other, id, commentId), kNotYourComment);
    context.expectFailure(remove(context, author, id, commentId), kNotYourComment);
    context.expectFailure(remove(context, writer, elsewhere, commentId), kCommentNotFound);
    context.expectFailure(remove(context, writer, id, std::string(kUnknownId)), kCommentNotFound);
    context.expectOneOf(remove(context, writer, id, "0"), {kCommentNotFound, kParamsErr});
    context.expectFailure(remove(context, writer, id, "-1"), kParamsErr);
    context.expectFailure(remove(context, writer, id, "x"), kParamsErr);
    context.expectFailure(remove(context, writer, id, ""), kParamsErr);
    context.expectFailure(context.post("/douyin/comment/action/",
                                       {{"video_id", std::to_string(id)}, {"action_type", "2"}}, &writer),
                          kParamsErr);
    context.expect(context.comments(id).size() == 1, "the comment is still there");
    context.expectOk(remove(context, writer, id, commentId));
    context.expectFailure(remove(context, writer, id, commentId), kCommentNotFound);
    context.expect(context.comments(id).empty(), "the comment is gone");
    context.expectEqual(number(context.video(author, id), "comment_count"), std::int64_t{0}, "comment_count");
}

void unknown(Context& context) {
    const Person& person = context.shared(1);
    const std::string video(kUnknownId);
    context.expectFailure(
        context.post("/douyin/comment/action/",
                     {{"video_id", video}, {"action_type", "1"}, {"comment_text", "lost"}}, &person),
        kVideoNotFound);
    context.expectFailure(
        context.post("/douyin/comment/action/",
                     {{"video_id", video}, {"action_type", "2"}, {"comment_id", "1"}}, &person),
        kVideoNotFound);
    context.expectFailure(context.get("/douyin/comment/list/", {{"video_id", video}}, &person),
                          kVideoNotFound);
    context.expectFailure(context.get("/douyin/comment/list/", {{"video_id", video}}), kVideoNotFound);
}

void refusedTexts(Context& context) {
    const Person author = context.newPerson();
    const std::int64_t id = context.publish(author, "quiet");
    context.expectFailure(context.post("/douyin/comment/action/",
                                       {{"video_id", std::to_string(id)}, {"action_type", "1"}}, &author),
                          kParamsErr);
    context.expectFailure(add(context, author, id, ""), kParamsErr);
    context.expectFailure(add(context, author, id, std::string(257, 'x')), kParamsErr);
    context.expectFailure(add(context, author, id, "\xff"), kParamsErr);
    context.expect(context.comments(id).empty(), "nothing was written");
    context.expectEqual(number(context.video(author, id), "comment_count"), std::int64_t{0}, "comment_count");
}

void callers(Context& context) {
    const Person author = context.newPerson();
    const Person writer = context.newPerson();
    const std::int64_t id = context.publish(author, "relative");
    context.requireOk(context.post("/douyin/relation/action/",
                                   {{"to_user_id", std::to_string(writer.id)}, {"action_type", "1"}},
                                   &author));
    added(context, writer, id, "hello");
    const auto followed = [&](const Person* caller) {
        return flag(memberOf(context.comments(id, caller).at(0), "user"), "is_follow");
    };
    context.expectEqual(followed(&author), true, "is_follow for one who follows");
    context.expectEqual(followed(&writer), false, "is_follow for oneself");
    context.expectEqual(followed(nullptr), false, "is_follow for a stranger");
}

}  // namespace
}  // namespace comment_cases

void addCommentCases(Cases& cases) {
    using namespace comment_cases;
    cases.push_back({"comment/add-and-delete", &addAndDelete});
    cases.push_back({"comment/order", &order});
    cases.push_back({"comment/rights", &rights});
    cases.push_back({"comment/unknown", &unknown});
    cases.push_back({"comment/refused-texts", &refusedTexts});
    cases.push_back({"comment/callers", &callers});
}

}  // namespace tikgok::conformance
