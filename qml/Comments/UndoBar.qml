// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// "Deleted" with the way back, for as long as there is one.
Rectangle {
    id: root

    property bool shown: false

    signal undo(bool byKey)

    height: Math.max(52, words.implicitHeight + 2 * Theme.space2)
    radius: Theme.radius
    color: Theme.notice
    visible: opacity > 0
    opacity: shown ? 1 : 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.text

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.fast
        }
    }

    TextLabel {
        id: words

        anchors.left: parent.left
        anchors.leftMargin: Theme.space4
        anchors.right: act.left
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Comment deleted")
        color: Theme.noticeInk
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }

    PushButton {
        id: act

        objectName: "undoRemove"
        anchors.right: parent.right
        anchors.rightMargin: Theme.space1
        anchors.verticalCenter: parent.verticalCenter
        kind: PushButton.Quiet
        inkOverride: Theme.noticeAccent
        ringColor: Theme.noticeAccent
        text: qsTr("Undo")
        onClicked: root.undo(visualFocus)
    }
}
