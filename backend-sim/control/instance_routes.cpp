// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/instance_routes.h"

#include <boost/json/array.hpp>

#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

json::object instanceJson(const InstanceKeeper::Instance& instance) {
    return {{"id", instance.id}, {"url", instance.url}, {"admin_token", instance.adminToken}};
}

}  // namespace

void addInstanceRoutes(AdminRouter& router, InstanceKeeper& keeper) {
    using http::Verb;
    router
        .add(Verb::Post, "instances", "Forks this simulator. Body: {\"count\": 1 to 200}.",
             [&keeper](const AdminRequest& request) {
                 constexpr std::int64_t kMost = 200;
                 const auto count = request.body.contains("count") ? numberIn(request.body, "count")
                                                                   : std::optional<std::int64_t>(1);
                 if (!count || *count < 1 || *count > kMost) {
                     return adminProblem(422, "bad_member", "'count' must be an integer from 1 to 200.");
                 }
                 const auto running = static_cast<std::int64_t>(keeper.instances().size());
                 if (*count > kMost - running) {
                     return adminProblem(422, "too_many",
                                         "There may be 200 instances at once, and " +
                                             std::to_string(running) + " run: stop some first.");
                 }
                 json::array all;
                 for (std::int64_t i = 0; i < *count; ++i) {
                     const auto made = keeper.fork();
                     if (!made) {
                         return adminProblem(made.error());
                     }
                     all.push_back(instanceJson(*made));
                 }
                 return adminReply({{"instances", std::move(all)}}, 201);
             })
        .takes({"count"});
    router.add(Verb::Get, "instances", "The instances that run.", [&keeper](const AdminRequest& /*request*/) {
        json::array all;
        for (const auto& each : keeper.instances()) {
            all.push_back(instanceJson(each));
        }
        return adminReply({{"instances", std::move(all)}});
    });
    router.add(Verb::Delete, "instances/{instance}", "Stops one; its world goes.",
               [&keeper](const AdminRequest& request) {
                   return keeper.stop(request.names[0])
                              ? adminReply({{"stopped", request.names[0]}})
                              : adminProblem(404, "no_such_instance", "There is no such instance.");
               });
}

}  // namespace tikgok::sim
