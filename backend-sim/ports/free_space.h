// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How much room the medium of the store has left.
#pragma once

#include <cstdint>
#include <optional>

namespace tikgok::sim {

// Any thread. Quick: asked for every batch of writes.
class FreeSpace {
public:
    virtual ~FreeSpace() = default;
    // Nothing when it cannot be told.
    [[nodiscard]] virtual std::optional<std::uint64_t> freeBytes() const = 0;
};

}  // namespace tikgok::sim
