// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import QtQuick.Templates as T

// A row that does something: icon, words, and what it is set to.
T.AbstractButton {
    id: control

    property string iconName
    property string detail
    property string value
    property bool danger: false
    property bool current: false
    property bool chevron: false

    implicitHeight: Math.max(52, texts.implicitHeight + 2 * Theme.space3)
    implicitWidth: 280
    leftPadding: Theme.space4
    rightPadding: Theme.space4
    hoverEnabled: true
    font.pixelSize: Theme.fontBody
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: value.length > 0 ? value : detail
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        implicitHeight: texts.implicitHeight

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            name: control.iconName
            color: control.danger ? Theme.danger : control.current ? Theme.accent : Theme.textMuted
            visible: control.iconName.length > 0
        }

        Column {
            id: texts

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: mark.visible ? mark.right : parent.left
            anchors.leftMargin: mark.visible ? Theme.space4 : 0
            anchors.right: tail.left
            anchors.rightMargin: Theme.space3

            TextLabel {
                width: parent.width
                text: control.text
                font: control.font
                color: control.danger ? Theme.danger : Theme.text
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }

            TextLabel {
                width: parent.width
                text: control.detail
                muted: true
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                visible: text.length > 0
                Accessible.ignored: true
            }
        }

        Row {
            id: tail

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space2

            TextLabel {
                anchors.verticalCenter: parent.verticalCenter
                text: control.value
                muted: true
                Accessible.ignored: true
            }

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                size: 18
                name: control.current ? "check" : control.chevron ? "chevron-right" : ""
                color: control.current ? Theme.accent : Theme.textMuted
                visible: name.length > 0
            }
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Theme.press : control.hovered ? Theme.hover : "transparent"

        FocusRing {
            target: control
            shown: control.visualFocus
            gap: -3
        }
    }
}
