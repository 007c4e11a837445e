// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The queue in memory, for tests and for stores that nobody wants to keep. Nothing outlives the object.
#pragma once

#include "backend-sim/ports/queue.h"

#include <array>
#include <atomic>
#include <map>
#include <mutex>

namespace tikgok::sim {

class MemoryQueue final : public MessageQueue {
public:
    StoreResult<MessageId> append(std::span<const NewMessage> batch) override;
    StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) override;
    StoreResult<void> acknowledge(Topic topic, std::span<const MessageId> done) override;
    StoreResult<int> countFailure(Topic topic, MessageId id) override;
    StoreResult<bool> bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) override;
    StoreResult<std::vector<DeadLetter>> deadLetters() override;
    StoreResult<MessageId> resend(MessageId deadLetter) override;
    [[nodiscard]] std::size_t depth(Topic topic) const override;
    StoreResult<void> take(Topic topic, std::span<const MessageId> early) override;
    StoreResult<void> settle(std::span<const MessageId> applied) override;
    StoreResult<std::vector<Message>> taken() override;

private:
    struct Waiting {
        std::map<MessageId, Message> messages;
        // Follows the map, readable without the lock.
        std::atomic<std::size_t> depth = 0;
    };
    Waiting& waiting(Topic topic) { return waiting_[static_cast<std::size_t>(topic)]; }
    void add(Message message);

    std::mutex mutex_;
    MessageId last_ = 0;
    std::array<Waiting, kTopics> waiting_;
    std::map<MessageId, DeadLetter> dead_;
    std::map<MessageId, Message> taken_;
};

}  // namespace tikgok::sim
