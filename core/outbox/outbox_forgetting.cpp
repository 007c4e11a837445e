// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the outbox lets go of: what was replaced, discarded, sent long ago, or is of an account that is gone.

#include "core/outbox/outbox.h"
#include "core/outbox/outbox_parts.h"

#include <algorithm>
#include <utility>

namespace tikgok {

void Outbox::Parts::drop(const QList<Intent>& replaced) {
    for (const Intent& one : replaced) {
        std::erase_if(entries, [&one](const auto& entry) { return entry->intent.id == one.id; });
        stillOnDisk.append(one.id);
        QMetaObject::invokeMethod(&q, [this, one] { Q_EMIT q.discarded(one); }, Qt::QueuedConnection);
    }
}

QCoro::Task<> Outbox::Parts::removeDropped() {
    const std::stop_token alive = scope.token();
    if (!loaded && stillOnDisk.isEmpty()) {
        co_return;
    }
    const QList<IntentId> gone = stillOnDisk;
    auto done = co_await store.change(gone, std::nullopt, options.sentKept, alive);
    if (!alive.stop_requested() && done) {
        stillOnDisk.removeIf([&gone](IntentId one) { return gone.contains(one); });
    }
}

void Outbox::Parts::collapseLoaded() {
    QList<Intent> replaced;
    for (auto entry = entries.cbegin(); entry != entries.cend(); ++entry) {
        const Intent& older = (*entry)->intent;
        if (!isToggle(older.kind) || !isOpen(older) || !older.kept || isUnderWay(older)) {
            continue;
        }
        const auto newer = std::find_if(entry + 1, entries.cend(), [&older](const auto& one) {
            return isOpen(one->intent) && sameQueue(older, one->intent);
        });
        if (newer != entries.cend()) {
            Intent& stays = (*newer)->intent;
            stays.maybeDone = stays.maybeDone || older.maybeDone;
            replaced.append(older);
        }
    }
    drop(replaced);
    if (!replaced.isEmpty()) {
        removeDropped();
    }
}

QCoro::Task<> Outbox::Parts::discard(IntentId id) {
    const std::stop_token alive = scope.token();
    stop(id);
    Entry* entry = find(id);
    if (entry == nullptr || entry->leaving) {
        co_return;
    }
    entry->leaving = true;
    updateCounts();
    QList<IntentId> gone = stillOnDisk;
    gone.append(id);
    auto done = co_await store.change(gone, std::nullopt, options.sentKept, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    entry = find(id);
    if (entry == nullptr) {
        co_return;
    }
    if (!done && entry->intent.kept) {
        // It would come back with the next start: rather let it be seen.
        entry->leaving = false;
        entry->intent.state = IntentState::Failed;
        entry->intent.errorKind = ErrorKind::Storage;
        entry->intent.errorWords.clear();
        tellChanged(*entry);
        co_return;
    }
    if (done) {
        stillOnDisk.removeIf([&gone](IntentId one) { return gone.contains(one); });
    }
    const Intent intent = entry->intent;
    std::erase_if(entries, [id](const auto& one) { return one->intent.id == id; });
    updateCounts();
    pumpSoon();
    Q_EMIT q.discarded(intent);
}

bool Outbox::Parts::isForgotten(const QString& account) const {
    return forgotten.contains(account) || std::ranges::any_of(forgottenPrefixes, [&](const QString& prefix) {
               return account.startsWith(prefix);
           });
}

QCoro::Task<Result<void>> Outbox::Parts::forgetAll(QString accountPrefix) {
    const std::stop_token alive = scope.token();
    QList<IntentId> ids;
    for (const auto& entry : entries) {
        if (!entry->leaving && entry->intent.account.startsWith(accountPrefix)) {
            ids.append(entry->intent.id);
        }
    }
    for (const IntentId id : std::as_const(ids)) {
        stop(id);
        if (Entry* entry = find(id)) {
            entry->leaving = true;
        }
    }
    updateCounts();
    if (!loaded || loadFailed) {
        forgottenPrefixes.append(accountPrefix);
    }
    auto done = co_await store.removeAll(accountPrefix, alive);
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    if (!done) {
        forgottenPrefixes.removeAll(accountPrefix);
        for (const IntentId id : std::as_const(ids)) {
            if (Entry* entry = find(id)) {
                entry->leaving = false;
                announceLater(id);
            }
        }
    } else {
        QList<Intent> gone;
        for (const auto& entry : entries) {
            if (entry->intent.account.startsWith(accountPrefix)) {
                gone.append(entry->intent);
            }
        }
        drop(gone);
        for (const Intent& one : std::as_const(gone)) {
            stillOnDisk.removeAll(one.id);
        }
    }
    updateCounts();
    pumpSoon();
    co_return std::move(done);
}

void Outbox::Parts::trimSent(const QString& account, IntentKind kind) {
    int sent = 0;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        const Intent& intent = (*entry)->intent;
        if (intent.state == IntentState::Sent && intent.kind == kind && intent.account == account &&
            ++sent > options.sentKept) {
            (*entry)->leaving = true;
        }
    }
    std::erase_if(entries, [](const auto& entry) {
        return entry->leaving && entry->intent.state == IntentState::Sent;
    });
}

// --- the outside

void Outbox::discard(IntentId id) {
    parts_->discard(id);
}

void Outbox::forget(const QString& account) {
    if (!parts_->loaded || parts_->loadFailed) {
        parts_->forgotten.insert(account);
    }
    const QList<Intent> gone = all(account);
    for (const Intent& intent : gone) {
        discard(intent.id);
    }
}

QCoro::Task<Result<void>> Outbox::forgetAll(QString accountPrefix) {
    return parts_->forgetAll(std::move(accountPrefix));
}

}  // namespace tikgok
