// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The keys, in one table. They are changed on a page of the settings.
Sheet {
    id: root

    required property Shortcuts shortcuts

    signal editWanted

    title: qsTr("Keyboard shortcuts")
    preferredWidth: 460

    component TableRow: Item {
        id: row

        required property string words
        required property var keys

        // The keys below the words where both do not fit side by side.
        readonly property bool stacked: label.implicitWidth + caps.implicitWidth + Theme.space3 > width

        implicitHeight: stacked ? label.height + caps.height + Theme.space1 + Theme.space2 : Math.max(32, label.implicitHeight, caps.implicitHeight)
        Accessible.role: Accessible.StaticText
        Accessible.name: Format.labelled(words, Format.sentence(keys))

        TextLabel {
            id: label

            width: row.stacked ? row.width : implicitWidth
            y: row.stacked ? 0 : (row.height - height) / 2
            text: row.words
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Row {
            id: caps

            x: row.stacked ? 0 : row.width - width
            y: row.stacked ? label.height + Theme.space1 : (row.height - height) / 2
            spacing: Theme.space1

            Repeater {
                model: row.keys

                KeyCap {
                    required property string modelData

                    text: modelData
                }
            }
        }
    }

    Column {
        width: parent.width
        spacing: Theme.space2

        Repeater {
            model: root.shortcuts

            TableRow {
                required property int command
                required property var model

                width: parent.width
                words: CommandWords.command(command)
                keys: model.keys.length > 0 ? model.keys.map(key => CommandWords.key(key)) : ["–"]
            }
        }

        // The table does not have it: it cannot be changed.
        TableRow {
            width: parent.width
            words: qsTr("Close what is open")
            keys: ["Esc"]
        }
    }

    PushButton {
        objectName: "editKeys"
        width: parent.width
        text: qsTr("Change keys")
        iconName: "keyboard"
        onClicked: {
            root.finish();
            root.editWanted();
        }
    }
}
