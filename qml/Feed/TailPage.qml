// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What comes after the last video: more under way, an error, or the end.
Rectangle {
    id: root

    required property VideoList feed
    property bool current: false

    signal startOver

    color: Theme.background
    // The keyboard does not get to what is still below the window.
    enabled: current
    Accessible.ignored: !current

    MessagePane {
        anchors.centerIn: parent
        width: parent.width
        visible: root.feed.state === VideoList.State.End
        iconName: "flag"
        title: qsTr("You have seen everything")
        text: qsTr("That was the last video for now. New ones will be at the top.")
        actionName: "tailAction"
        actionText: qsTr("Start over")
        actionIcon: "retry"
        onTriggered: root.startOver()
    }

    MessagePane {
        anchors.centerIn: parent
        width: parent.width
        visible: root.feed.state === VideoList.State.MoreFailed
        iconName: ErrorText.icon(root.feed.errorKind)
        readonly property int missed: (root.feed as FollowingFeed)?.missedPeople ?? 0
        title: missed > 0 ? qsTr("The videos of %n person(s) did not come", "", missed) : qsTr("The next videos do not load")
        text: ErrorText.full(root.feed.errorKind, root.feed.errorWords)
        actionName: "tailAction"
        actionText: qsTr("Try again")
        actionIcon: "retry"
        onTriggered: root.feed.retry()
    }

    Spinner {
        anchors.centerIn: parent
        width: 64
        height: 64
        label: qsTr("Loading more videos")
        visible: root.feed.state === VideoList.State.LoadingMore
    }
}
