// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// No test depends on how long a double click may take, nor leaves that changed for the next one.
#pragma once

#include <QGuiApplication>
#include <QStyleHints>

namespace tikgok::test {

// While it lives, the two presses of a double click may be so far apart. Milliseconds.
class DoubleClickInterval {
public:
    explicit DoubleClickInterval(int interval) { set(interval); }
    ~DoubleClickInterval() { set(usual_); }
    DoubleClickInterval(const DoubleClickInterval&) = delete;
    DoubleClickInterval& operator=(const DoubleClickInterval&) = delete;

    void set(int interval) { QGuiApplication::styleHints()->setMouseDoubleClickInterval(interval); }

private:
    int usual_ = QGuiApplication::styleHints()->mouseDoubleClickInterval();
};

}  // namespace tikgok::test
