// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QQuickWindow>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace tikgok {

// Whether anything of a window can be on a screen. A window manager may take one from the screen without
// calling it minimised (another workspace, for example); then its visibility says nothing.
class WindowExposure : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickWindow* window READ window WRITE setWindow NOTIFY windowChanged FINAL)
    // True at once, false a moment later: on the way to full screen and back a window may be gone for a
    // blink.
    Q_PROPERTY(bool exposed READ exposed NOTIFY exposedChanged FINAL)

public:
    explicit WindowExposure(QObject* parent = nullptr);

    QQuickWindow* window() const { return qobject_cast<QQuickWindow*>(window_.data()); }
    void setWindow(QQuickWindow* window);
    bool exposed() const { return exposed_; }

Q_SIGNALS:
    void windowChanged();
    void exposedChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void look();
    void setExposed(bool exposed);

    // Not as QQuickWindow: events still come while it ends, when it is only a QWindow any more.
    QPointer<QWindow> window_;
    QTimer gone_;
    bool exposed_ = false;
};

}  // namespace tikgok
