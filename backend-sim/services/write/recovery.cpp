// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/services/write/recovery.h"

#include "backend-sim/services/write/applier.h"
#include "backend-sim/services/write/change_codec.h"

#include <algorithm>
#include <set>
#include <vector>

namespace tikgok::sim {

namespace {

StoreResult<void> forgetApplied(MessageQueue& queue, Store& tables) {
    const auto taken = queue.taken();
    if (!taken) {
        return std::unexpected(taken.error());
    }
    std::vector<MessageId> done;
    for (const Message& message : *taken) {
        const auto applied = tables.applied().contains(message.write);
        if (!applied) {
            return std::unexpected(applied.error());
        }
        if (*applied) {
            done.push_back(message.id);
        }
    }
    return done.empty() ? StoreResult<void>() : queue.settle(done);
}

// Calls `take` for every waiting message.
template <class Take>
StoreResult<void> forWaiting(MessageQueue& queue, Take take) {
    constexpr std::size_t kSlice = 1024;
    for (MessageId after = 0;;) {
        const auto messages = queue.read(Topic::Writes, after, kSlice);
        if (!messages) {
            return std::unexpected(messages.error());
        }
        if (messages->empty()) {
            return {};
        }
        after = messages->back().id;
        for (const Message& message : *messages) {
            if (StoreResult<void> taken = take(message); !taken) {
                return taken;
            }
        }
    }
}

}  // namespace

StoreResult<Id> idBoundOf(MessageQueue& queue) {
    Id bound = 1;
    const auto look = [&bound](const Message& message) -> StoreResult<void> {
        const auto queued = message.topic == Topic::Writes ? decodeChange(message.body) : std::nullopt;
        bound = std::max(bound, queued ? queued->idBound : 1);
        return {};
    };
    if (const auto all = forWaiting(queue, look); !all) {
        return std::unexpected(all.error());
    }
    const auto taken = queue.taken();
    if (!taken) {
        return std::unexpected(taken.error());
    }
    for (const Message& message : *taken) {
        static_cast<void>(look(message));
    }
    const auto letters = queue.deadLetters();
    if (!letters) {
        return std::unexpected(letters.error());
    }
    for (const DeadLetter& letter : *letters) {
        static_cast<void>(look(letter.message));
    }
    return bound;
}

StoreResult<Waiting> showWaiting(MessageQueue& queue, Store& tables, Store& readModel) {
    if (const auto forgotten = forgetApplied(queue, tables); !forgotten) {
        return std::unexpected(forgotten.error());
    }
    Waiting waiting;
    std::set<WriteId> seen;
    const auto all = forWaiting(queue, [&](const Message& message) -> StoreResult<void> {
        const auto applied = tables.applied().contains(message.write);
        if (!applied) {
            return std::unexpected(applied.error());
        }
        if (*applied || !seen.insert(message.write).second) {
            return {};
        }
        ++waiting.count;
        if (const auto queued = decodeChange(message.body)) {
            // What contradicts the tables is shown to nobody; the consumer will find out, too.
            static_cast<void>(applyTolerantly(readModel, queued->change));
        } else {
            ++waiting.unreadable;
        }
        return {};
    });
    return all ? StoreResult<Waiting>(waiting) : std::unexpected(all.error());
}

}  // namespace tikgok::sim
