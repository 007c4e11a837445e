// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The address book of servers.
FocusScope {
    id: root

    required property ServersModel servers
    // Of the one in use.
    required property ServerHealth health

    signal backWanted
    signal notice(string text)

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Servers")
    Keys.forwardTo: [column]

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Servers")
        focus: true
        onBackWanted: root.backWanted()

        IconButton {
            objectName: "addServer"
            iconName: "plus"
            text: qsTr("Add a server")
            onClicked: sheet.add()
        }
    }

    CardColumn {
        id: column

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        TextLabel {
            width: parent.width
            text: qsTr("Accounts, drafts and what waits to be sent stay with their server. Going to another one loses nothing; removing one takes all of it along.")
            muted: true
            wrapMode: Text.Wrap
        }

        Rectangle {
            width: parent.width
            height: passing.implicitHeight + 2 * Theme.space3
            radius: Theme.radius
            color: Theme.warningSoft
            visible: root.servers.forThisRun

            TextLabel {
                id: passing

                objectName: "forThisRunNote"
                x: Theme.space4
                y: Theme.space3
                width: parent.width - 2 * x
                text: qsTr("The server in use was given on the command line. It is used until TikGok closes; the next start uses the one that was chosen here.")
                wrapMode: Text.Wrap
            }
        }

        Repeater {
            model: root.servers

            ServerCard {
                width: parent.width
                silent: present && !root.health.answering
                onUseWanted: root.servers.choose(index)
                onTestWanted: root.servers.test(index)
                // What the test has found is newer.
                onTested: if (silent) root.health.tryAgain()
                onEditWanted: passing ? root.servers.add(name, address) : sheet.edit(index, name, address)
                onRemoveWanted: removal.askFor(index, title, address)
            }
        }
    }

    Connections {
        target: root.servers

        function onRemoved(name) {
            root.notice(qsTr("%1 is not in the list any more").arg(name));
        }

        function onRemovalFailed(name) {
            root.notice(qsTr("%1 could not be removed: this device did not let go of all that is kept for it. Try again.").arg(name));
        }
    }

    // Says what goes along; nothing is asked where nothing does.
    ConfirmSheet {
        id: removal

        function askFor(index: int, title: string, address: string) {
            if (ServerWords.losses(root.servers, index).length === 0) {
                root.servers.remove(index);
                return;
            }
            // Others may go meanwhile, so it is not known by its row.
            const row = () => root.servers.rowWithAddress(address);
            ask(() => qsTr("Remove %1?").arg(title), () => Format.sentences([ServerWords.losses(root.servers, row()), qsTr("On the server nothing changes.")]), () => qsTr("Remove it, with all of this"), () => root.servers.remove(row()));
        }

        objectName: "removalSheet"
    }

    ServerSheet {
        id: sheet

        objectName: "serverSheet"
        servers: root.servers
    }
}
