// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Pulling a list down beyond its top looks for something newer. Put beside the list, not into it.
Item {
    id: root

    required property Flickable flickable
    property bool busy: false
    readonly property real pulled: Math.max(0, flickable.originY - flickable.topMargin - flickable.contentY)
    readonly property real enough: 72

    signal triggered

    x: flickable.x
    y: flickable.y
    width: flickable.width
    height: enough
    z: 1
    // It comes out from under what is above the list, and never lies over it.
    clip: true
    Accessible.ignored: true

    Connections {
        target: root.flickable
        function onDraggingChanged() {
            if (!root.flickable.dragging && root.pulled > root.enough && !root.busy)
                root.triggered();
        }
    }

    Rectangle {
        objectName: "pullMark"
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(root.busy ? Theme.space3 : -height, Math.min(root.pulled, root.enough) - height - Theme.space2)
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
