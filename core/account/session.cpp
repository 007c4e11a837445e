// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/session.h"

#include "core/contract/endpoints.h"

#include <QLoggingCategory>

#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(sessionLog, "tikgok.session")

// The first answers to whoever was chosen come within that.
constexpr qint64 kSwitchMs = 10'000;

Session::InputProblem problemIn(const QString& name, const QString& password, LengthUnit unit) {
    if (name.isEmpty()) {
        return Session::NameEmpty;
    }
    if (lengthOf(name, unit) > static_cast<int>(contract::kMaxNameLength)) {
        return Session::NameTooLong;
    }
    if (password.isEmpty()) {
        return Session::PasswordEmpty;
    }
    return lengthOf(password, unit) > static_cast<int>(contract::kMaxPasswordLength)
               ? Session::PasswordTooLong
               : Session::NoProblem;
}

}  // namespace

Session::Session(Api& api, TokenVault& vault, LastAccounts& accounts, QObject* parent)
    : QObject(parent), api_(api), vault_(vault), accounts_(accounts) {}

Session::~Session() = default;

QString Session::accountKey() const {
    return account_.userId > 0 ? accountPrefix(server_) + QString::number(account_.userId) : QString();
}

contract::Id userIdOfAccount(const QString& accountKey) {
    return accountKey.mid(accountKey.lastIndexOf(QLatin1Char('|')) + 1).toLongLong();
}

QString Session::userIdText() const {
    return signedIn() ? QString::number(account_.userId) : QString();
}

int Session::maxNameLength() const {
    return static_cast<int>(contract::kMaxNameLength);
}

int Session::maxPasswordLength() const {
    return static_cast<int>(contract::kMaxPasswordLength);
}

QString Session::vaultKey(const QString& userName) const {
    return server_ + QLatin1Char('|') + userName;
}

void Session::setServer(const QString& key) {
    if (key == server_) {
        return;
    }
    signInScope_.restart();
    stopLookingUp();
    setBusy(false);
    switchedTo_ = 0;
    server_ = key;
    account_ = {};
    const bool was = signedIn();
    token_.clear();
    setExpired(false);
    // What waited was about the former server.
    runWaiting(false);
    Q_EMIT serverChanged();
    Q_EMIT accountsChanged();
    if (was) {
        Q_EMIT signedInChanged();
    }
    if (!server_.isEmpty()) {
        restore();
    }
}

QCoro::Task<> Session::restore() {
    const std::stop_token alive = restoreScope_.token();
    const auto known = accounts_.lastAccount(server_);
    if (!known) {
        setRestoring(false);
        co_return;
    }
    account_ = *known;
    noteAccount(*known);
    if (const QString kept = tokens_.value(vaultKey()); !kept.isEmpty()) {
        // Of this run: whether the vault has it does not matter.
        begin(*known, kept);
        runWaiting(true);
        co_return;
    }
    Q_EMIT signedInChanged();
    setRestoring(true);
    const auto token = co_await vault_.load(vaultKey(), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (token && !token->isEmpty()) {
        setVaultState(VaultState::Ok);
        begin(*known, *token);
    } else if (token || token.error().kind == VaultError::Kind::Absent) {
        // The server has ended the session, perhaps in the last run.
        noteSignedOut(known->userId);
    } else {
        // The account stays known: the vault may answer again at the next start.
        qCWarning(sessionLog) << "the vault did not give the last session:" << token.error().detail;
        noteTrouble(token.error());
    }
    setRestoring(false);
    if (signedIn()) {
        runWaiting(true);
    } else if (!waiting_.empty()) {
        Q_EMIT accountNeeded(waitingReason_);
    }
}

void Session::begin(const KnownAccount& account, const QString& token) {
    // Its session was ended by the server. In front that is said by expired(), in the list it must be, too.
    if (expired_ && account_.userId != account.userId) {
        noteSignedOut(account_.userId);
    }
    account_ = account;
    token_ = token;
    tokens_.insert(vaultKey(), token);
    secrets_.insert(token);
    setExpired(false);
    Q_EMIT signedInChanged();
}

void Session::whenSignedIn(QObject* owner, const QString& reason,
                           std::move_only_function<void(bool)> action) {
    if (signedIn()) {
        action(true);
        return;
    }
    waitingReason_ = reason;
    waiting_.push_back({owner, std::move(action), expired_ ? account_.userId : 0});
    if (!restoring_) {
        Q_EMIT accountNeeded(reason);
        return;
    }
    // A vault that has to be started first may take long. Nobody should stare at a button meanwhile.
    askSoon();
}

QCoro::Task<> Session::askSoon() {
    const std::stop_token alive = restoreScope_.token();
    constexpr std::chrono::seconds kPatience{2};
    co_await sleepFor(kPatience, alive);
    if (!alive.stop_requested() && restoring_ && !waiting_.empty()) {
        Q_EMIT accountNeeded(waitingReason_);
    }
}

void Session::requestAccount() {
    if (!signedIn()) {
        Q_EMIT accountNeeded(expired_ ? QStringLiteral("expired") : QStringLiteral("account"));
    }
}

void Session::reportSignedOut(const QString& usedToken) {
    if (usedToken.isEmpty()) {
        return;
    }
    if (usedToken != token_) {
        forgetOther(usedToken);
        return;
    }
    qCInfo(sessionLog) << "the server does not accept the session any more";
    forget(vaultKey());
    token_.clear();
    setExpired(true);
    Q_EMIT signedInChanged();
    // Whoever has just chosen this account wants it, not to find out later that it is none.
    if (std::exchange(switchedTo_, 0) == account_.userId && !switched_.hasExpired(kSwitchMs)) {
        Q_EMIT accountNeeded(QStringLiteral("expired"));
        Q_EMIT nameWanted(account_.userName);
    }
}

void Session::signIn(const QString& name, const QString& password) {
    start(&Api::login, name, password);
}

void Session::registerAccount(const QString& name, const QString& password) {
    start(&Api::registerAccount, name, password);
}

QCoro::Task<> Session::start(AccountCall call, QString name, QString password) {
    if (busy_) {
        co_return;
    }
    if (const InputProblem problem = problemIn(name, password, lengthUnit()); problem != NoProblem) {
        Q_EMIT signInFailed(ErrorKind::Invalid, QString(), problem);
        co_return;
    }
    // Somebody typed a name: that beats what the vault may still come up with.
    stopLookingUp();
    setBusy(true);
    const std::stop_token alive = signInScope_.token();
    auto answer = co_await (api_.*call)(name, password, alive);
    if (alive.stop_requested()) {
        co_return;
    }
    setBusy(false);
    if (answer && (answer->token.empty() || answer->userId <= 0)) {
        answer = std::unexpected(Error{.kind = ErrorKind::ServerBroken,
                                       .serverWords = {},
                                       .retryAfter = {},
                                       .detail = QStringLiteral("success without a token")});
    }
    if (!answer) {
        Q_EMIT signInFailed(answer.error().kind, answer.error().serverWords, answer.error().code);
        co_return;
    }
    arrive({.userName = name, .userId = answer->userId}, QString::fromStdString(answer->token));
}

void Session::enter(const QString& name, contract::Id userId, const QString& token) {
    if (name.isEmpty() || userId <= 0 || token.isEmpty()) {
        return;
    }
    // As when somebody types a name: that beats what the vault, or a sign-in under way, may still come up
    // with.
    stopLookingUp();
    signInScope_.restart();
    setBusy(false);
    arrive({.userName = name, .userId = userId}, token);
}

void Session::arrive(const KnownAccount& account, const QString& token) {
    const std::stop_token alive = signInScope_.token();
    // Whatever a vault was asked for another account does not matter any more.
    stopLookingUp();
    switchedTo_ = 0;
    accounts_.setLastAccount(server_, account);
    noteAccount(account);
    begin(account, token);
    if (alive.stop_requested()) {
        return;  // whoever heard of it may have signed out, or ended this object
    }
    keep(vaultKey(), token_);
    Q_EMIT signedInNow();
    if (!alive.stop_requested()) {
        runWaiting(true);
    }
}

void Session::signOut() {
    signInScope_.restart();
    stopLookingUp();
    setBusy(false);
    const bool known = !account_.userName.isEmpty();
    if (known) {
        forget(vaultKey());
        accounts_.setLastAccount(server_, std::nullopt);
        noteSignedOut(account_.userId);
    }
    token_.clear();
    account_ = {};
    setExpired(false);
    runWaiting(false);
    if (known) {
        Q_EMIT signedInChanged();
    }
}

void Session::cancelSignIn() {
    signInScope_.restart();
    setBusy(false);
    if (!signedIn()) {
        runWaiting(false);
    }
}

void Session::runWaiting(bool signedIn) {
    // An action may ask again, and so add to the list.
    std::vector<Waiting> ready = std::exchange(waiting_, {});
    const std::stop_token alive = scope_.token();
    for (Waiting& one : ready) {
        // What waited for one account's session is not done in another's name.
        const bool theirs = one.account == 0 || one.account == account_.userId;
        if (one.owner) {
            one.action(signedIn && theirs);
        }
        if (alive.stop_requested()) {
            return;
        }
    }
}

void Session::stopLookingUp() {
    restoreScope_.restart();
    setRestoring(false);
    setSwitching(0);
}

void Session::setBusy(bool busy) {
    if (std::exchange(busy_, busy) != busy) {
        Q_EMIT busyChanged();
    }
}

void Session::setRestoring(bool restoring) {
    if (std::exchange(restoring_, restoring) != restoring) {
        Q_EMIT restoringChanged();
    }
}

void Session::setExpired(bool expired) {
    if (std::exchange(expired_, expired) != expired) {
        Q_EMIT expiredChanged();
    }
}

}  // namespace tikgok
