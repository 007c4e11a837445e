// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The keys, to change them.
FocusScope {
    id: root

    required property Shortcuts shortcuts

    signal backWanted
    // Said, with the way back.
    signal undoable(string text, var undo)

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Keyboard shortcuts")
    Keys.forwardTo: [column]

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Keyboard shortcuts")
        focus: true
        onBackWanted: root.backWanted()
    }

    CardColumn {
        id: column

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        TextLabel {
            width: parent.width
            text: qsTr("A press on a key takes it away, the plus adds one. Where you write, keys are letters and nothing else. Esc always closes what is open.")
            muted: true
            wrapMode: Text.Wrap
        }

        Repeater {
            model: [CommandGroup.Watching, CommandGroup.Going]

            Card {
                id: card

                required property int modelData

                width: parent.width
                title: CommandWords.group(modelData)

                Repeater {
                    model: root.shortcuts

                    ShortcutRow {
                        id: row

                        required property int group

                        width: parent.width
                        shortcuts: root.shortcuts
                        visible: group === card.modelData
                        onKeyWanted: sheet.ask(command)
                    }
                }
            }
        }

        PushButton {
            objectName: "resetAllKeys"
            text: qsTr("Usual keys for everything")
            iconName: "retry"
            // Keeps the keyboard when it has done its work: the way back is the next stop from here.
            enabled: root.shortcuts.changedAny || activeFocus
            opacity: root.shortcuts.changedAny ? 1 : 0.5
            onClicked: {
                if (!root.shortcuts.changedAny)
                    return;
                // The page may be gone by then.
                const shortcuts = root.shortcuts;
                shortcuts.resetAll();
                root.undoable(qsTr("All keys are as they were at first"), () => shortcuts.undoResetAll());
            }
        }
    }

    KeySheet {
        id: sheet

        objectName: "keySheet"
        shortcuts: root.shortcuts
    }
}
