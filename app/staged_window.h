// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A window in two steps: MainWindow.qml, which shows at once, and Shell.qml, everything in it, made after the
// first frame. What is typed or clicked in between reaches the shell, in order.
#pragma once

#include "app/launch_target.h"

#include <QEvent>
#include <QObject>
#include <QPointer>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QUrl>
#include <QVariantMap>

#include <functional>
#include <memory>
#include <vector>

namespace tikgok {

class StagedWindow final : public QObject {
    Q_OBJECT

public:
    // `engine` must outlive it, and finds the QML modules.
    explicit StagedWindow(QQmlEngine& engine,
                          QUrl shellFile = QUrl(QStringLiteral("qrc:/qt/qml/TikGok/Shell.qml")),
                          QObject* parent = nullptr);
    ~StagedWindow() override;

    // Makes the window with these properties (see firstLook()) and shows it. False when it could not be
    // loaded; stderr says why.
    bool load(const QVariantMap& look);
    // Makes the shell with these properties. Once, after shown().
    void fill(const QVariantMap& parts);
    // To the front, where the desktop lets a program do that. After load().
    void raise();
    // Shows a video or a person, or opens the page that publishes a file, as soon as there is a shell.
    void show(const LaunchTarget& target);
    // Null before load(), and when that failed.
    [[nodiscard]] QQuickWindow* window() const { return window_.get(); }
    // Null until ready().
    [[nodiscard]] QQuickItem* shell() const { return shell_.get(); }
    // Calls `then` once the shell is there: now, or just before ready().
    void whenReady(std::function<void()> then);

Q_SIGNALS:
    // Once: the first frame is on screen, or will not come because nobody sees the window.
    void shown();
    // The shell is in the window.
    void ready();
    // There will be none; stderr says why.
    void failed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void reportShown();
    void makeShell();
    void letGo();

    QQmlEngine& engine_;
    std::unique_ptr<QQuickWindow> window_;
    QUrl shellFile_;
    QVariantMap parts_;
    bool reported_ = false;
    std::unique_ptr<QQmlComponent> component_;
    // The window's.
    QPointer<QQuickItem> shell_;
    std::vector<std::unique_ptr<QEvent>> held_;
    std::vector<std::function<void()>> waiting_;
};

}  // namespace tikgok
