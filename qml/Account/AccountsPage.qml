// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The accounts on this server: switch, add, sign out, remove; and where their sign-ins are kept.
FocusScope {
    id: root

    required property Session session
    required property AccountsModel accounts
    required property VaultSwitch vault
    // For people: whose accounts these are.
    property string serverName

    signal backWanted
    signal notice(string text)

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Accounts")
    Keys.forwardTo: [column]

    Connections {
        target: root.session

        function onSwitchFailed(userName) {
            root.notice(qsTr("%1 stays signed in, but cannot be used now. %2").arg(userName).arg(VaultWords.title(root.session.vaultState)));
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Accounts")
        focus: true
        onBackWanted: root.backWanted()
    }

    CardColumn {
        id: column

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        Card {
            width: parent.width
            title: root.serverName.length > 0 ? qsTr("On %1").arg(root.serverName) : ""

            Repeater {
                model: root.accounts

                AccountRow {
                    objectName: "account" + userId
                    width: parent.width
                    enabled: !root.session.switching
                    onClicked: root.session.switchTo(userId)
                    onMoreWanted: sheet.show(userId, name, avatarUrl, present, signedOut)
                }
            }

            TextLabel {
                x: Theme.space4
                width: parent.width - 2 * Theme.space4
                topPadding: Theme.space3
                bottomPadding: Theme.space3
                text: qsTr("Nobody has signed in on this device yet.")
                muted: true
                wrapMode: Text.Wrap
                visible: root.accounts.count === 0
            }

            ListRow {
                objectName: "addAccount"
                width: parent.width
                iconName: "plus"
                text: qsTr("Add an account")
                detail: root.session.signedIn ? qsTr("%1 stays signed in").arg(root.session.userName) : ""
                onClicked: root.session.addAccount()
            }
        }

        TextLabel {
            width: parent.width
            text: qsTr("Each account has its own drafts, its own list of what waits to be sent, and its own saved pages.")
            muted: true
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
        }

        VaultCard {
            width: parent.width
            session: root.session
            vault: root.vault
        }
    }

    Sheet {
        id: sheet

        property string userId
        property string name
        property string avatarUrl
        property bool present: false
        property bool signedOut: false

        function show(id: string, who: string, picture: string, isPresent: bool, isOut: bool) {
            userId = id;
            name = who;
            avatarUrl = picture;
            present = isPresent;
            signedOut = isOut;
            open();
            // Not where it was the last time, which may have been on removing another.
            (present ? signOut : use).forceActiveFocus(Qt.PopupFocusReason);
        }

        objectName: "accountSheet"
        title: name

        PushButton {
            id: use

            objectName: "switchAccount"
            width: parent.width
            kind: PushButton.Primary
            text: sheet.signedOut ? qsTr("Sign in") : qsTr("Use this account")
            visible: !sheet.present
            onClicked: {
                sheet.finish();
                root.session.switchTo(sheet.userId);
            }
        }

        PushButton {
            id: signOut

            objectName: "signOutAccount"
            width: parent.width
            text: qsTr("Sign out")
            iconName: "logout"
            visible: !sheet.signedOut
            onClicked: {
                sheet.finish();
                root.session.signOutOf(sheet.userId);
            }
        }

        TextLabel {
            width: parent.width
            text: qsTr("Signed out, the account stays in the list with its drafts and what waits to be sent.")
            muted: true
            wrapMode: Text.Wrap
        }

        PushButton {
            objectName: "removeAccount"
            width: parent.width
            kind: PushButton.Quiet
            text: qsTr("Remove from this device…")
            onClicked: {
                const id = sheet.userId;
                const who = sheet.name;
                sheet.finish();
                removal.ask(() => qsTr("Remove %1?").arg(who), () => qsTr("This removes %1 from this device, with its drafts and what waits to be sent. On the server nothing changes.").arg(who), () => qsTr("Remove it for good"), () => {
                    root.session.removeAccount(id);
                    root.notice(qsTr("%1 is not on this device any more").arg(who));
                });
            }
        }
    }

    ConfirmSheet {
        id: removal

        objectName: "accountRemovalSheet"
    }
}
