// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Writes down what happens to a simulator, so that it can happen again: requests with their answers, calls of
// the admin API, and deeds of a scenario, in their order and with their time (replay_file.h).
//
// While it records, these are let in one by one, and the clock stands still while one of them is under way:
// what comes of each depends on nothing but those before it. Time passes between them in whole milliseconds,
// and during one that takes long.
//
// The same object, driven, keeps the time for a replay and hears what is answered there.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/gateway/interference.h"
#include "backend-sim/ports/virtual_time.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tikgok::sim {

// Any thread, but for what says otherwise.
class Recorder final : public Turnstile, public std::enable_shared_from_this<Recorder> {
public:
    struct Needs {
        // Used until end() or close() has returned.
        VirtualTime& time;
        // The computer's.
        std::function<std::int64_t()> realNowMs;
        // Whether nothing is under way behind the scenes that a later answer depends on. Quick.
        std::function<bool()> quiet;
        // What the entry of a call has to carry besides; see CarriedWorlds::forCall(). May be empty.
        std::function<boost::json::array(std::string_view path)> carried = {};
    };
    explicit Recorder(Needs needs) : needs_(std::move(needs)) {}
    ~Recorder() override;
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    struct State {
        bool on = false;
        // It ended by itself, for want of room.
        bool full = false;
        std::uint64_t entries = 0;
        // Of the file as it would be now, and at most.
        std::size_t bytes = 0;
        std::size_t mostBytes = 0;
    };
    // On the control's thread: stops the clock, at a whole millisecond, for a recording that begins next.
    void hold();
    // On the control's thread. `head`: the first lines of the file. What was recorded before goes.
    void begin(std::string head, std::size_t mostBytes);
    // On the control's thread. What was recorded stays.
    void end();
    // On the control's thread: nothing was ever recorded.
    void forget();
    // Whoever waits here goes on. Any thread, also while the control's is in here.
    void interrupt();
    // For good, once the control's thread has ended. Idempotent.
    void close();
    [[nodiscard]] State state() const;
    // What was recorded so far, as a whole file. Empty when nothing was.
    [[nodiscard]] std::string file() const;

    // On the control's thread: whether this call is one to be written down; then it was made, and `response`
    // is what came of it. `path` is below /_sim/, without a slash in front.
    bool noteAdmin(const AdminRouter::Entry& entry, std::string_view path, AdminRequest& request,
                   http::Response& response);
    // On the control's thread: performs a step of a scenario in its turn. `perform` gives why it failed.
    std::string noteDeed(const boost::json::object& step, const std::function<std::string()>& perform);

    // --- for a replay

    // From now on the clock moves only as setTime() says, scenarios play nothing by themselves, and what is
    // answered can be had from next().
    void drive();
    [[nodiscard]] bool driven() const { return driven_.load(std::memory_order_relaxed); }
    // For the entry that comes next: what now is, skew aside, and how often time passed while it went on.
    void setTime(std::int64_t nowMs, std::uint64_t pushes = 0);
    // Before a call of the admin API that may turn the clock back to the computer's time, and after it.
    void setHome(std::int64_t homeMs);
    void holdTime();
    // The entry of the next request that was done with. Nothing: there was none within that time.
    std::optional<boost::json::object> next(std::chrono::milliseconds patience);

    // --- Turnstile

    [[nodiscard]] std::size_t mostBody() const override;
    std::unique_ptr<Turn> queue() override;
    void refused(const http::Exchange& exchange, const http::Response& response) override;

private:
    struct Slot;
    class Place;
    class Held;
    using Lock = std::unique_lock<std::mutex>;
    using Wakes = std::vector<http::Responder>;

    void open(bool driven);
    // These with the lock held. Whom to wake is told: not to be done with the lock held.
    void shut(Wakes& wake);
    void grant(Wakes& wake);
    void passTime();
    void pushTime();
    void stand();
    void letTimeGo();
    void take(boost::json::object entry);
    [[nodiscard]] boost::json::array carriedBy(std::string_view path) const;
    std::shared_ptr<Slot> enter();

    void leave(const std::shared_ptr<Slot>& slot);
    void keepTime(const std::stop_token& stop);

    const Needs needs_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::atomic<bool> driven_ = false;
    bool on_ = false;
    bool full_ = false;
    std::size_t mostBytes_ = 0;
    std::string head_;
    std::string lines_;
    std::uint64_t entries_ = 0;
    std::deque<boost::json::object> heard_;

    // Counts the times that it was opened.
    std::uint64_t session_ = 0;
    std::deque<std::shared_ptr<Slot>> waiting_;
    std::shared_ptr<Slot> active_;
    std::chrono::steady_clock::time_point activeSince_;
    // How often time passed while it is active; and how often it may, in a replay.
    std::uint64_t pushes_ = 0;
    std::uint64_t mayPush_ = 0;
    // Up to here, real time has passed for the clock.
    std::chrono::steady_clock::time_point passed_;
    std::optional<std::chrono::steady_clock::time_point> unquietSince_;
    // The clock would be the computer's.
    bool wasReal_ = false;
    // It stands because of this.
    bool standing_ = false;
    std::jthread keeper_;
};

}  // namespace tikgok::sim
