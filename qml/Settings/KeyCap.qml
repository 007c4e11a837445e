// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A key as it looks on a keyboard.
Rectangle {
    id: root

    property alias text: letter.text

    implicitWidth: Math.max(implicitHeight, letter.implicitWidth + 2 * Theme.space2)
    implicitHeight: letter.implicitHeight + Theme.space2
    radius: 6
    color: Theme.surfaceSunken
    border.width: 1
    border.color: Theme.outline

    TextLabel {
        id: letter

        anchors.centerIn: parent
        font.pixelSize: Theme.fontCaption
        font.weight: Font.Bold
        Accessible.ignored: true
    }
}
