// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import QtQuick.Templates as T

// An icon alone. `text` is its name for screen readers and, with the mouse, its tip.
T.AbstractButton {
    id: control

    property string iconName
    property color ink: Theme.text
    property color ringColor: Theme.focus
    property color fill: "transparent"
    property real iconSize: Theme.iconSize
    property bool tipBeside: false

    implicitWidth: Math.max(Theme.target, iconSize + 2 * Theme.space2)
    implicitHeight: implicitWidth
    hoverEnabled: true
    opacity: enabled ? 1 : 0.45

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    Tip {
        target: control
        text: control.text
        beside: control.tipBeside
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            size: control.iconSize
            name: control.iconName
            color: control.ink
        }
    }

    background: Rectangle {
        radius: height / 2
        color: control.fill

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: control.ink
            opacity: control.down ? 0.2 : control.hovered ? 0.1 : 0
        }

        FocusRing {
            target: control
            shown: control.visualFocus
            ringColor: control.ringColor
            radius: height / 2
            gap: 0
        }
    }
}
