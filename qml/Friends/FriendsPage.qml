// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// One's friends, those one follows, and one's followers.
FocusScope {
    id: root

    required property People people
    required property ConversationsModel conversations
    // In front of everything else: then it looks for news.
    property bool shown: true
    property int kind: PeopleModel.Kind.Friends
    readonly property PeopleModel model: kind === PeopleModel.Kind.Friends ? friends : kind === PeopleModel.Kind.Following ? following : followers
    property PeopleModel friends: null
    property PeopleModel following: null
    property PeopleModel followers: null

    signal profileWanted(UserEntity user)
    signal messageWanted(UserEntity user)
    signal signInWanted
    signal homeWanted
    signal notice(string text)

    function refresh() {
        if (model)
            model.refresh();
    }

    objectName: "friendsPage"
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Friends")
    Keys.onPressed: event => {
        event.accepted = ShortcutKeys.commandFor(event) === Command.Refresh;
        if (event.accepted)
            root.refresh();
    }
    onShownChanged: if (shown) refresh()
    onModelChanged: refresh()
    Component.onCompleted: {
        following = people.list(PeopleModel.Kind.Following, "", root);
        followers = people.list(PeopleModel.Kind.Followers, "", root);
        friends = people.list(PeopleModel.Kind.Friends, "", root);
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    Item {
        id: head

        width: parent.width
        height: tabs.implicitHeight + Theme.space2

        TabStrip {
            id: tabs

            anchors.left: parent.left
            anchors.leftMargin: Math.max(Theme.space1, (parent.width - 720) / 2)
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(parent.width - again.width - 2 * Theme.space1, 480)
            label: qsTr("Lists of people")
            options: [
                {
                    "value": PeopleModel.Kind.Friends,
                    "text": qsTr("Friends"),
                    "name": "friendsTab"
                },
                {
                    "value": PeopleModel.Kind.Following,
                    "text": qsTr("Following"),
                    "name": "followingTab"
                },
                {
                    "value": PeopleModel.Kind.Followers,
                    "text": qsTr("Followers"),
                    "name": "followersTab"
                }
            ]
            value: root.kind
            onChosen: value => root.kind = value
        }

        IconButton {
            id: again

            objectName: "peopleRefresh"
            anchors.right: parent.right
            anchors.rightMargin: Theme.space1
            anchors.verticalCenter: parent.verticalCenter
            iconName: "retry"
            ink: Theme.textMuted
            text: qsTr("Look again")
            enabled: root.model !== null && !root.model.refreshing
            onClicked: root.refresh()
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.outline
        }
    }

    Loader {
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        active: root.model !== null
        sourceComponent: PeopleList {
            focus: true
            people: root.model
            conversations: root.conversations
            mine: true
            emptyTitle: root.kind === PeopleModel.Kind.Friends ? qsTr("No friends yet") : root.kind === PeopleModel.Kind.Following ? qsTr("You follow nobody yet") : qsTr("Nobody follows you yet")
            emptyText: root.kind === PeopleModel.Kind.Friends ? qsTr("Follow people. Those who follow you back stand here, and you can write to them.")
                : root.kind === PeopleModel.Kind.Following ? qsTr("Tap the plus on somebody's picture while you watch.") : qsTr("Publish a video, or write something under those of others.")
            emptyAction: qsTr("Watch videos")
            onOpened: user => root.profileWanted(user)
            onMessageWanted: user => root.messageWanted(user)
            onSignInWanted: root.signInWanted()
            onEmptyTriggered: root.homeWanted()
            onNotice: text => root.notice(text)
        }
    }
}
