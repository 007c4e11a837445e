// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/prefetch.h"

#include <algorithm>

namespace tikgok::prefetch {

namespace {

// Enough to start with, whatever comes.
constexpr std::int64_t kBeginning = 1 << 20;
// Most short videos in whole.
constexpr std::int64_t kWhole = 8 << 20;
constexpr int kAhead = 3;

}  // namespace

std::vector<Want> plan(int count, int current, const Rules& rules) {
    std::vector<Want> result;
    if (!rules.active || rules.dataSaver || current < 0 || current >= count)
        return result;
    const bool metered = rules.metered.value_or(false);
    const int last = std::min(count - 1, current + (metered ? 1 : kAhead));
    for (int index = current + 1; index <= last; ++index)
        result.push_back({index, metered ? kBeginning : kWhole});
    return result;
}

}  // namespace tikgok::prefetch
