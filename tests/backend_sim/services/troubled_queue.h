// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A queue in memory that can be told to fail, to wait, and to forget acknowledgements.
#pragma once

#include "backend-sim/adapters/memory/memory_queue.h"

#include <atomic>
#include <new>
#include <semaphore>

namespace tikgok::sim::test {

class TroubledQueue final : public MessageQueue {
public:
    StoreResult<MessageId> append(std::span<const NewMessage> batch) override {
        ++appends;
        entered.release();
        gate.acquire();
        gate.release();
        return failAppends ? std::unexpected(trouble()) : inner_.append(batch);
    }
    StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) override {
        ++reads;
        if (throwReads) {
            throw std::bad_alloc();
        }
        return failReads ? std::unexpected(trouble()) : inner_.read(topic, after, limit);
    }
    StoreResult<void> acknowledge(Topic topic, std::span<const MessageId> done) override {
        ++acknowledgements;
        return failAcknowledgements ? std::unexpected(trouble()) : inner_.acknowledge(topic, done);
    }
    StoreResult<int> countFailure(Topic topic, MessageId id) override {
        return failBurials ? std::unexpected(trouble()) : inner_.countFailure(topic, id);
    }
    StoreResult<bool> bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) override {
        return failBurials ? std::unexpected(trouble()) : inner_.bury(topic, id, reason, at);
    }
    StoreResult<std::vector<DeadLetter>> deadLetters() override {
        return failDeadLetters ? std::unexpected(trouble()) : inner_.deadLetters();
    }
    StoreResult<MessageId> resend(MessageId deadLetter) override {
        return failResends ? std::unexpected(trouble()) : inner_.resend(deadLetter);
    }
    [[nodiscard]] std::size_t depth(Topic topic) const override { return inner_.depth(topic); }
    StoreResult<void> take(Topic topic, std::span<const MessageId> early) override {
        return failTakes ? std::unexpected(trouble()) : inner_.take(topic, early);
    }
    StoreResult<void> settle(std::span<const MessageId> applied) override {
        return failSettles ? std::unexpected(trouble()) : inner_.settle(applied);
    }
    StoreResult<std::vector<Message>> taken() override {
        return failTaken ? std::unexpected(trouble()) : inner_.taken();
    }

    std::atomic<bool> failAppends = false;
    std::atomic<bool> failReads = false;
    // There is no memory.
    std::atomic<bool> throwReads = false;
    std::atomic<bool> failAcknowledgements = false;
    std::atomic<bool> failBurials = false;
    std::atomic<bool> failTakes = false;
    std::atomic<bool> failTaken = false;
    std::atomic<bool> failSettles = false;
    std::atomic<bool> failDeadLetters = false;
    std::atomic<bool> failResends = false;
    std::atomic<int> appends = 0;
    std::atomic<int> reads = 0;
    std::atomic<int> acknowledgements = 0;
    // Released whenever append() is entered.
    std::counting_semaphore<> entered{0};
    // append() waits while it is taken.
    std::binary_semaphore gate{1};

private:
    static StoreError trouble() { return {StoreError::Kind::Io, "the medium is full"}; }

    MemoryQueue inner_;
};

}  // namespace tikgok::sim::test
