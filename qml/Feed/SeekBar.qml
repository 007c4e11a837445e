// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A thin line that grows under the pointer; dragging shows the time and moves the picture along.
Item {
    id: bar

    property real positionMs: 0
    property real durationMs: 0
    readonly property bool dragging: drag.active
    readonly property bool grown: dragging || hover.hovered || activeFocus
    property real dragMs: 0
    readonly property real shownMs: dragging ? dragMs : positionMs
    // How far the time reaches above, in pixels.
    readonly property real rise: Math.max(0, -bubble.y)
    readonly property real fraction: durationMs > 0 ? Math.max(0, Math.min(1, shownMs / durationMs)) : 0

    signal seekWanted(real ms, bool exact)

    function msAt(x: real): real {
        return Math.max(0, Math.min(1, (x - line.x) / Math.max(1, line.width))) * durationMs;
    }

    height: 32
    activeFocusOnTab: enabled
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Position in the video")
    Accessible.description: qsTr("%1 of %2").arg(Format.time(shownMs)).arg(Format.time(durationMs))
    Accessible.focusable: true
    // As on other sliders. Its very end would be its beginning again.
    Keys.onPressed: event => {
        event.accepted = event.modifiers === Qt.NoModifier && (event.key === Qt.Key_Home || event.key === Qt.Key_End);
        if (event.accepted)
            seekWanted(event.key === Qt.Key_Home ? 0 : Math.max(0, durationMs - 1000), true);
    }
    Accessible.onIncreaseAction: seekWanted(Math.min(durationMs, positionMs + 5000), true)
    Accessible.onDecreaseAction: seekWanted(Math.max(0, positionMs - 5000), true)

    Rectangle {
        id: line

        objectName: "seekLine"
        x: Theme.space3
        width: parent.width - 2 * x
        height: bar.grown ? 6 : 3
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: 6
        radius: height / 2
        color: Theme.videoTrack
        opacity: bar.durationMs > 0 ? 1 : 0.5

        Rectangle {
            width: parent.width * bar.fraction
            height: parent.height
            radius: parent.radius
            color: bar.grown ? Theme.liked : Theme.videoInk
        }

        Rectangle {
            x: parent.width * bar.fraction - width / 2
            anchors.verticalCenter: parent.verticalCenter
            width: 16
            height: 16
            radius: 8
            color: Theme.videoInk
            visible: bar.grown

            FocusRing {
                target: bar
                ringColor: Theme.videoFocus
                radius: 12
            }
        }
    }

    Rectangle {
        id: bubble

        objectName: "seekTime"

        readonly property real at: bar.dragging || !hover.hovered ? bar.shownMs : bar.msAt(hover.point.position.x)

        x: Math.max(line.x, Math.min(line.x + line.width - width, line.x + line.width * (bar.durationMs > 0 ? at / bar.durationMs : 0) - width / 2))
        // Above the knob, whether the line has grown or not.
        y: bar.height / 2 + 6 - 11 - height
        width: time.implicitWidth + 2 * Theme.space3
        height: time.implicitHeight + Theme.space2
        radius: height / 2
        color: Theme.videoPlateStrong
        visible: bar.grown && bar.durationMs > 0

        TextLabel {
            id: time

            anchors.centerIn: parent
            text: Format.time(bubble.at) + " / " + Format.time(bar.durationMs)
            color: Theme.videoInk
            font.pixelSize: Theme.fontBody
            font.weight: Font.Bold
            Accessible.ignored: true
        }
    }

    HoverHandler {
        id: hover
    }

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: eventPoint => bar.seekWanted(bar.msAt(eventPoint.position.x), true)
    }

    DragHandler {
        id: drag

        target: null
        yAxis.enabled: false
        dragThreshold: 4
        onActiveChanged: {
            if (!active)
                bar.seekWanted(bar.dragMs, true);
        }
        onCentroidChanged: {
            if (!active)
                return;
            bar.dragMs = bar.msAt(centroid.position.x);
            if (!coarse.running)
                coarse.start();
        }
    }

    // The picture follows the finger, but not with every pixel.
    Timer {
        id: coarse

        interval: 80
        onTriggered: if (drag.active) bar.seekWanted(bar.dragMs, false)
    }
}
