// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What travels with every request, and how results come back.
#pragma once

#include "backend-sim/services/policy.h"
#include "core/contract/errors.h"
#include "core/contract/types.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <stop_token>
#include <string>

namespace tikgok::sim {

// Where a request comes from in a larger trace (W3C Trace Context). Read or made by the gateway; for log and
// journal.
struct TraceContext {
    // The trace's 16 bytes. Zero: none.
    std::uint64_t idHigh = 0;
    std::uint64_t idLow = 0;
    // The span of the caller; 0 when the trace begins here.
    std::uint64_t parent = 0;
    std::uint8_t flags = 0;

    [[nodiscard]] bool known() const { return (idHigh | idLow) != 0; }
};

// Until when somebody waits for an answer. Small enough to travel with queued work.
struct Interest {
    // Real (steady) time.
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    // Set when the connection is gone.
    std::stop_token cancelled{};

    [[nodiscard]] bool over(std::chrono::steady_clock::time_point now) const {
        return cancelled.stop_requested() || now >= deadline;
    }
};

struct RequestContext {
    // The signed-in user, or 0 for a stranger.
    contract::Id caller = 0;
    // Real (steady) time after which nobody waits for the answer any more.
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    // Set when the connection is gone.
    std::stop_token cancelled;
    // Address of the client, without its port; a network of 64 bits in IPv6. Only set where it matters
    // (login).
    std::string peer;
    // Where it comes from. For log and journal.
    TraceContext trace;
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
