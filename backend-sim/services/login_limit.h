// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How often somebody may guess: failed logins per account and per peer within a sliding window.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/services/login_limits.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tikgok::sim {

// Any thread. Times come from the clock's nowMs(); when that jumps back, nobody is locked out for longer than
// one window.
class LoginLimit {
public:
    // `clock` must outlive this object and every Try.
    LoginLimit(const Clock& clock, const LoginLimits& limits) : clock_(clock), limits_(limits) {}

    // New limits for what comes from now on.
    void set(const LoginLimits& limits);

    // Nobody has failed yet.
    void forget();

    // Seconds, at least 1, until this peer may try this account again; 0: now.
    [[nodiscard]] std::int32_t wait(std::string_view account, std::string_view peer);

    // One guess. It counts as failed from its begin on, so that guesses at the same time cannot go past the
    // limit; taken back when it was right, or could not be checked.
    class Try {
    public:
        Try(Try&& other) noexcept
            : limit_(std::exchange(other.limit_, nullptr)),
              account_(other.account_),
              peer_(other.peer_),
              at_(other.at_) {}
        Try& operator=(Try&&) = delete;
        ~Try() = default;
        void takeBack();

    private:
        friend LoginLimit;
        Try(LoginLimit& limit, std::size_t account, std::size_t peer, std::int64_t at)
            : limit_(&limit), account_(account), peer_(peer), at_(at) {}
        LoginLimit* limit_;
        std::size_t account_;
        std::size_t peer_;
        std::int64_t at_;
    };
    // Refused with the seconds that wait() gives.
    [[nodiscard]] std::expected<Try, std::int32_t> begin(std::string_view account, std::string_view peer);

    // Accounts and peers that are remembered. For tests.
    [[nodiscard]] std::size_t remembered() const;

private:
    // Failures by account or by peer. The keys are hashes: names may be long, and two names that share a hash
    // only share their limit.
    class Table {
    public:
        // When there is room again; not after `now` means there is.
        std::int64_t freeAt(std::size_t key, std::size_t most, std::int64_t now, std::int64_t window);
        void add(std::size_t key, std::size_t most, std::int64_t now, std::int64_t window,
                 std::size_t mostKeys);
        void remove(std::size_t key, std::int64_t at);
        [[nodiscard]] std::size_t size() const { return order_.size(); }
        void clear() {
            entries_.clear();
            order_.clear();
        }

    private:
        struct Entry {
            std::size_t key = 0;
            // Milliseconds, ascending; never empty.
            std::vector<std::int64_t> failures;
        };
        // The last failure of the first is oldest.
        std::list<Entry> order_;
        std::unordered_map<std::size_t, std::list<Entry>::iterator> entries_;
    };

    std::int32_t waitFor(std::size_t account, std::size_t peer, std::int64_t now);

    const Clock& clock_;
    mutable std::mutex mutex_;
    LoginLimits limits_;
    Table accounts_;
    Table peers_;
};

}  // namespace tikgok::sim
