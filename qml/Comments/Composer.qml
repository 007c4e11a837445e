// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// Where a comment is written. The text belongs to the model, so that it is kept per video and per account.
FocusScope {
    id: root

    required property CommentsModel comments
    readonly property int length: Array.from(input.text).length
    readonly property int room: comments.maxLength - length
    readonly property bool sendable: input.text.trim().length > 0 && room >= 0

    function send() {
        if (!sendable)
            return;
        comments.post(input.text);
    }

    implicitHeight: column.implicitHeight + 2 * Theme.space2
    height: implicitHeight

    Rectangle {
        anchors.fill: parent
        color: Theme.surface

        Rectangle {
            width: parent.width
            height: 1
            color: Theme.outline
        }
    }

    Column {
        id: column

        x: Theme.space3
        y: Theme.space2
        width: parent.width - 2 * Theme.space3
        spacing: Theme.space1

        Row {
            width: parent.width
            spacing: Theme.space2

            Flickable {
                id: flick

                width: parent.width - sender.width - parent.spacing
                height: Math.min(input.implicitHeight, Theme.fontLarge * 1.4 * 4 + 2 * Theme.space3)
                contentHeight: input.implicitHeight
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                // Before it has a height, the text scrolls to show its cursor, and would stay there.
                onHeightChanged: Qt.callLater(flick.stayInside)

                function stayInside() {
                    contentY = Math.max(0, Math.min(contentY, contentHeight - height));
                }

                T.TextArea.flickable: T.TextArea {
                    id: input

                    objectName: "commentInput"
                    focus: true
                    implicitHeight: Math.max(Theme.target, contentHeight + 2 * Theme.space3)
                    leftPadding: Theme.space4
                    rightPadding: Theme.space4
                    topPadding: Theme.space3
                    bottomPadding: Theme.space3
                    wrapMode: TextEdit.Wrap
                    font.pixelSize: Theme.fontBody
                    color: Theme.text
                    placeholderText: qsTr("Say something nice")
                    placeholderTextColor: Theme.textMuted
                    selectionColor: Theme.accent
                    selectedTextColor: Theme.accentInk
                    selectByMouse: true
                    textFormat: TextEdit.PlainText
                    text: root.comments.draft
                    onTextChanged: if (text !== root.comments.draft) root.comments.draft = text
                    Accessible.role: Accessible.EditableText
                    Accessible.name: qsTr("Write a comment")
                    Accessible.description: limit.visible ? limit.text : ""
                    Accessible.multiLine: true
                    // A draft goes on where it ended.
                    onActiveFocusChanged: if (activeFocus && cursorPosition === 0) cursorPosition = length
                    Keys.onPressed: event => {
                        if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !(event.modifiers & Qt.ShiftModifier)) {
                            root.send();
                            event.accepted = true;
                        }
                    }
                    // Otherwise it would be a tabulator in the text.
                    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

                    Connections {
                        target: root.comments
                        function onDraftChanged() {
                            if (input.text === root.comments.draft)
                                return;
                            input.text = root.comments.draft;
                            input.cursorPosition = input.length;
                        }
                    }

                    TextLabel {
                        x: input.leftPadding
                        y: input.topPadding
                        width: input.width - 2 * x
                        text: input.placeholderText
                        color: Theme.textMuted
                        lineHeight: 1
                        elide: Text.ElideRight
                        visible: input.length === 0 && input.preeditText.length === 0
                        Accessible.ignored: true
                    }

                    background: Rectangle {
                        radius: Theme.radiusLarge
                        color: Theme.surfaceSunken
                        border.width: input.activeFocus ? 2 : 0
                        border.color: root.room < 0 ? Theme.danger : Theme.focus
                    }
                }
            }

            IconButton {
                id: sender

                objectName: "sendComment"
                anchors.bottom: parent.bottom
                iconName: "send"
                text: qsTr("Send")
                enabled: root.sendable
                fill: Theme.accent
                ink: Theme.accentInk
                onClicked: root.send()
            }
        }

        TextLabel {
            id: limit

            width: parent.width
            rightPadding: sender.width + Theme.space3
            horizontalAlignment: Text.AlignRight
            text: root.room >= 0 ? qsTr("%n character(s) left", "", root.room) : qsTr("%n character(s) too many", "", -root.room)
            color: root.room < 0 ? Theme.danger : Theme.textMuted
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: root.room < 40
        }
    }
}
