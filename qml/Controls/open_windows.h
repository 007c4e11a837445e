// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// QML cannot find the windows that Qt opens by itself, such as, since 6.8, its file dialog.
#pragma once

#include <QGuiApplication>
#include <QList>
#include <QObject>
#include <QQuickItem>
#include <QQuickWindow>
#include <QtQml/qqmlregistration.h>

namespace tikgok {

// GUI thread.
class OpenWindows : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    // The outermost item of each window of this program. Whoever has the window owns it.
    Q_INVOKABLE static QList<QQuickItem*> contents() {
        QList<QQuickItem*> found;
        for (QWindow* window : QGuiApplication::allWindows()) {
            if (const auto* quick = qobject_cast<QQuickWindow*>(window)) {
                found.append(quick->contentItem());
            }
        }
        return found;
    }
};

}  // namespace tikgok
