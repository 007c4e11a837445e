// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/thread_group.h"

#include <system_error>
#include <thread>
#include <utility>

namespace tikgok {

bool ThreadGroup::start(std::function<void()> work) {
    {
        const std::lock_guard lock(state_->mutex);
        ++state_->running;
    }
    try {
        std::thread([state = state_, job = std::move(work)]() mutable {
            job();
            // What the job owns goes before the thread counts as ended.
            job = nullptr;
            const std::lock_guard lock(state->mutex);
            --state->running;
            state->changed.notify_all();
        }).detach();
    } catch (const std::system_error&) {
        const std::lock_guard lock(state_->mutex);
        --state_->running;
        return false;
    }
    return true;
}

int ThreadGroup::running() const {
    const std::lock_guard lock(state_->mutex);
    return state_->running;
}

bool ThreadGroup::waitForNone(std::chrono::milliseconds limit) const {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, limit, [this] { return state_->running == 0; });
}

}  // namespace tikgok
