// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/consumer.h"

#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>
#include <utility>

namespace tikgok::sim {

namespace {

std::vector<MessageId> idsOf(const std::vector<Message>& messages) {
    std::vector<MessageId> ids;
    ids.reserve(messages.size());
    for (const Message& message : messages) {
        ids.push_back(message.id);
    }
    return ids;
}

constexpr std::size_t kPart = 512;

// The store could not, whatever the change was.
bool isStoresTrouble(const StoreError& error) {
    return error.kind == StoreError::Kind::Io || error.kind == StoreError::Kind::Lost;
}

}  // namespace

// A message that has not been applied before.
struct WriteConsumer::Item {
    const Message* message = nullptr;
    // Nothing: not to be read.
    std::optional<QueuedChange> queued;
    // Given up in this slice.
    bool buried = false;
};

WriteConsumer::WriteConsumer(Needs needs, Limits limits)
    : needs_(std::move(needs)), limits_(limits), watcher_([this] { watch(); }), thread_([this] { run(); }) {}

WriteConsumer::~WriteConsumer() {
    close();
}

void WriteConsumer::appended() {
    {
        // The lock keeps the word from falling between the consumer's look at the queue and its sleep.
        const std::lock_guard lock(mutex_);
        if (!asleep_ && needs_.queue.depth(Topic::Writes) < limits_.slice) {
            return;
        }
    }
    wake_.notify_one();
}

void WriteConsumer::giveTurn(std::size_t depth, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    ++hurries_;
    wake_.notify_one();
    moved_.wait_for(lock, patience, [&] {
        return needs_.queue.depth(Topic::Writes) <= depth || pauses_ > 0 || failing_ || closing_;
    });
    --hurries_;
}

void WriteConsumer::pause() {
    std::unique_lock lock(mutex_);
    ++pauses_;
    wake_.notify_one();
    moved_.notify_all();
    moved_.wait(lock, [this] { return !busy_; });
}

void WriteConsumer::resume() {
    {
        const std::lock_guard lock(mutex_);
        --pauses_;
    }
    wake_.notify_one();
}

bool WriteConsumer::drain(std::chrono::milliseconds patience) {
    const auto isEmpty = [this] { return needs_.queue.depth(Topic::Writes) == 0 && !busy_; };
    std::unique_lock lock(mutex_);
    ++hurries_;
    wake_.notify_one();
    moved_.wait_for(lock, patience, [&] { return isEmpty() || pauses_ > 0 || closing_; });
    --hurries_;
    return isEmpty();
}

StoreResult<std::vector<LostWrite>> WriteConsumer::lost() {
    // In this order: what is applied while we look is found to be so in the end.
    const auto taken = needs_.queue.taken();
    if (!taken) {
        return std::unexpected(taken.error());
    }
    std::set<MessageId> open;
    {
        const std::lock_guard lock(mutex_);
        open = inFlight_;
    }
    std::vector<LostWrite> all;
    for (const Message& message : *taken) {
        if (open.contains(message.id)) {
            continue;
        }
        const auto applied = needs_.tables.applied().contains(message.write);
        if (!applied) {
            return std::unexpected(applied.error());
        }
        if (*applied) {
            continue;
        }
        const auto queued = decodeChange(message.body);
        all.push_back({message.write, queued ? std::string(kindOf(queued->change)) : "unreadable",
                       queued ? targetOf(queued->change) : 0, message.at});
    }
    return all;
}

void WriteConsumer::close() {
    {
        const std::lock_guard lock(joining_);
        if (!thread_.joinable()) {
            return;
        }
        static_cast<void>(drain(limits_.closing));
        {
            const std::lock_guard state(mutex_);
            closing_ = true;
        }
        wake_.notify_one();
        moved_.notify_all();
        thread_.join();
        {
            const std::lock_guard watch(watchMutex_);
            watchEnds_ = true;
        }
        watchWake_.notify_one();
        watcher_.join();
    }
}

void WriteConsumer::run() {
    std::unique_lock lock(mutex_);
    const auto depth = [this] { return needs_.queue.depth(Topic::Writes); };
    while (!closing_) {
        if (pauses_ > 0 || depth() == 0) {
            asleep_ = true;
            wake_.wait(lock);
            asleep_ = false;
            continue;
        }
        if (hurries_ == 0 && depth() < limits_.slice) {
            wake_.wait_for(lock, limits_.linger, [&] {
                return closing_ || pauses_ > 0 || hurries_ > 0 || depth() >= limits_.slice;
            });
            if (closing_ || pauses_ > 0) {
                continue;
            }
        }
        busy_ = true;
        lock.unlock();
        setWatching(true);
        const bool good = consumeOrComplain();
        setWatching(false);
        lock.lock();
        busy_ = false;
        failing_ = !good;
        moved_.notify_all();
        if (!good) {
            wake_.wait_for(lock, limits_.pause, [this] { return closing_; });
        }
    }
}

bool WriteConsumer::consumeOrComplain() {
    try {
        try {
            return consumeSlice();
        } catch (const std::exception& exception) {
            // No memory, most likely. What was begun was taken back, and is tried again.
            current_ = 0;
            return failed("A slice of writes was interrupted", {StoreError::Kind::Io, exception.what()});
        }
    } catch (...) {
        // There is no memory for words either.
        dropInFlight();
    }
    current_ = 0;
    return false;
}

bool WriteConsumer::failed(std::string_view what, const StoreError& error) {
    // At most once, there is no second try.
    dropInFlight();
    if (!std::exchange(complained_, true)) {
        logTo(needs_.log, LogLevel::Error, std::string(what) + "; trying again: " + error.what);
    }
    return false;
}

// Both in parts: whoever appends waits for one of them at most.
StoreResult<std::vector<Message>> WriteConsumer::readSlice() {
    std::vector<Message> slice;
    while (slice.size() < limits_.slice) {
        auto part = needs_.queue.read(Topic::Writes, slice.empty() ? 0 : slice.back().id,
                                      std::min(kPart, limits_.slice - slice.size()));
        if (!part) {
            return part;
        }
        if (part->empty()) {
            break;
        }
        std::ranges::move(*part, std::back_inserter(slice));
    }
    return slice;
}

StoreResult<void> WriteConsumer::acknowledge(std::span<const MessageId> done) {
    while (!done.empty()) {
        const auto part = done.first(std::min(kPart, done.size()));
        if (StoreResult<void> taken = needs_.queue.acknowledge(Topic::Writes, part); !taken) {
            return taken;
        }
        done = done.subspan(part.size());
    }
    return {};
}

bool WriteConsumer::consumeSlice() {
    const auto messages = readSlice();
    if (!messages) {
        return failed("The queue cannot be read", messages.error());
    }
    if (limits_.atMostOnce) {
        const std::vector<MessageId> ids = idsOf(*messages);
        {
            const std::lock_guard lock(mutex_);
            inFlight_.insert(ids.begin(), ids.end());
        }
        if (const auto taken = needs_.queue.take(Topic::Writes, ids); !taken) {
            return failed("The queue does not take acknowledgements", taken.error());
        }
    }
    auto items = plan(*messages);
    if (!items) {
        return failed("The tables cannot be read", items.error());
    }
    auto applied = applyQuickly(*items);
    if (applied && !*applied) {
        if (const auto careful = applyCarefully(*items); !careful) {
            applied = std::unexpected(careful.error());
        }
    }
    if (!applied) {
        return failed("The tables do not take writes", applied.error());
    }
    return finish(*messages, *items);
}

StoreResult<std::vector<WriteConsumer::Item>> WriteConsumer::plan(const std::vector<Message>& messages) {
    const auto last = needs_.tables.applied().last();
    if (!last) {
        return std::unexpected(last.error());
    }
    std::vector<Item> items;
    items.reserve(messages.size());
    boost::unordered_flat_set<WriteId> seen;
    for (const Message& message : messages) {
        if (message.write <= *last) {
            const auto before = needs_.tables.applied().contains(message.write);
            if (!before) {
                return std::unexpected(before.error());
            }
            if (*before) {
                continue;
            }
        }
        if (seen.insert(message.write).second) {
            items.push_back({&message, decodeChange(message.body), false});
        }
    }
    needs_.telemetry.happened(Event::WriteRedelivered, messages.size() - items.size());
    return items;
}

WriteConsumer::Attempt WriteConsumer::attempt(const Item& item) {
    if (!item.queued) {
        return {Trial::Failed, "not readable", {}};
    }
    Attempt result;
    std::stop_token expired;
    {
        const std::lock_guard lock(watchMutex_);
        if (expired_.stop_requested()) {
            // Meant for the one before, which ended at that very moment.
            expired_ = {};
        }
        expired = expired_.get_token();
    }
    current_ = ++sequence_;
    try {
        const StoreResult<void> done = needs_.applier.apply(needs_.tables, item.queued->change, expired);
        if (!done && isStoresTrouble(done.error())) {
            result = {Trial::StoreFailed, {}, done.error()};
        } else if (!done) {
            result = {Trial::Failed, done.error().what, {}};
        }
    } catch (const std::exception& exception) {
        result = {Trial::Failed, std::string("threw: ") + exception.what(), {}};
    } catch (...) {
        result = {Trial::Failed, "threw", {}};
    }
    current_ = 0;
    if (expired.stop_requested()) {
        const std::lock_guard lock(watchMutex_);
        expired_ = {};
        result = {Trial::Failed, "took longer than " + std::to_string(limits_.budget.count()) + " ms", {}};
    }
    return result;
}

StoreResult<bool> WriteConsumer::applyQuickly(std::vector<Item>& items) {
    if (items.empty()) {
        return true;
    }
    bool spoiled = false;
    const StoreResult<void> kept = needs_.tables.atomically([&]() -> StoreResult<void> {
        for (const Item& item : items) {
            Attempt tried = attempt(item);
            if (tried.trial != Trial::Done) {
                spoiled = tried.trial == Trial::Failed;
                return std::unexpected(std::move(tried.error));
            }
        }
        return record(items);
    });
    if (!kept && !spoiled) {
        return std::unexpected(kept.error());
    }
    return !spoiled;
}

StoreResult<void> WriteConsumer::applyCarefully(std::vector<Item>& items) {
    return needs_.tables.atomically([&]() -> StoreResult<void> {
        for (Item& item : items) {
            if (item.buried) {
                continue;
            }
            if (StoreResult<void> settled = tryUntilBuried(item); !settled) {
                return settled;
            }
        }
        return record(items);
    });
}

// Again at once, not later: writes that came after it must not overtake it.
StoreResult<void> WriteConsumer::tryUntilBuried(Item& item) {
    for (;;) {
        Attempt tried;
        const StoreResult<void> part = needs_.tables.atomically([&]() -> StoreResult<void> {
            tried = attempt(item);
            return tried.trial == Trial::Done
                       ? StoreResult<void>()
                       : std::unexpected(StoreError{StoreError::Kind::Conflict, tried.reason});
        });
        if (part) {
            return {};
        }
        if (tried.trial == Trial::StoreFailed || isStoresTrouble(part.error())) {
            return std::unexpected(tried.trial == Trial::StoreFailed ? tried.error : part.error());
        }
        const std::string words = "write " + std::to_string(item.message->write) + ": " + tried.reason;
        if (limits_.atMostOnce) {
            item.buried = true;
            needs_.telemetry.happened(Event::WriteLost);
            logTo(needs_.log, LogLevel::Warning, "Dropped " + words);
            return {};
        }
        const auto failures = needs_.queue.countFailure(Topic::Writes, item.message->id);
        if (!failures) {
            return std::unexpected(failures.error());
        }
        if (*failures < limits_.attempts) {
            continue;
        }
        const auto buried =
            needs_.queue.bury(Topic::Writes, item.message->id, tried.reason, needs_.clock.nowMs());
        if (!buried) {
            return std::unexpected(buried.error());
        }
        item.buried = true;
        needs_.telemetry.happened(Event::DeadLetter);
        logTo(needs_.log, LogLevel::Error, "Gave up " + words);
        return {};
    }
}

// The ids of what was applied, in runs, and how far ids were given out.
StoreResult<void> WriteConsumer::record(const std::vector<Item>& items) {
    std::vector<WriteId> ids;
    ids.reserve(items.size());
    Id bound = 0;
    for (const Item& item : items) {
        if (!item.buried) {
            ids.push_back(item.message->write);
        }
        bound = std::max(bound, item.queued ? item.queued->idBound : 0);
    }
    std::ranges::sort(ids);
    for (std::size_t from = 0; from < ids.size();) {
        std::size_t to = from + 1;
        while (to < ids.size() && ids[to] == ids[to - 1] + 1) {
            ++to;
        }
        if (StoreResult<void> added = needs_.tables.applied().add(ids[from], ids[to - 1]); !added) {
            return added;
        }
        from = to;
    }
    const auto known = needs_.tables.idBound();
    if (!known) {
        return std::unexpected(known.error());
    }
    return bound > *known ? needs_.tables.setIdBound(bound) : StoreResult<void>();
}

// The second step.
bool WriteConsumer::finish(const std::vector<Message>& messages, const std::vector<Item>& items) {
    std::set<MessageId> buried;
    for (const Item& item : items) {
        if (item.buried) {
            buried.insert(item.message->id);
        }
    }
    std::vector<MessageId> done = idsOf(messages);
    std::erase_if(done, [&buried](MessageId id) { return buried.contains(id); });
    const auto acknowledged = limits_.atMostOnce ? needs_.queue.settle(done) : acknowledge(done);
    dropInFlight();
    if (!acknowledged) {
        return failed("The queue does not take acknowledgements", acknowledged.error());
    }
    needs_.telemetry.happened(Event::WriteApplied, items.size() - buried.size());
    needs_.telemetry.level(Level::ConsumerLag, static_cast<std::int64_t>(needs_.queue.depth(Topic::Writes)));
    if (std::exchange(complained_, false)) {
        logTo(needs_.log, LogLevel::Info, "Writes reach the tables again");
    }
    return true;
}

// Says when a change takes longer than its budget. Sleeps while nothing is applied.
void WriteConsumer::watch() {
    std::unique_lock lock(watchMutex_);
    std::uint64_t seen = 0;
    std::chrono::steady_clock::time_point since;
    while (!watchEnds_) {
        const std::uint64_t now = current_;
        const auto time = std::chrono::steady_clock::now();
        if (now == 0 || now != seen) {
            seen = now;
            since = time;
        } else if (time - since >= limits_.budget) {
            expired_.request_stop();
        }
        if (watching_) {
            watchWake_.wait_for(lock, limits_.budget / 4);
        } else {
            watchWake_.wait(lock);
        }
    }
}

void WriteConsumer::setWatching(bool on) {
    {
        const std::lock_guard lock(watchMutex_);
        watching_ = on;
    }
    if (on) {
        watchWake_.notify_one();
    }
}

void WriteConsumer::dropInFlight() {
    const std::lock_guard lock(mutex_);
    inFlight_.clear();
}

}  // namespace tikgok::sim
