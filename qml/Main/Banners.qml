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
    required property Settings settings
    required property ServerLink server
    required property ServerHealth health
    required property ServersModel servers
    required property SimulatorWatch simulatorWatch
    required property SimulatorDesk simulatorDesk
    // Its page is in front.
    property bool simulatorShown: false

    // Of the window, in pixels.
    property real windowHeight: 0
    readonly property bool compact: windowHeight < 560 * Theme.textScale
    // Where they would take a page's room, only the weightiest of those that there is reason for is shown; the others come
    // after it. What the simulator does on purpose cannot wait.
    readonly property bool oneOnly: compact || width < 720
    readonly property string first: silent ? "silent" : compact && simulatorWatch.chaotic ? "chaos" : vaultTrouble ? "vault" : plain ? "plain" : ""
    readonly property bool silent: !health.answering
    readonly property bool vaultTrouble: session.vaultState !== Session.VaultState.Ok && !vault.plainText && session.userName.length > 0 && !vaultSeen
    readonly property bool plain: vault.plainText && session.userName.length > 0 && !isSeen()

    // Whoever dismissed the notice about plain text.
    readonly property string account: (server.builtIn ? "" : server.address) + "|" + session.userId

    // Dismissed until something changes.
    property bool vaultSeen: false

    function shows(name: string): bool {
        return !oneOnly || first === name;
    }

    function isSeen(): bool {
        for (const one of settings.plainTextSeen)
            if (one === account)
                return true;
        return false;
    }

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
        visible: root.silent && root.shows("silent")
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
        visible: root.vaultTrouble && root.shows("vault")
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
        visible: root.plain && root.shows("plain")
        iconName: "eye"
        text: qsTr("Your sign-ins are kept unencrypted in a file of yours.")
        actionText: qsTr("Change this")
        actionName: "plainMore"
        onTriggered: root.accountsWanted()
        onDismissed: root.settings.notePlainTextSeen(root.account)
    }

    ChaosBanner {
        width: parent.width
        compact: root.compact
        watch: root.simulatorWatch
        desk: root.simulatorDesk
        pageShown: root.simulatorShown
        onPageWanted: root.simulatorWanted()
    }
}
