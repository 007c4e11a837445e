// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace tikgok {

// Threads that end by themselves when told through their own flags. Nobody joins them on the GUI thread; the
// group only knows how many are left. Thread-safe.
class ThreadGroup {
public:
    // False when the system gives no thread.
    bool start(std::function<void()> work);
    int running() const;
    // Waits until none is left; false when the time is over first.
    bool waitForNone(std::chrono::milliseconds limit) const;

private:
    // Outlives the group for as long as a thread holds it.
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        int running = 0;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace tikgok
