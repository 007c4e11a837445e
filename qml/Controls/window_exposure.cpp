// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "qml/Controls/window_exposure.h"

#include <QEvent>

#include <chrono>
#include <utility>

namespace tikgok {

WindowExposure::WindowExposure(QObject* parent) : QObject(parent) {
    gone_.setSingleShot(true);
    gone_.setInterval(std::chrono::milliseconds(250));
    connect(&gone_, &QTimer::timeout, this, [this] { setExposed(window_ && window_->isExposed()); });
}

void WindowExposure::setWindow(QQuickWindow* window) {
    if (window_ == window) {
        return;
    }
    if (window_) {
        window_->removeEventFilter(this);
    }
    window_ = window;
    if (window_) {
        window_->installEventFilter(this);
    }
    Q_EMIT windowChanged();
    look();
}

bool WindowExposure::eventFilter(QObject* watched, QEvent* event) {
    // The window knows before it is told.
    if (watched == window_ && event->type() == QEvent::Expose) {
        look();
    }
    return QObject::eventFilter(watched, event);
}

void WindowExposure::look() {
    if (window_ && window_->isExposed()) {
        gone_.stop();
        setExposed(true);
    } else if (exposed_ && !gone_.isActive()) {
        gone_.start();
    }
}

void WindowExposure::setExposed(bool exposed) {
    if (std::exchange(exposed_, exposed) != exposed) {
        Q_EMIT exposedChanged();
    }
}

}  // namespace tikgok
