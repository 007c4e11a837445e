// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The processors' load out of Linux's /proc/stat.
#pragma once

#include "backend-sim/ports/cpu_meter.h"

#include <cstdint>
#include <filesystem>
#include <utility>

namespace tikgok::sim {

class ProcCpuMeter final : public CpuMeter {
public:
    explicit ProcCpuMeter(std::filesystem::path file = "/proc/stat") : file_(std::move(file)) {}
    double busySinceLast() override;

private:
    std::filesystem::path file_;
    std::uint64_t busy_ = 0;
    std::uint64_t all_ = 0;
};

}  // namespace tikgok::sim
