// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The endpoints as functions, for the cases of the dialects: judged calls with their parameters in the query.
#pragma once

#include "tests/conformance/context.h"

#include <optional>
#include <string>
#include <string_view>

namespace tikgok::conformance {

// Apart, as other files have names like these of their own.
namespace calls {

inline constexpr std::string_view kDo = "1";
inline constexpr std::string_view kUndo = "2";

Reply signUp(Context& context, const std::string& name, const std::string& password);
Reply signIn(Context& context, const std::string& name, const std::string& password);
Reply profile(Context& context, const Person& caller, std::optional<std::int64_t> id);
Reply like(Context& context, const Person& caller, std::int64_t video, std::string_view action = kDo);
Reply follow(Context& context, const Person& caller, std::int64_t user, std::string_view action = kDo);
Reply addComment(Context& context, const Person& caller, std::int64_t video, const std::string& words);
Reply deleteComment(Context& context, const Person& caller, std::int64_t video, std::int64_t comment);
Reply say(Context& context, const Person& caller, std::int64_t to, const std::string& words,
          std::string_view action = kDo);
// GET publish/list, favorite/list, relation/.../list of a user: `what` is "publish", "favorite",
// "relation/follow", "relation/follower" or "relation/friend".
Reply listOf(Context& context, std::string_view what, const Person& caller, std::int64_t user);
Reply commentsOf(Context& context, const Person& caller, std::int64_t video);
// Nothing: without latest_time or pre_msg_time.
Reply feed(Context& context, std::optional<std::int64_t> latest, const Person* caller = nullptr);
Reply chat(Context& context, const Person& caller, std::int64_t with, std::optional<std::int64_t> bound);

// A publish request of these parts, in this order; without a file name there is no data part.
struct Upload {
    std::string token = {};
    std::optional<std::string> title = {};
    std::optional<std::string> fileName = {};
    std::string data = "not looked at";
};
Request uploadRequest(const Upload& upload);

}  // namespace calls

// Ids of a judged answer's list; ends the case when the answer is no success.
std::vector<std::int64_t> idsIn(Context& context, const Reply& reply, std::string_view member);
bool holds(const std::vector<std::int64_t>& ids, std::int64_t id);

// Texts that break careless servers: quotes, markup, control characters, emoji, right-to-left, SQL. Each has
// at most 26 bytes.
const std::vector<std::string>& hostileTexts();

// Adds a case with its section of contract.md.
void add(Cases& cases, std::string_view section, std::string name, std::function<void(Context&)> run);
void addWithKey(Cases& cases, std::string_view section, std::string name, std::function<void(Context&)> run);

// A 301 or 307 to the same path with a slash and the same query.
void expectRedirect(Context& context, const Endpoint& endpoint);
void expectText(Context& context, const Reply& reply, int status, std::string_view words);

}  // namespace tikgok::conformance
