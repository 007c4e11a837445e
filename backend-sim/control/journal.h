// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keeps what was asked and answered. Tokens and passwords are taken out before anything is kept.
#pragma once

#include "backend-sim/control/journal_ring.h"
#include "backend-sim/gateway/http.h"
#include "backend-sim/ports/clock.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>

namespace tikgok::sim {

struct Call;

struct JournalSettings {
    bool on = false;
    JournalRing::Bounds bounds;
    // This much of a body of a request, and of an answer, is kept.
    std::size_t requestBody = 1024;
    std::size_t answerBody = 1024;
};

// What waits at this moment, for those who ask later why something took so long. Called for every entry.
struct Depths {
    std::uint64_t writes = 0;
    std::uint64_t connections = 0;
};
using DepthReader = std::function<Depths()>;

class Journal {
public:
    // `clock` must outlive this object. `depths` may be empty.
    Journal(const Clock& clock, DepthReader depths) : clock_(clock), depths_(std::move(depths)) {}

    // Any thread. Changed bounds empty it.
    void configure(const JournalSettings& settings);
    [[nodiscard]] JournalSettings settings() const;
    [[nodiscard]] bool on() const { return on_.load(std::memory_order_relaxed); }

    // On the threads of connections. Gives the entry's number, or 0.
    std::uint64_t record(const http::Exchange& exchange, const Call& call, const http::Response& response);

    [[nodiscard]] JournalRing& ring() { return ring_; }

private:
    const Clock& clock_;
    const DepthReader depths_;
    std::atomic<bool> on_ = false;
    std::atomic<std::size_t> requestBody_ = 0;
    std::atomic<std::size_t> answerBody_ = 0;
    mutable std::mutex mutex_;
    JournalSettings settings_;
    JournalRing ring_;
};

}  // namespace tikgok::sim
