// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A window in two steps: Main.qml, which shows at once, and Shell.qml, everything in it, made after the first
// frame. What is typed or clicked in between reaches the shell, in order.
#pragma once

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

    // Makes the window and shows it. `shell`: what Shell.qml gets, later. False when Main.qml could not be
    // loaded; the engine has said why.
    bool load(const QVariantMap& window, const QVariantMap& shell);
    // Null before load(), and when that failed.
    [[nodiscard]] QQuickWindow* window() const { return window_.get(); }
    // Null until ready().
    [[nodiscard]] QQuickItem* shell() const { return shell_.get(); }
    // Calls `then` once the shell is there: now, or after ready().
    void whenReady(std::function<void()> then);

Q_SIGNALS:
    // The shell is in the window.
    void ready();
    // There will be none; the engine has said why.
    void failed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void compileShell();
    void makeShell();
    void letGo();

    QQmlEngine& engine_;
    std::unique_ptr<QQuickWindow> window_;
    QUrl shellFile_;
    QVariantMap parts_;
    std::unique_ptr<QQmlComponent> component_;
    // The window's.
    QPointer<QQuickItem> shell_;
    std::vector<std::unique_ptr<QEvent>> held_;
    std::vector<std::function<void()>> waiting_;
};

}  // namespace tikgok
