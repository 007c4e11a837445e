// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/system/system.h"

#include <sys/statvfs.h>
#include <utility>

namespace tikgok::sim {

std::int64_t SystemClock::nowMs() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::chrono::steady_clock::time_point SystemClock::steadyNow() const {
    return std::chrono::steady_clock::now();
}

std::optional<std::uint64_t> DirectorySpace::freeBytes() const {
    struct statvfs facts{};
    if (::statvfs(directory_.c_str(), &facts) != 0) {
        return std::nullopt;
    }
    return std::uint64_t{facts.f_bavail} * facts.f_frsize;
}

WorkerPool::~WorkerPool() {
    close();
}

bool WorkerPool::tryRun(std::move_only_function<void()>&& work) {
    const std::lock_guard lock(mutex_);
    if (closed_ || waiting_.size() >= waitingLimit_) {
        return false;
    }
    waiting_.push_back(std::move(work));
    if (watch_) {
        watch_(waiting_.size());
    }
    if (idle_ < waiting_.size() && threads_.size() < most_) {
        threads_.emplace_back([this] { run(); });
    }
    wake_.notify_one();
    return true;
}

void WorkerPool::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        wake_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
        --idle_;
        if (waiting_.empty()) {
            return;
        }
        {
            auto work = std::move(waiting_.front());
            waiting_.pop_front();
            if (watch_) {
                watch_(waiting_.size());
            }
            lock.unlock();
            try {
                work();
            } catch (...) {
                // It is dropped like work that was never taken: who waits for it is told by its destructor.
                dropped_.fetch_add(1, std::memory_order_relaxed);
            }
        }
        lock.lock();
    }
}

void WorkerPool::close() {
    std::vector<std::thread> ending;
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        ending.swap(threads_);
    }
    wake_.notify_all();
    for (std::thread& thread : ending) {
        thread.join();
    }
}

}  // namespace tikgok::sim
