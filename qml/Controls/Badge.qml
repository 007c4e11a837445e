// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A number in a small round field. Whoever it belongs to says it in words.
Rectangle {
    id: root

    property int count: 0
    property int fontSize: Theme.fontCaption

    implicitWidth: Math.max(implicitHeight, label.implicitWidth + Theme.space2)
    implicitHeight: label.implicitHeight + 2
    radius: height / 2
    color: Theme.accent
    border.width: 2
    border.color: Theme.background
    visible: count > 0

    TextLabel {
        id: label

        anchors.centerIn: parent
        text: root.count > 99 ? "99+" : root.count
        color: Theme.accentInk
        font.pixelSize: root.fontSize
        font.weight: Font.Bold
        lineHeight: 1
        Accessible.ignored: true
    }
}
