// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/validation and /_sim/coverage.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/control/exchange_watch.h"

#include <functional>

namespace tikgok::sim {

struct CheckRoutesNeeds {
    ContractCheck& contract;
    Coverage& coverage;
    ExchangeWatch& watch;
    // What is spoken now.
    std::function<DialectName()> dialect;
};

// All must outlive the routes.
void addCheckRoutes(AdminRouter& router, const CheckRoutesNeeds& needs);

}  // namespace tikgok::sim
