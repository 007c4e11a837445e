// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outbox/outbox_clock.h"

#include <QDateTime>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace tikgok {

SystemOutboxClock::SystemOutboxClock() : start_(QDateTime::currentMSecsSinceEpoch()) {
    since_.start();
    timer_.setSingleShot(true);
    // A coarse timer may end early: before the moment that a server asked us to wait for.
    timer_.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] {
        if (const auto wake = std::exchange(wake_, nullptr)) {
            wake();
        }
    });
}

std::int64_t SystemOutboxClock::now() const {
    return start_ + since_.elapsed();
}

void SystemOutboxClock::wakeAt(std::int64_t at, std::function<void()> wake) {
    wake_ = std::move(wake);
    if (!wake_) {
        timer_.stop();
        return;
    }
    constexpr std::int64_t kLongest = std::int64_t{24} * 60 * 60 * 1000;
    timer_.start(std::chrono::milliseconds(std::clamp<std::int64_t>(at - now(), 0, kLongest)));
}

double SystemOutboxClock::random() {
    return QRandomGenerator::global()->generateDouble();
}

}  // namespace tikgok
