// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// The shape of a video page while the first one is on its way.
Rectangle {
    id: root

    property bool wide: false

    color: Theme.stage
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Loading videos")

    component Block: Rectangle {
        radius: Math.min(height / 2, 8)
        color: Theme.stageWaiting
    }

    Item {
        id: frame

        anchors.horizontalCenter: parent.horizontalCenter
        height: parent.height
        width: root.wide ? Math.min(parent.width, height * 9 / 16) : parent.width

        Rectangle {
            anchors.fill: parent
            color: Theme.stageRaised
        }

        Spinner {
            anchors.centerIn: parent
            width: 64
            height: 64
            color: Theme.stageMark
        }

        Column {
            x: Theme.space4
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 40
            spacing: Theme.space3

            Block {
                width: 140
                height: 18
            }
            Block {
                width: frame.width * 0.6
                height: 14
            }
            Block {
                width: frame.width * 0.45
                height: 14
            }
        }
    }

    Column {
        x: root.wide ? frame.x + frame.width + Theme.space3 : parent.width - width - Theme.space2
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 48
        spacing: Theme.space5

        Repeater {
            model: 4

            Block {
                width: 48
                height: 48
                radius: 24
            }
        }
    }

    SequentialAnimation on opacity {
        running: root.visible && !Theme.reducedMotion
        loops: Animation.Infinite
        NumberAnimation {
            to: 0.75
            duration: 700
            easing.type: Easing.InOutSine
        }
        NumberAnimation {
            to: 1
            duration: 700
            easing.type: Easing.InOutSine
        }
    }
}
