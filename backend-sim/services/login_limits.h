// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How many failed logins are allowed, as configured.
#pragma once

#include <chrono>
#include <cstddef>

namespace tikgok::sim {

struct LoginLimits {
    // Failed logins within the window. 0: as many as they like.
    std::size_t perAccount = 20;
    std::size_t perPeer = 200;
    std::chrono::milliseconds window{60'000};
    // How many accounts and peers are remembered. Beyond that the one whose last failure is oldest is
    // forgotten: with the limit per peer it takes dozens of peers to push out an account that still counts.
    std::size_t accounts = 16'384;
    std::size_t peers = 4'096;
};

}  // namespace tikgok::sim
