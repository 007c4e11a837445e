// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Stays at the top until dealt with: something is not as it should be, and nothing is lost.
Rectangle {
    id: root

    property string text
    property string iconName: "warning"
    property string actionText

    signal triggered
    signal dismissed

    implicitHeight: Math.max(52, words.implicitHeight + 2 * Theme.space3)
    color: Theme.warningSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Icon {
        id: mark

        anchors.left: parent.left
        anchors.leftMargin: Theme.space4
        anchors.verticalCenter: parent.verticalCenter
        size: 20
        name: root.iconName
        color: Theme.warning
    }

    TextLabel {
        id: words

        anchors.left: mark.right
        anchors.leftMargin: Theme.space3
        anchors.right: act.visible ? act.left : closer.left
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    PushButton {
        id: act

        anchors.right: closer.left
        anchors.verticalCenter: parent.verticalCenter
        kind: PushButton.Quiet
        text: root.actionText
        visible: text.length > 0
        onClicked: root.triggered()
    }

    IconButton {
        id: closer

        anchors.right: parent.right
        anchors.rightMargin: Theme.space1
        anchors.verticalCenter: parent.verticalCenter
        iconName: "close"
        iconSize: 18
        text: qsTr("Dismiss this notice")
        onClicked: root.dismissed()
    }
}
