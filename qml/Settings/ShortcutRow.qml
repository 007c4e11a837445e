// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// A command and its keys, each of which a press takes away.
Item {
    id: root

    required property Shortcuts shortcuts
    required property int command
    required property var keys
    required property bool changed
    readonly property string words: CommandWords.command(command)

    signal keyWanted

    // Where the keyboard goes when the key at `index` is gone.
    function focusKey(index: int) {
        const next = index < caps.count ? caps.itemAt(index) : plus as Item;
        next.forceActiveFocus(Qt.TabFocusReason);
    }

    PressGuard {
        id: guard
    }

    implicitHeight: column.implicitHeight + 2 * Theme.space2
    Accessible.role: Accessible.Grouping
    Accessible.name: Format.labelled(words, keys.length > 0 ? Format.sentence(keys.map(key => CommandWords.key(key))) : qsTr("no key"))

    Column {
        id: column

        x: Theme.space4
        y: Theme.space2
        width: parent.width - 2 * Theme.space4
        spacing: Theme.space1

        TextLabel {
            width: parent.width
            text: root.words
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        Flow {
            width: parent.width
            spacing: Theme.space2

            Repeater {
                id: caps

                model: root.keys

                T.AbstractButton {
                    id: cap

                    required property string modelData
                    required property int index

                    objectName: "key" + root.command + "_" + index
                    text: CommandWords.key(modelData)
                    implicitWidth: Math.max(Theme.target, content.implicitWidth + 2 * Theme.space3)
                    implicitHeight: Math.max(Theme.target, content.implicitHeight + Theme.space2)
                    hoverEnabled: true
                    Accessible.role: Accessible.Button
                    Accessible.name: qsTr("%1 for “%2”: take this key away").arg(text).arg(root.words)
                    Accessible.onPressAction: cap.clicked()
                    Keys.onReturnPressed: cap.clicked()
                    Keys.onEnterPressed: cap.clicked()
                    Keys.onDeletePressed: cap.clicked()
                    onClicked: {
                        if (!guard.passes())
                            return;
                        // All of these are made anew.
                        const row = root;
                        const at = visualFocus ? index : -1;
                        row.shortcuts.removeKey(row.command, modelData);
                        if (at >= 0)
                            row.focusKey(at);
                    }

                    contentItem: Item {
                        Row {
                            id: content

                            anchors.centerIn: parent
                            spacing: Theme.space1

                            TextLabel {
                                anchors.verticalCenter: parent.verticalCenter
                                text: cap.text
                                font.weight: Font.Bold
                                Accessible.ignored: true
                            }

                            Icon {
                                anchors.verticalCenter: parent.verticalCenter
                                size: 14
                                name: "close"
                                color: Theme.textMuted
                            }
                        }
                    }

                    background: Rectangle {
                        radius: Theme.radiusSmall
                        color: cap.down ? Theme.press : Theme.surfaceSunken
                        border.width: 1
                        border.color: cap.hovered ? Theme.outlineStrong : Theme.outline

                        FocusRing {
                            target: cap
                            shown: cap.visualFocus
                            radius: parent.radius
                        }
                    }
                }
            }

            IconButton {
                id: plus

                objectName: "addKey" + root.command
                iconName: "plus"
                iconSize: 20
                ink: Theme.textMuted
                text: qsTr("Add a key for “%1”").arg(root.words)
                onClicked: if (!guard.running) root.keyWanted()
            }

            IconButton {
                objectName: "resetKey" + root.command
                iconName: "retry"
                iconSize: 20
                ink: Theme.textMuted
                text: qsTr("Usual keys for “%1”").arg(root.words)
                visible: root.changed
                onClicked: {
                    const byKey = visualFocus;
                    root.shortcuts.reset(root.command);
                    // This one goes.
                    if (byKey)
                        plus.forceActiveFocus(Qt.BacktabFocusReason);
                }
            }
        }
    }
}
