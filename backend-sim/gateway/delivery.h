// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How an answer goes out, when that is not simply "all of it, now".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace tikgok::sim::http {

// Offsets count the bytes of the body as they are sent (after compression). Real time.
struct Delivery {
    enum class End : std::uint8_t {
        None,
        // An orderly end of the connection.
        Close,
        // A reset: the client may lose what it has not read yet.
        Reset,
    };

    // Before the first byte.
    std::chrono::milliseconds hold{0};
    End end = End::None;
    // The end comes before the first byte of the head.
    bool headless = false;
    // Else after so many bytes, if the body is that long.
    std::uint64_t endAt = 0;
    // Nothing for `stall` after so many bytes.
    std::optional<std::uint64_t> stallAt;
    std::chrono::milliseconds stall{0};
    // Of the body. 0: as fast as it goes.
    std::uint64_t bytesPerSecond = 0;
    // All bits of this byte are turned.
    std::optional<std::uint64_t> corruptAt;
};

}  // namespace tikgok::sim::http
