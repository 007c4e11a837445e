// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which answers a run of a client has met: route, HTTP status, code of the envelope, faults.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tikgok::sim {

// Any thread.
class Coverage {
public:
    struct Row {
        // Index into routeLabels().
        std::size_t route = 0;
        // 0: there was no answer.
        int status = 200;
        // -1: the answer had none.
        std::int32_t code = -1;
        // Kinds of faults, joined by ", "; empty when none struck.
        std::string faults;
        std::uint64_t count = 0;
    };

    [[nodiscard]] bool on() const { return on_.load(std::memory_order_relaxed); }
    void turn(bool on) { on_.store(on, std::memory_order_relaxed); }

    void count(std::size_t route, int status, std::int32_t code, std::string_view faults);
    [[nodiscard]] std::vector<Row> rows() const;
    void clear();

private:
    using Key = std::tuple<std::size_t, int, std::int32_t, std::string>;
    using View = std::tuple<std::size_t, int, std::int32_t, std::string_view>;

    // What a stranger sends makes no new rows: routes are known ones, and codes, statuses and faults are
    // ours. Bounded all the same.
    static constexpr std::size_t kMostRows = 10'000;

    std::atomic<bool> on_ = false;
    mutable std::mutex mutex_;
    std::map<Key, std::uint64_t, std::less<>> rows_;
};

}  // namespace tikgok::sim
