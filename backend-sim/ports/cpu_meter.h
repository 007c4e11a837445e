// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How busy the processors are.
#pragma once

namespace tikgok::sim {

// One caller at a time.
class CpuMeter {
public:
    virtual ~CpuMeter() = default;
    // The share of all processors that was busy since the last call, 0 to 1; 0 the first time and when it
    // cannot be told. Takes some tens of microseconds.
    virtual double busySinceLast() = 0;
};

}  // namespace tikgok::sim
