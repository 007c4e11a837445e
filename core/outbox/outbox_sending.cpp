// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The half of the outbox that sends.

#include "core/outbox/outbox.h"
#include "core/outbox/outbox_parts.h"

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// For Session::accountNeeded().
QString reasonFor(IntentKind kind) {
    switch (kind) {
        case IntentKind::Like:
            return QStringLiteral("like");
        case IntentKind::Follow:
            return QStringLiteral("follow");
        case IntentKind::Comment:
        case IntentKind::DeleteComment:
            return QStringLiteral("comment");
        case IntentKind::Message:
            return QStringLiteral("message");
        case IntentKind::Publish:
            return QStringLiteral("publish");
    }
    return QStringLiteral("expired");
}

}  // namespace

void Outbox::Parts::pumpSoon() {
    if (std::exchange(pumpPlanned, true)) {
        return;
    }
    QMetaObject::invokeMethod(
        &q,
        [this] {
            pumpPlanned = false;
            pump();
        },
        Qt::QueuedConnection);
}

// Starts what can be started, and sets the alarm for what comes next.
void Outbox::Parts::pump() {
    const QString account = session.accountKey();
    if (!loaded || !session.signedIn() || account.isEmpty()) {
        clock.wakeAt(0, nullptr);
        return;
    }
    int running = 0;
    bool publishing = false;
    for (const auto& [id, source] : attempts) {
        const Entry* entry = find(id);
        const bool upload = entry != nullptr && entry->intent.kind == IntentKind::Publish;
        publishing = publishing || upload;
        running += upload ? 0 : 1;
    }
    const std::int64_t now = clock.now();
    std::int64_t next = 0;
    std::vector<const Intent*> heads;
    QList<IntentId> due;
    for (const auto& entry : entries) {
        const Intent& intent = entry->intent;
        const bool stands = intent.state == IntentState::Waiting || isUnderWay(intent);
        if (entry->leaving || !stands || intent.account != account || !handlers.contains(intent.kind) ||
            std::ranges::any_of(heads, [&](const Intent* head) { return sameQueue(*head, intent); })) {
            continue;
        }
        heads.push_back(&intent);
        if (isUnderWay(intent)) {
            continue;
        }
        if (intent.nextTry > now) {
            next = next == 0 ? intent.nextTry : std::min(next, intent.nextTry);
            continue;
        }
        if (intent.kind == IntentKind::Publish) {
            if (!std::exchange(publishing, true)) {
                due.append(intent.id);
            }
        } else if (running < options.parallel) {
            ++running;
            due.append(intent.id);
        }
    }
    if (next > 0) {
        clock.wakeAt(next, [this] { pump(); });
    } else {
        clock.wakeAt(0, nullptr);
    }
    const std::stop_token alive = scope.token();
    for (const IntentId id : std::as_const(due)) {
        attempt(id);
        if (alive.stop_requested()) {
            return;
        }
    }
}

QCoro::Task<> Outbox::Parts::attempt(IntentId id) {
    Entry* entry = find(id);
    if (entry == nullptr || entry->leaving || entry->intent.state != IntentState::Waiting ||
        !session.signedIn() || entry->intent.account != session.accountKey()) {
        co_return;  // something that was told of another one changed it
    }
    IntentHandler* handler = handlers.value(entry->intent.kind);
    if (handler == nullptr) {
        co_return;
    }
    std::stop_source source;
    const std::stop_token alive = source.get_token();
    attempts.insert_or_assign(id, source);
    const QString token = session.token();
    const bool idempotent = isIdempotent(entry->intent.kind);
    ++entry->intent.attempts;
    if (entry->intent.maybeDone && !idempotent) {
        entry->intent.state = IntentState::Checking;
        tellChanged(*entry);
        if (alive.stop_requested()) {
            co_return;
        }
        Intent copy = entry->intent;
        auto found = co_await handler->find(std::move(copy), token, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        if (!found) {
            endedWith(id, found.error(), token);
            co_return;
        }
        if (*found == Presence::There) {
            succeeded(id);
            co_return;
        }
        entry = find(id);
        entry->intent.maybeDone = false;
    }
    entry->intent.state = IntentState::Sending;
    tellChanged(*entry);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!idempotent) {
        // A kill after this moment must be followed by a look at the server.
        auto kept = co_await save(id);
        if (alive.stop_requested()) {
            co_return;
        }
        entry = find(id);
        // One that never came to the disk cannot come back from it either.
        if (!kept && entry->intent.kept) {
            endedWith(id, kept.error(), token);
            co_return;
        }
    }
    Intent copy = entry->intent;
    auto answer = co_await handler->send(std::move(copy), token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (answer) {
        succeeded(id);
    } else {
        endedWith(id, answer.error(), token);
    }
}

bool Outbox::Parts::stop(IntentId id) {
    const auto found = attempts.find(id);
    if (found == attempts.end()) {
        return false;
    }
    std::stop_source source = std::move(found->second);
    attempts.erase(found);
    source.request_stop();
    Entry* entry = find(id);
    if (entry == nullptr) {
        return true;
    }
    Intent& intent = entry->intent;
    // Nobody knows how far it came.
    intent.maybeDone = intent.maybeDone || intent.state == IntentState::Sending;
    intent.state = IntentState::Waiting;
    saveSoon(id);
    announceLater(id);
    pumpSoon();
    return true;
}

void Outbox::Parts::succeeded(IntentId id) {
    attempts.erase(id);
    Entry* entry = find(id);
    const std::stop_token alive = scope.token();
    Intent& intent = entry->intent;
    intent.state = IntentState::Sent;
    intent.maybeDone = false;
    intent.nextTry = 0;
    intent.errorKind = ErrorKind::None;
    intent.errorWords.clear();
    const Intent done = intent;
    saveSoon(id);
    trimSent(done.account, done.kind);
    // The line works: nothing that waits for it needs to wait any longer.
    q.poke();
    updateCounts();
    Q_EMIT q.changed(done);
    if (!alive.stop_requested()) {
        Q_EMIT q.sent(done);
    }
}

void Outbox::Parts::endedWith(IntentId id, const Error& error, const QString& token) {
    attempts.erase(id);
    const std::stop_token alive = scope.token();
    Entry* entry = find(id);
    Intent& intent = entry->intent;
    const bool wasSending = intent.state == IntentState::Sending;
    const IntentKind kind = intent.kind;
    intent.maybeDone = intent.maybeDone || (wasSending && error.maybeDone) ||
                       (wasSending && error.kind == ErrorKind::Cancelled);
    intent.errorKind = error.kind;
    intent.errorWords = error.serverWords;
    intent.nextTry = 0;
    const Next next = afterError(error, intent.attempts, options);
    switch (next) {
        case Next::Again:
            intent.state = IntentState::Waiting;
            intent.nextTry = clock.now() + waitAfter(error, intent.attempts, clock.random(), options).count();
            break;
        case Next::WhenSignedIn:
            intent.state = IntentState::Waiting;
            --intent.attempts;
            break;
        case Next::Never:
            intent.state = IntentState::Failed;
            break;
    }
    const bool superseded =
        next == Next::Never && isToggle(kind) && std::ranges::any_of(entries, [&](const auto& other) {
            return other.get() != entry && !other->leaving && isOpen(other->intent) &&
                   sameQueue(other->intent, entry->intent);
        });
    if (superseded) {
        // The person has changed their mind meanwhile, so nobody asks for this any more.
        drop({intent});
        removeDropped();
        updateCounts();
        pumpSoon();
        return;
    }
    const Intent told = intent;
    saveSoon(id);
    pumpSoon();
    updateCounts();
    Q_EMIT q.changed(told);
    if (alive.stop_requested()) {
        return;
    }
    if (told.state == IntentState::Failed) {
        Q_EMIT q.failed(told);
        return;
    }
    if (next == Next::WhenSignedIn) {
        session.reportSignedOut(token);
        if (!alive.stop_requested() && !session.signedIn()) {
            askForAccount(kind, false);
        }
    }
}

void Outbox::Parts::askForAccount(IntentKind kind, bool byPerson) {
    if (std::exchange(askingForAccount, true)) {
        if (byPerson) {
            session.requestAccount();
        }
        return;
    }
    session.whenSignedIn(&q, reasonFor(kind), [this](bool) { askingForAccount = false; });
}

void Outbox::Parts::accountMayHaveChanged() {
    const QString account = session.accountKey();
    QList<IntentId> foreign;
    for (const auto& [id, source] : attempts) {
        if (const Entry* entry = find(id); entry == nullptr || entry->intent.account != account) {
            foreign.append(id);
        }
    }
    // A handler that makes two requests would make the second one on another server.
    for (const IntentId id : std::as_const(foreign)) {
        stop(id);
    }
    updateCounts();
    pumpSoon();
}

void Outbox::Parts::tellChanged(Entry& entry) {
    const Intent intent = entry.intent;
    updateCounts();
    Q_EMIT q.changed(intent);
}

}  // namespace tikgok
