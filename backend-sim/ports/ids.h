// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where new ids come from.
#pragma once

#include "core/contract/types.h"

#include <cstdint>

namespace tikgok::sim {

enum class IdKind : std::uint8_t {
    Sequential,  // below 2^53
    Snowflake,   // 63 bits, multiples of 4096
};

// Any thread. An id is given once in the life of a store, whether or not it was used.
class IdGenerator {
public:
    virtual ~IdGenerator() = default;

    // Positive. Below 2^53 unless the generator says otherwise.
    virtual contract::Id next() = 0;
    // Every id below this one has been given out.
    [[nodiscard]] virtual contract::Id bound() const = 0;
    // Another store has come in place of the one whose ids these were: the next one is `bound` or above, and
    // may have been given out before.
    virtual void restart(contract::Id /*bound*/) {}
};

}  // namespace tikgok::sim
