// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/journal_filter.h"

#include <limits>

namespace tikgok::sim {

namespace {

constexpr std::string_view kAccountWords = "the id or the name of somebody, or 0 for strangers";

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
           (!fromMs || facts.timeMs >= *fromMs) && (!toMs || facts.timeMs <= *toMs);
}

JournalFilter journalFilterFrom(JsonReader& in, const PersonFinder& personNamed) {
    constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    JournalFilter filter;
    filter.method = in.text("method").value_or("");
    filter.route = in.text("route").value_or("");
    filter.status = in.integer("status", kLeast, kMost);
    filter.code = in.integer("code", kLeast, kMost);
    if (in.isText("account")) {
        filter.account = personNamed(in.text("account").value_or(""));
        in.require("account", filter.account.has_value(), kAccountWords);
    } else {
        filter.account = in.integer("account", 0, kMost);
    }
    filter.fault = in.text("fault").value_or("");
    filter.fromMs = in.integer("from_ms", kLeast, kMost);
    filter.toMs = in.integer("to_ms", kLeast, kMost);
    return filter;
}

std::expected<JournalFilter, std::string> journalFilterFrom(const AdminRequest& request,
                                                            const PersonFinder& personNamed) {
    JournalFilter filter;
    const auto text = [&request](std::string_view name) {
        return std::string(request.queryText(name).value_or(""));
    };
    filter.method = text("method");
    filter.route = text("route");
    filter.fault = text("fault");
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
