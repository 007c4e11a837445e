// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Waits for a call and takes its result.
#pragma once

#include "core/api/error.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>
#include <qcoro/qcorotask.h>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace tikgok::test {

// Like QTest::qWaitFor, but looks again after every event instead of every ten milliseconds.
template <class Predicate>
bool waitUntil(Predicate predicate, std::chrono::milliseconds longest = std::chrono::seconds(20)) {
    const QDeadlineTimer deadline(longest);
    QTimer tick;
    tick.start(std::chrono::milliseconds(20));
    while (!predicate()) {
        if (deadline.hasExpired()) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

template <class T, class Into>
QCoro::Task<> storeInto(QCoro::Task<T> task, std::shared_ptr<std::optional<Into>> into) {
    auto value = co_await task;
    into->emplace(std::move(value));
}

template <class T>
Answered<T> waitFor(QCoro::Task<Answered<T>> task) {
    const auto value = std::make_shared<std::optional<Answered<T>>>();
    storeInto(std::move(task), value);
    if (!waitUntil([&] { return value->has_value(); })) {
        Error none;
        none.kind = ErrorKind::None;
        none.detail = QStringLiteral("the call did not end");
        return std::unexpected(none);
    }
    return **value;
}

// The result; an error of kind None when it does not come.
template <class T>
Result<T> waitFor(QCoro::Task<Result<T>> task) {
    const auto value = std::make_shared<std::optional<Result<T>>>();
    storeInto(std::move(task), value);
    if (!waitUntil([&] { return value->has_value(); })) {
        Error none;
        none.kind = ErrorKind::None;
        none.detail = QStringLiteral("the call did not end");
        return std::unexpected(none);
    }
    return **value;
}

}  // namespace tikgok::test
