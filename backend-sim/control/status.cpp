// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/status.h"

#include <boost/json/array.hpp>

#include <unistd.h>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

void addStatusRoutes(AdminRouter& router, std::function<SimulatorStatus()> status) {
    router.add(http::Verb::Get, "", "What this simulator is and how it does.",
               [status = std::move(status)](const AdminRequest& /*request*/) {
                   const SimulatorStatus now = status();
                   const auto upFor = std::chrono::duration_cast<std::chrono::milliseconds>(now.upFor);
                   return adminReply({{"version", now.version},
                                      {"pid", std::int64_t{::getpid()}},
                                      {"url", now.url},
                                      {"world", now.world},
                                      {"dialect", textOf(now.dialect)},
                                      {"now_ms", now.nowMs},
                                      {"up_ms", upFor.count()},
                                      {"connections", now.connections},
                                      {"dead_letters", now.deadLetters}});
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

}  // namespace tikgok::sim
