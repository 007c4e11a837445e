// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every write of the client: kept on disk, sent in order per target, once.
//
// put() answers at once; the intent stands in memory and a moment later on disk. Each intent is sent when its
// account is signed in, its turn has come (one at a time for the same account, kind and target, in the order
// of put()) and its time has come (backoff with jitter, Retry-After). What can pass by itself is tried again
// for ever; what the server refuses becomes Failed and stays until somebody retries or discards it.
//
// How a kind is sent, and how one finds out whether it arrived after all, is its handler's business: core/
// entities has those of Like and Follow, core/comments, core/chat and core/publish theirs.
//
// GUI thread only. Disk work happens on the thread of the database.
#pragma once

#include "core/api/error.h"
#include "core/outbox/intent.h"
#include "core/outbox/outbox_rules.h"

#include <QList>
#include <QObject>
#include <QString>
#include <qcoro/qcorotask.h>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace tikgok {

class Database;
class OutboxClock;
class Session;

// Whether an intent whose answer was lost is on the server.
enum class Presence { There, Absent };

class IntentHandler {
public:
    IntentHandler() = default;
    IntentHandler(const IntentHandler&) = delete;
    IntentHandler& operator=(const IntentHandler&) = delete;
    virtual ~IntentHandler() = default;

    // Makes the request once. The intent is a copy; `token` is its account's. "Already done" answers of other
    // servers are successes here.
    virtual QCoro::Task<Result<void>> send(Intent intent, QString token, std::stop_token alive) = 0;

    // Called before an intent with maybeDone is sent again. Kinds that are idempotent keep the default, which
    // says Absent. An error means that it cannot be told now: it is asked again later, or, when it is one
    // that does not pass, the intent becomes Failed.
    virtual QCoro::Task<Result<Presence>> find(Intent intent, QString token, std::stop_token alive);
};

class Outbox final : public QObject {
    Q_OBJECT
    // Intents of the present account that are not Sent.
    Q_PROPERTY(int openCount READ openCount NOTIFY countsChanged)
    // Of those, the Failed ones.
    Q_PROPERTY(int failedCount READ failedCount NOTIFY countsChanged)

public:
    // All must outlive the outbox; the database has outboxSchema() among its parts. Loads what the file
    // holds; what was Sending becomes Waiting with maybeDone.
    Outbox(Database& database, Session& session, QObject* parent = nullptr);
    // `clock` must outlive the outbox, too.
    Outbox(Database& database, Session& session, OutboxClock& clock, OutboxOptions options,
           QObject* parent = nullptr);
    ~Outbox() override;

    // Intents of a kind without a handler wait. The handler outlives the outbox, or is taken away before it
    // goes: that stops what it is doing, which is tried again when there is one again.
    void setHandler(IntentKind kind, IntentHandler& handler);
    void removeHandler(IntentKind kind);

    // Takes an intent of an account (of nobody: 0, and nothing happens); all but what it is, `data` and
    // `maybeDone` is set here. Signals about it come later, not within the call. A Like or Follow for a
    // target whose older one is not under way replaces it; `confirmed` is what the server is known to say,
    // and when that is what is wanted now and nothing is under way, both vanish and the answer is 0. When one
    // that wants the same is under way, its id is the answer.
    IntentId put(Intent intent, std::optional<bool> confirmed = std::nullopt);

    // Loading is over; before, find functions may miss what is on disk.
    [[nodiscard]] bool loaded() const;
    // All that is on disk is here. Not so before loading is over, nor while the file cannot be read.
    [[nodiscard]] bool whole() const;
    [[nodiscard]] std::optional<Intent> intent(IntentId id) const;
    // Open ones (not Sent), oldest first. `target` 0: any.
    [[nodiscard]] QList<Intent> open(const QString& account, IntentKind kind, contract::Id target = 0) const;
    // All of this account, open ones and of each kind the last hundred Sent, newest first.
    [[nodiscard]] QList<Intent> all(const QString& account) const;
    // The same of one kind, of all accounts, oldest first: for those who keep something for their intents.
    [[nodiscard]] QList<Intent> everything(IntentKind kind) const;
    // The newest wish of a Like or Follow that is open and not Failed; nothing when there is none.
    [[nodiscard]] std::optional<bool> wanted(const QString& account, IntentKind kind,
                                             contract::Id target) const;
    [[nodiscard]] int openCount() const;
    [[nodiscard]] int failedCount() const;
    // Of any account that is loaded, or of all whose key begins so.
    [[nodiscard]] int openCount(const QString& account) const;
    [[nodiscard]] int openCountOfAll(const QString& accountPrefix) const;
    // The clock by which Intent::nextTry is meant.
    [[nodiscard]] std::int64_t now() const;

    // Failed or Waiting: at once. A person asks, so the backoff starts afresh.
    void retry(IntentId id);
    // A try that is under way is stopped first. Gone from disk when discarded() is emitted.
    void discard(IntentId id);
    // Discards all of an account, also what is not loaded yet.
    void forget(const QString& account);
    // Removes all of a server's accounts, also what is not loaded yet. When the task ends well, the disk has
    // let go of it; otherwise all is as it was.
    QCoro::Task<Result<void>> forgetAll(QString accountPrefix);
    void pause(IntentId id);
    void resume(IntentId id);
    // Replaces what a handler remembers; durable before the task ends.
    QCoro::Task<Result<void>> setData(IntentId id, QByteArray data);
    // A connection works again: whatever waits because of the network is tried now.
    void poke();

Q_SIGNALS:
    void loadedChanged();
    // Anything about it changed, also its state.
    void changed(const tikgok::Intent& intent);
    // It was put on disk (or the disk refused, which is said once: intent.kept is false).
    void kept(const tikgok::Intent& intent);
    // The server has it.
    void sent(const tikgok::Intent& intent);
    // The server or this device refused it for good; see errorKind and errorWords.
    void failed(const tikgok::Intent& intent);
    // By discard(), or because a newer wish took its place; then the disk may let go of it a little later.
    void discarded(const tikgok::Intent& intent);
    void countsChanged();
    // openCount(account) of whatever account.
    void openCountsChanged();

private:
    struct Parts;
    void start(Session& session);

    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok
