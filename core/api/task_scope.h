// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How asynchronous work dies with its owner.
//
// Every object that starts coroutines has a TaskScope as its LAST member, so that it is destroyed first,
// while the rest of the object is still whole. A coroutine takes `const std::stop_token alive =
// scope_.token()` at its start, hands it to everything that it awaits, and looks at `alive.stop_requested()`
// after each co_await before it touches `this`:
//
//     const std::stop_token alive = scope_.token();
//     auto answer = co_await api_.user(id, token, alive);
//     if (alive.stop_requested()) {
//         co_return;  // the owner is gone, or does not want this answer any more
//     }
//
// Whatever is awaited ends at once when the token is stopped (a request is aborted, a wait is cut short), so
// no suspended coroutine is left behind. All of it belongs to the GUI thread.
#pragma once

#include <qcoro/qcorotask.h>

#include <chrono>
#include <coroutine>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace tikgok {

class TaskScope {
public:
    TaskScope() = default;
    TaskScope(const TaskScope&) = delete;
    TaskScope& operator=(const TaskScope&) = delete;
    ~TaskScope() { source_.request_stop(); }

    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

    // Stops all that was started so far; what starts from now on is not touched.
    void restart() {
        std::stop_source old = std::exchange(source_, std::stop_source());
        old.request_stop();
    }

private:
    std::stop_source source_;
};

// A value that arrives later, once, from a callback. The first finish() wins, later ones are ignored. One
// coroutine may await it; it resumes inside finish(). Copies share the value. Not thread-safe.
template <class T>
class Once {
public:
    Once() : state_(std::make_shared<State>()) {}

    // Returns false when there was a value already.
    bool finish(T value) const {
        const std::shared_ptr<State> state = state_;  // resuming may destroy this object
        if (state->value) {
            return false;
        }
        state->value.emplace(std::move(value));
        if (state->waiting) {
            std::exchange(state->waiting, {}).resume();
        }
        return true;
    }

    [[nodiscard]] bool isFinished() const { return state_->value.has_value(); }

    [[nodiscard]] bool await_ready() const noexcept { return isFinished(); }
    void await_suspend(std::coroutine_handle<> waiting) const noexcept { state_->waiting = waiting; }
    T await_resume() const { return std::move(*state_->value); }

private:
    struct State {
        std::optional<T> value;
        std::coroutine_handle<> waiting;
    };
    std::shared_ptr<State> state_;
};

// Waits, or returns at once when `alive` is stopped. Needs an event loop.
QCoro::Task<> sleepFor(std::chrono::milliseconds time, std::stop_token alive);

}  // namespace tikgok
