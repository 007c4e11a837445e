// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Holds every exchange against the description of its dialect (docs/openapi*.yaml), both sides of it: what
// was asked and what was answered. On a thread of its own, so that nobody waits for it.
#pragma once

#include "backend-sim/control/api_spec.h"
#include "backend-sim/gateway/http.h"
#include "backend-sim/services/dialect_name.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace tikgok::sim {

struct Call;

class ContractCheck {
public:
    struct Violation {
        // Of the journal; 0 when it was off.
        std::uint64_t entry = 0;
        std::string method;
        std::string path;
        // 0: the client saw no answer.
        int status = 0;
        // What is wrong with the request, and with the answer.
        std::vector<std::string> request;
        std::vector<std::string> answer;
        // Rules that struck it: an answer that is wrong on purpose. Empty: it is wrong by mistake.
        std::string deliberate;
    };
    struct Report {
        std::uint64_t checked = 0;
        // There was no room for them; what was wrong with them is not known.
        std::uint64_t unchecked = 0;
        std::uint64_t badRequests = 0;
        std::uint64_t badAnswers = 0;
        std::uint64_t deliberate = 0;
        // The last ones.
        std::vector<Violation> violations;
    };
    enum class Known : std::uint8_t { NotChecked, Fine, Bad };

    ContractCheck() = default;
    ~ContractCheck();
    ContractCheck(const ContractCheck&) = delete;
    ContractCheck& operator=(const ContractCheck&) = delete;

    // Any thread.
    [[nodiscard]] bool on() const { return on_.load(std::memory_order_relaxed); }
    // Starts the thread when it is switched on for the first time.
    void turn(bool on);

    // On the threads of connections. `entry`: of the journal, or 0.
    void take(const http::Exchange& exchange, const Call& call, const http::Response& response,
              std::uint64_t entry);

    // Waits until everything that was taken before is checked, and not for what comes meanwhile.
    [[nodiscard]] Report report();
    // What is known about an entry of the journal. Waits likewise.
    [[nodiscard]] std::pair<Known, std::optional<Violation>> about(std::uint64_t entry);
    void clear();

    // The description of a dialect. Parsed when it is first needed; lives as long as this object. Any thread.
    const ApiSpec& description(DialectName dialect);

private:
    struct Taken {
        std::uint64_t entry = 0;
        DialectName dialect = DialectName::Standard;
        std::string method;
        std::string path;
        std::string query;
        std::string requestType;
        std::string requestBody;
        // The client saw nothing of it.
        bool unanswered = false;
        int status = 0;
        std::string mediaType;
        std::string body;
        std::string rules;

        [[nodiscard]] std::size_t size() const;
    };

    static constexpr std::size_t kMostWaiting = 4096;
    static constexpr std::size_t kMostBytes = std::size_t{32} * 1024 * 1024;
    static constexpr std::size_t kMostViolations = 200;
    static constexpr std::size_t kMostKnown = 10'000;

    void work();
    void check(const Taken& taken);
    void checkOrPass(const Taken& taken);
    void waitUntilDone(std::unique_lock<std::mutex>& lock);

    struct Description {
        std::once_flag parsed;
        std::optional<ApiSpec> spec;
    };

    std::array<Description, kDialectNames.size()> descriptions_;
    std::atomic<bool> on_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable done_;
    std::deque<Taken> waiting_;
    std::size_t waitingBytes_ = 0;
    // Since the start: put into `waiting_`, and done with.
    std::uint64_t taken_ = 0;
    std::uint64_t finished_ = 0;
    bool closed_ = false;
    Report report_;
    std::deque<Violation> violations_;
    // By entry: whether it was fine.
    std::map<std::uint64_t, bool> known_;
    std::thread thread_;
};

}  // namespace tikgok::sim
