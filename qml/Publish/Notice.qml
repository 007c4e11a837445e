// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// What is wrong, or worth knowing, about a file: a title, what to do, and up to two ways on.
Rectangle {
    id: root

    property bool grave: true
    property string title
    property string text
    property string actionText
    property string otherText

    signal triggered
    signal otherTriggered

    implicitHeight: column.implicitHeight + 2 * Theme.space4
    radius: Theme.radiusLarge
    color: grave ? Theme.dangerSoft : Theme.warningSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Format.headed(title, text)

    Icon {
        id: mark

        x: Theme.space4
        y: Theme.space4
        size: Theme.iconSize
        name: root.grave ? "warning" : "info"
        color: root.grave ? Theme.danger : Theme.warning
    }

    Column {
        id: column

        anchors.left: mark.right
        anchors.leftMargin: Theme.space3
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        y: Theme.space4
        spacing: Theme.space1

        TextLabel {
            width: parent.width
            text: root.title
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        TextLabel {
            width: parent.width
            text: root.text
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Flow {
            width: parent.width
            topPadding: Theme.space2
            spacing: Theme.space2
            visible: root.actionText.length > 0

            PushButton {
                objectName: "noticeAction"
                width: Math.min(implicitWidth, parent.width)
                text: root.actionText
                onClicked: root.triggered()
            }

            PushButton {
                objectName: "noticeOther"
                width: Math.min(implicitWidth, parent.width)
                kind: PushButton.Quiet
                text: root.otherText
                visible: root.otherText.length > 0
                onClicked: root.otherTriggered()
            }
        }
    }
}
