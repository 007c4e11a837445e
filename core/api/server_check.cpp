// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/server_check.h"

#include <QDateTime>

#include <utility>

namespace tikgok {

namespace {

// Somebody looks at a spinner.
constexpr std::chrono::seconds kPatience{8};

}  // namespace

ServerCheck::ServerCheck(TransportFactory factory, QObject* parent)
    : QObject(parent), factory_(std::move(factory)) {}

ServerCheck::~ServerCheck() = default;

int ServerCheck::roundTrip() const {
    return report_.roundTrip ? static_cast<int>(report_.roundTrip->count()) : -1;
}

void ServerCheck::run(const QUrl& server) {
    scope_.restart();
    running_ = true;
    Q_EMIT changed();
    start(server);
}

QCoro::Task<> ServerCheck::start(QUrl server) {
    const std::stop_token alive = scope_.token();
    const std::unique_ptr<Transport> line = factory_(server);
    ServerProbe probe(*line, kPatience, [] { return QDateTime::currentMSecsSinceEpoch(); });
    const auto report = co_await probe.run(alive);
    if (alive.stop_requested() || !report) {
        co_return;
    }
    report_ = *report;
    running_ = false;
    Q_EMIT changed();
    if (!alive.stop_requested()) {
        Q_EMIT done(report_);
    }
}

void ServerCheck::stop() {
    scope_.restart();
    running_ = false;
    report_ = {};
    Q_EMIT changed();
}

}  // namespace tikgok
