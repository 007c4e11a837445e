// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// One request whole, and why it was answered like that.
Sheet {
    id: root

    required property SimulatorDesk desk

    signal notice(string text)

    title: qsTr("Request %1").arg(desk.entryNumber)
    preferredWidth: 680
    onClosed: desk.closeEntry()

    Connections {
        target: root.desk

        function onCurlReady(command) {
            clipboard.text = command;
            clipboard.selectAll();
            clipboard.copy();
            clipboard.text = "";
            root.notice(qsTr("The command is copied"));
        }
    }

    PushButton {
        objectName: "copyCurl"
        width: Math.min(implicitWidth, parent.width)
        iconName: "link"
        text: qsTr("Copy as curl")
        enabled: root.desk.entryText.length > 0
        onClicked: root.desk.askCurl(root.desk.entryNumber)
    }

    Spinner {
        width: 32
        height: 32
        visible: root.desk.entryText.length === 0 && root.desk.problem === ErrorKind.None
    }

    TextLabel {
        objectName: "entryText"
        width: parent.width
        text: root.desk.entryText.length > 0 || root.desk.problem === ErrorKind.None ? root.desk.entryText : ErrorText.full(root.desk.problem, root.desk.problemWords)
        font.family: "monospace"
        font.pixelSize: Theme.fontCaption
        wrapMode: Text.WrapAnywhere
    }

    // QML has no clipboard of its own.
    TextEdit {
        id: clipboard

        visible: false
        Accessible.ignored: true
    }
}
