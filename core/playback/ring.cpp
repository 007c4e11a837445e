// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/ring.h"

#include <climits>

#include <algorithm>
#include <cstdlib>

namespace tikgok::ring {

std::vector<Want> wanted(int count, int current, const Rules& rules) {
    std::vector<Want> result;
    if (current < 0 || current >= count)
        return result;
    result.reserve(kSlots);
    result.push_back({current, rules.active});
    if (current + 1 < count)
        result.push_back({current + 1, rules.active && !rules.dataSaver});
    // The one before was just watched: worth keeping, and loading only on request.
    if (current > 0)
        result.push_back({current - 1, rules.active && !rules.dataSaver && rules.behind});
    return result;
}

bool mayPreload(bool currentHasFrame, bool currentFailed) {
    return currentHasFrame || currentFailed;
}

std::vector<int> assign(const std::vector<int>& indices, const std::array<std::optional<int>, kSlots>& held,
                        int current) {
    std::vector<int> result(indices.size(), -1);
    std::array<bool, kSlots> taken{};
    for (std::size_t i = 0; i < indices.size(); ++i) {
        for (int slot = 0; slot < kSlots; ++slot) {
            if (!taken[slot] && held[slot] == indices[i]) {
                result[i] = slot;
                taken[slot] = true;
                break;
            }
        }
    }
    const auto distance = [&](int slot) { return held[slot] ? std::abs(*held[slot] - current) : INT_MAX; };
    for (int& slot : result) {
        if (slot >= 0)
            continue;
        for (int candidate = 0; candidate < kSlots; ++candidate) {
            if (!taken[candidate] && (slot < 0 || distance(candidate) > distance(slot)))
                slot = candidate;
        }
        if (slot >= 0)
            taken[slot] = true;
    }
    return result;
}

}  // namespace tikgok::ring
