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
    // As the simulator's clock says, Unix time.
    std::int64_t nowMs = 0;
    std::chrono::steady_clock::duration upFor{};
    std::size_t connections = 0;
    std::size_t deadLetters = 0;
};

// `router` must outlive its routes, and `status` what it refers to.
void addStatusRoutes(AdminRouter& router, std::function<SimulatorStatus()> status);

}  // namespace tikgok::sim
