// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

// An icon with a number or a word below, in white over the video.
T.AbstractButton {
    id: control

    property string iconName
    property string caption
    property color ink: Theme.videoInk
    property real iconScale: 1

    implicitWidth: Math.max(56, label.implicitWidth + 4)
    implicitHeight: 46 + (caption.length > 0 ? label.implicitHeight - 2 : 0)
    hoverEnabled: true
    Accessible.role: Accessible.Button
    // Of a neighbour of the video.
    Accessible.ignored: !enabled
    Accessible.name: text
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    Tip {
        target: control
        text: control.text
    }

    contentItem: Item {
        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 6
            size: 34
            name: control.iconName
            color: control.ink
            scale: control.iconScale * (control.down ? 0.88 : 1)

            Behavior on scale {
                NumberAnimation {
                    duration: Theme.fast
                }
            }
        }

        // On a white video the words would be lost.
        Rectangle {
            anchors.centerIn: label
            width: label.width + Theme.space2 + 2
            height: label.height + 2
            radius: height / 2
            color: Theme.videoPlate
            visible: label.text.length > 0
        }

        TextLabel {
            id: label

            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            text: control.caption
            color: Theme.videoInk
            font.pixelSize: Theme.fontCaption
            font.weight: Font.Bold
            lineHeight: 1
            Accessible.ignored: true
        }
    }

    background: Item {
        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 48
            height: 48
            radius: 24
            // Dark enough for a white icon on a white video.
            color: control.hovered ? Theme.videoPlate : Theme.videoButton
        }

        FocusRing {
            target: control
            shown: control.visualFocus
            ringColor: Theme.videoFocus
            gap: 0
        }
    }
}
