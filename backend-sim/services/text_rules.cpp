// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/text_rules.h"

namespace tikgok::sim {

bool isGoodText(std::string_view text, std::size_t most, const Policy& policy) {
    const auto characters = contract::characterCount(text);
    if (!characters) {
        return false;
    }
    switch (policy.measure) {
        case Policy::Measure::Characters:
            return *characters >= 1 && *characters <= most;
        case Policy::Measure::Bytes:
            return !text.empty() && text.size() <= most;
        case Policy::Measure::Unlimited:
            return true;
    }
    return false;
}

}  // namespace tikgok::sim
