// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Drafts, and what was learnt about servers, on disk.
#pragma once

#include "core/publish/publish_data.h"
#include "core/storage/database.h"

#include <QHash>
#include <QList>
#include <QString>
#include <qcoro/qcorotask.h>

#include <stop_token>

namespace tikgok {

// The tables of this folder; see Database.
SchemaPart publishSchema();

struct PublishDraft {
    // Given by the store; 0: not kept yet.
    std::int64_t id = 0;
    // Whose: Session::accountKey(), or of a stranger on that server.
    QString account;
    QString path;
    // Of the file when it was chosen; 0 while nobody has looked.
    FileStamp stamp;
    QString title;
    // Milliseconds; where the cover is.
    qint64 coverMs = 0;
    // Small, to show; may be empty.
    QByteArray thumb;
    std::int64_t changedAt = 0;

    bool operator==(const PublishDraft&) const = default;
    [[nodiscard]] bool isEmpty() const { return path.isEmpty() && title.trimmed().isEmpty(); }
};

// Every call is durable before its task ends. Ids are chosen by the caller, from the clock, so that a draft
// has one before it is on disk.
class PublishStore {
public:
    // The database has publishSchema() among its parts and outlives the store.
    explicit PublishStore(Database& database) : database_(database) {}

    QCoro::Task<Result<QList<PublishDraft>>> drafts(std::stop_token alive);
    QCoro::Task<Result<void>> save(PublishDraft draft, std::stop_token alive);
    QCoro::Task<Result<void>> remove(std::int64_t id, std::stop_token alive);

    // Of all accounts of a server (see accountPrefix()), and what was learnt about it.
    QCoro::Task<Result<void>> removeAll(const QString& server, std::stop_token alive);

    QCoro::Task<Result<QHash<QString, PublishLimits>>> limits(std::stop_token alive);
    QCoro::Task<Result<void>> saveLimits(QString server, PublishLimits limits, std::stop_token alive);

private:
    Database& database_;
};

}  // namespace tikgok
