// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/admin_router.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

// Slashes at the ends are not parts; an empty part in the middle is one, and fits nothing.
std::vector<std::string> adminPartsOf(std::string_view path) {
    while (path.starts_with('/')) {
        path.remove_prefix(1);
    }
    while (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        parts.emplace_back(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

bool isPlaceholder(std::string_view part) {
    return part.starts_with('{');
}

// Whether `path`, which ends with a slash, is this route's with its last name missing.
bool lacksLastName(const std::vector<std::string>& route, const std::vector<std::string>& path) {
    return route.size() == path.size() + 1 && isPlaceholder(route.back()) &&
           std::equal(path.begin(), path.end(), route.begin(),
                      [](const std::string& part, const std::string& wanted) {
                          return isPlaceholder(wanted) || wanted == part;
                      });
}

http::Response unanswered(std::uint8_t /*subject*/) {
    return adminProblem(503, "stopping", "The simulator could not answer this; it may be stopping.");
}

}  // namespace

std::optional<std::string_view> AdminRequest::queryText(std::string_view name) const {
    const auto found = std::ranges::find(query, name, &std::pair<std::string, std::string>::first);
    return found == query.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

std::optional<std::int64_t> AdminRequest::queryNumber(std::string_view name) const {
    const auto text = queryText(name);
    if (!text) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    const char* const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, value);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

std::expected<std::int64_t, std::string> AdminRequest::queryNumber(std::string_view name, std::int64_t usual,
                                                                   std::int64_t least,
                                                                   std::int64_t most) const {
    if (!queryText(name)) {
        return usual;
    }
    const auto value = queryNumber(name);
    if (!value || *value < least || *value > most) {
        return std::unexpected("'" + std::string(name) + "' must be an integer from " +
                               std::to_string(least) + " to " + std::to_string(most) + ".");
    }
    return *value;
}

std::optional<std::string> AdminRouter::Entry::unknownIn(const AdminRequest& request) const {
    const auto words = [](std::string_view name, std::string_view where,
                          const std::vector<std::string_view>& known) {
        std::string list;
        for (const std::string_view each : known) {
            list += (list.empty() ? "" : ", ") + std::string(each);
        }
        return "'" + std::string(name) + "' is not known in the " + std::string(where) +
               " here; it may have " + (list.empty() ? "nothing" : list) + ".";
    };
    const auto has = [](const std::vector<std::string_view>& known, std::string_view name) {
        return std::ranges::find(known, name) != known.end();
    };
    for (const auto& [name, value] : request.query) {
        if (!has(queries, name)) {
            return words(name, "query", queries);
        }
    }
    if (members) {
        for (const auto& member : request.body) {
            if (!has(*members, member.key())) {
                return words(member.key(), "body", *members);
            }
        }
    }
    return std::nullopt;
}

http::Response adminReply(const json::object& body, int status) {
    http::Response response = http::jsonResponse(json::serialize(body) + "\n");
    response.status = status;
    response.extraHeaders = "Cache-Control: no-store\r\n";
    return response;
}

http::Response adminProblem(int status, std::string_view code, std::string_view words) {
    return adminReply({{"error", {{"code", code}, {"message", words}}}}, status);
}

std::optional<bool> boolIn(const json::object& body, std::string_view name) {
    const json::value* const value = body.if_contains(name);
    return value != nullptr && value->is_bool() ? std::optional(value->get_bool()) : std::nullopt;
}

std::optional<std::int64_t> numberIn(const json::object& body, std::string_view name) {
    const json::value* const value = body.if_contains(name);
    return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

std::optional<std::string> textIn(const json::object& body, std::string_view name) {
    const json::value* const value = body.if_contains(name);
    return value != nullptr && value->is_string() ? std::optional(std::string(value->get_string()))
                                                  : std::nullopt;
}

std::expected<bool, std::string> boolIn(const json::object& body, std::string_view name, bool usual) {
    const auto value = boolIn(body, name);
    if (body.contains(name) && !value) {
        return std::unexpected("'" + std::string(name) + "' must be true or false.");
    }
    return value.value_or(usual);
}

bool isAdminName(std::string_view text) {
    constexpr std::size_t kLongest = 64;
    return !text.empty() && text.size() <= kLongest && text.front() != '.' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") ==
               std::string_view::npos;
}

AdminResponder::AdminResponder(http::Responder responder) : responder_(std::move(responder)) {
    responder_.whenDropped(unanswered, 0);
}

AdminRouter::Entry& AdminRouter::add(http::Verb verb, std::string_view path, std::string_view summary,
                                     AdminHandler handler, std::size_t mostBody) {
    return addLate(
        verb, path, summary,
        [handler = std::move(handler)](const AdminRequest& request, AdminResponder responder) {
            responder(handler(request));
        },
        mostBody);
}

AdminRouter::Entry& AdminRouter::addLate(http::Verb verb, std::string_view path, std::string_view summary,
                                         LateAdminHandler handler, std::size_t mostBody) {
    entries_.push_back(
        {verb, adminPartsOf(path), std::string(path), std::string(summary), mostBody, std::move(handler)});
    return entries_.back();
}

AdminRouter::Match AdminRouter::find(http::Verb verb, std::string_view path) const {
    const std::vector<std::string> parts = adminPartsOf(path);
    Match match;
    for (const Entry& entry : entries_) {
        // "faults/" is a rule without its name, as a shell makes it of a variable that is not set; to take it
        // for "faults" would remove all of them.
        if (path.ends_with('/') && entry.verb == verb && lacksLastName(entry.parts, parts)) {
            match.badName = true;
            return match;
        }
    }
    for (const Entry& entry : entries_) {
        bool plain = true;
        if (!std::ranges::equal(entry.parts, parts,
                                [&plain](const std::string& wanted, const std::string& part) {
                                    plain = plain && (!isPlaceholder(wanted) || isAdminName(part));
                                    return isPlaceholder(wanted) || wanted == part;
                                })) {
            continue;
        }
        if (!plain) {
            match.badName = true;
            continue;
        }
        if (entry.verb != verb) {
            match.allow += match.allow.empty() ? "" : ", ";
            match.allow += http::verbName(entry.verb);
            continue;
        }
        match.entry = &entry;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (isPlaceholder(entry.parts[i])) {
                match.names.push_back(parts[i]);
            }
        }
        return match;
    }
    return match;
}

}  // namespace tikgok::sim
