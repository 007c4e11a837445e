// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/app_window.h"

#include "app/ui_font.h"

#include <QGuiApplication>

namespace tikgok {

AppWindow::AppWindow(Client& client) : view_(client, engine_) {
    QGuiApplication::setFont(uiFont());
    engine_.addImportPath(QStringLiteral("qrc:/qt/qml"));
    QObject::connect(&staged_, &StagedWindow::shown, &staged_, [this] { staged_.fill(view_.parts()); });
}

bool AppWindow::load() {
    return staged_.load({});
}

}  // namespace tikgok
