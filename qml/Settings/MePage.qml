// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Account
import TikGok.Controls
import TikGok.Core

// The account, and the way to everything that is about oneself.
FocusScope {
    id: root

    required property Session session
    property UserEntity me: null

    signal signInWanted
    signal activityWanted
    signal settingsWanted
    signal shortcutsWanted

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Me")

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    CardColumn {
        anchors.fill: parent

        TextLabel {
            text: qsTr("Me")
            font.pixelSize: Theme.fontHeadline
            font.weight: Font.Bold
            lineHeight: 1
            Accessible.role: Accessible.Heading
        }

        AccountCard {
            width: parent.width
            session: root.session
            me: root.me
            onSignInWanted: root.signInWanted()
            onSignOutWanted: root.session.signOut()
        }

        Card {
            width: parent.width

            ListRow {
                objectName: "activityRow"
                width: parent.width
                iconName: "activity"
                text: qsTr("Activity")
                detail: qsTr("What waits, was sent, or failed")
                chevron: true
                onClicked: root.activityWanted()
            }

            ListRow {
                objectName: "settingsRow"
                width: parent.width
                iconName: "settings"
                text: qsTr("Settings")
                chevron: true
                onClicked: root.settingsWanted()
            }

            ListRow {
                objectName: "shortcutsRow"
                width: parent.width
                iconName: "keyboard"
                text: qsTr("Keyboard shortcuts")
                chevron: true
                onClicked: root.shortcutsWanted()
            }
        }
    }
}
