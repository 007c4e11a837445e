// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which server the client talks to, and whether it can.
#pragma once

#include "app/embedded_simulator.h"

#include <QObject>
#include <QString>
#include <QUrl>

namespace tikgok {

class ServerLink final : public QObject {
    Q_OBJECT
    // The simulator inside the app.
    Q_PROPERTY(bool builtIn READ builtIn NOTIFY changed)
    // For people; empty while the simulator inside is starting.
    Q_PROPERTY(QString address READ address NOTIFY changed)
    Q_PROPERTY(State state READ state NOTIFY changed)
    // Why state is Failed. For people, in English: it comes from the simulator.
    Q_PROPERTY(QString problem READ problem NOTIFY changed)

public:
    // Ready means that the address is known, not that anybody answers there.
    enum class State { Starting, Ready, Failed };
    Q_ENUM(State)

    // `simulatorDirectory`: where the simulator inside keeps its data.
    explicit ServerLink(QString simulatorDirectory, QObject* parent = nullptr);

    // Empty: the simulator inside, which is started when it is not running. `forThisRun`: it was given on the
    // command line, and the next start uses the chosen one again.
    void use(const QUrl& server, bool forThisRun = false);

    [[nodiscard]] bool builtIn() const { return server_.isEmpty(); }
    [[nodiscard]] bool forThisRun() const { return forThisRun_; }
    [[nodiscard]] QString address() const { return url().toString(); }
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] QString problem() const { return problem_; }
    // Where requests go now. Empty unless Ready.
    [[nodiscard]] QUrl url() const;
    // Of the simulator inside, while requests go there; else empty. Never logged.
    [[nodiscard]] QString adminToken() const { return builtIn() ? simulator_.adminToken() : QString(); }
    // Names the server across restarts: its URL, or "builtin" (whose port changes).
    [[nodiscard]] QString key() const;

    // After Failed.
    Q_INVOKABLE void retry();

Q_SIGNALS:
    void changed();
    // The server at url() is the one to talk to from now on.
    void ready();

private:
    void setState(State state, const QString& problem = {});

    QString simulatorDirectory_;
    QUrl server_;
    bool forThisRun_ = false;
    State state_ = State::Starting;
    QString problem_;
    EmbeddedSimulator simulator_;
};

}  // namespace tikgok
