// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What state the desktop's keychain is in. QtKeychain alone cannot tell locked from absent.
#pragma once

#include <qcoro/qcorotask.h>

#include <cstdint>
#include <stop_token>

namespace tikgok {

enum class KeychainState : std::uint8_t {
    Open,
    Locked,
    Absent,   // no session bus, or no program that would be the keychain
    Unknown,  // another kind of system, or no clear answer
};

// Asks the Secret Service over D-Bus, on a thread of its own; starts nothing. At most some seconds; Unknown
// at once when `alive` is stopped.
QCoro::Task<KeychainState> keychainState(std::stop_token alive);

}  // namespace tikgok
