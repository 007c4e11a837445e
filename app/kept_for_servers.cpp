// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/kept_for_servers.h"

#include "core/account/session.h"
#include "core/cache/offline_store.h"
#include "core/chat/chat_store.h"
#include "core/comments/drafts.h"
#include "core/comments/own_comments.h"
#include "core/outbox/outbox.h"
#include "core/publish/publishing.h"
#include "core/simulator/simulator_watch.h"
#include "core/storage/database.h"

#include <utility>

namespace tikgok {

ServerThings KeptForServers::of(const QString& server) const {
    const QString prefix = accountPrefix(server);
    return {.accounts = parts_.session.accountCount(server),
            .writes = parts_.outbox.openCountOfAll(prefix),
            .drafts = parts_.texts.countOfAll(prefix) + parts_.publishing.drafts()->countOf(server),
            .recordings = parts_.publishing.recordingsOf(server)};
}

QCoro::Task<bool> KeptForServers::removeAll(QString server, std::stop_token alive) {
    if (server == parts_.session.server()) {
        co_return false;
    }
    const QString prefix = accountPrefix(server);
    // One after the other, and all of them whatever one says: less is left for another try. The accounts come
    // last, since whoever sees them knows that there is something left.
    bool well = true;
    const auto sent = co_await parts_.outbox.forgetAll(prefix);
    if (alive.stop_requested()) {
        co_return false;
    }
    well = sent.has_value() && well;
    const auto prepared = co_await parts_.publishing.drafts()->forgetServer(server);
    if (alive.stop_requested()) {
        co_return false;
    }
    well = prepared.has_value() && well;
    const auto written = co_await parts_.comments.forgetAll(prefix, alive);
    if (alive.stop_requested()) {
        co_return false;
    }
    well = written.has_value() && well;
    const auto said = co_await parts_.chats.forgetServer(server, alive);
    if (alive.stop_requested()) {
        co_return false;
    }
    well = said.has_value() && well;
    parts_.texts.forgetAll(prefix);
    parts_.offline.forgetServer(server, prefix);
    const auto door = co_await parts_.vault.remove(SimulatorWatch::vaultKey(server), alive);
    if (alive.stop_requested()) {
        co_return false;
    }
    well = (door || door.error().kind == VaultError::Kind::Absent ||
            door.error().kind == VaultError::Kind::NoVault) &&
           well;
    emptyLogs();
    if (!well) {
        co_return false;
    }
    const bool signedOut = co_await parts_.session.forgetServer(server, alive);
    co_return signedOut;
}

void KeptForServers::emptyLogs() {
    for (Database* database : std::as_const(parts_.databases)) {
        database->emptyLog({});
    }
}

}  // namespace tikgok
