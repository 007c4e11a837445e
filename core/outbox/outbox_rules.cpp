// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outbox/outbox_rules.h"

#include <algorithm>

namespace tikgok {

bool isIdempotent(IntentKind kind) {
    switch (kind) {
        case IntentKind::Like:
        case IntentKind::Follow:
        case IntentKind::DeleteComment:
            return true;
        case IntentKind::Comment:
        case IntentKind::Message:
        case IntentKind::Publish:
            return false;
    }
    return false;
}

bool isToggle(IntentKind kind) {
    return kind == IntentKind::Like || kind == IntentKind::Follow;
}

bool isOpen(const Intent& intent) {
    return intent.state != IntentState::Sent;
}

bool isUnderWay(const Intent& intent) {
    return intent.state == IntentState::Sending || intent.state == IntentState::Checking;
}

bool sameQueue(const Intent& a, const Intent& b) {
    return a.kind == b.kind && a.target == b.target && a.account == b.account;
}

Next afterError(const Error& error, int attempts, const OutboxOptions& options) {
    switch (error.kind) {
        case ErrorKind::Offline:
        case ErrorKind::Timeout:
        case ErrorKind::Cut:
        case ErrorKind::Throttled:
        case ErrorKind::Cancelled:
            return Next::Again;
        case ErrorKind::SignedOut:
            return Next::WhenSignedIn;
        case ErrorKind::None:
        case ErrorKind::ServerBroken:
            // Not the contract's JSON, as from the sign-in page of a hotel, passes; a plain "bad request"
            // does not.
            return error.retryable || error.maybeDone ? Next::Again : Next::Never;
        case ErrorKind::Refused:
            return error.retryable && attempts < options.passingRefusals ? Next::Again : Next::Never;
        case ErrorKind::Storage:
            return error.retryable ? Next::Again : Next::Never;
        case ErrorKind::NotFound:
        case ErrorKind::TooLarge:
        case ErrorKind::Invalid:
            return Next::Never;
    }
    return Next::Never;
}

std::chrono::milliseconds waitAfter(const Error& error, int attempts, double chance,
                                    const OutboxOptions& options) {
    const int doublings = std::clamp(attempts - 1, 0, 20);
    const auto step = std::min(options.firstDelay * (std::int64_t{1} << doublings), options.longestDelay);
    const auto half = step / 2;
    const auto jittered = half + std::chrono::milliseconds(static_cast<std::int64_t>(
                                     chance * static_cast<double>((step - half).count())));
    const auto asked =
        std::min(error.retryAfter.value_or(std::chrono::milliseconds(0)), options.longestRetryAfter);
    return std::max(jittered, asked);
}

}  // namespace tikgok
