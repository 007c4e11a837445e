// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Brings the window's QML module into a program. Included by one file of each program that shows the window,
// which links tikgok_qml_windowplugin.
#pragma once

#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(TikGok_WindowPlugin)
