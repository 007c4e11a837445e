// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Who is signed in, or why it is worth it.
Rectangle {
    id: root

    required property Session session
    property UserEntity me: null

    signal signInWanted
    signal signOutWanted

    implicitHeight: (session.signedIn ? known.implicitHeight : invitation.implicitHeight) + 2 * Theme.space5
    radius: Theme.radiusLarge
    color: session.signedIn ? Theme.surface : Theme.accentSoft
    border.width: session.signedIn ? 1 : 0
    border.color: Theme.outline

    Column {
        id: invitation

        x: Theme.space5
        y: Theme.space5
        width: parent.width - 2 * x
        spacing: Theme.space3
        visible: !root.session.signedIn

        TextLabel {
            width: parent.width
            text: root.session.restoring ? qsTr("Looking for your last session…") : root.session.expired ? qsTr("Welcome back, %1").arg(root.session.userName) : qsTr("Say what you like")
            color: Theme.accentSoftInk
            font.pixelSize: Theme.fontHeadline
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            lineHeight: 1.1
        }

        TextLabel {
            width: parent.width
            text: root.session.expired ? qsTr("The server has ended your session. Sign in again and everything goes on.")
                : qsTr("With an account you can like videos and write comments. Watching works without one.")
            color: Theme.accentSoftInk
            wrapMode: Text.Wrap
        }

        PushButton {
            objectName: "accountSignIn"
            kind: PushButton.Primary
            text: qsTr("Sign in or register")
            enabled: !root.session.restoring
            onClicked: root.signInWanted()
        }
    }

    Column {
        id: known

        x: Theme.space5
        y: Theme.space5
        width: parent.width - 2 * x
        spacing: Theme.space4
        visible: root.session.signedIn

        Row {
            width: parent.width
            spacing: Theme.space4

            Avatar {
                id: picture

                width: 72
                height: 72
                name: root.session.userName
                source: root.me ? root.me.avatarUrl : ""
            }

            Column {
                width: parent.width - picture.width - parent.spacing
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.space1

                TextLabel {
                    width: parent.width
                    text: root.session.userName
                    font.pixelSize: Theme.fontHeadline
                    font.weight: Font.Bold
                    elide: Text.ElideRight
                    lineHeight: 1.1
                }

                TextLabel {
                    width: parent.width
                    text: root.me && root.me.signature.length > 0 ? root.me.signature : qsTr("Signed in")
                    muted: true
                    wrapMode: Text.Wrap
                    maximumLineCount: 3
                    elide: Text.ElideRight
                }
            }
        }

        Counters {
            width: parent.width
            user: root.me
            visible: root.me !== null
        }

        PushButton {
            objectName: "signOut"
            text: qsTr("Sign out")
            iconName: "logout"
            onClicked: root.signOutWanted()
        }
    }
}
