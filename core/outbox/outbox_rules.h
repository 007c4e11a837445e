// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the outbox decides, as pure functions.
#pragma once

#include "core/api/error.h"
#include "core/outbox/intent.h"

#include <chrono>
#include <cstdint>

namespace tikgok {

struct OutboxOptions {
    // The n-th wait is random between a half and a whole of firstDelay * 2^(n-1), at most longestDelay.
    std::chrono::milliseconds firstDelay{1'000};
    std::chrono::milliseconds longestDelay{300'000};
    // A server that asks for more is asked again after this.
    std::chrono::milliseconds longestRetryAfter{3'600'000};
    // Requests at a time; Publish has one more place of its own.
    int parallel = 3;
    // Sent ones that are kept, per account and kind.
    int sentKept = 100;
    // A refusal that may pass (the reference server says "service err" for much) is believed after this many
    // tries.
    int passingRefusals = 5;
    // What the disk did not take is offered to it again after this.
    std::chrono::milliseconds keepAgain{10'000};
};

// May be sent twice without harm.
[[nodiscard]] bool isIdempotent(IntentKind kind);
// A newer wish for the same target replaces an older one.
[[nodiscard]] bool isToggle(IntentKind kind);
// Waiting, Paused, Sending, Checking or Failed.
[[nodiscard]] bool isOpen(const Intent& intent);
[[nodiscard]] bool isUnderWay(const Intent& intent);
// One at a time, in the order in which they were put.
[[nodiscard]] bool sameQueue(const Intent& a, const Intent& b);

enum class Next {
    Again,         // after a wait
    WhenSignedIn,  // the server does not know the caller
    Never,         // until a person asks
};

// `attempts`: tries so far, the one that ended with `error` included.
[[nodiscard]] Next afterError(const Error& error, int attempts, const OutboxOptions& options);

// How long to wait after so many tries. `chance` is from 0 to below 1.
[[nodiscard]] std::chrono::milliseconds waitAfter(const Error& error, int attempts, double chance,
                                                  const OutboxOptions& options);

}  // namespace tikgok
