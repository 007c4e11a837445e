// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outbox/retry_countdown.h"

#include "core/outbox/outbox.h"

#include <chrono>
#include <cstdint>
#include <utility>

namespace tikgok {

RetryCountdown::RetryCountdown(QAbstractListModel& model, const Outbox& outbox,
                               std::function<const Intent&(int row)> intentAt, QList<int> roles)
    : QObject(&model),
      model_(model),
      outbox_(outbox),
      intentAt_(std::move(intentAt)),
      roles_(std::move(roles)),
      timer_(this) {
    timer_.setInterval(std::chrono::seconds(1));
    connect(&timer_, &QTimer::timeout, this, [this] {
        tell();
        update();
    });
}

int RetryCountdown::secondsLeft(const Intent& intent) const {
    const std::int64_t now = outbox_.now();
    if (intent.state != IntentState::Waiting || intent.nextTry <= now) {
        return 0;
    }
    constexpr std::int64_t kSecond = 1'000;
    return static_cast<int>((intent.nextTry - now + kSecond - 1) / kSecond);
}

void RetryCountdown::setSeen(bool seen) {
    if (std::exchange(seen_, seen) == seen) {
        return;
    }
    if (seen) {
        tell();
    }
    update();
}

void RetryCountdown::update() {
    bool wanted = false;
    for (int row = 0; seen_ && !wanted && row < model_.rowCount(); ++row) {
        wanted = secondsLeft(intentAt_(row)) > 0;
    }
    if (!wanted) {
        timer_.stop();
    } else if (!timer_.isActive()) {
        timer_.start();
    }
}

void RetryCountdown::tell() {
    for (int row = 0; row < model_.rowCount(); ++row) {
        const Intent& intent = intentAt_(row);
        // When its time has come it may wait for another one all the same, and nothing else would say so.
        if (intent.state == IntentState::Waiting && intent.nextTry > 0) {
            Q_EMIT model_.dataChanged(model_.index(row), model_.index(row), roles_);
        }
    }
}

}  // namespace tikgok
