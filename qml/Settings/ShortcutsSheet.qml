// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// The keys, in one table.
Sheet {
    id: root

    title: qsTr("Keyboard shortcuts")
    preferredWidth: 460

    readonly property var table: [
        {
            "keys": ["↓", "J", "PgDn"],
            "text": qsTr("Next video")
        },
        {
            "keys": ["↑", "K", "PgUp"],
            "text": qsTr("Previous video")
        },
        {
            "keys": [qsTr("Space")],
            "text": qsTr("Pause and go on")
        },
        {
            "keys": ["←", "→"],
            "text": qsTr("Five seconds back or on")
        },
        {
            "keys": ["L"],
            "text": qsTr("Like, or take it back")
        },
        {
            "keys": ["C"],
            "text": qsTr("Comments")
        },
        {
            "keys": ["M"],
            "text": qsTr("Sound on or off")
        },
        {
            "keys": ["F"],
            "text": qsTr("Clear view")
        },
        {
            "keys": ["1", "…", "5"],
            "text": qsTr("Home, Friends, Publish, Messages, Me")
        },
        {
            "keys": ["[", "]"],
            "text": qsTr("For you, Following")
        },
        {
            "keys": ["F5"],
            "text": qsTr("Look again, on pages about people")
        },
        {
            "keys": ["Esc"],
            "text": qsTr("Close what is open")
        },
        {
            "keys": ["?"],
            "text": qsTr("This table")
        }
    ]

    Column {
        width: parent.width
        spacing: Theme.space2

        Repeater {
            model: root.table

            Item {
                id: row

                required property var modelData

                // The keys below the words where both do not fit side by side.
                readonly property bool stacked: words.implicitWidth + keys.implicitWidth + Theme.space3 > width

                width: parent.width
                implicitHeight: stacked ? words.height + keys.height + Theme.space1 + Theme.space2 : Math.max(32, words.implicitHeight, keys.implicitHeight)
                Accessible.role: Accessible.StaticText
                Accessible.name: row.modelData.text + ": " + row.modelData.keys.join(", ")

                TextLabel {
                    id: words

                    width: row.stacked ? row.width : implicitWidth
                    y: row.stacked ? 0 : (row.height - height) / 2
                    text: row.modelData.text
                    wrapMode: Text.Wrap
                    Accessible.ignored: true
                }

                Row {
                    id: keys

                    x: row.stacked ? 0 : row.width - width
                    y: row.stacked ? words.height + Theme.space1 : (row.height - height) / 2
                    spacing: Theme.space1

                    Repeater {
                        model: row.modelData.keys

                        Rectangle {
                            id: cap

                            required property string modelData

                            width: Math.max(height, letter.implicitWidth + 2 * Theme.space2)
                            height: letter.implicitHeight + Theme.space2
                            radius: 6
                            color: Theme.surfaceSunken
                            border.width: 1
                            border.color: Theme.outline

                            TextLabel {
                                id: letter

                                anchors.centerIn: parent
                                text: cap.modelData
                                font.pixelSize: Theme.fontCaption
                                font.weight: Font.Bold
                                Accessible.ignored: true
                            }
                        }
                    }
                }
            }
        }
    }
}
