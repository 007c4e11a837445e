// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What the server gave up, with its reason; a tap sends it again.
Card {
    id: root

    required property SimulatorDesk desk

    title: qsTr("Given up")
    visible: letterRows.count > 0

    ListRow {
        objectName: "resendAll"
        width: parent.width
        iconName: "retry"
        text: qsTr("Send all of them again")
        visible: letterRows.count > 1
        onClicked: root.desk.resendAllLetters()
    }

    Repeater {
        id: letterRows

        model: root.desk.deadLetters

        ListRow {
            required property var model

            objectName: "resend_" + model.letter
            width: parent ? parent.width : 0
            iconName: model.upload ? "upload" : "send"
            text: model.upload ? qsTr("Send the upload again") : qsTr("Send the write again")
            // The simulator's words come last: there may be a %1 in them.
            detail: qsTr("%3; tried %1 times, given up on %2").arg(model.failures).arg(model.dead).arg(model.reason)
            onClicked: root.desk.resendLetter(model.letter)
        }
    }

    TextLabel {
        x: Theme.space4
        width: parent.width - 2 * x
        topPadding: Theme.space2
        bottomPadding: Theme.space3
        text: qsTr("And %n older ones.", "", root.desk.olderLetters)
        muted: true
        wrapMode: Text.Wrap
        visible: root.desk.olderLetters > 0
    }
}
