// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/simulator_watch.h"

#include <QLoggingCategory>

#include <tuple>
#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(watchLog, "tikgok.simulatorpage")

}  // namespace

SimulatorWatch::SimulatorWatch(AdminClient& client, TokenVault& vault, SimulatorWatchOptions options,
                               QObject* parent)
    : QObject(parent), client_(client), vault_(vault), options_(options) {}

SimulatorWatch::~SimulatorWatch() = default;

void SimulatorWatch::setServer(const QString& key, const QString& token) {
    loop_.restart();
    server_ = key;
    presence_ = Presence::Unknown;
    state_ = {};
    known_ = false;
    tokenRefused_ = false;
    tokenTyped_ = false;
    client_.setToken({});
    Q_EMIT serverChanged();
    Q_EMIT changed();
    if (!token.isEmpty()) {
        useToken(token);
    }
    look();
}

void SimulatorWatch::useToken(const QString& token) {
    client_.setToken(token);
    if (!secrets_.contains(token)) {
        secrets_.append(token);
    }
}

void SimulatorWatch::setAwake(bool awake) {
    if (std::exchange(awake_, awake) == awake) {
        return;
    }
    Q_EMIT awakeChanged();
    if (awake_ && presence_ != Presence::Unknown) {
        look();
    }
}

void SimulatorWatch::look() {
    if (server_.isEmpty()) {
        return;
    }
    loop_.restart();
    follow();
}

void SimulatorWatch::giveToken(const QString& token) {
    const QString plain = token.trimmed();
    if (plain.isEmpty() || server_.isEmpty()) {
        return;
    }
    useToken(plain);
    tokenTyped_ = true;
    look();
}

QCoro::Task<> SimulatorWatch::follow() {
    const std::stop_token alive = loop_.token();
    const auto pace = options_.pace;
    for (;;) {
        co_await ask(alive);
        if (alive.stop_requested()) {
            co_return;
        }
        // Only whoever has such a door is shown what the vault has for it.
        if (presence_ == Presence::TokenNeeded && client_.token().isEmpty()) {
            const auto kept = co_await vault_.load(vaultKey(server_), alive);
            if (alive.stop_requested() || !kept || kept->isEmpty()) {
                co_return;
            }
            useToken(*kept);
            continue;
        }
        // A server that never was a simulator is not asked again by itself; a simulator that is silent is.
        if (!awake_ || !known_ || presence_ == Presence::TokenNeeded) {
            co_return;
        }
        co_await sleepFor(pace, alive);
        if (alive.stop_requested() || !awake_) {
            co_return;
        }
    }
}

QCoro::Task<bool> SimulatorWatch::ask(std::stop_token alive) {
    const std::stop_token mine = scope_.token();
    const QString server = server_;
    const auto answer = co_await client_.call(AdminCall::get(QString()), alive);
    if (alive.stop_requested() || mine.stop_requested() || server != server_) {
        co_return false;
    }
    take(answer);
    co_return !mine.stop_requested() && presence_ == Presence::Open;
}

void SimulatorWatch::take(const Result<QJsonObject>& answer) {
    const auto before = std::tuple(presence_, state_, tokenRefused_);
    if (answer) {
        SimulatorState state = simulatorStateFrom(*answer);
        presence_ = state.version.isEmpty() ? Presence::NotSimulator : Presence::Open;
        state_ = std::move(state);
        tokenRefused_ = false;
        if (std::exchange(tokenTyped_, false) && presence_ == Presence::Open) {
            keepToken(server_, client_.token());
        }
    } else {
        switch (answer.error().kind) {
            case ErrorKind::Cancelled:
                return;
            case ErrorKind::SignedOut:
                presence_ = Presence::TokenNeeded;
                tokenRefused_ = !client_.token().isEmpty();
                tokenTyped_ = false;
                break;
            case ErrorKind::Offline:
            case ErrorKind::Timeout:
            case ErrorKind::Cut:
                presence_ = Presence::Silent;
                break;
            default:
                presence_ = Presence::NotSimulator;
                break;
        }
    }
    known_ = presence_ == Presence::Open || presence_ == Presence::TokenNeeded ||
             (known_ && presence_ == Presence::Silent);
    if (before != std::tuple(presence_, state_, tokenRefused_)) {
        Q_EMIT changed();
    }
}

QCoro::Task<> SimulatorWatch::keepToken(QString key, QString token) {
    const std::stop_token alive = scope_.token();
    const auto kept = co_await vault_.store(vaultKey(key), token, alive);
    if (!alive.stop_requested() && !kept) {
        qCWarning(watchLog) << "the simulator's token is kept in memory only:" << kept.error().detail;
        Q_EMIT tokenNotKept();
    }
}

}  // namespace tikgok
