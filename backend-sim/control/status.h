// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GET /_sim/ and GET /_sim/routes: what this simulator is, and what can be asked of it.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/services/dialect_name.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace tikgok::sim {

struct SimulatorStatus {
    std::string version;
    std::string url;
    std::string world;
    DialectName dialect = DialectName::Standard;
    // What the configuration says, whatever is spoken now.
    DialectName configured = DialectName::Standard;
    // As the simulator's clock says, Unix time.
    std::int64_t nowMs = 0;
    std::chrono::steady_clock::duration upFor{};
    std::size_t connections = 0;
    std::size_t deadLetters = 0;
    // What somebody turned on purpose, beside the fault rules: faults inside that are on, the clock, the
    // scenario that is in place (empty: none).
    std::size_t insideOn = 0;
    bool realTime = true;
    std::string scenario;
};

// `rulesOn`: how many fault rules are on. `router` must outlive its routes, and the functions what they refer
// to.
void addStatusRoutes(AdminRouter& router, std::function<SimulatorStatus()> status,
                     std::function<std::size_t()> rulesOn);

// PUT /_sim/dialect. `set` is told a name that there is.
void addDialectRoute(AdminRouter& router, std::function<void(DialectName dialect)> set);

}  // namespace tikgok::sim
