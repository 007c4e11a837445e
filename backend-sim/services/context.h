// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What travels with every request, and how results come back.
#pragma once

#include "backend-sim/services/policy.h"
#include "core/contract/errors.h"
#include "core/contract/types.h"

#include <chrono>
#include <expected>
#include <functional>
#include <stop_token>
#include <string>

namespace tikgok::sim {

struct RequestContext {
    // The signed-in user, or 0 for a stranger.
    contract::Id caller = 0;
    // Real (steady) time after which nobody waits for the answer any more.
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    // Set when the connection is gone.
    std::stop_token cancelled;
    // Address of the client, without its port; a network of 64 bits in IPv6. Only set where it matters (login).
    std::string peer;
    // W3C trace id of the caller, or ours. For log and journal.
    std::string traceId;
    // What the dialect of this request asks of the services. Never null; lives for ever.
    const Policy* policy = &kStandardPolicy;
};

// A result, or the failure that goes over the wire.
template <class T>
using Outcome = std::expected<T, contract::Failure>;

// Takes the result of work that ends later (durable writes, password hashes, cover extraction). Called
// exactly once, on any thread, and never from inside the call that it was given to while locks are held.
template <class T>
using Done = std::move_only_function<void(Outcome<T>)>;

}  // namespace tikgok::sim
