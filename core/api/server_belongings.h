// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What this device keeps for a server, for the address book: it says what goes with a server, and takes it
// away.
#pragma once

#include <QString>
#include <qcoro/qcorotask.h>

#include <stop_token>

namespace tikgok {

struct ServerThings {
    int accounts = 0;
    // Not sent yet, or refused and not discarded.
    int writes = 0;
    // Of videos and of texts.
    int drafts = 0;
    // Files that were recorded here for drafts and for what waits: they go with them.
    int recordings = 0;

    bool operator==(const ServerThings&) const = default;
};

class ServerBelongings {
public:
    ServerBelongings() = default;
    ServerBelongings(const ServerBelongings&) = delete;
    ServerBelongings& operator=(const ServerBelongings&) = delete;
    virtual ~ServerBelongings() = default;

    // By the server's key (see ServersModel).
    [[nodiscard]] virtual ServerThings of(const QString& server) const = 0;
    // Of a server that is not the present one: accounts with their tokens, what waits, drafts, conversations
    // and saved pages. True when the disk and the vault have let go of all that is precious or secret. What
    // was removed before something failed is gone.
    virtual QCoro::Task<bool> removeAll(QString server, std::stop_token alive) = 0;
};

}  // namespace tikgok
