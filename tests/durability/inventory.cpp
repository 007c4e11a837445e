// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/inventory.h"

#include "backend-sim/adapters/sqlite/queue.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace tikgok::sim::durability {

void takeInventory(const std::filesystem::path& directory, Ledger& ledger, Tally& tally) {
    auto store = SqliteStore::open(directory / "store.sqlite");
    if (!store) {
        ++tally.corrupt;
        tally.trouble("the store cannot be opened: " + store.error().what);
        return;
    }
    if (const auto whole = (*store)->integrity(); !whole || *whole != "ok") {
        ++tally.corrupt;
        tally.trouble("the store is not whole: " + (whole ? *whole : whole.error().what));
    }
    auto queue = SqliteQueue::open(directory / "queue.sqlite", 0);
    const auto queueWhole = queue ? (*queue)->integrity() : StoreResult<std::string>("cannot be opened");
    const auto dead = queue ? (*queue)->deadLetters() : StoreResult<std::vector<DeadLetter>>();
    if (!queueWhole || *queueWhole != "ok" || !dead || (*queue)->depth(Topic::Writes) != 0) {
        ++tally.corrupt;
        tally.trouble("the queue is not whole, or not empty: " +
                      (queueWhole ? *queueWhole : queueWhole.error().what));
        return;
    }
    tally.deadLetters += dead->size();
    for (const DeadLetter& letter : *dead) {
        tally.trouble("dead letter: " + letter.reason);
    }
    Id greatest = 0;
    ledger.startInventory();
    const auto read = (*store)->replay([&](const Change& row) -> StoreResult<void> {
        std::visit(
            [&](const auto& each) {
                if constexpr (requires { each.id; }) {
                    greatest = std::max(greatest, each.id);
                }
            },
            row);
        ledger.found(row, tally);
        return {};
    });
    const auto bound = (*store)->idBound();
    if (!read || !bound || greatest >= *bound) {
        ++tally.corrupt;
        tally.trouble("the rows cannot be read, or ids may come twice");
        return;
    }
    ledger.finishInventory(tally);
}

}  // namespace tikgok::sim::durability
