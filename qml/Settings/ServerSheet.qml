// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// A server's name and address, and a test of it before it is kept.
Sheet {
    id: root

    required property ServersModel servers
    // Of the server that is edited; -1 for a new one.
    property int row: -1
    // Nobody is told what is wrong with what they have not typed yet.
    property bool judged: false

    title: row < 0 ? qsTr("Add a server") : qsTr("Edit the server")
    preferredWidth: 480

    function add() {
        show(-1, "", "");
    }

    function edit(index: int, oldName: string, oldAddress: string) {
        show(index, oldName, oldAddress);
    }

    function show(index: int, oldName: string, oldAddress: string) {
        row = index;
        name.text = oldName;
        address.text = oldAddress;
        judged = false;
        servers.formCheck.stop();
        open();
    }

    function judge(): bool {
        judged = true;
        if (servers.problemWith(address.text, row) === AddressProblem.None)
            return true;
        address.inputItem.forceActiveFocus();
        return false;
    }

    function save() {
        if (!judge())
            return;
        if (row < 0)
            servers.add(name.text, address.text);
        else
            servers.edit(row, name.text, address.text);
        finish();
    }

    onOpened: address.inputItem.forceActiveFocus()
    onClosed: servers.formCheck.stop()

    Field {
        id: address

        objectName: "serverAddress"
        width: parent.width
        label: qsTr("Address")
        placeholder: "videos.example.org"
        hint: {
            const whole = root.servers.completed(text);
            return whole.length > 0 && whole !== text ? qsTr("Becomes %1").arg(whole) : qsTr("As in your browser, without /douyin/");
        }
        problem: root.judged ? ServerWords.addressProblem(root.servers.problemWith(text, root.row)) : ""
        onTextChanged: root.servers.formCheck.stop()
        onAccepted: root.save()
    }

    Field {
        id: name

        objectName: "serverName"
        width: parent.width
        label: qsTr("Name, if you like")
        onAccepted: root.save()
    }

    CheckReport {
        objectName: "formReport"
        width: parent.width
        check: root.servers.formCheck
    }

    PushButton {
        objectName: "testAddress"
        width: parent.width
        text: qsTr("Test the connection")
        busy: root.servers.formCheck.running
        enabled: !root.servers.formCheck.running
        onClicked: if (root.judge()) root.servers.testAddress(address.text)
    }

    PushButton {
        objectName: "saveServer"
        width: parent.width
        kind: PushButton.Primary
        text: qsTr("Save")
        onClicked: root.save()
    }
}
