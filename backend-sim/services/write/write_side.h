// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Intake and consumer on one queue: everything that a write passes, and the levers that an operator has.
#pragma once

#include "backend-sim/services/write/consumer.h"
#include "backend-sim/services/write/intake.h"

#include <chrono>
#include <functional>
#include <vector>

namespace tikgok::sim {

// Any thread.
class WriteSide {
public:
    // Nothing is owned.
    struct Needs {
        MessageQueue& queue;
        Store& tables;
        // Holds what the tables and the queue hold; see showWaiting().
        Store& readModel;
        ChangeApplier& applier;
        const Clock& clock;
        IdGenerator& ids;
        const FreeSpace& space;
        Telemetry& telemetry;
        LogSink log;
        // Called when a dead letter was sent again, which may have been an upload. May be empty.
        std::function<void()> resent{};
        // See Intake. May be empty.
        std::function<void(const MessageRow&)> messageShown{};
    };
    struct Limits {
        Intake::Limits intake;
        WriteConsumer::Limits consumer;
    };

    // Starts both threads.
    WriteSide(const Needs& needs, const Limits& limits);

    // Valid as long as this object.
    [[nodiscard]] Intake& intake() { return intake_; }

    // Writes that are durable and not in the tables yet.
    [[nodiscard]] std::size_t depth() const;
    void pauseConsumer() { consumer_.pause(); }
    void resumeConsumer() { consumer_.resume(); }

    // Stops the intake (what comes waits for its answer), brings everything into the tables, and stops the
    // consumer: until thaw(), nothing is written, and tables, queue and read model say the same. False, and
    // nothing is stopped, when that took longer than `patience`.
    bool freeze(std::chrono::milliseconds patience);
    void thaw();
    // For the end: freezes, also those to come, hold nobody up any more.
    void endFreeze() { intake_.ignoreHolds(); }
    // For replacing what is written to: nothing is put on the queue and nothing taken from it. Messages may
    // wait in it.
    void hold() {
        intake_.hold();
        consumer_.pause();
    }
    void release() { thaw(); }
    // As if the queue were full.
    void setFull(bool full) { intake_.setFull(full); }

    StoreResult<std::vector<DeadLetter>> deadLetters() { return needs_.queue.deadLetters(); }
    // Waits for the intake. Gives false when there is no such dead letter.
    StoreResult<bool> resend(MessageId deadLetter);
    // Parity: what was answered and lost.
    StoreResult<std::vector<LostWrite>> lost() { return consumer_.lost(); }

    // Refuses what comes, finishes what was accepted, brings into the tables what goes quickly. Idempotent.
    void close();

private:
    const Needs needs_;
    WriteConsumer consumer_;
    Intake intake_;
};

}  // namespace tikgok::sim
