// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

T.AbstractButton {
    id: control

    property string iconName
    property bool current: false
    property bool beside: false

    implicitWidth: 80
    implicitHeight: Math.max(56, pill.height + label.implicitHeight + 12)
    hoverEnabled: true
    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        Column {
            anchors.centerIn: parent
            spacing: 3

            Rectangle {
                id: pill

                anchors.horizontalCenter: parent.horizontalCenter
                width: 56
                height: 30
                radius: 15
                color: control.current ? Theme.accentSoft : control.down ? Theme.press : control.hovered ? Theme.hover : "transparent"

                Icon {
                    anchors.centerIn: parent
                    size: 24
                    name: control.iconName + (control.current ? "-fill" : "")
                    color: control.current ? Theme.accentSoftInk : Theme.textMuted
                }
            }

            TextLabel {
                id: label

                anchors.horizontalCenter: parent.horizontalCenter
                text: control.text
                color: control.current ? Theme.text : Theme.textMuted
                font.pixelSize: Theme.fontCaption
                font.weight: control.current ? Font.Bold : Font.Normal
                lineHeight: 1
                Accessible.ignored: true
            }
        }
    }

    background: Item {
        FocusRing {
            target: control
            shown: control.visualFocus
            gap: -6
        }
    }
}
