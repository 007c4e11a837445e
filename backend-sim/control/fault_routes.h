// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/faults: rules in, out, on and off.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/control/fault_rules.h"

#include <expected>
#include <string>

namespace tikgok::sim {

// `faults` must outlive the routes.
void addFaultRoutes(AdminRouter& router, FaultRules& faults);

// The whole state as one object, {"seed", "rules"}, and back: instead of everything that there was. The error
// is a sentence, and then nothing has changed. For scenarios and snapshots.
boost::json::object faultsJson(FaultRules& faults);
std::expected<void, std::string> checkFaults(const boost::json::object& all);
std::expected<void, std::string> replaceFaults(FaultRules& faults, const boost::json::object& all);

}  // namespace tikgok::sim
