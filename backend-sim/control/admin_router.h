// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The paths of the admin API and who answers them.
//
// To add one:
//
//     void addLampRoutes(AdminRouter& router, Lamps& lamps) {
//         router.add(http::Verb::Put, "lamps/{lamp}", "Switches a lamp. Body: {\"on\": bool}.",
//                    [&lamps](const AdminRequest& request) {
//                        const auto on = boolIn(request.body, "on");
//                        if (!on) {
//                            return adminProblem(422, "bad_member", "'on' must be true or false.");
//                        }
//                        lamps.set(request.names[0], *on);
//                        return adminReply({{"lamp", request.names[0]}, {"on", *on}});
//                    })
//             .takes({"on"});
//     }
//
// and call it where Simulator::start() puts the control together. What holds for every route, so that no
// handler needs to look: the token was good, there was no Origin, the body is a JSON object (or there was
// none) in which no member is there twice or unknown, it is within the limit, the query has only what is
// asked for, and `{lamp}` is a plain name. All handlers run one after another on the control's own thread:
// they may take their time, and what only they touch needs no lock. One that waits for something else takes
// the AdminResponder with addLate() and gives it away; the others go on meanwhile.
//
// Words of this API: names, never paths of files; members in snake_case; 64-bit ids and times as JSON
// integers; times in milliseconds, members that hold them end in _ms. A failure is
// {"error":{"code","message"}}.
#pragma once

#include "backend-sim/gateway/http.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <initializer_list>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tikgok::sim {

// A copy of all that a handler may want to know; free of the connection.
struct AdminRequest {
    http::Verb verb = http::Verb::Get;
    // What stood for each {...} of the route, in order: 1 to 64 letters, digits, dots, dashes and
    // underscores, not beginning with a dot.
    std::vector<std::string> names;
    // Decoded, first one wins.
    std::vector<std::pair<std::string, std::string>> query;
    // Empty when the request had no body.
    boost::json::object body;
    // Stopped when whoever asks has gone, or has ended its side of the connection. For those who answer late.
    std::stop_token gone{};

    [[nodiscard]] std::optional<std::string_view> queryText(std::string_view name) const;
    // Nothing when it is absent or no integer.
    [[nodiscard]] std::optional<std::int64_t> queryNumber(std::string_view name) const;
    // `usual` when it is absent. The error is a sentence.
    [[nodiscard]] std::expected<std::int64_t, std::string> queryNumber(std::string_view name,
                                                                       std::int64_t usual, std::int64_t least,
                                                                       std::int64_t most) const;
};

// Answers. Any thread.
http::Response adminReply(const boost::json::object& body, int status = 200);
inline http::Response adminReply(
    std::initializer_list<std::pair<boost::json::string_view, boost::json::value_ref>> members) {
    return adminReply(boost::json::object(members));
}
// `code` is for programs (snake_case), `words` is a sentence for people.
http::Response adminProblem(int status, std::string_view code, std::string_view words);

// Members of a body; nothing when they are absent or of another type.
std::optional<bool> boolIn(const boost::json::object& body, std::string_view name);
std::optional<std::int64_t> numberIn(const boost::json::object& body, std::string_view name);
std::optional<std::string> textIn(const boost::json::object& body, std::string_view name);

// A member that may be left out: `usual` then. The error is a sentence.
std::expected<bool, std::string> boolIn(const boost::json::object& body, std::string_view name, bool usual);

// Whether a text can stand for {...}.
bool isAdminName(std::string_view text);

// Answers later, once, from any thread. Dropped, it answers 503 by itself.
class AdminResponder {
public:
    explicit AdminResponder(http::Responder responder);
    AdminResponder(AdminResponder&&) noexcept = default;
    AdminResponder& operator=(AdminResponder&&) = delete;
    void operator()(http::Response response) { responder_(std::move(response)); }

private:
    http::Responder responder_;
};

using AdminHandler = std::function<http::Response(const AdminRequest&)>;
using LateAdminHandler = std::function<void(AdminRequest, AdminResponder)>;

class AdminRouter {
public:
    static constexpr std::size_t kUsualBody = std::size_t{256} * 1024;

    struct Entry {
        http::Verb verb;
        // Parts between slashes; "{...}" takes any name.
        std::vector<std::string> parts;
        std::string path;
        std::string summary;
        std::size_t mostBody;
        LateAdminHandler handler;
        // What a body and a query may have; nothing: the handler looks at all of the body itself.
        std::optional<std::vector<std::string_view>> members = std::vector<std::string_view>();
        std::vector<std::string_view> queries = {};

        // Behind add(), with texts that live for ever.
        Entry& takes(std::initializer_list<std::string_view> names) {
            members.emplace(names);
            return *this;
        }
        Entry& takesWhatItKnows() {
            members.reset();
            return *this;
        }
        Entry& asks(std::initializer_list<std::string_view> names) {
            queries = names;
            return *this;
        }
        // A sentence about the first thing that is not known here.
        [[nodiscard]] std::optional<std::string> unknownIn(const AdminRequest& request) const;
    };
    struct Match {
        const Entry* entry = nullptr;
        std::vector<std::string> names;
        // There is such a path, for the other verbs in `allow`.
        std::string allow;
        // There would be, but for a name in it that is none.
        bool badName = false;
    };

    // Before the server starts; not thread-safe. `path` is below /_sim/, without slashes at its ends; empty
    // is
    // /_sim/ itself. `summary`: one sentence, shown by GET /_sim/routes.
    // What comes back is for Entry::takes() and asks(), at once: otherwise no member of a body and no query
    // is known to this route.
    Entry& add(http::Verb verb, std::string_view path, std::string_view summary, AdminHandler handler,
               std::size_t mostBody = kUsualBody);
    Entry& addLate(http::Verb verb, std::string_view path, std::string_view summary, LateAdminHandler handler,
                   std::size_t mostBody = kUsualBody);

    // `path`: what follows /_sim, with or without slashes at its ends. Any thread, once all are added.
    [[nodiscard]] Match find(http::Verb verb, std::string_view path) const;
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

private:
    std::vector<Entry> entries_;
};

}  // namespace tikgok::sim
