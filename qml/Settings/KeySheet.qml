// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Waits for the key that a command should have.
Sheet {
    id: root

    required property Shortcuts shortcuts
    property int command: Command.None
    // The key that was pressed and that something else has; empty otherwise.
    property string taken
    // The last key cannot be chosen.
    property bool refused: false
    readonly property int holder: taken.length > 0 ? shortcuts.holderOf(taken) : Command.None

    title: qsTr("Press the new key")

    function ask(wanted: int) {
        command = wanted;
        taken = "";
        refused = false;
        open();
    }

    function heard(key: string) {
        taken = "";
        refused = key.length === 0;
        if (refused)
            return;
        const has = shortcuts.holderOf(key);
        if (has === Command.None || has === command) {
            shortcuts.addKey(command, key);
            finish();
        } else {
            taken = key;
            useIt.forceActiveFocus(Qt.TabFocusReason);
        }
    }

    onVisibleChanged: if (visible) ear.forceActiveFocus()

    FocusScope {
        id: ear

        objectName: "keyEar"
        width: parent.width
        implicitHeight: words.implicitHeight + 2 * Theme.space5
        activeFocusOnTab: true
        Accessible.role: Accessible.EditableText
        Accessible.name: words.text
        Accessible.focusable: true

        Keys.onPressed: event => {
            switch (event.key) {
            // What gets one out.
            case Qt.Key_Escape:
                return;
            // Gets one around where there is something to choose from. Otherwise keys are waited for, and it is refused
            // like others that cannot be chosen: the keyboard does not leave.
            case Qt.Key_Tab:
            case Qt.Key_Backtab:
                if (root.taken.length > 0)
                    return;
                root.refused = true;
                break;
            // A modifier alone: the key is still to come.
            case Qt.Key_Shift:
            case Qt.Key_Control:
            case Qt.Key_Alt:
            case Qt.Key_AltGr:
            case Qt.Key_Meta:
            case Qt.Key_Super_L:
            case Qt.Key_Super_R:
                break;
            default:
                root.heard(root.shortcuts.written(event.key, event.modifiers));
            }
            event.accepted = true;
        }

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: Theme.surfaceSunken
            border.width: ear.activeFocus ? 2 : 1
            border.color: ear.activeFocus ? Theme.focus : Theme.outline
        }

        TextLabel {
            id: words

            anchors.centerIn: parent
            width: parent.width - 2 * Theme.space4
            text: root.taken.length > 0 ? CommandWords.key(root.taken) : qsTr("For “%1”. With Ctrl, Alt or Shift, if you like.").arg(CommandWords.command(root.command))
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            font.pixelSize: root.taken.length > 0 ? Theme.fontHeadline : Theme.fontBody
            font.weight: root.taken.length > 0 ? Font.Bold : Font.Normal
            Accessible.ignored: true
        }

        TapHandler {
            onTapped: ear.forceActiveFocus()
        }
    }

    TextLabel {
        objectName: "keyProblem"
        width: parent.width
        text: root.refused ? qsTr("This key cannot be chosen: it is needed to get around.")
            : root.taken.length > 0 ? qsTr("This key is used for “%1” now.").arg(CommandWords.command(root.holder)) : ""
        color: root.refused ? Theme.danger : Theme.text
        wrapMode: Text.Wrap
        visible: text.length > 0
        Accessible.role: Accessible.AlertMessage
    }

    PushButton {
        id: useIt

        objectName: "useKey"
        width: parent.width
        kind: PushButton.Primary
        text: qsTr("Use it here instead")
        visible: root.taken.length > 0
        onClicked: {
            root.shortcuts.addKey(root.command, root.taken);
            root.finish();
        }
    }

    PushButton {
        objectName: "anotherKey"
        width: parent.width
        kind: PushButton.Quiet
        text: qsTr("Press another key")
        visible: root.taken.length > 0
        onClicked: {
            root.taken = "";
            ear.forceActiveFocus();
        }
    }
}
