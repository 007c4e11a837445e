// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What an earlier run left of uploads in the queue.
#pragma once

#include "backend-sim/ports/queue.h"
#include "backend-sim/services/uploads/upload.h"

#include <vector>

namespace tikgok::sim {

// All whose files must stay although no row may speak of them: uploads that wait, and dead letters, which may
// be sent again, also those that are the row of a video (only id and keys are set then). Before the consumers
// start.
StoreResult<std::vector<Upload>> uploadsIn(MessageQueue& queue);

}  // namespace tikgok::sim
