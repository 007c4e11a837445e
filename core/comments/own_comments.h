// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which comments were written here, for servers that do not say whose a comment is. The outbox forgets what
// it sent after a hundred others.
#pragma once

#include "core/contract/types.h"
#include "core/storage/database.h"

#include <QList>
#include <QString>
#include <qcoro/qcorotask.h>

#include <stop_token>

namespace tikgok {

// By account: Session::accountKey(). The latest 20,000 of each are kept.
class OwnComments {
public:
    // For the Database that they are to live in.
    static SchemaPart schema();

    // The database outlives this.
    explicit OwnComments(Database& database) : database_(database) {}

    QCoro::Task<Result<QList<contract::Id>>> of(const QString& account, contract::Id video,
                                                std::stop_token alive);
    void add(const QString& account, contract::Id video, contract::Id comment);
    void remove(const QString& account, contract::Id video, contract::Id comment);
    void forget(const QString& account);
    // Of all accounts whose keys begin so.
    QCoro::Task<Result<void>> forgetAll(const QString& accountPrefix, std::stop_token alive);

private:
    Database& database_;
};

}  // namespace tikgok
