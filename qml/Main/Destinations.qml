// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Where the navigation leads, in its order. Bar and rail show the same list.
QtObject {
    property int unreadMessages: 0
    property int failedWrites: 0

    readonly property var list: [
        destination("home", "navHome", "home", qsTr("Home")),
        destination("friends", "navFriends", "people", qsTr("Friends")),
        destination("publish", "navPublish", "plus", qsTr("Publish"), 0, "", true),
        destination("messages", "navMessages", "comment", qsTr("Messages"), unreadMessages, qsTr("%n unread", "", unreadMessages)),
        destination("me", "navMe", "person", qsTr("Me"), failedWrites, qsTr("%n not sent", "", failedWrites)),
    ]

    function destination(name: string, objectName: string, icon: string, text: string, badge = 0, badgeText = "", prominent = false): var {
        return {
            "name": name,
            "objectName": objectName,
            "icon": icon,
            "text": text,
            "badge": badge,
            "badgeText": badgeText,
            "prominent": prominent
        };
    }
}
