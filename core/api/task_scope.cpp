// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/task_scope.h"

#include <QTimer>

namespace tikgok {

QCoro::Task<> sleepFor(std::chrono::milliseconds time, std::stop_token alive) {
    const Once<bool> woken;
    // Not in the coroutine's frame: the frame may go away inside the timer's own signal.
    auto* timer = new QTimer;
    timer->setSingleShot(true);
    // A coarse timer may end up to 5 % early: before the moment that a server asked us to wait for.
    timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(timer, &QTimer::timeout, timer, [woken, timer] {
        timer->deleteLater();
        woken.finish(true);
    });
    const std::stop_callback stopped(alive, [woken, timer] {
        if (!woken.isFinished()) {
            delete timer;
            woken.finish(false);
        }
    });
    if (!woken.isFinished()) {
        timer->start(time);
    }
    co_await woken;
}

}  // namespace tikgok
