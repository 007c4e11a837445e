// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import QtQuick.Templates as T

// One line of text with its label above and what is wrong with it below.
Item {
    id: root

    property string label
    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias inputItem: input
    property alias maximumLength: input.maximumLength
    property string problem
    property string hint
    // How much of the room is used, at the end of the line below; red when it is too much.
    property string counter
    property bool overfull: false
    property bool secret: false
    property bool revealed: false

    signal accepted

    implicitHeight: column.implicitHeight
    implicitWidth: 240

    Column {
        id: column

        width: parent.width
        spacing: Theme.space1 + 2

        TextLabel {
            text: root.label
            font.weight: Font.Bold
            // Qt 6.4 gives no name to a field that hides what is typed, at least not to AT-SPI.
            Accessible.ignored: !root.secret || root.revealed
        }

        T.TextField {
            id: input

            objectName: root.objectName + "Input"

            width: parent.width
            implicitHeight: Math.max(Theme.target + 4, contentHeight + 2 * Theme.space3)
            leftPadding: Theme.space4
            rightPadding: root.secret ? reveal.width + Theme.space2 : Theme.space4
            verticalAlignment: TextInput.AlignVCenter
            font.pixelSize: Theme.fontLarge
            color: Theme.text
            placeholderTextColor: Theme.textMuted
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            selectByMouse: true
            echoMode: root.secret && !root.revealed ? TextInput.Password : TextInput.Normal
            inputMethodHints: root.secret ? Qt.ImhNoPredictiveText | Qt.ImhSensitiveData | Qt.ImhNoAutoUppercase : Qt.ImhNoAutoUppercase
            onAccepted: root.accepted()

            Accessible.role: Accessible.EditableText
            Accessible.name: root.label
            Accessible.description: Format.sentence([root.counter, root.problem.length > 0 ? root.problem : root.hint])

            background: Rectangle {
                radius: Theme.radius
                color: Theme.surfaceRaised
                border.width: input.activeFocus || root.problem.length > 0 ? 2 : 1
                border.color: root.problem.length > 0 ? Theme.danger : input.activeFocus ? Theme.focus : Theme.outlineStrong
            }

            IconButton {
                id: reveal

                anchors.right: parent.right
                anchors.rightMargin: 2
                anchors.verticalCenter: parent.verticalCenter
                visible: root.secret
                iconName: root.revealed ? "eye-off" : "eye"
                ink: Theme.textMuted
                text: root.revealed ? qsTr("Hide password") : qsTr("Show password")
                onClicked: root.revealed = !root.revealed
            }
        }

        Row {
            width: parent.width
            spacing: Theme.space1 + 2
            visible: root.problem.length > 0 || root.hint.length > 0 || root.counter.length > 0

            Icon {
                id: mark

                size: Theme.fontLarge
                name: "warning"
                color: Theme.danger
                visible: root.problem.length > 0
            }

            TextLabel {
                width: parent.width - (mark.visible ? mark.width + parent.spacing : 0) - (count.visible ? count.width + parent.spacing : 0)
                text: root.problem.length > 0 ? root.problem : root.hint
                color: root.problem.length > 0 ? Theme.danger : Theme.textMuted
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
            }

            TextLabel {
                id: count

                objectName: root.objectName + "Counter"
                text: root.counter
                color: root.overfull ? Theme.danger : Theme.textMuted
                font.pixelSize: Theme.fontCaption
                visible: text.length > 0
            }
        }
    }
}
