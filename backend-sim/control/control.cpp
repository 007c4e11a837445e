// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/control.h"

#include "backend-sim/control/check_routes.h"
#include "backend-sim/control/fault_routes.h"
#include "backend-sim/control/journal_routes.h"

#include <algorithm>
#include <utility>

namespace tikgok::sim {

Control::Control(ControlConfig config, Needs needs)
    : faults_(needs.clock, config.seed),
      journal_(needs.clock, std::move(needs.depths)),
      watch_({journal_, contract_, coverage_}),
      recorder_(std::make_shared<Recorder>(std::move(needs.recorder))),
      api_(std::move(config.adminToken)) {
    api_.setAround(
        [this](const AdminRouter::Entry& entry, std::string_view path, AdminRequest& request,
               http::Response& response) { return recorder_->noteAdmin(entry, path, request, response); });
    addStatusRoutes(api_.router(), needs.status, [this] {
        const auto all = faults_.all();
        return static_cast<std::size_t>(
            std::ranges::count_if(all, [](const FaultRules::Told& told) { return told.rule.on; }));
    });
    addFaultRoutes(api_.router(), faults_);
    addJournalRoutes({api_, journal_, faults_, watch_, contract_, std::move(needs.personNamed),
                      std::move(config.url), std::move(config.version)});
    addCheckRoutes(api_.router(), {contract_, coverage_, watch_,
                                   [status = std::move(needs.status)] { return status().dialect; }});
}

}  // namespace tikgok::sim
