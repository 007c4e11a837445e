// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an earlier run left in the queue, made visible at the start.
#pragma once

#include "backend-sim/ports/queue.h"

#include <cstddef>

namespace tikgok::sim {

struct Waiting {
    // Writes that wait and are not in the tables.
    std::size_t count = 0;
    // Those of them that cannot be read; the consumer will bury them.
    std::size_t unreadable = 0;
};

// Every id below has been given out by a write that waits, was lost, or is a dead letter. 1 when there is
// none.
StoreResult<Id> idBoundOf(MessageQueue& queue);

// Shows in `readModel`, which holds what `tables` hold, the writes that wait in the queue and are not in the
// tables. Forgets taken messages (parity) that are in the tables after all. Before intake and consumer start.
StoreResult<Waiting> showWaiting(MessageQueue& queue, Store& tables, Store& readModel);

}  // namespace tikgok::sim
