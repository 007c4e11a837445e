// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether the present server is a simulator, whether its door is open to us, and whether somebody has turned
// something on it.
#pragma once

#include "core/account/token_vault.h"
#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/simulator/admin_client.h"
#include "core/simulator/simulator_facts.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>

namespace tikgok {

struct SimulatorWatchOptions {
    // Between two looks, while the window is seen.
    std::chrono::milliseconds pace{5'000};
};

// Asks one thing, GET /_sim/: once of every server, and again and again only of one that is known to be a
// simulator with an open door. A simulator elsewhere has a token that the person types; it is kept in the
// vault.
class SimulatorWatch final : public QObject {
    Q_OBJECT
    Q_PROPERTY(Presence presence READ presence NOTIFY changed)
    // There is a simulator, whether its door is open or not.
    Q_PROPERTY(bool there READ there NOTIFY changed)
    // Something is turned on purpose.
    Q_PROPERTY(bool chaotic READ chaotic NOTIFY changed)
    Q_PROPERTY(int rulesOn READ rulesOn NOTIFY changed)
    Q_PROPERTY(int insideOn READ insideOn NOTIFY changed)
    Q_PROPERTY(bool realTime READ realTime NOTIFY changed)
    // Its name; empty: none is in place.
    Q_PROPERTY(QString scenario READ scenario NOTIFY changed)
    Q_PROPERTY(QString world READ world NOTIFY changed)
    Q_PROPERTY(QString dialect READ dialect NOTIFY changed)
    Q_PROPERTY(QString version READ version NOTIFY changed)
    // The token that we have is not right (any more).
    Q_PROPERTY(bool tokenRefused READ tokenRefused NOTIFY changed)
    // The window is seen by somebody.
    Q_PROPERTY(bool awake READ awake WRITE setAwake NOTIFY awakeChanged)

public:
    enum class Presence {
        Unknown,       // not asked yet
        NotSimulator,  // it answers, and has no admin API
        Silent,        // it does not answer
        TokenNeeded,
        Open,
    };
    Q_ENUM(Presence)

    // All must outlive this.
    SimulatorWatch(AdminClient& client, TokenVault& vault, SimulatorWatchOptions options = {},
                   QObject* parent = nullptr);
    ~SimulatorWatch() override;

    [[nodiscard]] Presence presence() const { return presence_; }
    [[nodiscard]] bool there() const {
        return presence_ == Presence::Open || presence_ == Presence::TokenNeeded || known_;
    }
    [[nodiscard]] bool chaotic() const { return presence_ == Presence::Open && state_.chaotic(); }
    [[nodiscard]] int rulesOn() const { return state_.rulesOn; }
    [[nodiscard]] int insideOn() const { return state_.insideOn; }
    [[nodiscard]] bool realTime() const { return state_.realTime; }
    [[nodiscard]] QString scenario() const { return state_.scenario; }
    [[nodiscard]] QString world() const { return state_.world; }
    [[nodiscard]] QString dialect() const { return state_.dialect; }
    [[nodiscard]] QString version() const { return state_.version; }
    [[nodiscard]] bool tokenRefused() const { return tokenRefused_; }
    [[nodiscard]] bool awake() const { return awake_; }
    // For those who make sure that none gets out.
    [[nodiscard]] QStringList secrets() const { return secrets_; }

    // The client's transport leads to another server, which is called `key`. `token`: of the simulator
    // inside; empty for any other, whose token the vault may have.
    void setServer(const QString& key, const QString& token = {});
    void setAwake(bool awake);
    // Looks now, and goes on from there.
    Q_INVOKABLE void look();
    // Tries what the person typed; a token that opens the door is kept.
    Q_INVOKABLE void giveToken(const QString& token);

    // One look, for those who ask more of it then. Whether the door is open.
    QCoro::Task<bool> ask(std::stop_token alive);

    // Under this name the vault has a server's admin token.
    [[nodiscard]] static QString vaultKey(const QString& server) {
        return QStringLiteral("simulator|") + server;
    }

Q_SIGNALS:
    void changed();
    void awakeChanged();
    // Another server: what was read from the former one is worth nothing.
    void serverChanged();
    // The vault did not keep the token: it has to be typed again after the next start.
    void tokenNotKept();

private:
    QCoro::Task<> follow();
    QCoro::Task<> keepToken(QString key, QString token);
    void take(const Result<QJsonObject>& answer);
    void useToken(const QString& token);
    AdminClient& client_;
    TokenVault& vault_;
    const SimulatorWatchOptions options_;
    QString server_;
    Presence presence_ = Presence::Unknown;
    SimulatorState state_;
    // It was one; that it is silent now changes nothing about it.
    bool known_ = false;
    bool tokenRefused_ = false;
    // Typed, and not known to be right yet.
    bool tokenTyped_ = false;
    bool awake_ = false;
    QStringList secrets_;
    TaskScope loop_;
    TaskScope scope_;
};

}  // namespace tikgok
