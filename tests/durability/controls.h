// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Stand-ins for the queue and the store of the write path: they say what is going on, and on demand do it
// wrong.
#pragma once

#include "backend-sim/ports/queue.h"
#include "backend-sim/ports/repositories.h"
#include "tests/durability/protocol.h"
#include "tests/durability/watch.h"

#include <memory>

namespace tikgok::sim::durability {

// Passes everything on to `inner`; counts what comes a second time, and when messages are acknowledged. With
// AckBeforeCommit append() answers before it is done, with DeleteBeforeApply a message is acknowledged when
// it is read. What is handed in outlives it.
std::unique_ptr<MessageQueue> watchedQueue(MessageQueue& inner, Watch& watch, Control control);

// Passes everything on to `inner`; says when something was applied that the queue does not know of yet. With
// NoDedup it does not remember what was applied. What is handed in outlives it.
std::unique_ptr<Store> watchedStore(Store& inner, Watch& watch, Control control);

}  // namespace tikgok::sim::durability
