// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// What the camera sees, and the buttons of a recorder. The camera is on while this is there.
FocusScope {
    id: root

    required property CameraRecorder recorder
    // Its pictures.
    required property FrameSource frames
    property bool wide: false

    readonly property bool recording: recorder.state === CameraRecorder.State.Recording
    readonly property bool finishing: recorder.state === CameraRecorder.State.Finishing
    readonly property bool ready: recorder.state === CameraRecorder.State.Showing
    // A recording of a moment may go without a question.
    readonly property bool worthAsking: recording && recorder.milliseconds >= 3000
    readonly property real height16to9: Math.round(stage.width * 9 / 16)

    signal cancelWanted

    // A name that is longer than the window ends in dots.
    function cameraOptions(cameras: var, room: real): var {
        const options = [];
        // Also when the letters grow.
        if (metrics.font.pixelSize <= 0)
            return options;
        for (let i = 0; i < cameras.length; ++i) {
            options.push({
                "value": cameras[i].id,
                "text": metrics.elidedText(cameras[i].name, Qt.ElideRight, room)
            });
        }
        return options;
    }

    function toggle() {
        if (recording)
            recorder.stop();
        else if (ready)
            recorder.record();
    }

    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Camera")
    Keys.onEscapePressed: root.cancelWanted()

    FontMetrics {
        id: metrics

        font.family: hint.font.family
        font.pixelSize: Theme.fontBody
        font.weight: Font.Bold
    }

    Column {
        id: column

        width: parent.width
        spacing: Theme.space4

        Rectangle {
            id: stage

            width: parent.width
            height: Math.max(180, Math.min(root.height16to9, root.wide ? 440 : 360))
            radius: Theme.radiusLarge
            color: Theme.stage
            clip: true
            Accessible.role: Accessible.Graphic
            Accessible.name: surface.hasFrame ? qsTr("What the camera sees") : qsTr("No picture from the camera yet")

            VideoSurface {
                id: surface

                objectName: "cameraSurface"
                anchors.fill: parent
                anchors.margins: Theme.space2
                player: root.frames
                fillMode: VideoSurface.Fit
            }

            Spinner {
                anchors.centerIn: parent
                width: 40
                height: 40
                color: Theme.videoInk
                visible: root.recorder.state === CameraRecorder.State.Opening || root.recorder.state === CameraRecorder.State.Starting || root.finishing
            }

            Rectangle {
                objectName: "recordTime"
                x: Theme.space4
                y: Theme.space4
                width: Math.min(time.implicitWidth + dot.width + 3 * Theme.space3, parent.width - 2 * Theme.space3)
                height: time.implicitHeight + 2 * Theme.space2
                radius: height / 2
                color: Theme.videoScrim
                visible: root.recording || root.finishing
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("Recorded: %1 of %2").arg(Format.time(root.recorder.milliseconds)).arg(Format.time(root.recorder.longest))

                Rectangle {
                    id: dot

                    x: Theme.space3
                    anchors.verticalCenter: parent.verticalCenter
                    width: 12
                    height: 12
                    radius: 6
                    color: Theme.recording
                    visible: root.recording
                }

                TextLabel {
                    id: time

                    anchors.left: dot.right
                    anchors.leftMargin: Theme.space2
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("%1 / %2").arg(Format.time(root.recorder.milliseconds)).arg(Format.time(root.recorder.longest))
                    color: Theme.videoInk
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }
            }
        }

        TextLabel {
            id: hint

            objectName: "recordHint"
            width: parent.width
            text: root.finishing ? qsTr("Finishing the recording…")
                : root.recorder.state === CameraRecorder.State.Starting ? qsTr("The recording begins…")
                : root.recording ? (root.recorder.silent ? qsTr("Recording without sound: there is no microphone. It ends when you leave this page, and is kept.") : qsTr("Recording. It ends when you leave this page, and is kept."))
                : root.ready ? qsTr("Nothing is recorded yet.") : qsTr("Switching the camera on…")
            muted: true
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }

        Choice {
            objectName: "cameraChoice"
            width: parent.width
            visible: options.length > 1 && !root.recording && !root.finishing
            enabled: root.recorder.state !== CameraRecorder.State.Starting
            label: qsTr("Camera")
            options: root.cameraOptions(root.recorder.cameras, stage.width - 2 * Theme.space5)
            value: root.recorder.camera
            onChosen: value => root.recorder.choose(value)
        }

        Flow {
            id: buttons

            readonly property real wanted: toggleButton.width + cancelButton.width + spacing

            x: Math.max(0, (parent.width - wanted) / 2)
            width: Math.min(parent.width, wanted)
            spacing: Theme.space2

            PushButton {
                id: toggleButton

                objectName: "recordToggle"
                width: Math.min(implicitWidth, column.width)
                kind: PushButton.Primary
                iconName: root.recording ? "stop" : "record"
                text: root.recording ? qsTr("Stop and use it") : qsTr("Start recording")
                busy: root.finishing || root.recorder.state === CameraRecorder.State.Starting
                // Stays where the keyboard is while the camera gets ready.
                opacity: root.ready || root.recording ? 1 : 0.5
                focus: true
                Accessible.description: root.ready || root.recording ? "" : qsTr("The camera is not ready")
                onClicked: root.toggle()
            }

            PushButton {
                id: cancelButton

                objectName: "recordCancel"
                width: Math.min(implicitWidth, column.width)
                kind: PushButton.Quiet
                text: qsTr("Cancel")
                enabled: !root.finishing
                onClicked: root.cancelWanted()
            }
        }
    }

    // For who cannot see it.
    Item {
        id: announcement

        property string words

        objectName: "recordAnnouncement"
        width: 1
        height: 1
        Accessible.role: Accessible.AlertMessage
        Accessible.name: words
        Accessible.ignored: words.length === 0
    }

    Connections {
        target: root.recorder
        function onStateChanged() {
            switch (root.recorder.state) {
            case CameraRecorder.State.Showing:
                announcement.words = qsTr("The camera is on");
                break;
            case CameraRecorder.State.Recording:
                announcement.words = qsTr("Recording started");
                break;
            case CameraRecorder.State.Finishing:
                announcement.words = qsTr("Recording stopped");
                break;
            }
        }
    }
}
