// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// What is set while watching.
Sheet {
    id: root

    required property Settings settings
    required property PlaybackController playback
    required property VideoSaver saver
    property bool clearMode: false
    // The button over the video has no room.
    property bool hasSound: false

    signal clearModeChosen(bool on)
    signal copyChosen
    signal saveChosen

    title: qsTr("Playback")

    TextLabel {
        text: qsTr("Speed")
        font.weight: Font.Bold
    }

    Choice {
        objectName: "speedChoice"
        width: parent.width
        label: qsTr("Speed")
        value: root.playback.rate
        options: [
            {
                "value": 0.5,
                "text": Format.speed(0.5)
            },
            {
                "value": 1,
                "text": Format.speed(1)
            },
            {
                "value": 1.5,
                "text": Format.speed(1.5)
            },
            {
                "value": 2,
                "text": Format.speed(2)
            }
        ]
        onChosen: value => root.playback.rate = value
    }

    Column {
        width: parent.width + 2 * Theme.space4
        x: -Theme.space4

        Toggle {
            objectName: "soundToggle"
            width: parent.width
            iconName: root.playback.muted ? "mute" : "volume"
            text: qsTr("Sound")
            checked: !root.playback.muted
            visible: root.hasSound
            onToggled: root.playback.muted = !checked
        }

        Toggle {
            objectName: "clearView"
            width: parent.width
            iconName: "clear"
            text: qsTr("Clear view")
            detail: qsTr("Only the video, nothing over it")
            checked: root.clearMode
            onToggled: root.clearModeChosen(checked)
        }

        Toggle {
            width: parent.width
            iconName: "autoscroll"
            text: qsTr("Go on by itself")
            detail: qsTr("To the next video when one has ended")
            checked: root.settings.autoScroll
            onToggled: root.settings.autoScroll = checked
        }

        ListRow {
            objectName: "copyLink"
            width: parent.width
            iconName: "link"
            text: qsTr("Copy the link to this video")
            onClicked: root.copyChosen()
        }

        ListRow {
            objectName: "saveVideo"
            width: parent.width
            iconName: root.saver.saving ? "close" : "download"
            text: !root.saver.saving ? qsTr("Save the video as a file") : root.saver.progress < 0 ? qsTr("Saving… Press to stop") : qsTr("Saving, %1%. Press to stop").arg(Math.floor(root.saver.progress * 100))
            detail: root.saver.saving ? "" : qsTr("For yourself: it belongs to whoever made it")
            onClicked: root.saver.saving ? root.saver.cancel() : root.saveChosen()
        }
    }
}
