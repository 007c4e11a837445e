// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Whom somebody follows, or who follows them; over another page.
FocusScope {
    id: root

    required property People people
    required property UserEntity user
    required property int kind
    property PeopleModel model: null
    readonly property bool following: kind === PeopleModel.Kind.Following
    readonly property bool mine: user !== null && user.isMe

    signal backWanted
    signal profileWanted(UserEntity user)
    signal signInWanted
    signal homeWanted
    signal notice(string text)

    objectName: "peoplePage"
    Accessible.role: Accessible.Pane
    Accessible.name: header.title
    Keys.forwardTo: loader.item ? [loader.item] : []
    Keys.onPressed: event => {
        event.accepted = ShortcutKeys.commandFor(event) === Command.Refresh && root.model !== null;
        if (event.accepted)
            root.model.refresh();
    }
    Component.onCompleted: {
        model = people.list(kind, user.userId, root);
        model.refresh();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        title: !root.user ? "" : root.mine ? (root.following ? qsTr("Whom you follow") : qsTr("Your followers")) : root.following ? qsTr("%1 follows").arg(root.user.name) : qsTr("Followers of %1").arg(root.user.name)
        onBackWanted: root.backWanted()

        IconButton {
            objectName: "peopleRefresh"
            iconName: "retry"
            text: qsTr("Look again")
            enabled: root.model !== null && !root.model.refreshing
            onClicked: root.model.refresh()
        }
    }

    Loader {
        id: loader

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        active: root.model !== null
        sourceComponent: PeopleList {
            focus: true
            people: root.model
            mine: root.mine
            emptyTitle: root.mine ? (root.following ? qsTr("You follow nobody yet") : qsTr("Nobody follows you yet")) : root.following ? qsTr("Follows nobody yet") : qsTr("No followers yet")
            emptyText: root.mine ? (root.following ? qsTr("Tap the plus on somebody's picture while you watch.") : qsTr("Publish a video, or write something under those of others."))
                : root.following ? qsTr("Whom they follow will stand here.") : qsTr("Be the first to follow.")
            onOpened: user => root.profileWanted(user)
            onSignInWanted: root.signInWanted()
            onEmptyTriggered: root.homeWanted()
            onNotice: text => root.notice(text)
        }
    }
}
