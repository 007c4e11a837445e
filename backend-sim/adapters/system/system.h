// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The clock of the machine, room on the disk, ids in sequence, and a pool of threads.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/executor.h"
#include "backend-sim/ports/free_space.h"
#include "backend-sim/ports/ids.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace tikgok::sim {

class SystemClock final : public Clock {
public:
    [[nodiscard]] std::int64_t nowMs() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override;
};

class SequentialIds final : public IdGenerator {
public:
    explicit SequentialIds(contract::Id first) : next_(first) {}
    contract::Id next() override { return next_.fetch_add(1, std::memory_order_relaxed); }
    [[nodiscard]] contract::Id bound() const override { return next_.load(std::memory_order_relaxed); }
    void restart(contract::Id bound) override { next_.store(bound, std::memory_order_relaxed); }

private:
    std::atomic<contract::Id> next_;
};

// Of the file system that a directory lies on.
class DirectorySpace final : public FreeSpace {
public:
    explicit DirectorySpace(std::filesystem::path directory) : directory_(std::move(directory)) {}
    // What users other than root may take.
    [[nodiscard]] std::optional<std::uint64_t> freeBytes() const override;

private:
    const std::filesystem::path directory_;
};

class WorkerPool final : public Executor {
public:
    // Told how much waits, whenever that changes. Quick.
    using Watch = std::function<void(std::size_t waiting)>;

    // Threads are started when work comes, up to `threads`. At most `waiting` pieces of work wait.
    WorkerPool(std::size_t threads, std::size_t waiting, Watch watch = {})
        : most_(threads), waitingLimit_(waiting), watch_(std::move(watch)) {}
    ~WorkerPool() override;
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    bool tryRun(std::move_only_function<void()>&& work) override;

    // Finishes what was taken, takes nothing more, ends the threads. Idempotent. Not from within work.
    void close();

    // Work that ended with an exception.
    [[nodiscard]] std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

private:
    void run();

    const std::size_t most_;
    const std::size_t waitingLimit_;
    const Watch watch_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::move_only_function<void()>> waiting_;
    std::size_t idle_ = 0;
    bool closed_ = false;
    std::vector<std::thread> threads_;
    std::atomic<std::uint64_t> dropped_ = 0;
};

}  // namespace tikgok::sim
