// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Time and chance as the outbox sees them, so that tests can have their own.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <cstdint>
#include <functional>

namespace tikgok {

class OutboxClock {
public:
    OutboxClock() = default;
    OutboxClock(const OutboxClock&) = delete;
    OutboxClock& operator=(const OutboxClock&) = delete;
    virtual ~OutboxClock() = default;

    // Milliseconds of the Unix epoch. Does not jump while the program runs, whatever is done to the clock of
    // the device.
    [[nodiscard]] virtual std::int64_t now() const = 0;
    // Calls `wake` once, not before `at`. Replaces what was asked for before; a null `wake` forgets it.
    virtual void wakeAt(std::int64_t at, std::function<void()> wake) = 0;
    // From 0 to below 1.
    virtual double random() = 0;
};

class SystemOutboxClock final : public OutboxClock {
public:
    SystemOutboxClock();

    [[nodiscard]] std::int64_t now() const override;
    void wakeAt(std::int64_t at, std::function<void()> wake) override;
    double random() override;

private:
    std::int64_t start_;
    QElapsedTimer since_;
    QTimer timer_;
    std::function<void()> wake_;
};

}  // namespace tikgok
