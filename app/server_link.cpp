// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/server_link.h"

#include <utility>

namespace tikgok {

ServerLink::ServerLink(QString simulatorDirectory, QObject* parent)
    : QObject(parent), simulatorDirectory_(std::move(simulatorDirectory)) {
    connect(&simulator_, &EmbeddedSimulator::ready, this, [this] {
        if (builtIn()) {
            setState(State::Ready);
        }
    });
    connect(&simulator_, &EmbeddedSimulator::failed, this, [this](const QString& words) {
        if (builtIn()) {
            setState(State::Failed, words);
        }
    });
}

void ServerLink::use(const QUrl& server, bool forThisRun) {
    server_ = server;
    forThisRun_ = forThisRun;
    if (!builtIn() || simulator_.isRunning()) {
        setState(State::Ready);
        return;
    }
    setState(State::Starting);
    simulator_.start(simulatorDirectory_);
}

QUrl ServerLink::url() const {
    return builtIn() ? simulator_.url() : server_;
}

QString ServerLink::key() const {
    return builtIn() ? QStringLiteral("builtin") : server_.toString();
}

void ServerLink::retry() {
    if (state_ == State::Failed) {
        use(server_, forThisRun_);
    }
}

void ServerLink::setState(State state, const QString& problem) {
    state_ = state;
    problem_ = problem;
    Q_EMIT changed();
    if (state == State::Ready) {
        Q_EMIT ready();
    }
}

}  // namespace tikgok
