// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window: the QML engine, its translations, and Main.qml with the objects that it shows.
#pragma once

#include "app/client.h"
#include "app/launch_target.h"

#include <QObject>
#include <QQmlApplicationEngine>
#include <QQmlNetworkAccessManagerFactory>
#include <QQuickWindow>
#include <QTranslator>

#include <memory>

namespace tikgok {

class AppWindow final : public QObject {
    Q_OBJECT

public:
    // `client` must outlive the window.
    explicit AppWindow(Client& client, QObject* parent = nullptr);
    ~AppWindow() override;

    // Makes the window and shows it. False when the QML could not be loaded; the log says why.
    bool load();
    // Brings the window to the front, where the desktop lets a program do that.
    void raise();
    // Shows a video or a person, or opens the page that publishes a file. After load().
    void show(const LaunchTarget& target);
    // Null before load().
    [[nodiscard]] QQuickWindow* window() const;

private:
    void applyLanguage();

    Client& client_;
    QTranslator translator_;
    QTranslator qtTranslator_;
    std::unique_ptr<QQmlNetworkAccessManagerFactory> pictures_;
    QQmlApplicationEngine engine_;
};

}  // namespace tikgok
