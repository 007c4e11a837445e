// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Takes uploads in through the durable queue and works them off: again when what stood in the way may pass,
// into the dead letters when it does not.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/ports/queue.h"
#include "backend-sim/ports/telemetry.h"
#include "backend-sim/services/context.h"
#include "backend-sim/services/uploads/processor.h"
#include "backend-sim/services/uploads/upload.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <expected>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace tikgok::sim {

// What the video service asks for.
class UploadIntake {
public:
    virtual ~UploadIntake() = default;
    // Any thread. Durable when this gives no failure. A `done` that is not empty is then called when the
    // upload is published or refused, or cannot be for now; on failure it is left alone.
    virtual std::expected<void, contract::Failure> accept(const Upload& upload, Done<contract::Id>& done) = 0;
};

class UploadConsumer final : public UploadIntake {
public:
    struct Limits {
        unsigned threads = 2;
        // Uploads that may wait; more are refused with tooManyRequests().
        std::size_t waiting = 256;
        // Attempts that may fail before a message becomes a dead letter.
        int attempts = 5;
        // Before the second attempt; doubled before each one after that.
        std::chrono::milliseconds firstPause{200};
        std::chrono::milliseconds longestPause{10'000};
    };
    // Nothing is owned.
    struct Needs {
        MessageQueue& queue;
        UploadProcessor& processor;
        const Clock& clock;
        Telemetry& telemetry;
        LogSink log;
        Limits limits;
    };
    explicit UploadConsumer(Needs needs) : needs_(std::move(needs)) {}
    ~UploadConsumer() override;

    // Takes up what waits from before. Once.
    void start();

    std::expected<void, contract::Failure> accept(const Upload& upload, Done<contract::Id>& done) override;

    // Works on one upload that is due. False when there is none. What start()'s threads do; for tests.
    bool step();

    // Messages came into the queue on another way (a dead letter that was sent again).
    void wake();

    // Between the two, no upload is worked on; one that is being looked into is stopped, and comes again.
    // hold() returns when that is so. They nest.
    void hold();
    void release();
    // While held: forgets what it knows of the queue, whose messages have gone; who waits gets service err.
    void forget();

    // Finishes what somebody waits for and is due, answers the rest with service err, and leaves what is not
    // done in the queue for the next start. Idempotent.
    void close();

private:
    struct Job {
        Message message;
        std::chrono::steady_clock::time_point due;
        bool busy = false;
    };

    void run();
    // These three with the lock held.
    [[nodiscard]] bool canRefill() const;
    void refill();
    Job* dueJob();
    void work(const Message& message);
    void finish(MessageId message, contract::Id video, Outcome<contract::Id> outcome);
    void putBack(MessageId message, std::chrono::milliseconds pause);
    void failed(const Message& message, contract::Id video, const std::string& reason);
    void bury(const Message& message, contract::Id video, const std::string& reason);

    const Needs needs_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    // The newest message that is, or was, in jobs_.
    MessageId newest_ = 0;
    bool moreInQueue_ = true;
    // The last look into the queue failed; it was said, and is not said again until a look succeeds.
    bool unreadable_ = false;
    bool complained_ = false;
    std::unordered_map<contract::Id, Done<contract::Id>> waiters_;
    std::atomic<bool> closing_ = false;
    std::atomic<int> holds_ = 0;
    std::condition_variable quiet_;
    std::vector<std::thread> threads_;
};

}  // namespace tikgok::sim
