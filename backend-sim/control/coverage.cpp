// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/coverage.h"

namespace tikgok::sim {

void Coverage::count(std::size_t route, int status, std::int32_t code, std::string_view faults) {
    const std::lock_guard lock(mutex_);
    const auto found = rows_.find(View(route, status, code, faults));
    if (found != rows_.end()) {
        ++found->second;
    } else if (rows_.size() < kMostRows) {
        rows_.emplace(Key(route, status, code, std::string(faults)), 1);
    }
}

std::vector<Coverage::Row> Coverage::rows() const {
    const std::lock_guard lock(mutex_);
    std::vector<Row> rows;
    for (const auto& [key, count] : rows_) {
        const auto& [route, status, code, faults] = key;
        rows.push_back({route, status, code, faults, count});
    }
    return rows;
}

void Coverage::clear() {
    const std::lock_guard lock(mutex_);
    rows_.clear();
}

}  // namespace tikgok::sim
