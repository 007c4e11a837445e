// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// In front of a simulator whose door is shut, or of a server that is none.
CardColumn {
    id: root

    required property SimulatorWatch watch

    signal serversWanted

    MessagePane {
        objectName: "noSimulator"
        width: parent.width
        visible: root.watch.presence === SimulatorWatch.Presence.NotSimulator
        iconName: "flask"
        title: qsTr("This server is not a simulator")
        text: qsTr("What this page does needs one. Choose the built-in server, or one that was started with tikgok-sim.")
        actionText: qsTr("Choose a server")
        actionName: "chooseServer"
        onTriggered: root.serversWanted()
    }

    MessagePane {
        objectName: "silentSimulator"
        width: parent.width
        visible: root.watch.presence === SimulatorWatch.Presence.Silent
        iconName: "offline"
        title: qsTr("The simulator does not answer")
        text: qsTr("It may have been stopped. As soon as it answers, this page goes on.")
        actionText: qsTr("Try again")
        actionName: "lookAgain"
        onTriggered: root.watch.look()
    }

    Spinner {
        width: 40
        height: 40
        anchors.horizontalCenter: parent.horizontalCenter
        visible: root.watch.presence === SimulatorWatch.Presence.Unknown
    }

    Column {
        width: parent.width
        spacing: Theme.space4
        visible: root.watch.presence === SimulatorWatch.Presence.TokenNeeded

        TextLabel {
            width: parent.width
            text: qsTr("This simulator wants its token")
            font.pixelSize: Theme.fontTitle
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }

        TextLabel {
            width: parent.width
            text: qsTr("Each start of tikgok-sim writes a new one into the file admin.token in its data directory.")
            wrapMode: Text.Wrap
        }

        Field {
            id: token

            objectName: "adminToken"
            width: parent.width
            label: qsTr("Token")
            secret: true
            hint: qsTr("It is kept in the keychain, as your sign-ins are.")
            problem: root.watch.tokenRefused && text.length === 0 ? qsTr("The simulator does not know this token. It has a new one after each start.") : ""
            onAccepted: give.clicked()
        }

        PushButton {
            id: give

            objectName: "giveToken"
            width: Math.min(implicitWidth, parent.width)
            kind: PushButton.Primary
            text: qsTr("Continue")
            onClicked: {
                const given = token.text;
                token.text = "";
                root.watch.giveToken(given);
            }
        }
    }
}
