// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The least that a window of this kind can be: what tikgok imports from Qt, and nothing in it.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T

ApplicationWindow {
    width: 1200
    height: 800
    visible: true
}
