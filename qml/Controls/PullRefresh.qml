// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Pulling a list down beyond its top looks for something newer. Put beside the list, not into it.
Item {
    id: root

    required property Flickable flickable
    property bool busy: false
    readonly property real pulled: Math.max(0, flickable.originY - flickable.contentY)
    readonly property real enough: 72

    signal triggered

    x: flickable.x
    y: flickable.y
    width: flickable.width
    height: 0
    z: 1
    Accessible.ignored: true

    Connections {
        target: root.flickable
        function onDraggingChanged() {
            if (!root.flickable.dragging && root.pulled > root.enough && !root.busy)
                root.triggered();
        }
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.min(root.pulled, root.enough) - height / 2 + (root.busy ? Theme.space5 : -Theme.space5)
        width: 40
        height: 40
        radius: 20
        color: Theme.surfaceRaised
        border.width: 1
        border.color: Theme.outline
        visible: root.busy || root.pulled > 8

        Spinner {
            anchors.centerIn: parent
            width: 24
            height: 24
            label: qsTr("Looking for something newer")
            visible: root.busy
        }
        Icon {
            anchors.centerIn: parent
            size: 20
            name: "retry"
            color: root.pulled > root.enough ? Theme.accent : Theme.textMuted
            rotation: root.pulled * 3
            visible: !root.busy
        }
    }
}
