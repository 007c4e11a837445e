// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Brings writes from the queue into the tables: applies a slice of them in one transaction, together with the
// record that they were applied, and acknowledges in a second step. A crash in between means a second
// delivery, which the record turns into nothing.
#pragma once

#include "backend-sim/ports/clock.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/ports/queue.h"
#include "backend-sim/ports/telemetry.h"
#include "backend-sim/services/write/applier.h"
#include "backend-sim/services/write/change_codec.h"
#include "backend-sim/services/write/intake.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace tikgok::sim {

// A write that was answered and will never be in the tables.
struct LostWrite {
    WriteId write = 0;
    // As kindOf(): "like", "comment", ...
    std::string kind;
    // As targetOf().
    Id target = 0;
    // When it was answered, milliseconds since the epoch.
    std::int64_t at = 0;

    bool operator==(const LostWrite&) const = default;
};

class WriteConsumer final : public Backlog {
public:
    struct Limits {
        // Writes in one transaction. Many: likes touch pages all over the tables, and a page that several of
        // them touch is written once.
        std::size_t slice = 8192;
        // After so many failed attempts a message becomes a dead letter.
        int attempts = 5;
        // For one change.
        std::chrono::milliseconds budget{2000};
        // How long a small slice waits for more to come, so that the tables are not synced for each write.
        std::chrono::milliseconds linger{100};
        // Pause after the store or the queue failed.
        std::chrono::milliseconds pause{200};
        // How long close() goes on with what waits. The rest waits for the next start.
        std::chrono::milliseconds closing{500};
        // As the reference server: a message is acknowledged before it is applied, and tried once. What a
        // crash or a failure loses that way is listed.
        bool atMostOnce = false;
    };

    // Nothing is owned.
    struct Needs {
        MessageQueue& queue;
        Store& tables;
        ChangeApplier& applier;
        const Clock& clock;
        Telemetry& telemetry;
        LogSink log;
    };

    // Starts the thread. `tables` belongs to it until close(), but while it is paused.
    WriteConsumer(Needs needs, Limits limits);
    ~WriteConsumer() override;
    WriteConsumer(const WriteConsumer&) = delete;
    WriteConsumer& operator=(const WriteConsumer&) = delete;

    void appended() override;
    void giveTurn(std::size_t depth, std::chrono::milliseconds patience) override;

    // Between the two, nothing is taken from the queue and nothing is done to the tables. pause() returns
    // when that is so. They nest.
    void pause();
    void resume();
    // Waits until nothing waits in the queue; does not wait for small slices to grow. False when that took
    // longer, or the consumer is paused or closed.
    bool drain(std::chrono::milliseconds patience);
    // At most once only: what was answered and lost so far, by this process or an earlier one.
    StoreResult<std::vector<LostWrite>> lost();

    // Finishes what waits as far as it goes quickly, then ends the thread. Idempotent.
    void close();

private:
    struct Item;
    enum class Trial { Done, Failed, StoreFailed };
    struct Attempt {
        Trial trial = Trial::Done;
        std::string reason;
        StoreError error;
    };

    void run();
    bool isIdle() const;
    // False when the queue or the tables could not, or there was no memory. Throws nothing.
    bool consumeOrComplain();
    bool consumeSlice();
    StoreResult<std::vector<Message>> readSlice();
    StoreResult<void> acknowledge(std::span<const MessageId> done);
    StoreResult<std::vector<Item>> plan(const std::vector<Message>& messages);
    // Gives whether every change could be applied; else nothing of the slice is kept.
    StoreResult<bool> applyQuickly(std::vector<Item>& items);
    StoreResult<void> applyCarefully(std::vector<Item>& items);
    StoreResult<void> tryUntilBuried(Item& item);
    StoreResult<void> record(const std::vector<Item>& items);
    Attempt attempt(const Item& item);
    bool finish(const std::vector<Message>& messages, const std::vector<Item>& items);
    bool failed(std::string_view what, const StoreError& error);
    void dropInFlight();
    void watch();
    void setWatching(bool on);

    const Needs needs_;
    const Limits limits_;
    bool complained_ = false;

    std::mutex mutex_;
    std::condition_variable wake_;
    // Something was consumed, or the consumer came to rest.
    std::condition_variable moved_;
    int pauses_ = 0;
    // How many wait for the queue to become shorter: no slice waits to grow then.
    int hurries_ = 0;
    // Without a time set.
    bool asleep_ = false;
    bool busy_ = false;
    bool failing_ = false;
    bool closing_ = false;
    // At most once: taken and not settled yet.
    std::set<MessageId> inFlight_;

    // For the watch over changes that hang.
    std::mutex watchMutex_;
    std::condition_variable watchWake_;
    bool watching_ = false;
    bool watchEnds_ = false;
    // Which change is being applied; 0: none.
    std::atomic<std::uint64_t> current_ = 0;
    std::uint64_t sequence_ = 0;
    std::stop_source expired_;

    std::mutex joining_;
    std::thread watcher_;
    std::thread thread_;
};

}  // namespace tikgok::sim
