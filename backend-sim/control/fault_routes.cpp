// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/fault_routes.h"

#include "backend-sim/control/json_reader.h"

#include <boost/json/array.hpp>

#include <limits>
#include <set>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

json::object toldJson(const FaultRules::Told& told) {
    json::object out = toJson(told.rule);
    out["matched"] = told.matched;
    out["struck"] = told.struck;
    if (!told.ended.empty()) {
        out["ended"] = told.ended;
    }
    return out;
}

http::Response badRule(const std::string& words) {
    return adminProblem(422, "bad_rule", words);
}

http::Response noSuchRule(const std::string& name) {
    return adminProblem(404, "no_such_rule", "There is no rule called '" + name + "'.");
}

http::Response oneRule(FaultRules& faults, const std::string& name, int status = 200) {
    const auto told = faults.find(name);
    return told ? adminReply(toldJson(*told), status) : noSuchRule(name);
}

}  // namespace

json::object faultsJson(FaultRules& faults) {
    json::array rules;
    for (const FaultRules::Told& told : faults.all()) {
        rules.push_back(toldJson(told));
    }
    return {{"seed", static_cast<std::int64_t>(faults.seed())}, {"rules", std::move(rules)}};
}

namespace {

struct ReadFaults {
    std::optional<std::int64_t> seed;
    std::vector<FaultRule> rules;
};

std::expected<ReadFaults, std::string> readFaults(const json::object& all) {
    std::string problem;
    JsonReader in(all, "", problem);
    const auto seed = in.integer("seed", 0, std::numeric_limits<std::int64_t>::max());
    const auto* const list = in.array("rules");
    in.done();
    std::vector<FaultRule> rules;
    std::set<std::string> names;
    for (const json::value& each : list != nullptr ? *list : json::array()) {
        in.require("rules", each.is_object(), "a list of objects");
        if (!problem.empty()) {
            break;
        }
        const json::object& body = each.get_object();
        const auto name = textIn(body, "rule");
        in.require("rules", name && isAdminName(*name), "rules with a name, in \"rule\"");
        in.require("rules", name && names.insert(*name).second, "rules with different names");
        if (!problem.empty()) {
            break;
        }
        auto rule = faultRuleFrom(*name, body);
        if (!rule) {
            return std::unexpected("Rule '" + *name + "': " + rule.error());
        }
        rules.push_back(std::move(*rule));
    }
    in.require("rules", rules.size() <= kMostFaultRules, "at most 100 rules");
    if (!problem.empty()) {
        return std::unexpected(problem);
    }
    return ReadFaults{seed, std::move(rules)};
}

}  // namespace

std::expected<void, std::string> checkFaults(const json::object& all) {
    const auto read = readFaults(all);
    return read ? std::expected<void, std::string>() : std::unexpected(read.error());
}

std::expected<void, std::string> replaceFaults(FaultRules& faults, const json::object& all) {
    auto read = readFaults(all);
    if (!read) {
        return std::unexpected(read.error());
    }
    if (read->seed) {
        faults.setSeed(static_cast<std::uint64_t>(*read->seed));
    }
    faults.replace(std::move(read->rules));
    return {};
}

void addFaultRoutes(AdminRouter& router, FaultRules& faults) {
    using http::Verb;
    router.add(Verb::Get, "faults", "The seed and all rules with their counters.",
               [&faults](const AdminRequest&) { return adminReply(faultsJson(faults)); });
    router
        .add(Verb::Put, "faults", "Replaces all rules, and the seed if there is one in the body.",
             [&faults](const AdminRequest& request) {
                 if (auto done = replaceFaults(faults, request.body); !done) {
                     return badRule(done.error());
                 }
                 return adminReply(faultsJson(faults));
             })
        .takesWhatItKnows();
    router.add(Verb::Delete, "faults", "Removes all rules.", [&faults](const AdminRequest&) {
        faults.replace({});
        return adminReply(faultsJson(faults));
    });
    router.add(Verb::Get, "faults/{rule}", "One rule and its counters.",
               [&faults](const AdminRequest& request) { return oneRule(faults, request.names[0]); });
    router
        .add(Verb::Put, "faults/{rule}", "Puts a rule in, or in the place of the one with this name.",
             [&faults](const AdminRequest& request) {
                 auto rule = faultRuleFrom(request.names[0], request.body);
                 if (!rule) {
                     return badRule(rule.error());
                 }
                 if (!faults.put(std::move(*rule))) {
                     return adminProblem(409, "too_many", "There are as many rules as there may be.");
                 }
                 return oneRule(faults, request.names[0]);
             })
        .takesWhatItKnows();
    router.add(Verb::Delete, "faults/{rule}", "Removes a rule.", [&faults](const AdminRequest& request) {
        return faults.remove(request.names[0]) ? adminReply({{"removed", request.names[0]}})
                                               : noSuchRule(request.names[0]);
    });
    for (const bool on : {true, false}) {
        router.add(Verb::Post, on ? "faults/{rule}/on" : "faults/{rule}/off",
                   on ? "Switches a rule on." : "Switches a rule off.",
                   [&faults, on](const AdminRequest& request) {
                       faults.switchTo(request.names[0], on);
                       return oneRule(faults, request.names[0]);
                   });
    }
}

}  // namespace tikgok::sim
