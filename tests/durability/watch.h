// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a victim was doing when it was killed: a page of memory that the judge sees as well.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace tikgok::sim::durability {

// Plain numbers without pointers; any thread, both processes.
struct Watch {
    // 1 from the first byte of a commit until it is synced.
    std::atomic<std::uint32_t> committing;
    // Messages whose effect is kept while the queue does not know it yet.
    std::atomic<std::uint32_t> unacknowledged;
    // The greatest message id that the consumer of writes has got.
    std::atomic<std::int64_t> greatestRead;
    // Messages that the consumer got a second time or more.
    std::atomic<std::uint64_t> redelivered;
    // Messages that came again although they had been applied, and were not applied twice.
    std::atomic<std::uint64_t> recognised;
    // Operations that change the medium, as Disk counts them.
    std::atomic<std::uint64_t> operations;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

struct Unmap {
    void operator()(Watch* watch) const;
};
using WatchPage = std::unique_ptr<Watch, Unmap>;

// Maps the page, which is a small file; all zero when it is new. Empty when that fails.
WatchPage mapWatch(const std::filesystem::path& file);

}  // namespace tikgok::sim::durability
