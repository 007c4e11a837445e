// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What clients sent, and what they got.
Column {
    id: root

    required property SimulatorDesk desk

    signal notice(string text)

    spacing: Theme.space4

    Connections {
        target: root.desk

        function onHarSaved(path) {
            place.text = qsTr("Saved as %1").arg(path);
            root.notice(qsTr("The journal is saved"));
        }
        function onHarFailed(why) {
            place.text = why.length > 0 ? qsTr("The journal could not be saved: %1").arg(why) : qsTr("The journal can be saved in files of this computer only.");
        }
    }

    Card {
        width: parent.width

        SwitchRow {
            width: parent.width
            name: "recording"
            iconName: "activity"
            on: root.desk.recording
            text: qsTr("Record requests")
            detail: qsTr("%1 kept. Passwords and tokens are not in it.").arg(root.desk.recorded)
            onSwitched: on => root.desk.setRecording(on)
        }
    }

    Flow {
        width: parent.width
        spacing: Theme.space2

        PushButton {
            objectName: "exportHar"
            width: Math.min(implicitWidth, parent.width)
            kind: PushButton.Primary
            text: qsTr("Export as HAR")
            busy: root.desk.exporting
            enabled: !root.desk.exporting
            onClicked: saver.choose()
        }

        PushButton {
            objectName: "clearJournal"
            width: Math.min(implicitWidth, parent.width)
            text: qsTr("Clear")
            iconName: "trash"
            onClicked: root.desk.clearJournal()
        }
    }

    TextLabel {
        id: place

        objectName: "harPlace"
        width: parent.width
        wrapMode: Text.Wrap
        visible: text.length > 0
        Accessible.role: Accessible.AlertMessage
    }

    ChipFlow {
        width: parent.width
        label: qsTr("Which requests")
        value: root.desk.struckOnly
        options: [
            {
                "value": false,
                "text": qsTr("All"),
                "name": "journalAll"
            },
            {
                "value": true,
                "text": qsTr("Struck by a fault"),
                "name": "journalStruck"
            }
        ]
        onChosen: value => root.desk.filterJournal(root.desk.journalRoute, value)
    }

    Field {
        objectName: "journalRoute"
        width: parent.width
        label: qsTr("Only this path")
        placeholder: "/douyin/feed/"
        hint: qsTr("A path, or its begin and *. Enter applies it.")
        text: root.desk.journalRoute
        onAccepted: root.desk.filterJournal(text, root.desk.struckOnly)
    }

    Card {
        width: parent.width
        title: qsTr("The newest first")

        Repeater {
            id: entryRows

            model: root.desk.journal

            JournalLine {
                objectName: "entry_" + model.number
                width: parent ? parent.width : 0
                onClicked: {
                    root.desk.openEntry(model.number);
                    sheet.open();
                }
            }
        }

        TextLabel {
            objectName: "journalEmpty"
            x: Theme.space4
            width: parent.width - 2 * x
            topPadding: Theme.space3
            bottomPadding: Theme.space3
            text: root.desk.recording ? qsTr("Nothing yet. Use the app: what it sends appears here.") : qsTr("Nothing is recorded. Switch recording on above.")
            muted: true
            wrapMode: Text.Wrap
            visible: entryRows.count === 0
        }
    }

    EntrySheet {
        id: sheet

        objectName: "entrySheet"
        desk: root.desk
        onNotice: text => root.notice(text)
    }

    FileSaver {
        id: saver

        objectName: "harSaver"
        title: qsTr("Save the journal")
        kind: qsTr("HTTP archives (%1)")
        suffix: "har"
        fileName: "tikgok.har"
        onChosen: file => root.desk.exportHar(file)
    }
}
