// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the present server takes: known from what kind of server it is, learnt from its refusals, kept per
// server.
#pragma once

#include "core/account/session.h"
#include "core/api/task_scope.h"
#include "core/publish/publish_store.h"

#include <QHash>
#include <QObject>

namespace tikgok {

class ServerLimits final : public QObject {
    Q_OBJECT

public:
    // Both must outlive this.
    ServerLimits(Session& session, PublishStore& store, QObject* parent = nullptr);

    [[nodiscard]] PublishLimits now() const;

    // A file of so many bytes was refused for its size, or taken.
    void refused(std::int64_t fileBytes);
    void taken(std::int64_t fileBytes);
    // The server does not take a title that is short enough in characters.
    void countsBytes();

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<> load();
    void set(const QString& server, const PublishLimits& limits);
    QCoro::Task<> keep(QString server, PublishLimits limits);

    Session& session_;
    PublishStore& store_;
    // What was learnt.
    QHash<QString, PublishLimits> limits_;
    TaskScope scope_;
};

}  // namespace tikgok
