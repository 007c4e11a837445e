// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import QtQuick.Templates as T

// A row with a switch at its end.
T.Switch {
    id: control

    property string iconName
    property string detail

    implicitHeight: Math.max(56, texts.implicitHeight + 2 * Theme.space3)
    implicitWidth: 280
    leftPadding: Theme.space4
    rightPadding: Theme.space4
    hoverEnabled: true
    font.pixelSize: Theme.fontBody
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: detail
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onPressAction: flip()
    Accessible.onToggleAction: flip()

    // As a tap does.
    function flip() {
        toggle();
        toggled();
    }

    contentItem: Item {
        implicitHeight: texts.implicitHeight

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            name: control.iconName
            color: Theme.textMuted
        }

        Column {
            id: texts

            anchors.verticalCenter: parent.verticalCenter
            anchors.left: mark.right
            anchors.leftMargin: Theme.space4
            anchors.right: parent.right
            anchors.rightMargin: track.width + Theme.space3

            TextLabel {
                width: parent.width
                text: control.text
                font: control.font
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }

            TextLabel {
                width: parent.width
                text: control.detail
                muted: true
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                visible: control.detail.length > 0
                Accessible.ignored: true
            }
        }
    }

    indicator: Rectangle {
        id: track

        x: control.width - width - control.rightPadding
        y: (control.height - height) / 2
        width: 50
        height: 30
        radius: 15
        color: control.checked ? Theme.accent : Theme.surfaceSunken
        border.width: control.checked ? 0 : 1
        border.color: Theme.outlineStrong

        Rectangle {
            x: control.checked ? parent.width - width - 4 : 4
            anchors.verticalCenter: parent.verticalCenter
            width: 22
            height: 22
            radius: 11
            color: control.checked ? Theme.accentInk : Theme.outlineStrong

            Behavior on x {
                NumberAnimation {
                    duration: Theme.fast
                    easing.type: Easing.OutCubic
                }
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
