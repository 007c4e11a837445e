// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window must know of the settings to show as it will be, before there are settings.
#pragma once

#include <QString>
#include <QVariantMap>

namespace tikgok {

// Properties of MainWindow.qml: theme ("system", "light", "dark") and textScale (1 to 2). What is missing or
// wrong in the file is left out.
QVariantMap firstLook(const QString& settingsFile);

// See Settings::language(); "system" when it is missing or wrong.
QString firstLanguage(const QString& settingsFile);

}  // namespace tikgok
