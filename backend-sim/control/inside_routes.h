// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/inside: trouble behind the API. /_sim/dead-letters: what was given up.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/ports/queue.h"
#include "backend-sim/services/trouble/troubles.h"

#include <functional>
#include <vector>

namespace tikgok::sim {

// Everything must outlive the routes.
struct InsideNeeds {
    Troubles& troubles;
    // The two that the writing side does itself.
    std::function<void(bool full)> setFull;
    std::function<void(bool paused)> setPaused;
    // Writes, and uploads, that wait.
    std::function<std::size_t(Topic)> waiting;
    std::function<StoreResult<std::vector<DeadLetter>>()> deadLetters;
    std::function<StoreResult<bool>(MessageId)> resend;
};
void addInsideRoutes(AdminRouter& router, InsideNeeds needs);

}  // namespace tikgok::sim
