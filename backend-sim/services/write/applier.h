// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the consumer does to the tables what a message says.
#pragma once

#include "backend-sim/ports/repositories.h"

#include <stop_token>

namespace tikgok::sim {

class ChangeApplier {
public:
    virtual ~ChangeApplier() = default;
    // On the consumer's thread, within a unit of work of `store`. An error of kind Io or Lost is the store's
    // trouble; every other one, and an exception, is the change's own. `expired` is set when the time for one
    // change is over; what is done then is taken back.
    virtual StoreResult<void> apply(Store& store, const Change& change, const std::stop_token& expired) = 0;
};

// The real one.
class TableApplier final : public ChangeApplier {
public:
    StoreResult<void> apply(Store& store, const Change& change, const std::stop_token& expired) override;
};

// As applyChange(), but a like, a follow or a deletion that finds things as they should be is fine: a change
// before it may have become a dead letter, or been lost (parity).
StoreResult<void> applyTolerantly(Store& store, const Change& change);

}  // namespace tikgok::sim
