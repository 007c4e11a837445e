// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is signed in, on which server, and what waits for somebody to be.
#pragma once

#include "core/account/last_accounts.h"
#include "core/account/token_vault.h"
#include "core/api/api.h"
#include "core/api/error.h"
#include "core/api/server_facts.h"
#include "core/api/task_scope.h"

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace tikgok {

class Session final : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool signedIn READ signedIn NOTIFY signedInChanged)
    // Decimal digits, empty when signed out.
    Q_PROPERTY(QString userId READ userIdText NOTIFY signedInChanged)
    // Kept after a session expired, so that the sheet can fill it in.
    Q_PROPERTY(QString userName READ userName NOTIFY signedInChanged)
    // A sign-in or registration is under way.
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    // The last session is being looked up in the vault.
    Q_PROPERTY(bool restoring READ restoring NOTIFY restoringChanged)
    Q_PROPERTY(VaultState vaultState READ vaultState NOTIFY vaultStateChanged)
    // The server did not accept the session any more. Until the next sign-in or sign-out.
    Q_PROPERTY(bool expired READ expired NOTIFY expiredChanged)
    // Another account's token is being looked up.
    Q_PROPERTY(bool switching READ switching NOTIFY switchingChanged)
    // retryVault() is at work.
    Q_PROPERTY(bool vaultBusy READ vaultBusy NOTIFY vaultBusyChanged)
    Q_PROPERTY(int maxNameLength READ maxNameLength CONSTANT)
    // Names and passwords are counted in bytes of UTF-8, otherwise in characters.
    Q_PROPERTY(bool countsBytes READ countsBytes NOTIFY traitsChanged)
    Q_PROPERTY(int maxPasswordLength READ maxPasswordLength CONSTANT)

public:
    // Anything but Ok: what could not be kept lives in memory only, and the person should be told.
    enum class VaultState {
        Ok,
        Locked,      // the keychain is there and nobody unlocked it
        Missing,     // this system has none
        Denied,      // the person or the system said no
        Unavailable  // it does not answer, or fails in a way of its own
    };
    Q_ENUM(VaultState)

    // All must outlive the session.
    Session(Api& api, TokenVault& vault, LastAccounts& accounts, QObject* parent = nullptr);
    ~Session() override;

    [[nodiscard]] bool signedIn() const { return !token_.isEmpty(); }
    [[nodiscard]] contract::Id userId() const { return signedIn() ? account_.userId : 0; }
    // Also while the session is expired; 0 when nobody is known.
    [[nodiscard]] contract::Id lastUserId() const { return account_.userId; }
    // Whose things are kept on this device: server and user, as "server|77". Also while the last session is
    // being restored and after it expired; empty when nobody is known. Changes with serverChanged and
    // signedInChanged.
    [[nodiscard]] QString accountKey() const;
    [[nodiscard]] QString userIdText() const;
    [[nodiscard]] QString userName() const { return account_.userName; }
    [[nodiscard]] bool busy() const { return busy_; }
    [[nodiscard]] bool restoring() const { return restoring_; }
    [[nodiscard]] VaultState vaultState() const { return vaultState_; }
    [[nodiscard]] bool expired() const { return expired_; }
    [[nodiscard]] bool switching() const { return switchingTo_ != 0; }
    [[nodiscard]] bool vaultBusy() const { return vaultBusy_; }
    // Of this server, in the order in which they came.
    [[nodiscard]] QList<KnownAccount> accounts() const { return accounts_.accounts(server_); }
    [[nodiscard]] int maxNameLength() const;
    [[nodiscard]] int maxPasswordLength() const;
    [[nodiscard]] bool countsBytes() const { return lengthUnit() == LengthUnit::Bytes; }

    // Tells what is known of this server; nothing is without it. Must outlive the session. Whoever sets it
    // emits traitsChanged when it has news.
    void setServerFacts(const ServerFacts* facts) { facts_ = facts; }
    // Of the present server; all defaults when nothing is known.
    [[nodiscard]] ServerTraits traits() const {
        return facts_ == nullptr ? ServerTraits() : facts_->traits();
    }

    // Opaque; empty when signed out. Goes to the Api and nowhere else.
    [[nodiscard]] QString token() const { return token_; }
    // Every token of this run, also of sessions that are over, for those who make sure that none gets out.
    [[nodiscard]] QStringList secrets() const { return secrets_.values(); }
    [[nodiscard]] QString server() const { return server_; }

    // Changes the server: `key` is its URL, or "builtin" for the embedded simulator, whose port changes with
    // every start. Ends the present session (without touching the vault), emits serverChanged, and looks for
    // the last session on that server.
    void setServer(const QString& key);

    // Runs `action(true)` at once when signed in. Otherwise emits accountNeeded and runs it later: with true
    // after signing in, with false when that was cancelled. Dropped unrun when `owner` is destroyed.
    void whenSignedIn(QObject* owner, const QString& reason, std::move_only_function<void(bool)> action);

    // Any call that was answered with ErrorKind::SignedOut reports the token that it used. A token that is
    // not the present one any more is ignored.
    void reportSignedOut(const QString& usedToken);

    // Both check the lengths first. While busy, a second call is ignored.
    Q_INVOKABLE void signIn(const QString& name, const QString& password);
    Q_INVOKABLE void registerAccount(const QString& name, const QString& password);
    // Signed in with a token that came in another way, such as a simulator's; kept as after signIn(). Does
    // nothing without a name, an id or a token.
    void enter(const QString& name, contract::Id userId, const QString& token);
    // The account stays in the list, and is asked for its password the next time.
    Q_INVOKABLE void signOut();
    // The sheet was dismissed: a sign-in under way is stopped and what waited is told so.
    Q_INVOKABLE void cancelSignIn();
    // Opens the sheet without anything waiting.
    Q_INVOKABLE void requestAccount();

    // Another account of this server beside the present one, which stays signed in: opens the sheet.
    Q_INVOKABLE void addAccount();
    // Makes a known account the present one. Where there is no token for it the sheet asks, and the present
    // account stays what it is until then. `userId` in digits, as all ids in QML.
    Q_INVOKABLE void switchTo(const QString& userId);
    Q_INVOKABLE void signOutOf(const QString& userId);
    // Signs out, and forgets that there was such an account.
    Q_INVOKABLE void removeAccount(const QString& userId);
    // Forgets all accounts of a server that is not the present one, their tokens first. False for the
    // present one, and when a token could not be removed: then the accounts are still known.
    QCoro::Task<bool> forgetServer(QString server, std::stop_token alive);
    // Of any server.
    [[nodiscard]] int accountCount(const QString& server) const;
    // For the list of accounts; of the present one.
    void rememberAvatar(const QString& url);

    // Keeps again what is only in memory, removes what should be gone, and looks again for a session that was
    // not to be had.
    Q_INVOKABLE void retryVault();

Q_SIGNALS:
    // The sheet should open. `reason` is one of "like", "follow", "comment", "message", "publish",
    // "account", "expired", "add", "switch".
    void accountNeeded(const QString& reason);
    // After accountNeeded("switch"), and after ("expired") for one that was just chosen: whose password is
    // wanted.
    void nameWanted(const QString& userName);
    void signedInChanged();
    // Signed in by a person just now (not restored).
    void signedInNow();
    // For ErrorKind::Invalid, `code` is a Session::InputProblem.
    void signInFailed(tikgok::ErrorKinds::Kind kind, const QString& serverWords, int code);
    void busyChanged();
    void restoringChanged();
    void vaultStateChanged();
    void expiredChanged();
    void switchingChanged();
    void vaultBusyChanged();
    void accountsChanged();
    // The vault did not give the token of an account that is known; vaultState says why.
    void switchFailed(const QString& userName);
    // For whoever keeps something by Session::accountKey().
    void accountRemoved(const QString& accountKey);
    // See setServerFacts().
    void traitsChanged();
    // Models forget what they hold.
    void serverChanged();

public:
    enum InputProblem { NoProblem, NameEmpty, NameTooLong, PasswordEmpty, PasswordTooLong };
    Q_ENUM(InputProblem)

private:
    struct Waiting {
        QPointer<QObject> owner;
        std::move_only_function<void(bool)> action;
        // Whose session had expired when it began to wait; 0: nobody's.
        contract::Id account = 0;
    };
    using AccountCall = Api::Call<contract::Account> (Api::*)(const QString&, const QString&,
                                                              std::stop_token);

    QCoro::Task<> restore();
    QCoro::Task<> askSoon();
    QCoro::Task<> start(AccountCall call, QString name, QString password);
    QCoro::Task<> keep(QString key, QString token);
    QCoro::Task<> forget(QString key);
    QCoro::Task<> change(KnownAccount account);
    QCoro::Task<> keepAll();
    // Just now, with a token to keep.
    void arrive(const KnownAccount& account, const QString& token);
    void becomeSomebody(const KnownAccount& account, const QString& token);
    void noteAccount(const KnownAccount& account);
    void noteSignedOut(contract::Id userId);
    // A late answer to an account that is not the present one any more.
    void forgetOther(const QString& usedToken);
    void noteTrouble(const VaultError& error);
    [[nodiscard]] LengthUnit lengthUnit() const;
    [[nodiscard]] std::optional<KnownAccount> known(const QString& userId) const;
    [[nodiscard]] QString vaultKey(const QString& userName) const;
    [[nodiscard]] QString vaultKey() const { return vaultKey(account_.userName); }
    void begin(const KnownAccount& account, const QString& token);
    void runWaiting(bool signedIn);
    void setBusy(bool busy);
    void setRestoring(bool restoring);
    void setExpired(bool expired);
    void setVaultState(VaultState state);
    // The account whose token is being looked up; 0: none.
    void setSwitching(contract::Id to);
    // Whatever a vault was asked for does not matter any more.
    void stopLookingUp();
    void setVaultBusy(bool busy);

    Api& api_;
    TokenVault& vault_;
    LastAccounts& accounts_;
    QString server_;
    KnownAccount account_;
    QString token_;
    // Of this run, by vault key: all that the vault gave or should have kept.
    QHash<QString, QString> tokens_;
    // Every token that tokens_ ever held.
    QSet<QString> secrets_;
    // Vault keys whose tokens could not be removed.
    QSet<QString> leftBehind_;
    contract::Id switchingTo_ = 0;
    // The account that was chosen in the list, until something else was done, and since when.
    contract::Id switchedTo_ = 0;
    QElapsedTimer switched_;
    bool vaultBusy_ = false;
    bool busy_ = false;
    bool restoring_ = false;
    bool expired_ = false;
    VaultState vaultState_ = VaultState::Ok;
    const ServerFacts* facts_ = nullptr;
    QString waitingReason_;
    std::vector<Waiting> waiting_;
    TaskScope signInScope_;
    TaskScope restoreScope_;
    TaskScope scope_;
};

// Of a Session::accountKey(). 0 when there is none in it.
[[nodiscard]] contract::Id userIdOfAccount(const QString& accountKey);

}  // namespace tikgok
