// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/journal: what was asked and answered, as a list, live, counted, as curl, as HAR, explained.
#pragma once

#include "backend-sim/control/admin_api.h"
#include "backend-sim/control/exchange_watch.h"
#include "backend-sim/control/fault_rules.h"
#include "backend-sim/control/journal_filter.h"

#include <string>

namespace tikgok::sim {

struct JournalRoutesNeeds {
    AdminApi& api;
    Journal& journal;
    // Explains itself while the journal is on.
    FaultRules& faults;
    ExchangeWatch& watch;
    ContractCheck& contract;
    PersonFinder personNamed;
    // Of this server, without a slash at its end.
    std::string url;
    std::string version;
};

// All must outlive the routes.
void addJournalRoutes(const JournalRoutesNeeds& needs);

}  // namespace tikgok::sim
