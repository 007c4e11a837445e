// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is signed in, on which server, and what waits for somebody to be.
#pragma once

#include "core/account/last_accounts.h"
#include "core/account/token_vault.h"
#include "core/api/api.h"
#include "core/api/error.h"
#include "core/api/task_scope.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
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
    Q_PROPERTY(int maxNameLength READ maxNameLength CONSTANT)
    Q_PROPERTY(int maxPasswordLength READ maxPasswordLength CONSTANT)

public:
    // Unavailable: the session lives in memory only, and the person should be told.
    enum class VaultState { Ok, Unavailable };
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
    [[nodiscard]] int maxNameLength() const;
    [[nodiscard]] int maxPasswordLength() const;

    // Opaque; empty when signed out. Goes to the Api and nowhere else.
    [[nodiscard]] QString token() const { return token_; }
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
    Q_INVOKABLE void signOut();
    // The sheet was dismissed: a sign-in under way is stopped and what waited is told so.
    Q_INVOKABLE void cancelSignIn();
    // Opens the sheet without anything waiting.
    Q_INVOKABLE void requestAccount();

Q_SIGNALS:
    // The sheet should open. `reason` is one of "like", "follow", "comment", "message", "publish",
    // "account", "expired".
    void accountNeeded(const QString& reason);
    void signedInChanged();
    // Signed in by a person just now (not restored).
    void signedInNow();
    // For ErrorKind::Invalid, `code` is a Session::InputProblem.
    void signInFailed(tikgok::ErrorKinds::Kind kind, const QString& serverWords, int code);
    void busyChanged();
    void restoringChanged();
    void vaultStateChanged();
    void expiredChanged();
    // Models forget what they hold.
    void serverChanged();

public:
    enum InputProblem { NoProblem, NameEmpty, NameTooLong, PasswordEmpty, PasswordTooLong };
    Q_ENUM(InputProblem)

private:
    struct Waiting {
        QPointer<QObject> owner;
        std::move_only_function<void(bool)> action;
    };
    using AccountCall = Api::Call<contract::Account> (Api::*)(const QString&, const QString&,
                                                              std::stop_token);

    QCoro::Task<> restore();
    QCoro::Task<> askSoon();
    QCoro::Task<> start(AccountCall call, QString name, QString password);
    QCoro::Task<> keep(QString key, QString token);
    QCoro::Task<> forget(QString key);
    [[nodiscard]] QString vaultKey() const;
    void begin(const KnownAccount& account, const QString& token);
    void runWaiting(bool signedIn);
    void setBusy(bool busy);
    void setRestoring(bool restoring);
    void setExpired(bool expired);
    void setVaultState(VaultState state);

    Api& api_;
    TokenVault& vault_;
    LastAccounts& accounts_;
    QString server_;
    KnownAccount account_;
    QString token_;
    bool busy_ = false;
    bool restoring_ = false;
    bool expired_ = false;
    VaultState vaultState_ = VaultState::Ok;
    QString waitingReason_;
    std::vector<Waiting> waiting_;
    TaskScope signInScope_;
    TaskScope restoreScope_;
    TaskScope scope_;
};

}  // namespace tikgok
