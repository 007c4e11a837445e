// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the present server takes: known from what kind of server it is, learnt from its refusals, kept per
// server.
#pragma once

#include "core/account/session.h"
#include "core/api/api.h"
#include "core/api/task_scope.h"
#include "core/publish/publish_store.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace tikgok {

class ServerLimits final : public QObject {
    Q_OBJECT

public:
    // All must outlive this.
    ServerLimits(Api& api, Session& session, PublishStore& store, QObject* parent = nullptr);

    [[nodiscard]] PublishLimits now() const { return limits_.value(session_.server()); }

    // Finds out once per server and run what kind it is. The reference server is told by the unit of its feed
    // times, which no other uses (contract.md, section 7).
    void ask();
    // A file of so many bytes was refused for its size, or taken.
    void refused(std::int64_t fileBytes);
    void taken(std::int64_t fileBytes);
    // The server does not take a title that is short enough in characters.
    void countsBytes();

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<> load();
    QCoro::Task<> askFor(QString server);
    void set(const QString& server, const PublishLimits& limits);
    QCoro::Task<> keep(QString server, PublishLimits limits);

    Api& api_;
    Session& session_;
    PublishStore& store_;
    QHash<QString, PublishLimits> limits_;
    QSet<QString> asked_;
    TaskScope scope_;
};

}  // namespace tikgok
