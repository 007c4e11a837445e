// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Where the navigation leads, in its order. Bar and rail show the same list.
QtObject {
    id: root

    property int unreadMessages: 0
    property int failedWrites: 0

    component Destination: QtObject {
        property string name
        property string itemName
        property string icon
        property string text
        property int badge: 0
        property string badgeText
        property bool prominent: false
    }

    // These stay, whatever they say: a button that is made anew for a number loses the keyboard, and the press that has not
    // been let go yet.
    readonly property list<Destination> list: [
        Destination {
            name: "home"
            itemName: "navHome"
            icon: "home"
            text: qsTr("Home")
        },
        Destination {
            name: "friends"
            itemName: "navFriends"
            icon: "people"
            text: qsTr("Friends")
        },
        Destination {
            name: "publish"
            itemName: "navPublish"
            icon: "plus"
            text: qsTr("Publish")
            prominent: true
        },
        Destination {
            name: "messages"
            itemName: "navMessages"
            icon: "comment"
            text: qsTr("Messages")
            badge: root.unreadMessages
            badgeText: qsTr("%n unread", "", root.unreadMessages)
        },
        Destination {
            name: "me"
            itemName: "navMe"
            icon: "person"
            text: qsTr("Me")
            badge: root.failedWrites
            badgeText: qsTr("%n not sent", "", root.failedWrites)
        }
    ]
}
