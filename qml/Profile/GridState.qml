// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What stands below the head of a profile instead of videos: they are on their way, did not come, or there are
// none.
Item {
    id: root

    required property VideoList list
    property bool likes: false
    property bool mine: false
    property int columns: 3

    signal signInWanted
    signal publishWanted
    signal homeWanted

    readonly property bool failed: list.state === VideoList.State.Failed
    readonly property bool signedOut: failed && list.errorKind === ErrorKind.SignedOut
    readonly property bool none: list.state === VideoList.State.NoVideos
    readonly property bool loading: list.count === 0 && !failed && !none

    implicitHeight: loading ? skeleton.height : failed || none ? pane.implicitHeight + 2 * Theme.space5 : 0
    height: implicitHeight

    Grid {
        id: skeleton

        width: parent.width
        columns: root.columns
        visible: root.loading
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("Loading videos")

        Repeater {
            model: root.loading ? root.columns * 2 : 0

            Item {
                width: root.width / root.columns
                height: width * 4 / 3

                Rectangle {
                    anchors.fill: parent
                    anchors.margins: 1
                    radius: Theme.radiusSmall
                    color: Theme.skeleton
                }
            }
        }

        SequentialAnimation on opacity {
            running: root.loading && root.visible && !Theme.reducedMotion
            loops: Animation.Infinite
            NumberAnimation {
                to: 0.55
                duration: 700
                easing.type: Easing.InOutSine
            }
            NumberAnimation {
                to: 1
                duration: 700
                easing.type: Easing.InOutSine
            }
        }
    }

    MessagePane {
        id: pane

        y: Theme.space5
        width: parent.width
        visible: root.failed || root.none
        iconName: root.signedOut ? "person" : root.failed ? ErrorText.icon(root.list.errorKind) : root.likes ? "heart" : "film"
        title: root.signedOut ? qsTr("Sign in to see this")
            : root.failed ? (root.list.errorKind === ErrorKind.Refused && root.likes ? qsTr("The server does not show these likes") : ErrorText.title(root.list.errorKind))
            : root.likes ? (root.mine ? qsTr("You have not liked anything yet") : qsTr("No likes yet"))
            : root.mine ? qsTr("Your videos will stand here") : qsTr("No videos yet")
        text: root.signedOut ? qsTr("This server shows people's videos only to those who have an account.")
            : root.failed ? ErrorText.full(root.list.errorKind, root.list.errorWords)
            : root.likes ? (root.mine ? qsTr("Tap the heart of a video and find it here again.") : qsTr("What they like will stand here."))
            : root.mine ? qsTr("Publish the first one: choose a file, a title, done.") : qsTr("As soon as they publish something, it is here.")
        actionName: "gridAction"
        actionText: root.signedOut ? qsTr("Sign in or register") : root.failed ? qsTr("Try again")
            : !root.mine ? "" : root.likes ? qsTr("Watch videos") : qsTr("Publish a video")
        actionIcon: root.signedOut ? "" : root.failed ? "retry" : root.likes ? "play" : "plus"
        onTriggered: root.signedOut ? root.signInWanted() : root.failed ? root.list.retry() : root.likes ? root.homeWanted() : root.publishWanted()
    }
}
