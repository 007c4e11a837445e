// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether anybody still waits for an answer.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/services/context.h"

namespace tikgok::sim {

inline bool nobodyWaits(const RequestContext& context, const Clock& clock) {
    return context.cancelled.stop_requested() || clock.steadyNow() >= context.deadline;
}

}  // namespace tikgok::sim
