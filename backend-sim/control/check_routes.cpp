// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/check_routes.h"

#include "backend-sim/control/fault_rule.h"
#include "backend-sim/gateway/observe.h"

#include <boost/json/array.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

json::array textList(const std::vector<std::string>& texts) {
    json::array list;
    for (const std::string& text : texts) {
        list.emplace_back(text);
    }
    return list;
}

json::object validationJson(ContractCheck& contract) {
    const ContractCheck::Report report = contract.report();
    json::array violations;
    for (const ContractCheck::Violation& violation : report.violations) {
        json::object one{{"method", violation.method},
                         {"path", violation.path},
                         {"status", violation.status},
                         {"request", textList(violation.request)},
                         {"answer", textList(violation.answer)}};
        if (violation.entry != 0) {
            one["entry"] = violation.entry;
        }
        if (!violation.deliberate.empty()) {
            one["deliberate"] = violation.deliberate;
        }
        violations.push_back(std::move(one));
    }
    return {{"on", contract.on()},
            {"checked", report.checked},
            {"unchecked", report.unchecked},
            {"bad_requests", report.badRequests},
            {"bad_answers", report.badAnswers},
            {"deliberate", report.deliberate},
            // Nothing was wrong by mistake on the server's side, and nothing was left out.
            {"holds", report.badAnswers == 0 && report.unchecked == 0},
            {"violations", std::move(violations)}};
}

std::vector<std::string> namesIn(std::string_view list) {
    std::vector<std::string> names;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(", "), list.size());
        names.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 2, list.size()));
    }
    return names;
}

std::vector<std::string> listOf(const std::set<std::string>& names) {
    return {names.begin(), names.end()};
}

json::object coverageJson(const CheckRoutesNeeds& needs) {
    const std::vector<std::string> labels = routeLabels();
    const std::vector<Coverage::Row> rows = needs.coverage.rows();
    const ApiSpec& spec = needs.contract.description(needs.dialect());
    json::array met;
    for (const Coverage::Row& row : rows) {
        json::object one{{"route", labels.at(row.route)}, {"status", row.status}, {"count", row.count}};
        if (row.code >= 0) {
            one["code"] = row.code;
        }
        if (!row.faults.empty()) {
            one["faults"] = row.faults;
        }
        met.push_back(std::move(one));
    }
    std::set<std::string> kinds;
    for (std::size_t i = 0; i < kFaultKinds; ++i) {
        kinds.insert(std::string(textOf(static_cast<FaultKind>(i))));
    }
    json::array routes;
    for (const contract::EndpointInfo& endpoint : contract::kEndpoints) {
        const auto index = static_cast<std::size_t>(endpoint.endpoint);
        std::set<std::string> unmetFaults = kinds;
        std::set<std::int64_t> unmetCodes = spec.exampleCodes(endpoint.path);
        std::uint64_t count = 0;
        for (const Coverage::Row& row : rows) {
            if (row.route == index) {
                count += row.count;
                unmetCodes.erase(row.code);
                for (const std::string& kind : namesIn(row.faults)) {
                    unmetFaults.erase(kind);
                }
            }
        }
        routes.push_back({{"route", endpoint.path},
                          {"requests", count},
                          {"unmet_codes", json::array(unmetCodes.begin(), unmetCodes.end())},
                          {"unmet_faults", textList(listOf(unmetFaults))}});
    }
    return {{"on", needs.coverage.on()}, {"met", std::move(met)}, {"routes", std::move(routes)}};
}

}  // namespace

void addCheckRoutes(AdminRouter& router, const CheckRoutesNeeds& needs) {
    using http::Verb;
    constexpr std::string_view kOnWords = "'on' must be true or false.";
    router.add(
        Verb::Get, "validation", "What was wrong with requests and answers, by the description.",
        [&contract = needs.contract](const AdminRequest&) { return adminReply(validationJson(contract)); });
    router
        .add(Verb::Put, "validation", "Switches it on or off: {\"on\": bool}.",
             [needs, kOnWords](const AdminRequest& request) {
                 const auto on = boolIn(request.body, "on");
                 if (!on) {
                     return adminProblem(422, "bad_member", kOnWords);
                 }
                 needs.contract.turn(*on);
                 needs.watch.refresh();
                 return adminReply({{"on", *on}});
             })
        .takes({"on"});
    router.add(Verb::Delete, "validation", "Forgets what was found.",
               [&contract = needs.contract](const AdminRequest&) {
                   contract.clear();
                   return adminReply(validationJson(contract));
               });
    router.add(Verb::Get, "coverage",
               "Which routes, statuses, codes and faults were met, and which were not.",
               [needs](const AdminRequest&) { return adminReply(coverageJson(needs)); });
    router
        .add(Verb::Put, "coverage", "Switches it on or off: {\"on\": bool}.",
             [needs, kOnWords](const AdminRequest& request) {
                 const auto on = boolIn(request.body, "on");
                 if (!on) {
                     return adminProblem(422, "bad_member", kOnWords);
                 }
                 needs.coverage.turn(*on);
                 needs.watch.refresh();
                 return adminReply({{"on", *on}});
             })
        .takes({"on"});
    router.add(Verb::Delete, "coverage", "Begins again.", [needs](const AdminRequest&) {
        needs.coverage.clear();
        return adminReply(coverageJson(needs));
    });
}

}  // namespace tikgok::sim
