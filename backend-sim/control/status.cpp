// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/status.h"

#include <boost/json/array.hpp>

#include <unistd.h>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

void addStatusRoutes(AdminRouter& router, std::function<SimulatorStatus()> status,
                     std::function<std::size_t()> rulesOn) {
    router.add(
        http::Verb::Get, "", "What this simulator is and how it does.",
        [status = std::move(status), rulesOn = std::move(rulesOn)](const AdminRequest& /*request*/) {
            const SimulatorStatus now = status();
            const auto upFor = std::chrono::duration_cast<std::chrono::milliseconds>(now.upFor);
            return adminReply(
                {{"version", now.version},
                 {"pid", std::int64_t{::getpid()}},
                 {"url", now.url},
                 {"world", now.world},
                 {"dialect", textOf(now.dialect)},
                 {"configured", textOf(now.configured)},
                 {"now_ms", now.nowMs},
                 {"up_ms", upFor.count()},
                 {"connections", now.connections},
                 {"dead_letters", now.deadLetters},
                 {"chaos",
                  {{"rules", rulesOn()},
                   {"inside", now.insideOn},
                   {"real_time", now.realTime},
                   {"scenario", now.scenario.empty() ? json::value(nullptr) : json::value(now.scenario)}}}});
        });
    router.add(http::Verb::Get, "routes", "What there is below /_sim/.",
               [&router](const AdminRequest& /*request*/) {
                   json::array routes;
                   for (const AdminRouter::Entry& entry : router.entries()) {
                       routes.push_back({{"method", http::verbName(entry.verb)},
                                         {"path", "/_sim/" + entry.path},
                                         {"summary", entry.summary}});
                   }
                   return adminReply({{"routes", std::move(routes)}});
               });
}

void addDialectRoute(AdminRouter& router, std::function<void(DialectName dialect)> set) {
    router
        .add(http::Verb::Put, "dialect",
             "Which server this is meant to be, from the next request on. Body: {\"dialect\": standard, "
             "tikgok or "
             "demo}.",
             [set = std::move(set)](const AdminRequest& request) {
                 const auto name = textIn(request.body, "dialect");
                 const auto dialect = name ? dialectNamed(*name) : std::nullopt;
                 if (!dialect) {
                     return adminProblem(422, "bad_member", "'dialect' must be standard, tikgok or demo.");
                 }
                 set(*dialect);
                 return adminReply({{"dialect", textOf(*dialect)}});
             })
        .takes({"dialect"});
}

}  // namespace tikgok::sim
