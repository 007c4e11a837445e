// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Three dots that take turns. Still with reduced motion.
Item {
    id: root

    property color color: Theme.accent
    property string label

    implicitWidth: Theme.iconSize
    implicitHeight: Theme.iconSize
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label
    Accessible.ignored: label.length === 0

    property real phase: 0

    NumberAnimation on phase {
        running: root.visible && !Theme.reducedMotion
        loops: Animation.Infinite
        from: 0
        to: 3
        duration: 900
    }

    Row {
        anchors.centerIn: parent
        spacing: root.width * 0.1

        Repeater {
            model: 3

            Rectangle {
                required property int index
                readonly property real distance: Math.abs((root.phase - index + 4.5) % 3 - 1.5)

                width: root.width * 0.25
                height: width
                radius: width / 2
                color: root.color
                opacity: Theme.reducedMotion ? 0.8 : 0.3 + 0.7 * distance / 1.5
            }
        }
    }
}
