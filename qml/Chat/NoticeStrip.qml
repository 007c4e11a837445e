// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// One line above a list: what is shown is not of this moment.
Rectangle {
    id: root

    property string iconName: "offline"
    property string text
    property bool shown: false

    implicitHeight: words.implicitHeight + 2 * Theme.space2
    height: shown ? implicitHeight : 0
    visible: shown
    color: Theme.warningSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Icon {
        id: mark

        anchors.left: parent.left
        anchors.leftMargin: Theme.space4
        anchors.verticalCenter: parent.verticalCenter
        size: 18
        name: root.iconName
        color: Theme.warning
    }

    TextLabel {
        id: words

        anchors.left: mark.right
        anchors.leftMargin: Theme.space2
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        font.pixelSize: Theme.fontCaption
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
