// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The outbox's table.
#pragma once

#include "core/outbox/intent.h"
#include "core/storage/database.h"

#include <QList>

#include <optional>
#include <stop_token>

namespace tikgok {

// For the Database that an outbox is to live in.
SchemaPart outboxSchema();

// An intent and its place in the order of put().
struct KeptIntent {
    Intent intent;
    std::int64_t position = 0;
};

class OutboxStore {
public:
    // Must outlive the store.
    explicit OutboxStore(Database& database) : database_(database) {}

    // Oldest first. Kinds that this version does not know are left where they are.
    QCoro::Task<Result<QList<KeptIntent>>> load(std::stop_token alive);
    // In one transaction: removes `gone`, writes `one`, and forgets Sent ones of its account and
    // kind beyond the newest `sentKept`.
    QCoro::Task<Result<void>> change(QList<IntentId> gone, std::optional<KeptIntent> one, int sentKept,
                                     std::stop_token alive);
    // Removes what belongs to accounts whose key begins so.
    QCoro::Task<Result<void>> removeAll(const QString& accountPrefix, std::stop_token alive);

private:
    Database& database_;
};

}  // namespace tikgok
