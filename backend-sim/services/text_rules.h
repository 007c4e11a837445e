// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules for texts that come from outside.
#pragma once

#include "backend-sim/services/policy.h"
#include "core/contract/endpoints.h"
#include "core/contract/text.h"

#include <cstddef>
#include <string_view>

namespace tikgok::sim {

// Valid UTF-8 of 1 to `most` characters or bytes, as the policy counts. The contract has no other rule:
// control characters are kept like all others, and every writer escapes them.
inline bool isGoodText(std::string_view text, std::size_t most, const Policy& policy) {
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
