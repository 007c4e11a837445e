// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// Where a message is written. The text belongs to the model, so that it is kept per peer and per account.
FocusScope {
    id: root

    required property ChatModel chat
    readonly property int room: chat.maxLength - chat.draftLength
    readonly property bool sendable: input.text.trim().length > 0 && room >= 0

    signal sent
    // A key that is for the list above; whoever takes it accepts it.
    signal scrollWanted(var event)

    function send() {
        if (sendable && chat.send(input.text))
            sent();
    }

    implicitHeight: column.implicitHeight + 2 * Theme.space2
    height: implicitHeight

    Rectangle {
        anchors.fill: parent
        color: Theme.background

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
                contentWidth: width
                contentHeight: input.implicitHeight
                flickableDirection: Flickable.VerticalFlick
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                // Before it has a size, the text scrolls to show its cursor, and would stay there.
                onHeightChanged: Qt.callLater(flick.stayInside)
                onContentXChanged: if (contentX !== 0) contentX = 0

                function stayInside() {
                    contentY = Math.max(0, Math.min(contentY, contentHeight - height));
                }

                T.TextArea.flickable: T.TextArea {
                    id: input

                    objectName: "messageInput"
                    focus: true
                    implicitHeight: Math.max(Theme.target, contentHeight + 2 * Theme.space3)
                    leftPadding: Theme.space4
                    rightPadding: Theme.space4
                    topPadding: Theme.space3
                    bottomPadding: Theme.space3
                    wrapMode: TextEdit.Wrap
                    font.pixelSize: Theme.fontBody
                    color: Theme.text
                    placeholderText: qsTr("Write a message")
                    placeholderTextColor: Theme.textMuted
                    selectionColor: Theme.accent
                    selectedTextColor: Theme.accentInk
                    selectByMouse: true
                    textFormat: TextEdit.PlainText
                    text: root.chat.draft
                    onTextChanged: if (text !== root.chat.draft) root.chat.draft = text
                    Accessible.role: Accessible.EditableText
                    Accessible.name: qsTr("Write a message to %1").arg(root.chat.peerName)
                    Accessible.description: limit.visible ? limit.text : ""
                    Accessible.multiLine: true
                    // A draft goes on where it ended.
                    onActiveFocusChanged: if (activeFocus && cursorPosition === 0) cursorPosition = length
                    Keys.onPressed: event => {
                        if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !(event.modifiers & Qt.ShiftModifier)) {
                            root.send();
                            event.accepted = true;
                        } else if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown) {
                            root.scrollWanted(event);
                        }
                    }
                    // Otherwise it would be a tabulator in the text.
                    Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                    Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

                    Connections {
                        target: root.chat
                        function onDraftChanged() {
                            if (input.text === root.chat.draft)
                                return;
                            input.text = root.chat.draft;
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

                objectName: "sendMessage"
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
            text: root.chat.countsBytes ? (root.room >= 0 ? qsTr("%n byte(s) left", "", root.room) : qsTr("%n byte(s) too many", "", -root.room))
                : root.room >= 0 ? qsTr("%n character(s) left", "", root.room) : qsTr("%n character(s) too many", "", -root.room)
            color: root.room < 0 ? Theme.danger : Theme.textMuted
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: root.room < 40
        }
    }
}
