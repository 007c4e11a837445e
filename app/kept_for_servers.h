// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What all parts of the client keep for a server, seen and removed as one.
#pragma once

#include "core/api/server_belongings.h"

#include <QList>

#include <utility>

namespace tikgok {

class ChatStore;
class Database;
class Drafts;
class OfflineStore;
class Outbox;
class OwnComments;
class Publishing;
class Session;
class TokenVault;

struct KeptParts {
    Session& session;
    TokenVault& vault;
    Outbox& outbox;
    Drafts& texts;
    OwnComments& comments;
    Publishing& publishing;
    ChatStore& chats;
    OfflineStore& offline;
    // Of all that, for emptyLogs().
    QList<Database*> databases;
};

class KeptForServers final : public ServerBelongings {
public:
    // All must outlive this.
    explicit KeptForServers(KeptParts parts) : parts_(std::move(parts)) {}

    [[nodiscard]] ServerThings of(const QString& server) const override;
    QCoro::Task<bool> removeAll(QString server, std::stop_token alive) override;
    // What was removed so far cannot be read in the files any more, a moment later.
    void emptyLogs();

private:
    KeptParts parts_;
};

}  // namespace tikgok
