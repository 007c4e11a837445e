// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/clock: what time it is, and the levers of it.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/ports/virtual_time.h"

namespace tikgok::sim {

// In millionths, as the clock takes it. Nothing: it is out of range.
std::optional<std::int64_t> scaleOf(double factor);

// `clock` must outlive the routes.
void addClockRoutes(AdminRouter& router, VirtualTime& clock);

// Its state as the API gives it.
boost::json::object clockJson(const VirtualTime& clock);

}  // namespace tikgok::sim
