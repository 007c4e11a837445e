// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// One upload: what it is, how far it is, what can be done.
Item {
    id: root

    required property string jobId
    required property string title
    required property string thumb
    required property int jobState
    required property real fraction
    required property real sentBytes
    required property real totalBytes
    required property real bytesPerSecond
    required property int secondsLeft
    required property int retryIn
    required property int errorKind
    required property string errorWords
    required property int problem
    required property string videoId
    required property bool kept
    required property bool recorded
    // The server may have all of it.
    required property bool maybeThere

    readonly property bool moving: jobState === PublishJobs.State.Sending || jobState === PublishJobs.State.Processing || jobState === PublishJobs.State.Checking
    readonly property bool pausable: jobState === PublishJobs.State.Preparing || jobState === PublishJobs.State.Retrying || jobState === PublishJobs.State.Sending
    readonly property bool failed: jobState === PublishJobs.State.Failed
    readonly property bool done: jobState === PublishJobs.State.Sent
    readonly property string line: PublishText.jobLine(root)

    // It was on the button to pause or to resume, each of which takes the other's place.
    property bool keyboardHere: false

    signal pauseWanted
    signal resumeWanted
    signal retryWanted
    signal cancelWanted
    signal watchWanted

    onFailedChanged: keyboardHere = false
    onDoneChanged: keyboardHere = false

    // Not for having been pressed with the pointer: whoever did that may have scrolled away.
    function holdsKeyboard(): bool {
        const focused = Window.activeFocusItem;
        for (let up = focused?.visualFocus ? focused : null; up; up = up.parent)
            if (up === root)
                return true;
        return false;
    }

    // From where the job was listed before.
    function takeOver() {
        (watch.visible ? watch : cancel).forceActiveFocus(Qt.TabFocusReason);
    }

    function takeKeyboard(button: Item) {
        if (button.visible && keyboardHere) {
            keyboardHere = false;
            button.forceActiveFocus();
        }
    }

    implicitHeight: Math.max(picture.height, texts.implicitHeight) + 2 * Theme.space3
    Accessible.role: Accessible.ListItem
    Accessible.name: PublishText.spokenJob(title, line, Math.round(fraction * 100))

    Rectangle {
        id: picture

        x: Theme.space3
        y: Theme.space3
        width: 54
        height: 72
        radius: Theme.radiusSmall
        color: Theme.surfaceSunken
        clip: true

        Icon {
            anchors.centerIn: parent
            name: "film"
            color: Theme.textMuted
            visible: root.thumb.length === 0
        }

        Image {
            anchors.fill: parent
            source: root.thumb
            fillMode: Image.PreserveAspectCrop
            Accessible.ignored: true
        }
    }

    TextLabel {
        id: longest

        width: texts.width
        text: PublishText.longestSending(root.totalBytes)
        font.pixelSize: Theme.fontCaption
        wrapMode: Text.Wrap
        visible: false
    }

    Column {
        id: texts

        anchors.left: picture.right
        anchors.leftMargin: Theme.space3
        anchors.right: parent.right
        anchors.rightMargin: Theme.space3
        anchors.top: picture.top
        spacing: Theme.space1

        TextLabel {
            width: parent.width
            text: root.title
            font.weight: Font.Bold
            elide: Text.ElideRight
            maximumLineCount: 2
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Row {
            width: parent.width
            spacing: Theme.space1

            Icon {
                id: mark

                size: Theme.fontLarge
                name: root.done ? "check" : "warning"
                color: root.done ? Theme.success : Theme.danger
                visible: root.done || root.failed
            }

            TextLabel {
                width: parent.width - (mark.visible ? mark.width + parent.spacing : 0)
                // The figures need two lines at times and one at others: what stands below keeps its place.
                height: root.done || root.failed ? implicitHeight : Math.max(implicitHeight, longest.implicitHeight)
                text: root.line
                color: root.failed ? Theme.danger : root.done ? Theme.success : Theme.textMuted
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }

        TextLabel {
            width: parent.width
            text: qsTr("It could not be written to this device's disk, and is lost when TikGok ends before it is sent.")
            color: Theme.warning
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: !root.kept && !root.done
        }

        Rectangle {
            objectName: "jobProgress"
            width: parent.width
            height: 6
            radius: 3
            color: Theme.surfaceSunken
            visible: !root.done && !root.failed
            Accessible.role: Accessible.ProgressBar
            Accessible.name: qsTr("%1 percent").arg(Math.round(root.fraction * 100))

            Rectangle {
                width: Math.max(parent.height, parent.width * root.fraction)
                height: parent.height
                radius: parent.radius
                color: root.jobState === PublishJobs.State.Paused ? Theme.outlineStrong : Theme.accent
                visible: root.fraction > 0
            }
        }

        Flow {
            // The first word stands below the others.
            x: -Theme.space3
            width: parent.width - x
            spacing: Theme.space1

            PushButton {
                id: watch

                objectName: "watchJob"
                kind: PushButton.Quiet
                iconName: "play"
                text: qsTr("Watch")
                visible: root.done && root.videoId.length > 0
                onClicked: root.watchWanted()
            }
            PushButton {
                objectName: "pauseJob"
                kind: PushButton.Quiet
                iconName: "pause"
                text: qsTr("Pause")
                visible: root.pausable
                onVisibleChanged: root.takeKeyboard(this)
                onClicked: {
                    root.keyboardHere = activeFocus;
                    root.pauseWanted();
                }
            }
            PushButton {
                objectName: "resumeJob"
                kind: PushButton.Quiet
                iconName: "play"
                text: qsTr("Resume")
                visible: root.jobState === PublishJobs.State.Paused
                onVisibleChanged: root.takeKeyboard(this)
                onClicked: {
                    root.keyboardHere = activeFocus;
                    root.resumeWanted();
                }
            }
            PushButton {
                objectName: "retryJob"
                kind: PushButton.Quiet
                iconName: "retry"
                text: qsTr("Try now")
                visible: root.failed || root.jobState === PublishJobs.State.Retrying
                onClicked: root.retryWanted()
            }
            PushButton {
                id: cancel

                objectName: "cancelJob"
                kind: PushButton.Quiet
                iconName: root.done ? "close" : "trash"
                inkOverride: Theme.textMuted
                text: root.done ? qsTr("Remove") : qsTr("Cancel")
                onClicked: root.cancelWanted()
            }
        }
    }
}
