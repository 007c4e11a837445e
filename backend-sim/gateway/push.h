// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// New chat messages, pushed to those whom they concern over WebSocket; see docs/push.md.
#pragma once

#include "backend-sim/gateway/http.h"
#include "backend-sim/gateway/token.h"
#include "core/contract/types.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tikgok::sim {

inline constexpr std::string_view kPushPath = "/push";

// Any thread.
class PushHub {
public:
    struct Limits {
        std::size_t connections = 1024;
        // Of one account.
        std::size_t perUser = 16;
    };
    // Codes with which a connection ends.
    static constexpr std::uint16_t kGoingAway = 1001;
    static constexpr std::uint16_t kTryAgain = 1013;
    static constexpr std::uint16_t kTokenExpired = 4401;

    PushHub() : PushHub(Limits()) {}
    explicit PushHub(const Limits& limits) : limits_(limits) {}

    // A message that can be read from now on: one frame to every connection of its sender and its receiver.
    // Quick: it is called on the thread that takes writes.
    void deliver(const contract::Message& message);

    // For somebody who has shown a good token. `now`: Unix seconds; the connection ends when the token does.
    // Null when there are too many already.
    std::shared_ptr<http::SocketUser> enter(const TokenAuthority::Pass& pass,
                                            std::function<std::int64_t()> now);

    // Ends all connections.
    void closeAll(std::uint16_t code);

    [[nodiscard]] std::size_t connections() const { return members_->total.load(std::memory_order_relaxed); }

private:
    class Listener;
    static constexpr std::size_t kMostEarly = 64;
    // Shared with the listeners, which may live longer than this.
    struct Members {
        std::mutex mutex;
        std::unordered_map<contract::Id, std::vector<Listener*>> byUser;
        std::atomic<std::size_t> total = 0;
    };

    const Limits limits_;
    const std::shared_ptr<Members> members_ = std::make_shared<Members>();
};

}  // namespace tikgok::sim
