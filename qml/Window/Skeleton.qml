// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// The shape of the window while what it holds is being made: where navigation and video will be. No words and no pictures,
// since the first of them costs as much time as all the rest.
Item {
    id: root

    readonly property bool wide: width >= 720
    // As high or wide as the navigation that takes its place.
    readonly property real navigation: wide ? Math.round(88 * Math.max(1, Theme.textScale * 0.8)) : 64

    objectName: "skeleton"
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Loading")

    Rectangle {
        id: feed

        x: root.wide ? root.navigation : 0
        width: parent.width - x
        height: parent.height - (root.wide ? 0 : root.navigation)
        color: Theme.stage

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            height: parent.height
            width: root.wide ? Math.min(parent.width, height * 9 / 16) : parent.width
            color: Theme.stageRaised
        }
    }

    Rectangle {
        x: root.wide ? root.navigation - 1 : 0
        y: root.wide ? 0 : feed.height
        width: root.wide ? 1 : parent.width
        height: root.wide ? parent.height : 1
        color: Theme.outline
    }

    Repeater {
        model: 5

        Rectangle {
            required property int index

            x: root.wide ? (root.navigation - width) / 2 : (index + 0.5) * root.width / 5 - width / 2
            y: root.wide ? Theme.space5 + 44 + Theme.space5 + index * (56 + Theme.space2) + 13 : root.height - (root.navigation + height) / 2
            width: 56
            height: 30
            radius: 15
            color: Theme.skeleton
        }
    }
}
