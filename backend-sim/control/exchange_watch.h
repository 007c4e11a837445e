// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one who looks on at every exchange, for the journal, the validation and the coverage. While all three
// are off, an exchange pays for the read of a flag.
#pragma once

#include "backend-sim/control/contract_check.h"
#include "backend-sim/control/coverage.h"
#include "backend-sim/control/journal.h"
#include "backend-sim/gateway/interference.h"

#include <atomic>
#include <functional>
#include <utility>

namespace tikgok::sim {

class ExchangeWatch final : public ExchangeWatcher {
public:
    // All must outlive this object.
    struct Needs {
        Journal& journal;
        ContractCheck& contract;
        Coverage& coverage;
    };
    explicit ExchangeWatch(const Needs& needs) : needs_(needs) {}

    // After any of the three was switched. Any thread.
    void refresh();

    // Called after an entry was written while somebody waits for one; any thread, quick. Set before the first
    // request.
    void whenWritten(std::function<void()> tell) { tell_ = std::move(tell); }
    void setAwaited(bool awaited) { awaited_.store(awaited, std::memory_order_relaxed); }

    void answered(const http::Exchange& exchange, const Call& call, const http::Response& response) override;

private:
    const Needs needs_;
    std::function<void()> tell_;
    std::atomic<bool> awaited_ = false;
};

}  // namespace tikgok::sim
