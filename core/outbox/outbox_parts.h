// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The inside of Outbox. Only its own three source files include this.
#pragma once

#include "core/account/session.h"
#include "core/api/task_scope.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_clock.h"
#include "core/outbox/outbox_store.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <map>
#include <memory>
#include <stop_token>
#include <vector>

namespace tikgok {

struct Outbox::Parts {
    struct Entry {
        Intent intent;
        std::int64_t position = 0;
        // On its way out: not tried, not counted.
        bool leaving = false;
        // kept() said that the disk does not take it.
        bool refusalSaid = false;
    };

    Parts(Outbox& owner, Database& database, Session& session, OutboxClock* clock, OutboxOptions options);
    ~Parts();

    // --- outbox.cpp: what is kept
    [[nodiscard]] Entry* find(IntentId id);
    [[nodiscard]] const Entry* find(IntentId id) const;
    [[nodiscard]] IntentId nextId();
    QCoro::Task<> load();
    void merge(QList<KeptIntent> kept);
    // Writes how it stands now. Whoever does not wait for it has done all the same.
    QCoro::Task<Result<void>> save(IntentId id);
    void saveSoon(IntentId id);
    bool noteKept(Entry& entry, bool done);
    // What stands in memory only, as long as the disk takes it.
    QCoro::Task<> keepAgain();
    static QCoro::Task<Result<void>> refuse();
    // changed() and the counts, later.
    void announceLater(IntentId id);
    void updateCounts();

    // --- outbox_forgetting.cpp: what is let go of
    // Removes what was replaced; what the disk does not remove now goes along with the next change.
    void drop(const QList<Intent>& replaced);
    QCoro::Task<> removeDropped();
    // An older wish for what a newer one is about has nothing more to say.
    void collapseLoaded();
    QCoro::Task<> discard(IntentId id);
    QCoro::Task<Result<void>> forgetAll(QString accountPrefix);
    [[nodiscard]] bool isForgotten(const QString& account) const;
    void trimSent(const QString& account, IntentKind kind);

    // --- outbox_sending.cpp: what is sent
    void pumpSoon();
    void pump();
    QCoro::Task<> attempt(IntentId id);
    // A try that is under way ends here; the intent waits again. False when none is.
    bool stop(IntentId id);
    void succeeded(IntentId id);
    void endedWith(IntentId id, const Error& error, const QString& token);
    // Once, however many wait; a person who asks again sees the sheet again.
    void askForAccount(IntentKind kind, bool byPerson);
    void accountMayHaveChanged();
    void tellChanged(Entry& entry);

    Outbox& q;
    Session& session;
    OutboxStore store;
    SystemOutboxClock systemClock;
    OutboxClock& clock;
    OutboxOptions options;
    QHash<IntentKind, IntentHandler*> handlers;
    // In the order of put().
    std::vector<std::unique_ptr<Entry>> entries;
    IntentId lastId = 0;
    std::int64_t lastPosition = 0;
    bool loaded = false;
    // The file could not be read at the start; it is tried again when something could be written.
    bool loadFailed = false;
    // Accounts that are to be gone once the file has been read.
    QSet<QString> forgotten;
    // The same, by how their keys begin.
    QStringList forgottenPrefixes;
    QList<IntentId> stillOnDisk;
    std::map<IntentId, std::stop_source> attempts;
    bool pumpPlanned = false;
    bool askingForAccount = false;
    QHash<QString, int> openCounts;
    int openCount = 0;
    int failedCount = 0;
    QTimer keepTimer;
    TaskScope scope;
};

}  // namespace tikgok
