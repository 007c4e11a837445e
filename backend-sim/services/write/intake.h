// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one thread that takes writes: what has gathered is decided against the newest state, put on the durable
// queue in one transaction with one sync (group commit), shown to readers, and answered. A consumer brings it
// into the tables later.
#pragma once

#include "backend-sim/ports/free_space.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/ports/queue.h"
#include "backend-sim/ports/telemetry.h"
#include "backend-sim/services/write/rules.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

namespace tikgok::sim {

// Whoever takes from the queue what the intake puts there.
class Backlog {
public:
    virtual ~Backlog() = default;
    // There is more to do. Quick.
    virtual void appended() = 0;
    // Waits until at most `depth` writes wait, but not longer than `patience`, and not at all when that is
    // not going to happen.
    virtual void giveTurn(std::size_t depth, std::chrono::milliseconds patience) = 0;
};

class Intake final : public Submit<RegisterUser>,
                     public Submit<PublishVideo>,
                     public Submit<SetFavorite>,
                     public Submit<AddComment>,
                     public Submit<DeleteComment>,
                     public Submit<SetFollow>,
                     public Submit<SendMessage> {
public:
    struct Limits {
        // Writes that wait for this thread.
        std::size_t waiting = 65536;
        // One transaction's worth. Bounds how long an answer waits for others.
        std::size_t batch = 1024;
        // After a batch of several, the next one waits this long for as many to come: that saves syncs when
        // clients send as soon as they are answered, and costs a lone client nothing.
        std::chrono::microseconds gather{500};
        // Messages that are durable and not in the tables yet. Beyond it, writes are turned away.
        std::size_t depth = 65536;
        // From this share of `depth` on, a batch first lets the consumer catch up for a moment: that slows
        // down clients who wait for their answers before they send more.
        double slowFrom = 0.25;
        std::chrono::milliseconds turn{5};
        // Bytes that stay free on the medium.
        std::uint64_t reserve = 0;
    };

    // Nothing is owned. `queue` may be used by others as well; `readModel` holds what the tables and the
    // queue hold, and is changed by nobody else.
    struct Needs {
        MessageQueue& queue;
        Store& readModel;
        const Clock& clock;
        IdGenerator& ids;
        Backlog& backlog;
        const FreeSpace& space;
        Telemetry& telemetry;
        LogSink log;
        // Told of every message when it can be read. May be empty; quick.
        std::function<void(const MessageRow&)> messageShown{};
    };

    // Starts the thread. Callbacks run on it and must be quick.
    Intake(Needs needs, Limits limits);
    ~Intake() override;
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;

    void submit(RegisterUser command, Done<Id> done) override;
    void submit(PublishVideo command, Done<Id> done) override;
    void submit(SetFavorite command, Done<void> done) override;
    void submit(AddComment command, Done<CommentRow> done) override;
    void submit(DeleteComment command, Done<void> done) override;
    void submit(SetFollow command, Done<void> done) override;
    void submit(SendMessage command, Done<void> done) override;

    // Sends a dead letter again and shows it to readers (after a restart they had forgotten it). Gives the id
    // of the new message; 0 when there is no such dead letter.
    using Resent = std::move_only_function<void(StoreResult<MessageId>)>;
    void resend(MessageId deadLetter, Resent done);

    // Between the two, nothing is put on the queue; what comes waits. hold() returns when that is so. They
    // nest. Not from a callback.
    void hold();
    void release();

    // Holds, those of now and those to come, let everything pass from now on.
    void ignoreHolds();
    // Turns writes away as if the queue were full.
    void setFull(bool full) { full_.store(full, std::memory_order_relaxed); }

    // Refuses what comes from now on, finishes what was accepted, ends the thread. Idempotent. Not from a
    // callback.
    void close();

private:
    template <class Command>
    struct Pending {
        Command command;
        Done<typename Command::Result> done;
        // When it came.
        std::chrono::steady_clock::time_point since;
        Outcome<typename Command::Result> outcome = std::unexpected(contract::kServiceErr);
    };
    struct PendingResend {
        MessageId deadLetter = 0;
        Resent done;
    };
    using Job =
        std::variant<Pending<RegisterUser>, Pending<PublishVideo>, Pending<SetFavorite>, Pending<AddComment>,
                     Pending<DeleteComment>, Pending<SetFollow>, Pending<SendMessage>, PendingResend>;

    template <class Command>
    void accept(Command command, Done<typename Command::Result> done);
    // Gives why not.
    std::optional<contract::Failure> enqueue(Job& job);
    void run();
    // Nothing waits any more, and nothing will.
    bool next(std::vector<Job>& batch);
    void write(std::vector<Job>& batch);
    // How many writes can be taken now.
    std::size_t room();
    // `now`: real time. Commands that nobody waits for are given up.
    void decide(Job& job, std::chrono::steady_clock::time_point now);
    // Gives everybody their answer.
    void answer(std::vector<Job>& batch);
    // There was no memory for it: nobody gets what they asked for.
    void giveUp(std::vector<Job>& batch, const char* why);
    bool append();
    void show(const std::vector<Change>& changes);
    void tellOfMessages() const;
    StoreResult<MessageId> sendAgain(MessageId deadLetter);

    const Needs needs_;
    const Limits limits_;

    // The thread's own.
    StoreState shown_;
    DraftState draft_;
    std::vector<Change> changes_;
    Rules rules_;
    std::vector<NewMessage> messages_;
    bool shortOfSpace_ = false;
    // Of the batch at hand.
    std::uint64_t abandoned_ = 0;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable idle_;
    std::deque<Job> waiting_;
    // The thread is woken when so many wait.
    std::size_t wanted_ = 1;
    std::size_t lastBatch_ = 0;
    bool closed_ = false;
    bool busy_ = false;
    int holds_ = 0;
    bool ignoresHolds_ = false;
    std::atomic<bool> full_ = false;
    std::mutex joining_;
    std::thread thread_;
};

}  // namespace tikgok::sim
