// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/journal_filter.h"

#include "backend-sim/control/journal_json.h"

#include <algorithm>
#include <array>
#include <limits>

namespace tikgok::sim {

namespace {

constexpr std::string_view kAccountWords = "the id or the name of somebody, or 0 for strangers";

constexpr std::string_view kMethodWords = "GET, HEAD, POST, PUT, DELETE or OTHER";
constexpr std::string_view kRouteWords = "a path, or the begin of one and *";
constexpr std::int64_t kMostStatus = 599;
constexpr std::string_view kCutWords = "close, reset or *";

// What could never fit is a slip of whoever asks: "get" was never sent, and "there is none" would be true.
bool isMethod(std::string_view text) {
    constexpr std::array<std::string_view, 6> kAll{"GET", "HEAD", "POST", "PUT", "DELETE", "OTHER"};
    return std::ranges::find(kAll, text) != kAll.end();
}

bool isRoute(std::string_view text) {
    return text.starts_with('/') || text == "*";
}

bool isCut(std::string_view text) {
    return text == "close" || text == "reset" || text == "*";
}

std::string_view withoutSlash(std::string_view path) {
    return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

bool pathFits(std::string_view wanted, std::string_view path) {
    if (wanted.ends_with('*')) {
        return path.starts_with(wanted.substr(0, wanted.size() - 1));
    }
    return withoutSlash(wanted) == withoutSlash(path);
}

// `list`: names joined by ", ".
bool hasName(std::string_view list, std::string_view name) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(", "), list.size());
        if (list.substr(0, end) == name) {
            return true;
        }
        list.remove_prefix(std::min(end + 2, list.size()));
    }
    return false;
}

}  // namespace

bool JournalFilter::fits(const JournalView& entry) const {
    const JournalFacts& facts = entry.facts;
    const std::string_view rules = entry.texts[JournalText::Rules];
    return (method.empty() || method == http::verbName(facts.verb)) &&
           (route.empty() || pathFits(route, entry.texts[JournalText::Path])) &&
           (!status || *status == facts.status) && (!code || *code == facts.code) &&
           (!account || *account == facts.account) &&
           (fault.empty() || (fault == "*" ? !rules.empty() : hasName(rules, fault))) &&
           (cut.empty() || (cut == "*" ? !cutText(facts.cut).empty() : cut == cutText(facts.cut))) &&
           (!fromMs || facts.timeMs >= *fromMs) && (!toMs || facts.timeMs <= *toMs);
}

JournalFilter journalFilterFrom(JsonReader& in, const PersonFinder& personNamed) {
    constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    JournalFilter filter;
    const auto oneOf = [&in](std::string_view name, bool (*good)(std::string_view), std::string_view words) {
        const auto text = in.text(name);
        in.require(name, !text || good(*text), words);
        return text.value_or("");
    };
    filter.method = oneOf("method", isMethod, kMethodWords);
    filter.route = oneOf("route", isRoute, kRouteWords);
    filter.status = in.integer("status", 0, kMostStatus);
    filter.code = in.integer("code", 0, kMost);
    if (in.isText("account")) {
        filter.account = personNamed(in.text("account").value_or(""));
        in.require("account", filter.account.has_value(), kAccountWords);
    } else {
        filter.account = in.integer("account", 0, kMost);
    }
    filter.fault = in.text("fault").value_or("");
    filter.cut = oneOf("cut", isCut, kCutWords);
    filter.fromMs = in.integer("from_ms", kLeast, kMost);
    filter.toMs = in.integer("to_ms", kLeast, kMost);
    return filter;
}

std::expected<JournalFilter, std::string> journalFilterFrom(const AdminRequest& request,
                                                            const PersonFinder& personNamed) {
    JournalFilter filter;
    std::string problem;
    const auto oneOf = [&request, &problem](std::string_view name, bool (*good)(std::string_view),
                                            std::string_view words) {
        const auto text = request.queryText(name);
        if (text && !good(*text) && problem.empty()) {
            problem = "'" + std::string(name) + "' must be " + std::string(words) + ".";
        }
        return std::string(text.value_or(""));
    };
    filter.method = oneOf("method", isMethod, kMethodWords);
    filter.route = oneOf("route", isRoute, kRouteWords);
    filter.cut = oneOf("cut", isCut, kCutWords);
    filter.fault = request.queryText("fault").value_or("");
    if (!problem.empty()) {
        return std::unexpected(problem);
    }
    for (const auto& [name, into] :
         {std::pair<std::string_view, std::optional<std::int64_t>*>{"status", &filter.status},
          {"code", &filter.code},
          {"from_ms", &filter.fromMs},
          {"to_ms", &filter.toMs}}) {
        *into = request.queryNumber(name);
        if (!*into && request.queryText(name)) {
            return std::unexpected("'" + std::string(name) + "' must be an integer.");
        }
    }
    if (filter.status && (*filter.status < 0 || *filter.status > kMostStatus)) {
        return std::unexpected("'status' must be an integer from 0 to " + std::to_string(kMostStatus) + ".");
    }
    if (filter.code && *filter.code < 0) {
        return std::unexpected("'code' must be an integer from 0.");
    }
    if (const auto account = request.queryText("account")) {
        filter.account = request.queryNumber("account");
        if (!filter.account) {
            filter.account = personNamed(*account);
        }
        if (!filter.account || *filter.account < 0) {
            return std::unexpected("'account' must be " + std::string(kAccountWords) + ".");
        }
    }
    return filter;
}

}  // namespace tikgok::sim
