// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Where sign-ins are kept: what the keychain says, another try, and the plain file for those who want it.
Card {
    id: root

    required property Session session
    required property VaultSwitch vault
    readonly property bool trouble: session.vaultState !== Session.VaultState.Ok
    property bool moveFailed: false

    title: qsTr("Where sign-ins are kept")

    Connections {
        target: root.vault

        function onMoveFailed() {
            root.moveFailed = true;
        }
        function onPlainTextChanged() {
            root.moveFailed = false;
        }
    }

    Item {
        width: parent.width
        implicitHeight: column.implicitHeight + 2 * Theme.space3

        Icon {
            id: mark

            x: Theme.space4
            y: Theme.space3 + (title.height - height) / 2
            name: root.vault.plainText || root.trouble ? "warning" : "key"
            color: root.vault.plainText || root.trouble ? Theme.warning : Theme.textMuted
        }

        Column {
            id: column

            anchors.left: mark.right
            anchors.leftMargin: Theme.space4
            anchors.right: parent.right
            anchors.rightMargin: Theme.space4
            y: Theme.space3
            spacing: Theme.space2

            TextLabel {
                id: title

                objectName: "vaultTitle"
                width: parent.width
                text: root.vault.plainText ? qsTr("Kept unencrypted in a file of yours") : VaultWords.title(root.session.vaultState)
                wrapMode: Text.Wrap
            }

            TextLabel {
                width: parent.width
                text: root.vault.plainText ? qsTr("Whoever can read your files can use your accounts.") : VaultWords.detail(root.session.vaultState, root.session.signedIn)
                muted: true
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
            }

            TextLabel {
                objectName: "moveFailed"
                width: parent.width
                text: qsTr("They could not be moved. They are still in the file, and nothing is lost.")
                color: Theme.danger
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                visible: root.moveFailed
                Accessible.role: Accessible.AlertMessage
            }

            PushButton {
                objectName: "retryVault"
                width: Math.min(implicitWidth, parent.width)
                text: qsTr("Try the keychain again")
                busy: root.session.vaultBusy
                enabled: !root.session.vaultBusy
                visible: root.trouble && !root.vault.plainText
                onClicked: root.session.retryVault()
            }

            PushButton {
                objectName: "useKeychain"
                width: Math.min(implicitWidth, parent.width)
                text: qsTr("Move them to the keychain")
                busy: root.vault.moving
                enabled: !root.vault.moving
                visible: root.vault.plainText
                onClicked: {
                    root.moveFailed = false;
                    root.vault.useKeychain();
                }
            }
        }
    }

    Toggle {
        objectName: "plainTextToggle"
        width: parent.width
        iconName: "eye"
        text: qsTr("Keep my sign-ins unencrypted in a file on this device")
        detail: qsTr("I know that whoever can read my files can then use my accounts.")
        visible: root.trouble && !root.vault.plainText
        checked: root.vault.plainText
        onToggled: root.vault.usePlainText()
    }
}
