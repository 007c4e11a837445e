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
    // Asked twice, where another address takes something away.
    property bool sure: false
    property string oldAddress: ""
    readonly property bool moves: row >= 0 && servers.completed(address.text) !== servers.completed(oldAddress)
    // What goes with the former address, as it is when this opens.
    readonly property string losses: visible && row >= 0 ? ServerWords.losses(servers, servers.rowWithAddress(oldAddress)) : ""

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
        root.oldAddress = oldAddress;
        sure = false;
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

    // Enter in a field. It answers no question that is about what goes.
    function saveByKey() {
        if (!sure)
            save();
    }

    function save() {
        if (!judge())
            return;
        if (moves && losses.length > 0 && !sure) {
            sure = true;
            return;
        }
        if (row < 0)
            servers.add(name.text, address.text);
        else
            servers.edit(servers.rowWithAddress(oldAddress), name.text, address.text);
        finish();
    }

    onVisibleChanged: if (visible) address.inputItem.forceActiveFocus()
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
        onTextChanged: {
            root.servers.formCheck.stop();
            root.sure = false;
        }
        onAccepted: root.saveByKey()
    }

    Field {
        id: name

        objectName: "serverName"
        width: parent.width
        label: qsTr("Name, if you like")
        onAccepted: root.saveByKey()
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

    TextLabel {
        objectName: "editLosses"
        width: parent.width
        text: Format.sentences([qsTr("Another address is another server: nothing that is kept for the former one is sent there."), root.losses, qsTr("To keep both, add the new address as a server of its own.")])
        wrapMode: Text.Wrap
        visible: root.sure
    }

    PushButton {
        objectName: "saveServer"
        width: parent.width
        kind: root.sure ? PushButton.Danger : PushButton.Primary
        text: root.sure ? qsTr("Use the new address, without all of this") : qsTr("Save")
        onClicked: root.save()
        // A double click does not ask and answer at once.
        onDoubleClicked: {}
    }
}
