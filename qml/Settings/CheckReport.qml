// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What a connection test found, or that it is under way. Takes no room before there was one.
Item {
    id: root

    required property ServerCheck check
    // It is known by now that it does not answer.
    property bool silent: false
    // What the test found was true when it was made.
    readonly property bool stale: silent && (check.verdict === ServerVerdict.None || ServerWords.good(check.verdict))
    readonly property bool good: !stale && ServerWords.good(check.verdict)

    implicitHeight: visible ? column.implicitHeight : 0
    visible: check.running || stale || check.verdict !== ServerVerdict.None
    Accessible.role: Accessible.AlertMessage
    Accessible.name: Format.headed(title.text, detail.visible ? detail.text : "")

    Spinner {
        id: dots

        width: 20
        height: 20
        y: (title.height - height) / 2
        visible: root.check.running
    }

    Icon {
        id: mark

        size: 20
        y: (title.height - height) / 2
        name: root.good ? "check" : "warning"
        color: root.good ? Theme.success : Theme.danger
        visible: !root.check.running
    }

    Column {
        id: column

        x: mark.width + Theme.space3
        width: parent.width - x
        spacing: Theme.space1

        TextLabel {
            id: title

            width: parent.width
            text: root.check.running ? qsTr("Asking the server…") : root.stale ? qsTr("It does not answer at the moment") : ServerWords.verdict(root.check.verdict)
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        TextLabel {
            id: detail

            objectName: "checkDetail"
            width: parent.width
            text: root.check.running || root.stale ? "" : ServerWords.detail(root.check)
            muted: true
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: text.length > 0
            Accessible.ignored: true
        }
    }
}
