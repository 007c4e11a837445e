// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QKeyEvent>
#include <QQuickWindow>

namespace tikgok::bench {

// Presses a key and lets it go. The window has handled it when this returns.
inline void pressKey(QQuickWindow& window, Qt::Key key) {
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
    }
}

}  // namespace tikgok::bench
