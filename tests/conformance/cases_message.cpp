// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Chat.

#include "tests/conformance/context.h"

#include <algorithm>

namespace tikgok::conformance {

namespace message_cases {
namespace {

Reply say(Context& context, const Person& from, std::int64_t to, const std::string& words) {
    return context.post("/douyin/message/action/",
                        {{"to_user_id", std::to_string(to)}, {"action_type", "1"}, {"content", words}},
                        &from);
}

json::array chat(Context& context, const Person& me, const Person& with,
                 std::optional<std::int64_t> after = {}) {
    Pairs query{{"to_user_id", std::to_string(with.id)}};
    if (after) {
        query.push_back({"pre_msg_time", std::to_string(*after)});
    }
    const Reply reply = context.get("/douyin/message/chat/", query, &me);
    context.requireOk(reply);
    return list(reply.body, "message_list");
}

void conversation(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Person c = context.newPerson();
    context.expect(chat(context, a, b).empty(), "an empty conversation");
    std::vector<std::string> words;
    for (int i = 0; i < 8; ++i) {
        words.push_back("message " + std::to_string(i) + " \xE4\xBD\xA0\xE5\xA5\xBD <>&");
        context.requireOk(i % 3 == 0 ? say(context, b, a.id, words.back())
                                     : say(context, a, b.id, words.back()));
    }
    context.requireOk(say(context, c, a.id, "from a third person"));
    context.requireOk(say(context, b, c.id, "to a third person"));
    const json::array seen = chat(context, a, b);
    context.expectEqual(seen == chat(context, b, a), true, "both see the same conversation");
    if (!context.expect(seen.size() == words.size(), "all messages of the two, and no others")) {
        return;
    }
    std::int64_t last = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool byB = i % 3 == 0;
        context.expectEqual(text(seen[i], "content"), words[i], "oldest first");
        context.expectEqual(number(seen[i], "from_user_id"), byB ? b.id : a.id, "from_user_id");
        context.expectEqual(number(seen[i], "to_user_id"), byB ? a.id : b.id, "to_user_id");
        context.expect(number(seen[i], "create_time") > last, "create_time is unique and grows");
        last = number(seen[i], "create_time");
    }
    for (const std::optional<std::int64_t> all :
         {std::optional<std::int64_t>(0), std::optional<std::int64_t>(1)}) {
        context.expectEqual(chat(context, a, b, all) == seen, true, "pre_msg_time 0 and 1: everything");
    }
}

void bound(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    for (int i = 0; i < 5; ++i) {
        context.requireOk(say(context, a, b.id, std::to_string(i)));
    }
    const json::array all = chat(context, b, a);
    const auto after = [&](std::int64_t time) { return idsOf(chat(context, b, a, time)); };
    const std::vector<std::int64_t> ids = idsOf(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::int64_t time = number(all[i], "create_time");
        const std::vector<std::int64_t> rest(ids.begin() + static_cast<std::ptrdiff_t>(i) + 1, ids.end());
        std::vector<std::int64_t> withThis = rest;
        withThis.insert(withThis.begin(), ids[i]);
        context.expectEqual(after(time), rest, "strictly after message " + std::to_string(i));
        context.expectEqual(after(time - 1), withThis, "one millisecond earlier");
        context.expectEqual(after(time * 1'000), rest, "the same time in microseconds");
        context.expectEqual(after(time * 1'000'000), rest, "the same time in nanoseconds");
        context.expectEqual(after(time / 1'000), after(time / 1'000 * 1'000), "the same second in seconds");
    }
    context.expectEqual(after(std::numeric_limits<std::int64_t>::max()), std::vector<std::int64_t>{},
                        "nothing after the end of time");
}

void refusals(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    context.expectFailure(say(context, a, a.id, "me"), kSelfMessage);
    context.expectFailure(say(context, a, std::numeric_limits<std::int64_t>::max(), "who"), kUserNotFound);
    context.expectFailure(say(context, a, b.id, ""), kParamsErr);
    context.expectFailure(say(context, a, b.id, std::string(255, 'x')), kParamsErr);
    context.expectFailure(say(context, a, b.id, "\xff"), kParamsErr);
    for (const std::string_view action : {"2", "0", "3", ""}) {
        context.expectFailure(context.post("/douyin/message/action/",
                                           {{"to_user_id", std::to_string(b.id)},
                                            {"action_type", std::string(action)},
                                            {"content", "refused"}},
                                           &a),
                              kParamsErr);
    }
    context.expectFailure(context.post("/douyin/message/action/",
                                       {{"to_user_id", std::to_string(b.id)}, {"action_type", "1"}}, &a),
                          kParamsErr);
    context.expect(chat(context, a, b).empty(), "nothing was written");
    context.expectFailure(context.get("/douyin/message/chat/", {{"to_user_id", std::string(kUnknownId)}}, &a),
                          kUserNotFound);
}

void privacy(Context& context) {
    const Person a = context.newPerson();
    const Person b = context.newPerson();
    const Person c = context.newPerson();
    context.requireOk(say(context, a, b.id, "secret"));
    context.expect(chat(context, c, a).empty(), "a third person sees nothing of a");
    context.expect(chat(context, c, b).empty(), "a third person sees nothing of b");
}

}  // namespace
}  // namespace message_cases

void addMessageCases(Cases& cases) {
    using namespace message_cases;
    cases.push_back({"message/conversation", &conversation});
    cases.push_back({"message/bound", &bound});
    cases.push_back({"message/refusals", &refusals});
    cases.push_back({"message/privacy", &privacy});
}

}  // namespace tikgok::conformance
