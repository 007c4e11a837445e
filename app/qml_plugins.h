// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Brings the static QML modules into a program. Included by one file of each program that shows the window,
// which links tikgok_qml.
#pragma once

#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(TikGokPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_AccountPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_ActivityPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_ChatPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_CommentsPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_CorePlugin)
Q_IMPORT_QML_PLUGIN(TikGok_FeedPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_FriendsPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_PlaybackPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_ProfilePlugin)
Q_IMPORT_QML_PLUGIN(TikGok_PublishPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_SettingsPlugin)
Q_IMPORT_QML_PLUGIN(TikGok_SimulatorPlugin)
