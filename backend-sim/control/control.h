// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The control of one simulator: the admin API, and what it does to requests and keeps of them.
#pragma once

#include "backend-sim/control/admin_api.h"
#include "backend-sim/control/contract_check.h"
#include "backend-sim/control/coverage.h"
#include "backend-sim/control/exchange_watch.h"
#include "backend-sim/control/fault_rules.h"
#include "backend-sim/control/journal.h"
#include "backend-sim/control/journal_filter.h"
#include "backend-sim/control/recorder.h"
#include "backend-sim/control/status.h"
#include "backend-sim/ports/clock.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tikgok::sim {

struct ControlConfig {
    // Of this start.
    std::string adminToken;
    // Of all random choices of faults, until another one is set.
    std::uint64_t seed = 1;
    // Of this server, without a slash at its end.
    std::string url;
    std::string version;
};

class Control {
public:
    // `clock` must outlive this object, and so must all that the functions refer to. They are called once
    // requests come.
    struct Needs {
        const Clock& clock;
        DepthReader depths;
        std::function<SimulatorStatus()> status;
        PersonFinder personNamed;
        Recorder::Needs recorder;
    };
    Control(ControlConfig config, Needs needs);
    Control(const Control&) = delete;
    Control& operator=(const Control&) = delete;

    // For the gateway, which must be gone before this is.
    [[nodiscard]] AdminServer& admin() { return api_; }
    [[nodiscard]] Interference& interference() { return faults_; }
    [[nodiscard]] ExchangeWatcher& watcher() { return watch_; }

    // For those who bring routes of their own, before the server starts.
    [[nodiscard]] AdminApi& api() { return api_; }
    [[nodiscard]] Turnstile& turnstile() { return *recorder_; }
    [[nodiscard]] Recorder& recorder() { return *recorder_; }
    // Any thread.
    [[nodiscard]] FaultRules& faults() { return faults_; }

    // Who waits here for something is told that it is over. Before the server stops. Idempotent.
    void close() {
        recorder_->interrupt();
        api_.close();
        recorder_->close();
    }

private:
    FaultRules faults_;
    Journal journal_;
    ContractCheck contract_;
    Coverage coverage_;
    ExchangeWatch watch_;
    // Places in its queue may outlive this object.
    const std::shared_ptr<Recorder> recorder_;
    // Its handlers use all of the above.
    AdminApi api_;
};

}  // namespace tikgok::sim
