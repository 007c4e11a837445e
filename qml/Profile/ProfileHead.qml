// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Who somebody is: picture, name, words, numbers, and what one can do about them.
Item {
    id: root

    property UserEntity user: null
    // What stands below the numbers of one's own page.
    property Component actions: null
    readonly property bool mine: user !== null && user.isMe
    readonly property real bannerHeight: Math.min(220, Math.max(120, width * 0.3))
    readonly property real side: width < 720 ? Theme.space4 : Theme.space6

    signal messageWanted
    signal followersWanted
    signal followingWanted

    implicitHeight: column.y + column.implicitHeight + Theme.space3

    Rectangle {
        width: parent.width
        height: root.bannerHeight
        color: Theme.accentSoft
        clip: true

        RoundImage {
            objectName: "profileBackground"
            anchors.fill: parent
            source: root.user ? root.user.backgroundUrl : ""
            radius: 0
        }
    }

    Rectangle {
        x: root.side - 4
        y: root.bannerHeight - 48
        width: 96
        height: 96
        radius: 48
        color: Theme.background

        Avatar {
            anchors.fill: parent
            anchors.margins: 4
            name: root.user ? root.user.name : ""
            source: root.user ? root.user.avatarUrl : ""
        }
    }

    Column {
        id: column

        x: root.side
        y: root.bannerHeight + 48 + Theme.space2
        width: root.width - 2 * root.side
        spacing: Theme.space3

        TextLabel {
            objectName: "profileName"
            width: parent.width
            text: root.user ? root.user.name : ""
            font.pixelSize: Theme.fontHeadline
            font.weight: Font.Bold
            wrapMode: Text.WrapAnywhere
            maximumLineCount: 2
            elide: Text.ElideRight
            lineHeight: 1.1
            Accessible.role: Accessible.Heading
        }

        TextLabel {
            objectName: "profileSignature"
            width: Math.min(parent.width, 640)
            text: root.user && root.user.signature.length > 0 ? root.user.signature : root.mine ? qsTr("You have said nothing about yourself yet") : qsTr("Says nothing about themselves")
            muted: true
            wrapMode: Text.Wrap
            maximumLineCount: 6
            elide: Text.ElideRight
        }

        Counters {
            width: Math.min(parent.width, 560)
            user: root.user
            links: true
            onFollowersWanted: root.followersWanted()
            onFollowingWanted: root.followingWanted()
        }

        Flow {
            id: deeds

            width: parent.width
            spacing: Theme.space2
            visible: root.user !== null && !root.mine

            FollowButton {
                objectName: "profileFollow"
                width: Math.min(parent.width, Math.max(implicitWidth, 132))
                user: root.user
            }
            PushButton {
                objectName: "profileMessage"
                width: Math.min(parent.width, Math.max(implicitWidth, 132))
                iconName: "comment"
                text: qsTr("Message")
                onClicked: root.messageWanted()
            }
        }

        Loader {
            active: root.mine
            visible: active && status === Loader.Ready
            sourceComponent: root.actions
        }
    }
}
