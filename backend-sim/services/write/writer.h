// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one writer: takes what has gathered in a bounded queue, applies it in one durable transaction with one
// sync (group commit), shows it to readers, and answers.
#pragma once

#include "backend-sim/ports/log.h"
#include "backend-sim/services/write/rules.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

namespace tikgok::sim {

class Writer final : public Submit<RegisterUser>,
                     public Submit<PublishVideo>,
                     public Submit<SetFavorite>,
                     public Submit<AddComment>,
                     public Submit<DeleteComment>,
                     public Submit<SetFollow>,
                     public Submit<SendMessage> {
public:
    struct Limits {
        std::size_t waiting = 65536;
        // One transaction's worth. Bounds how long an answer waits for others.
        std::size_t batch = 1024;
    };

    // Starts the thread. `durable` belongs to it until close(); `readModel` already holds the same rows.
    // Callbacks run on that thread and must be quick. Nothing is owned.
    Writer(Store& durable, Store& readModel, const Clock& clock, IdGenerator& ids, Limits limits,
           LogSink log);
    ~Writer() override;
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void submit(RegisterUser command, Done<Id> done) override;
    void submit(PublishVideo command, Done<Id> done) override;
    void submit(SetFavorite command, Done<void> done) override;
    void submit(AddComment command, Done<CommentRow> done) override;
    void submit(DeleteComment command, Done<void> done) override;
    void submit(SetFollow command, Done<void> done) override;
    void submit(SendMessage command, Done<void> done) override;

    // Refuses what comes from now on, finishes what was accepted, ends the thread. Idempotent. Not from a
    // callback.
    void close();

private:
    template <class Command>
    struct Pending {
        Command command;
        Done<typename Command::Result> done;
        Outcome<typename Command::Result> outcome = std::unexpected(contract::kServiceErr);
    };
    using Job =
        std::variant<Pending<RegisterUser>, Pending<PublishVideo>, Pending<SetFavorite>, Pending<AddComment>,
                     Pending<DeleteComment>, Pending<SetFollow>, Pending<SendMessage>>;

    template <class Command>
    void accept(Command command, Done<typename Command::Result> done);
    void run();
    void write(std::vector<Job>& batch);
    StoreResult<void> applyAll(std::vector<Job>& batch, std::vector<Change>& changes);

    Store& durable_;
    Store& readModel_;
    const Clock& clock_;
    IdGenerator& ids_;
    const Limits limits_;
    const LogSink log_;
    // The bound that the durable store knows. Writer's thread only.
    Id keptBound_ = 0;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> waiting_;
    bool closed_ = false;
    std::mutex joining_;
    std::thread thread_;
};

}  // namespace tikgok::sim
