// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/memory/memory_queue.h"

#include <utility>

namespace tikgok::sim {

void MemoryQueue::add(Message message) {
    Waiting& line = waiting(message.topic);
    line.messages.emplace(message.id, std::move(message));
    line.depth = line.messages.size();
}

StoreResult<MessageId> MemoryQueue::append(std::span<const NewMessage> batch) {
    const std::lock_guard lock(mutex_);
    const MessageId first = batch.empty() ? 0 : last_ + 1;
    for (const NewMessage& each : batch) {
        ++last_;
        add({last_, each.topic, each.write == 0 ? last_ : each.write, each.at, each.body, 0});
    }
    return first;
}

StoreResult<std::vector<Message>> MemoryQueue::read(Topic topic, MessageId after, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    const auto& messages = waiting(topic).messages;
    std::vector<Message> found;
    for (auto at = messages.upper_bound(after); at != messages.end() && found.size() < limit; ++at) {
        found.push_back(at->second);
    }
    return found;
}

StoreResult<void> MemoryQueue::acknowledge(Topic topic, std::span<const MessageId> done) {
    const std::lock_guard lock(mutex_);
    Waiting& line = waiting(topic);
    for (const MessageId id : done) {
        line.messages.erase(id);
    }
    line.depth = line.messages.size();
    return {};
}

StoreResult<int> MemoryQueue::countFailure(Topic topic, MessageId id) {
    const std::lock_guard lock(mutex_);
    auto& messages = waiting(topic).messages;
    const auto found = messages.find(id);
    return found == messages.end() ? 0 : ++found->second.failures;
}

StoreResult<bool> MemoryQueue::bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) {
    const std::lock_guard lock(mutex_);
    Waiting& line = waiting(topic);
    auto node = line.messages.extract(id);
    if (node.empty()) {
        return false;
    }
    line.depth = line.messages.size();
    dead_.emplace(id, DeadLetter{std::move(node.mapped()), std::string(reason), at});
    return true;
}

StoreResult<std::vector<DeadLetter>> MemoryQueue::deadLetters() {
    const std::lock_guard lock(mutex_);
    std::vector<DeadLetter> all;
    all.reserve(dead_.size());
    for (const auto& [id, letter] : dead_) {
        all.push_back(letter);
    }
    return all;
}

StoreResult<MessageId> MemoryQueue::resend(MessageId deadLetter) {
    const std::lock_guard lock(mutex_);
    auto node = dead_.extract(deadLetter);
    if (node.empty()) {
        return 0;
    }
    Message message = std::move(node.mapped().message);
    message.id = ++last_;
    message.failures = 0;
    add(std::move(message));
    return last_;
}

std::size_t MemoryQueue::depth(Topic topic) const {
    return waiting_[static_cast<std::size_t>(topic)].depth;
}

StoreResult<void> MemoryQueue::take(Topic topic, std::span<const MessageId> early) {
    const std::lock_guard lock(mutex_);
    Waiting& line = waiting(topic);
    for (const MessageId id : early) {
        if (auto node = line.messages.extract(id); !node.empty()) {
            taken_.insert(std::move(node));
        }
    }
    line.depth = line.messages.size();
    return {};
}

StoreResult<void> MemoryQueue::settle(std::span<const MessageId> applied) {
    const std::lock_guard lock(mutex_);
    for (const MessageId id : applied) {
        taken_.erase(id);
    }
    return {};
}

StoreResult<std::vector<Message>> MemoryQueue::taken() {
    const std::lock_guard lock(mutex_);
    std::vector<Message> all;
    all.reserve(taken_.size());
    for (const auto& [id, message] : taken_) {
        all.push_back(message);
    }
    return all;
}

}  // namespace tikgok::sim
