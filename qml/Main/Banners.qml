// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Account
import TikGok.Controls
import TikGok.Core
import TikGok.Simulator

// What the whole window should know: the server is silent, the keychain is in trouble, tokens lie in plain text.
Column {
    id: root

    required property Session session
    required property VaultSwitch vault
    required property ServerHealth health
    required property ServersModel servers
    required property SimulatorWatch simulatorWatch
    required property SimulatorDesk simulatorDesk
    // Its page is in front.
    property bool simulatorShown: false

    // Of the window, in pixels.
    property real windowHeight: 0
    readonly property bool compact: windowHeight < 560 * Theme.textScale
    // Where they would take a page's room, only the first of those that can wait is shown; the others come after it.
    readonly property bool oneOnly: compact || width < 720
    readonly property bool silent: !health.answering
    readonly property bool vaultTrouble: session.vaultState !== Session.VaultState.Ok && !vault.plainText && session.userName.length > 0 && !vaultSeen

    // Dismissed until something changes.
    property bool vaultSeen: false
    property bool plainSeen: false

    signal serversWanted
    signal simulatorWanted
    signal accountsWanted

    Connections {
        target: root.session

        function onVaultStateChanged() {
            root.vaultSeen = false;
        }
    }

    Banner {
        objectName: "silentBanner"
        width: parent.width
        compact: root.compact
        visible: root.silent
        iconName: "offline"
        text: root.servers.presentName.length > 0 ? qsTr("%1 does not answer. What you do is kept.").arg(root.servers.presentName)
            : qsTr("The server does not answer. What you do is kept.")
        actionText: qsTr("Try again")
        actionName: "tryServerAgain"
        busy: root.health.trying
        secondText: qsTr("Another server")
        secondName: "anotherServer"
        dismissable: false
        onTriggered: root.health.tryAgain()
        onSecondTriggered: root.serversWanted()
    }

    Banner {
        objectName: "vaultBanner"
        width: parent.width
        compact: root.compact
        visible: root.vaultTrouble && !(root.oneOnly && root.silent)
        iconName: "key"
        text: root.session.signedIn ? qsTr("%1. You stay signed in until TikGok closes.").arg(VaultWords.title(root.session.vaultState)) : VaultWords.title(root.session.vaultState)
        actionText: qsTr("Try the keychain again")
        actionName: "tryVaultAgain"
        busy: root.session.vaultBusy
        secondText: qsTr("More")
        secondName: "vaultMore"
        onTriggered: root.session.retryVault()
        onSecondTriggered: root.accountsWanted()
        onDismissed: root.vaultSeen = true
    }

    Banner {
        objectName: "plainBanner"
        width: parent.width
        compact: root.compact
        visible: root.vault.plainText && root.session.userName.length > 0 && !root.plainSeen && !(root.oneOnly && (root.silent || root.vaultTrouble))
        iconName: "eye"
        text: qsTr("Your sign-ins are kept unencrypted in a file of yours.")
        actionText: qsTr("Change this")
        actionName: "plainMore"
        onTriggered: root.accountsWanted()
        onDismissed: root.plainSeen = true
    }

    ChaosBanner {
        width: parent.width
        watch: root.simulatorWatch
        desk: root.simulatorDesk
        pageShown: root.simulatorShown
        onPageWanted: root.simulatorWanted()
    }
}
