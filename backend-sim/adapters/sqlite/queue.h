// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The durable queue: a SQLite file of its own, so that what is appended never waits for a transaction on the
// tables.
#pragma once

#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/ports/queue.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

namespace tikgok::sim {

// Any thread; one at a time gets in, and append() holds the others up for one sync.
class SqliteQueue final : public MessageQueue {
public:
    // As SqliteStore::open(). Ids that are given out are above `after`: for a queue that was lost while the
    // tables remember its writes.
    static std::expected<std::unique_ptr<SqliteQueue>, SqliteStore::OpenError> open(
        const std::filesystem::path& file, MessageId after = 0);

    // Told how long each commit took that was synced, which is the sync for the most part. Before the queue
    // is used. Quick.
    void watchCommits(std::function<void(std::chrono::steady_clock::duration)> watch);

    ~SqliteQueue() override;
    SqliteQueue(const SqliteQueue&) = delete;
    SqliteQueue& operator=(const SqliteQueue&) = delete;

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

    // Everything up to this id goes, dead letters and what was taken as well. Not synced on its own.
    StoreResult<void> forget(MessageId last);
    // The greatest id that may have been given out.
    [[nodiscard]] MessageId lastGiven() const;

    // SQLite's own full check. "ok", or what is wrong.
    StoreResult<std::string> integrity();

private:
    struct Parts;
    explicit SqliteQueue(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim
