// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Session: the accounts beside the present one, and the vault.

#include "core/account/session.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(accountsLog, "tikgok.accounts")

}  // namespace

LengthUnit Session::lengthUnit() const {
    return traits().lengthUnit();
}

// --- the list

std::optional<KnownAccount> Session::known(const QString& userId) const {
    const QList<KnownAccount> all = accounts();
    const auto found =
        std::ranges::find(all, userId, [](const KnownAccount& one) { return QString::number(one.userId); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

void Session::noteAccount(const KnownAccount& account) {
    const QList<KnownAccount> before = accounts();
    QList<KnownAccount> all = before;
    const auto found = std::ranges::find(all, account.userId, &KnownAccount::userId);
    if (found == all.end()) {
        all.append(account);
    } else {
        if (found->userName != account.userName) {
            // The server calls them differently now, or does not tell capital letters apart. What was kept
            // under the former name would stay there for ever.
            forget(vaultKey(found->userName));
        }
        found->userName = account.userName;
        found->signedOut = account.signedOut;
        if (!account.avatarUrl.isEmpty()) {
            found->avatarUrl = account.avatarUrl;
        }
    }
    if (all != before) {
        accounts_.setAccounts(server_, all);
        Q_EMIT accountsChanged();
    }
}

void Session::noteSignedOut(contract::Id userId) {
    if (auto account = known(QString::number(userId))) {
        account->signedOut = true;
        noteAccount(*account);
    }
}

void Session::rememberAvatar(const QString& url) {
    if (auto account = known(userIdText()); account && signedIn()) {
        account->avatarUrl = url;
        noteAccount(*account);
    }
}

void Session::addAccount() {
    switchedTo_ = 0;
    Q_EMIT accountNeeded(QStringLiteral("add"));
}

void Session::switchTo(const QString& userId) {
    const auto account = known(userId);
    if (!account || (signedIn() && account->userId == account_.userId)) {
        return;
    }
    stopLookingUp();
    change(*account);
}

QCoro::Task<> Session::change(KnownAccount account) {
    const std::stop_token alive = restoreScope_.token();
    const QString key = vaultKey(account.userName);
    QString token = tokens_.value(key);
    if (token.isEmpty() && !account.signedOut) {
        setSwitching(account.userId);
        const auto kept = co_await vault_.load(key, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        setSwitching(0);
        if (kept) {
            setVaultState(VaultState::Ok);
            token = *kept;
        } else if (kept.error().kind != VaultError::Kind::Absent) {
            qCWarning(accountsLog) << "the vault did not give an account's session:" << kept.error().detail;
            noteTrouble(kept.error());
            Q_EMIT switchFailed(account.userName);
            co_return;
        }
    }
    if (token.isEmpty()) {
        Q_EMIT accountNeeded(QStringLiteral("switch"));
        Q_EMIT nameWanted(account.userName);
        co_return;
    }
    switchedTo_ = account.userId;
    switched_.start();
    becomeSomebody(account, token);
}

void Session::becomeSomebody(const KnownAccount& account, const QString& token) {
    const std::stop_token alive = scope_.token();
    signInScope_.restart();
    setBusy(false);
    accounts_.setLastAccount(server_, account);
    begin(account, token);
    if (!alive.stop_requested()) {
        runWaiting(true);
    }
}

void Session::signOutOf(const QString& userId) {
    const auto account = known(userId);
    if (!account) {
        return;
    }
    if (account->userId == account_.userId) {
        signOut();
        return;
    }
    if (account->userId == switchingTo_) {
        stopLookingUp();
    }
    forget(vaultKey(account->userName));
    noteSignedOut(account->userId);
}

void Session::removeAccount(const QString& userId) {
    const auto account = known(userId);
    if (!account) {
        return;
    }
    signOutOf(userId);
    QList<KnownAccount> all = accounts();
    all.removeIf([&](const KnownAccount& one) { return one.userId == account->userId; });
    accounts_.setAccounts(server_, all);
    Q_EMIT accountsChanged();
    Q_EMIT accountRemoved(accountPrefix(server_) + userId);
}

int Session::accountCount(const QString& server) const {
    return static_cast<int>(accounts_.accounts(server).size());
}

QCoro::Task<bool> Session::forgetServer(QString server, std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    if (server == server_) {
        co_return false;
    }
    QSet<QString> keys;
    for (const KnownAccount& one : accounts_.accounts(server)) {
        keys.insert(accountPrefix(server) + one.userName);
    }
    if (const auto last = accounts_.lastAccount(server)) {
        keys.insert(accountPrefix(server) + last->userName);
    }
    for (const QString& key : std::as_const(leftBehind_)) {
        if (key.startsWith(accountPrefix(server))) {
            keys.insert(key);
        }
    }
    bool well = true;
    for (const QString& key : std::as_const(keys)) {
        tokens_.remove(key);
        const auto gone = co_await vault_.remove(key, alive);
        if (alive.stop_requested() || mine.stop_requested()) {
            co_return false;
        }
        // Where there is no keychain, there is nothing in it.
        if (gone || gone.error().kind == VaultError::Kind::Absent ||
            gone.error().kind == VaultError::Kind::NoVault) {
            leftBehind_.remove(key);
            continue;
        }
        qCWarning(accountsLog) << "the vault did not remove a session:" << gone.error().detail;
        leftBehind_.insert(key);
        noteTrouble(gone.error());
        well = false;
    }
    // Chosen again meanwhile: its accounts are wanted.
    if (!well || server == server_) {
        co_return false;
    }
    accounts_.setLastAccount(server, std::nullopt);
    accounts_.setAccounts(server, {});
    co_return true;
}

void Session::forgetOther(const QString& usedToken) {
    for (const KnownAccount& one : accounts()) {
        if (tokens_.value(vaultKey(one.userName)) == usedToken) {
            qCInfo(accountsLog) << "the server does not accept another account's session any more";
            forget(vaultKey(one.userName));
            noteSignedOut(one.userId);
            return;
        }
    }
}

// --- the vault

void Session::noteTrouble(const VaultError& error) {
    switch (error.kind) {
        case VaultError::Kind::Absent:
            return;  // no trouble
        case VaultError::Kind::Denied:
            setVaultState(VaultState::Denied);
            return;
        case VaultError::Kind::Locked:
            setVaultState(VaultState::Locked);
            return;
        case VaultError::Kind::NoVault:
            setVaultState(VaultState::Missing);
            return;
        case VaultError::Kind::Unavailable:
            setVaultState(VaultState::Unavailable);
            return;
    }
}

QCoro::Task<> Session::keep(QString key, QString token) {
    const std::stop_token alive = scope_.token();
    const auto kept = co_await vault_.store(key, token, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!kept) {
        qCWarning(accountsLog) << "the session is kept in memory only:" << kept.error().detail;
        noteTrouble(kept.error());
        co_return;
    }
    setVaultState(VaultState::Ok);
    leftBehind_.remove(key);
    // Signed out while the vault was at work.
    if (!tokens_.contains(key)) {
        forget(key);
    }
}

QCoro::Task<> Session::forget(QString key) {
    const std::stop_token alive = scope_.token();
    tokens_.remove(key);
    leftBehind_.insert(key);
    const auto gone = co_await vault_.remove(key, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (!gone) {
        qCWarning(accountsLog) << "the vault did not remove a session:" << gone.error().detail;
        noteTrouble(gone.error());
        co_return;
    }
    leftBehind_.remove(key);
}

void Session::retryVault() {
    if (!vaultBusy_) {
        keepAll();
    }
}

QCoro::Task<> Session::keepAll() {
    const std::stop_token alive = scope_.token();
    setVaultBusy(true);
    bool well = true;
    const QSet<QString> gone = leftBehind_;
    for (const QString& key : gone) {
        const auto removed = co_await vault_.remove(key, alive);
        if (alive.stop_requested()) {
            co_return;
        }
        if (removed) {
            leftBehind_.remove(key);
        } else {
            noteTrouble(removed.error());
            well = false;
        }
    }
    const QHash<QString, QString> tokens = tokens_;
    for (auto one = tokens.begin(); one != tokens.end(); ++one) {
        const auto kept = co_await vault_.store(one.key(), one.value(), alive);
        if (alive.stop_requested()) {
            co_return;
        }
        if (!kept) {
            noteTrouble(kept.error());
            well = false;
        } else if (!tokens_.contains(one.key())) {
            forget(one.key());
        }
    }
    setVaultBusy(false);
    if (well) {
        setVaultState(VaultState::Ok);
    }
    if (!signedIn() && !expired_ && !restoring_ && !busy_ && !server_.isEmpty()) {
        restore();
    }
}

void Session::setVaultState(VaultState state) {
    if (std::exchange(vaultState_, state) != state) {
        Q_EMIT vaultStateChanged();
    }
}

void Session::setVaultBusy(bool busy) {
    if (std::exchange(vaultBusy_, busy) != busy) {
        Q_EMIT vaultBusyChanged();
    }
}

void Session::setSwitching(contract::Id to) {
    const bool was = switching();
    switchingTo_ = to;
    if (was != switching()) {
        Q_EMIT switchingChanged();
    }
}

}  // namespace tikgok
