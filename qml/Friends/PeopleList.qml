// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// A list of people with what can be done about each, and what stands there when there are none.
FocusScope {
    id: root

    required property PeopleModel people
    // Where friends' last words and unread messages are known as they come; null: they stay what the list said.
    property ConversationsModel conversations: null
    // Of the empty list.
    property string emptyTitle
    property string emptyText
    property string emptyAction
    property string emptyIcon: "people"
    property bool mine: false
    readonly property bool friends: people.kind === PeopleModel.Kind.Friends
    readonly property bool signedOut: people.state === PeopleModel.State.Failed && people.errorKind === ErrorKind.SignedOut

    signal opened(UserEntity user)
    signal messageWanted(UserEntity user)
    signal signInWanted
    signal emptyTriggered
    signal notice(string text)

    function refresh() {
        people.refresh();
    }

    // From where no row has the keyboard yet.
    Keys.onPressed: event => event.accepted = list.visible && ListKeys.step(list, -1, event)

    Connections {
        target: root.people
        function onRefreshFailed(kind, serverWords) {
            root.notice(qsTr("The list could not be brought up to date. %1").arg(ErrorText.full(kind, serverWords)));
        }
    }

    SavedStrip {
        id: age

        width: parent.width
        visible: list.visible
        savedAt: root.people.savedAt
    }

    ListView {
        id: list

        objectName: "peopleList"
        anchors.top: age.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        topMargin: Theme.space1
        bottomMargin: Theme.space4
        // Without a height it would make every row at once.
        model: height > 0 ? root.people : null
        cacheBuffer: Math.max(0, height)
        clip: true
        visible: root.people.count > 0
        keyNavigationEnabled: false
        Accessible.role: Accessible.List
        Accessible.name: root.friends ? qsTr("Friends") : root.people.kind === PeopleModel.Kind.Following ? qsTr("Following") : qsTr("Followers")

        delegate: Item {
            id: place

            required property UserEntity user
            required property string message
            required property bool messageSent
            required property int index

            readonly property string words: glance.lastText.length > 0 ? glance.lastText : message
            readonly property bool own: glance.lastText.length > 0 ? glance.lastOwn : messageSent

            width: list.width
            height: person.implicitHeight
            onActiveFocusChanged: if (activeFocus) person.focusBody(Qt.TabFocusReason)
            Keys.onPressed: event => event.accepted = ListKeys.step(list, index, event)

            ConversationGlance {
                id: glance

                conversations: root.friends ? root.conversations : null
                peerId: place.user.userId
            }

            PersonRow {
                id: person

                x: Math.max(0, (parent.width - width) / 2)
                width: Math.min(parent.width, 720)
                user: place.user
                detail: place.words.length === 0 ? place.user.signature : place.own ? qsTr("You: %1").arg(place.words) : place.words
                unread: glance.unread
                messageVisible: root.friends
                onOpened: root.opened(place.user)
                onMessageWanted: root.messageWanted(place.user)
                onFocusedChanged: if (focused) list.positionViewAtIndex(place.index, ListView.Contain)
            }
        }

        ScrollMark {
            flickable: list
        }

        ReadingOrder {
            view: list
        }
    }

    PullRefresh {
        property bool pulledOnce: false

        flickable: list
        busy: root.people.refreshing && pulledOnce
        visible: list.visible
        onTriggered: {
            pulledOnce = true;
            root.people.refresh();
        }
    }

    Column {
        anchors.fill: parent
        topPadding: Theme.space1
        visible: root.people.count === 0 && (root.people.state === PeopleModel.State.Loading || root.people.state === PeopleModel.State.Empty)
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("Loading people")

        Repeater {
            model: 6

            Item {
                width: root.width
                height: 68

                Rectangle {
                    id: circle

                    x: Math.max(0, (parent.width - 720) / 2) + Theme.space4
                    anchors.verticalCenter: parent.verticalCenter
                    width: 48
                    height: 48
                    radius: 24
                    color: Theme.skeleton
                }
                Rectangle {
                    anchors.left: circle.right
                    anchors.leftMargin: Theme.space3
                    y: 17
                    width: 120
                    height: 14
                    radius: 7
                    color: Theme.skeleton
                }
                Rectangle {
                    anchors.left: circle.right
                    anchors.leftMargin: Theme.space3
                    y: 39
                    width: Math.min(220, root.width * 0.4)
                    height: 12
                    radius: 6
                    color: Theme.skeleton
                }
            }
        }
    }

    MessagePane {
        readonly property bool failed: root.people.state === PeopleModel.State.Failed

        anchors.centerIn: parent
        width: parent.width
        compact: root.height < 320 * Theme.textScale
        visible: root.people.count === 0 && (failed || root.people.state === PeopleModel.State.Ready)
        iconName: root.signedOut ? "person" : failed ? ErrorText.icon(root.people.errorKind) : root.emptyIcon
        title: root.signedOut ? qsTr("Sign in to see people") : failed ? ErrorText.title(root.people.errorKind) : root.emptyTitle
        text: root.signedOut ? (root.mine ? qsTr("With an account you can follow people and write to your friends.") : qsTr("This server shows such lists only to those who have an account."))
            : failed ? ErrorText.full(root.people.errorKind, root.people.errorWords) : root.emptyText
        actionName: "peopleAction"
        actionText: root.signedOut ? qsTr("Sign in or register") : failed ? qsTr("Try again") : root.emptyAction
        actionIcon: root.signedOut ? "" : failed ? "retry" : "play"
        onTriggered: root.signedOut ? root.signInWanted() : failed ? root.people.refresh() : root.emptyTriggered()
    }
}
