// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/system/proc_cpu_meter.h"

#include <array>
#include <fstream>
#include <string>

namespace tikgok::sim {

double ProcCpuMeter::busySinceLast() {
    std::ifstream stat(file_);
    std::string name;
    // user nice system idle iowait irq softirq steal; the guest times behind them are part of user.
    std::array<std::uint64_t, 8> times{};
    stat >> name;
    for (std::uint64_t& time : times) {
        stat >> time;
    }
    if (!stat || name != "cpu") {
        return 0;
    }
    constexpr std::size_t kIdle = 3;
    constexpr std::size_t kWaiting = 4;
    std::uint64_t all = 0;
    for (const std::uint64_t time : times) {
        all += time;
    }
    const std::uint64_t busy = all - times[kIdle] - times[kWaiting];
    const bool first = all_ == 0;
    const std::uint64_t allSince = all - all_;
    const std::uint64_t busySince = busy - busy_;
    // Counters of single processors may go back a little when one is taken away.
    const bool usable = !first && all > all_ && busy >= busy_;
    all_ = all;
    busy_ = busy;
    return usable ? static_cast<double>(busySince) / static_cast<double>(allSince) : 0;
}

}  // namespace tikgok::sim
