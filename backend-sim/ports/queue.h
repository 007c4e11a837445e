// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The queue between a write that was answered and the tables that it ends in. Two implementations (SQLite,
// memory) pass one test suite.
//
// What a crash (of the process or of the machine) can and cannot do, for the SQLite implementation:
//  - A batch for which append() said yes is waiting afterwards, whole and in its order. A batch whose
//  append()
//    failed, or did not come back, is there whole or not at all.
//  - A message is delivered at least once. acknowledge() is not synced on its own: after the machine crashed,
//    messages may come back that were acknowledged before; after only the process crashed they do not. Who
//    applies a message therefore remembers its write id together with what it did (AppliedWrites).
//  - bury() and resend() are durable when they return, and move a message in one step: it is never in two
//    places, and never in none.
//  - Ids grow in the order of appending and are never given out again, not even those of messages that are
//    gone. There may be gaps.
//
// Any thread may call; append() and the others exclude each other.
#pragma once

#include "backend-sim/ports/repositories.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// The place in the queue.
using MessageId = std::int64_t;

enum class Topic : std::uint8_t {
    Writes,   // changes of rows, fully determined
    Uploads,  // files that wait to be looked at
};
inline constexpr std::size_t kTopics = 2;

struct NewMessage {
    Topic topic = Topic::Writes;
    // Names what the message does: the same id twice is the same deed twice, and only the first counts. 0: no
    // other message is the same deed, the message's own id will do.
    WriteId write = 0;
    // Milliseconds since the epoch.
    std::int64_t at = 0;
    // Any bytes.
    std::string body;
};

struct Message {
    MessageId id = 0;
    Topic topic = Topic::Writes;
    WriteId write = 0;
    std::int64_t at = 0;
    std::string body;
    // Attempts that failed so far.
    int failures = 0;

    bool operator==(const Message&) const = default;
};

// A message that nobody tries any more.
struct DeadLetter {
    Message message;
    // For a person.
    std::string reason;
    // Milliseconds since the epoch.
    std::int64_t at = 0;

    bool operator==(const DeadLetter&) const = default;
};

class MessageQueue {
public:
    virtual ~MessageQueue() = default;

    // One transaction, one sync. Gives the id of the first message; the others have the ids that follow.
    // Nothing is appended on failure. An empty batch does nothing and gives 0.
    virtual StoreResult<MessageId> append(std::span<const NewMessage> batch) = 0;

    // Waiting messages with a greater id than `after`, in their order. Reading changes nothing: without
    // acknowledge() they come again.
    virtual StoreResult<std::vector<Message>> read(Topic topic, MessageId after, std::size_t limit) = 0;

    // The second step: these are done with. Ids that do not wait are passed over.
    virtual StoreResult<void> acknowledge(Topic topic, std::span<const MessageId> done) = 0;

    // Remembers that an attempt failed; gives how many have. 0 when no such message waits.
    virtual StoreResult<int> countFailure(Topic topic, MessageId id) = 0;

    // Puts a waiting message among the dead letters. False when no such message waits.
    virtual StoreResult<bool> bury(Topic topic, MessageId id, std::string_view reason, std::int64_t at) = 0;

    // Oldest first.
    virtual StoreResult<std::vector<DeadLetter>> deadLetters() = 0;

    // Sends a dead letter again, as a new message (its new id is given) with the old write id and no
    // failures. 0 when there is no such dead letter.
    virtual StoreResult<MessageId> resend(MessageId deadLetter) = 0;

    // How many wait. Never blocks.
    [[nodiscard]] virtual std::size_t depth(Topic topic) const = 0;

    // --- at most once, as the reference server has it (parity)

    // Acknowledges messages before they are applied: they will never be delivered again, but are remembered
    // as taken until settle(). What is still taken at the next start was lost.
    virtual StoreResult<void> take(Topic topic, std::span<const MessageId> early) = 0;
    // These were applied after all, or are of no interest any more.
    virtual StoreResult<void> settle(std::span<const MessageId> applied) = 0;
    // By id.
    virtual StoreResult<std::vector<Message>> taken() = 0;
};

}  // namespace tikgok::sim
