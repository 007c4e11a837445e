// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// What a page says when it has nothing to show: an icon, what happened, what to do.
Item {
    id: root

    property string iconName
    property string title
    property string text
    property string actionText
    property string actionIcon
    // objectName of the button.
    property string actionName
    property bool busy: false
    // How wide its words may be.
    property real measure: 400
    // Without the picture, where there is little room.
    property bool compact: false
    property color ink: Theme.text
    property color inkMuted: Theme.textMuted
    property color iconFill: Theme.accentSoft
    property color iconInk: Theme.accentSoftInk
    // For whoever gives it the keyboard.
    readonly property Item action: actionButton

    signal triggered

    implicitHeight: column.implicitHeight
    implicitWidth: 360
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Format.headed(title, text)

    Column {
        id: column

        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.space5, root.measure)
        spacing: Theme.space3

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 72
            height: 72
            radius: 24
            rotation: -4
            color: root.iconFill
            visible: !root.compact

            Icon {
                anchors.centerIn: parent
                rotation: 4
                size: 34
                name: root.iconName
                color: root.iconInk
            }
        }

        Item {
            width: 1
            height: Theme.space1
            visible: !root.compact
        }

        TextLabel {
            width: parent.width
            text: root.title
            color: root.ink
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.fontTitle
            font.weight: Font.Bold
        }

        TextLabel {
            width: parent.width
            text: root.text
            color: root.inkMuted
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            visible: text.length > 0
        }

        Item {
            width: 1
            height: Theme.space1
            visible: !root.compact
        }

        PushButton {
            id: actionButton

            objectName: root.actionName
            anchors.horizontalCenter: parent.horizontalCenter
            kind: PushButton.Primary
            text: root.actionText
            iconName: root.actionIcon
            busy: root.busy
            visible: root.actionText.length > 0
            onClicked: root.triggered()
        }
    }
}
