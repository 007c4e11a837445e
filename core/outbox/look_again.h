// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looking more than once for what may be on the server, for handlers of kinds that must not happen twice.
#pragma once

#include "core/api/error.h"
#include "core/api/task_scope.h"
#include "core/outbox/outbox.h"

#include <qcoro/qcorotask.h>

#include <chrono>
#include <stop_token>

namespace tikgok {

struct LookOptions {
    // A server may still be busy with the request whose answer was lost, and some show a thing only when
    // their queue has come to it: they are asked this often before it counts as lost.
    int looks = 3;
    std::chrono::milliseconds betweenLooks{1'000};
};

// Calls `look`, which answers a QCoro::Task<Result<Presence>>, until it finds something, fails or has looked
// often enough. `look` must outlive the task.
template <class Look>
QCoro::Task<Result<Presence>> lookAgain(LookOptions options, const Look& look, std::stop_token alive) {
    for (int number = 1;; ++number) {
        auto found = co_await look();
        if (alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        if (!found || *found == Presence::There || number >= options.looks) {
            co_return std::move(found);
        }
        co_await sleepFor(options.betweenLooks, alive);
        if (alive.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
    }
}

}  // namespace tikgok
