// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Playback

// A video on a stage of its own: plays in a loop, a tap pauses. Waits for one that is not there yet.
Rectangle {
    id: root

    required property PreviewPlayer preview
    property url source
    // Shown while there is no picture yet.
    property url cover
    // Whether anybody sees it.
    property bool shown: true
    property bool paused: false
    property bool busy: false
    readonly property bool playing: shown && !paused && String(source).length > 0

    function toggle() {
        if (preview.failed)
            preview.retry();
        else
            paused = !paused;
    }

    radius: Theme.radiusLarge
    color: Theme.stage
    clip: true
    activeFocusOnTab: String(source).length > 0
    Accessible.role: Accessible.Button
    Accessible.name: preview.failed ? qsTr("The preview failed. Try again") : paused ? qsTr("Play the preview") : qsTr("Pause the preview")
    Accessible.focusable: activeFocusOnTab
    Accessible.onPressAction: toggle()
    Keys.onSpacePressed: toggle()
    Keys.onReturnPressed: toggle()

    onSourceChanged: paused = false

    Binding {
        target: root.preview
        property: "source"
        value: root.shown ? root.source : ""
    }
    Binding {
        target: root.preview
        property: "playing"
        value: root.playing
    }

    Image {
        anchors.fill: parent
        source: root.cover
        fillMode: Image.PreserveAspectFit
        asynchronous: true
        visible: !surface.hasFrame
        Accessible.ignored: true
    }

    VideoSurface {
        id: surface

        anchors.fill: parent
        player: root.preview.player
        fillMode: VideoSurface.Fit
    }

    TapHandler {
        onTapped: root.toggle()
    }

    Spinner {
        anchors.centerIn: parent
        width: 40
        height: 40
        color: Theme.videoInk
        visible: root.busy || root.preview.waiting
    }

    Rectangle {
        anchors.centerIn: parent
        width: 64
        height: 64
        radius: 32
        color: Theme.videoButton
        visible: !root.busy && !root.preview.waiting && (root.paused || root.preview.failed) && String(root.source).length > 0

        Icon {
            anchors.centerIn: parent
            size: 30
            name: root.preview.failed ? "retry" : "play"
            color: Theme.videoInk
        }
    }

    IconButton {
        objectName: "previewSound"
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space2
        iconName: root.preview.muted ? "mute" : "volume"
        text: root.preview.muted ? qsTr("Sound on") : qsTr("Sound off")
        ink: Theme.videoInk
        fill: Theme.videoButton
        ringColor: Theme.videoFocus
        visible: surface.hasFrame
        onClicked: root.preview.muted = !root.preview.muted
    }

    FocusRing {
        target: root
        shown: root.activeFocus
        radius: root.radius
        gap: -3
        ringColor: Theme.videoFocus
    }
}
