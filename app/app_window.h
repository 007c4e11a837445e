// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window: the QML engine, its translations, and what is shown with the objects that it shows.
#pragma once

#include "app/client.h"
#include "app/launch_target.h"
#include "app/staged_window.h"

#include <QObject>
#include <QQmlEngine>
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

    // Makes the window and shows it; what is in it comes after its first frame. False when the QML could not
    // be loaded; the log says why.
    bool load();
    // Brings the window to the front, where the desktop lets a program do that.
    void raise();
    // Shows a video or a person, or opens the page that publishes a file, as soon as there are pages. After
    // load().
    void show(const LaunchTarget& target);
    // Null before load().
    [[nodiscard]] QQuickWindow* window() const { return staged_.window(); }

Q_SIGNALS:
    // The window is there, but what should be in it could not be loaded; the log says why.
    void failed();

private:
    void applyLanguage();

    Client& client_;
    QTranslator translator_;
    QTranslator qtTranslator_;
    std::unique_ptr<QQmlNetworkAccessManagerFactory> pictures_;
    QQmlEngine engine_;
    StagedWindow staged_{engine_};
};

}  // namespace tikgok
