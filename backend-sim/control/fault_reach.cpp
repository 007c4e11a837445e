// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/fault_reach.h"

#include "core/contract/endpoints.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace tikgok::sim {

namespace {

constexpr std::string_view kPing = "/ping";
constexpr std::string_view kStatic = "/static/";

bool isPattern(std::string_view route) {
    return route.ends_with('*');
}

std::string_view beginOf(std::string_view pattern) {
    return pattern.substr(0, pattern.size() - 1);
}

// A path without end or beginning is of both kinds.
bool reachesMedia(std::string_view route) {
    return route.empty() || route.starts_with(kStatic) ||
           (isPattern(route) && kStatic.starts_with(beginOf(route)));
}

bool reaches(std::string_view route, std::string_view path) {
    return route.empty() || route == path || (isPattern(route) && path.starts_with(beginOf(route)));
}

std::vector<const contract::EndpointInfo*> endpointsAt(std::string_view route) {
    std::vector<const contract::EndpointInfo*> all;
    for (const contract::EndpointInfo& endpoint : contract::kEndpoints) {
        if (reaches(route, endpoint.path)) {
            all.push_back(&endpoint);
        }
    }
    return all;
}

// How many letters have to be put in, left out or changed (Levenshtein).
std::size_t lettersBetween(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = i;
    }
    for (std::size_t i = 0; i < one.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t k = 0; k < other.size(); ++k) {
            const std::size_t changed = diagonal + (one[i] == other[k] ? 0 : 1);
            diagonal = row[k + 1];
            row[k + 1] = std::min({changed, diagonal + 1, row[k] + 1});
        }
    }
    return row.back();
}

// Whether `match` leaves one of the requests that `limits` leaves, by their numbers.
bool someNumberFits(const FaultMatch& match, const FaultLimits& limits) {
    const std::uint64_t last = limits.first.value_or(std::numeric_limits<std::uint64_t>::max());
    if (match.nth.empty()) {
        return match.every == 0 || (limits.after / match.every + 1) * match.every <= last;
    }
    return std::ranges::any_of(match.nth, [&](std::uint64_t number) {
        return number > limits.after && number <= last && (match.every == 0 || number % match.every == 0);
    });
}

bool methodFits(const FaultMatch& match) {
    using contract::Method;
    const bool get = match.method == "GET";
    if (match.method.empty() || ((get || match.method == "HEAD") && reachesMedia(match.route)) ||
        (get && reaches(match.route, kPing))) {
        return true;
    }
    return std::ranges::any_of(endpointsAt(match.route), [&](const contract::EndpointInfo* endpoint) {
        return match.method == (endpoint->method == Method::Get ? "GET" : "POST");
    });
}

}  // namespace

std::string canonicalRoute(std::string route) {
    for (const contract::EndpointInfo& endpoint : contract::kEndpoints) {
        if (route + "/" == endpoint.path) {
            return std::string(endpoint.path);
        }
    }
    return route;
}

bool leadsSomewhere(std::string_view route) {
    return reaches(route, kPing) || reachesMedia(route) || !endpointsAt(route).empty();
}

std::string routesNear(std::string_view route) {
    constexpr std::size_t kShown = 3;
    constexpr std::size_t kLongest = 100;
    const bool pattern = isPattern(route);
    const std::string_view wanted = (pattern ? beginOf(route) : route).substr(0, kLongest);
    std::vector<std::pair<std::size_t, std::string>> near;
    const auto add = [&](std::string_view path, std::string_view shown) {
        // Of a pattern only the begin was said.
        near.emplace_back(lettersBetween(wanted, pattern ? path.substr(0, wanted.size()) : path), shown);
    };
    add(kPing, kPing);
    add(kStatic, "/static/*");
    for (const contract::EndpointInfo& endpoint : contract::kEndpoints) {
        add(endpoint.path, endpoint.path);
    }
    std::ranges::stable_sort(near, {}, &std::pair<std::size_t, std::string>::first);
    std::string words;
    for (std::size_t i = 0; i < kShown; ++i) {
        words += (i == 0 ? "" : ", ") + near[i].second;
    }
    return words;
}

std::expected<void, std::string> checkReach(const FaultRule& rule) {
    const auto cannot = [](const std::string& member, const std::string& words) {
        return std::unexpected("'" + member + "' " + words + ": this rule could never strike.");
    };
    const FaultMatch& match = rule.match;
    if (!methodFits(match)) {
        return cannot("match.method", "is not what this route is asked with");
    }
    const bool account = match.accountId || !match.accountName.empty();
    if (account && endpointsAt(match.route).empty()) {
        return cannot("match.account", "is for endpoints: nobody is signed in at this route");
    }
    if (!someNumberFits(match, rule.limits)) {
        return cannot(match.nth.empty() ? "match.every" : "match.nth",
                      "has no request that the limits leave");
    }
    if (isAboutTokens(rule) &&
        std::ranges::none_of(endpointsAt(match.route), [](const contract::EndpointInfo* endpoint) {
            return endpoint->token != contract::TokenNeed::None;
        })) {
        return cannot("effects.kind", "is expired_token, and this route takes no token");
    }
    return {};
}

}  // namespace tikgok::sim
