// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// How far the upload is, on the other pages. A tap leads to it.
T.AbstractButton {
    id: root

    required property PublishJobs jobs
    // On the video, where the theme's colours do not count.
    property bool overVideo: false
    readonly property bool running: jobs.current >= 0
    readonly property bool failed: running && jobs.currentState === PublishJobs.State.Failed
    readonly property bool sending: running && jobs.currentState === PublishJobs.State.Sending
    readonly property color ink: overVideo ? Theme.videoInk : failed ? Theme.danger : Theme.text

    text: failed ? qsTr("Upload failed") : sending ? qsTr("%1%").arg(Math.floor(jobs.currentFraction * 100)) : jobs.currentState === PublishJobs.State.Paused ? qsTr("Paused")
        : jobs.currentState === PublishJobs.State.Retrying ? qsTr("Waiting") : qsTr("Publishing")
    visible: running
    implicitHeight: Math.max(Theme.target, words.implicitHeight + Theme.space3)
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    leftPadding: Theme.space3
    rightPadding: Theme.space3
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Upload “%1”: %2").arg(jobs.currentTitle).arg(text)
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        implicitWidth: mark.width + Theme.space2 + words.implicitWidth
        implicitHeight: words.implicitHeight

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            size: 18
            name: root.failed ? "warning" : "upload"
            color: root.ink
        }

        TextLabel {
            id: words

            anchors.left: mark.right
            anchors.leftMargin: Theme.space2
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            color: root.ink
            font.pixelSize: Theme.fontCaption
            font.weight: Font.Bold
            Accessible.ignored: true
        }
    }

    background: Item {
        Rectangle {
            id: pill

            anchors.centerIn: parent
            width: parent.width
            height: Math.max(32, words.implicitHeight + Theme.space2)
            radius: height / 2
            color: root.overVideo ? Theme.videoScrim : Theme.surfaceRaised
            border.width: root.overVideo ? 0 : 1
            border.color: Theme.outlineStrong
            clip: true

            Rectangle {
                x: pill.radius / 2
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 3
                width: Math.max(0, (parent.width - pill.radius) * root.jobs.currentFraction)
                height: 3
                radius: 1.5
                color: root.overVideo ? Theme.liked : Theme.accent
                visible: root.sending
            }

            FocusRing {
                target: root
                shown: root.visualFocus
                radius: pill.radius
                gap: 0
            }
        }
    }
}
