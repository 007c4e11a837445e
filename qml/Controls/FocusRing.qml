// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Drawn around what has the keyboard.
Rectangle {
    property Item target: parent
    property color ringColor: Theme.focus
    property real gap: 2
    property bool shown: true

    anchors.fill: parent
    anchors.margins: -gap - border.width
    radius: Theme.radius + gap
    color: "transparent"
    border.width: 2
    border.color: ringColor
    visible: target !== null && target.activeFocus && shown
}
