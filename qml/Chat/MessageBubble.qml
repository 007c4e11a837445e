// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// One message, with the day above the first one of it, and the time below the last one of a group.
Item {
    id: row

    required property int index
    required property bool own
    required property string content
    required property string timeText
    required property string dayText
    required property int daysAgo
    required property bool groupStart
    required property bool groupEnd
    required property int status
    required property int failedKind
    required property string failedWords
    property string peerName

    readonly property bool failed: status === ChatModel.Status.Failed
    readonly property bool pending: status === ChatModel.Status.Pending
    readonly property real widest: Math.min(width - 2 * Theme.space4 - Math.min(56, width * 0.12), 560 * Math.min(Theme.textScale, 1.4))
    readonly property string day: daysAgo === 0 ? qsTr("Today") : daysAgo === 1 ? qsTr("Yesterday") : dayText
    readonly property string stateText: pending ? (failedKind === ErrorKind.None ? qsTr("Sending…") : qsTr("Waiting to be sent…")) : failed ? qsTr("Not sent") : timeText

    signal retryWanted
    signal discardWanted

    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2").arg(own ? qsTr("You") : peerName).arg(content)
    Accessible.description: Format.sentence([dayText.length > 0 ? day : "", stateText])

    // Words that wrap would ask for another width each time.
    TextLabel {
        id: unbroken

        visible: false
        text: row.content
        Accessible.ignored: true
    }

    Column {
        id: column

        width: parent.width

        // Made for the few that have one: a page of messages comes at once.
        Loader {
            active: row.dayText.length > 0
            visible: active
            width: parent.width

            sourceComponent: Item {
                height: dayLabel.implicitHeight + 2 * Theme.space3

                Rectangle {
                    anchors.centerIn: dayLabel
                    width: dayLabel.width + 2 * Theme.space3
                    height: dayLabel.height + Theme.space1
                    radius: height / 2
                    color: Theme.surfaceSunken
                }

                TextLabel {
                    id: dayLabel

                    anchors.centerIn: parent
                    text: row.day
                    muted: true
                    font.pixelSize: Theme.fontCaption
                    lineHeight: 1
                    Accessible.ignored: true
                }
            }
        }

        Item {
            width: 1
            height: row.groupStart && row.dayText.length === 0 ? Theme.space3 : 3
        }

        Rectangle {
            id: bubble

            x: row.own ? row.width - width - Theme.space4 : Theme.space4
            width: Math.max(words.width + 2 * Theme.space3 + 2, Math.min(52, row.widest))
            height: words.height + 2 * (Theme.space2 + 1)
            radius: Math.min(Theme.radius + 4, height / 2)
            color: row.failed ? Theme.dangerSoft : row.own ? Theme.accentSoft : Theme.surface
            border.width: row.own && !row.failed ? 0 : 1
            border.color: row.failed ? Theme.danger : Theme.outline

            TextLabel {
                id: words

                anchors.centerIn: parent
                width: Math.min(Math.ceil(unbroken.implicitWidth), row.widest - 2 * Theme.space3 - 2)
                text: row.content
                color: row.own && !row.failed ? Theme.bubbleInk : Theme.text
                opacity: row.pending ? 0.7 : 1
                wrapMode: Text.Wrap
                // Marks that are piled up on a letter stay within the bubble.
                clip: true
                Accessible.ignored: true
            }
        }

        TextLabel {
            x: row.own ? row.width - width - Theme.space4 - Theme.space1 : Theme.space4 + Theme.space1
            width: row.widest
            topPadding: 2
            text: row.failed ? (row.failedWords.length > 0 ? qsTr("Not sent. The server's words: “%1”").arg(row.failedWords) : qsTr("Not sent. %1").arg(ErrorText.advice(row.failedKind))) : row.stateText
            color: row.failed ? Theme.danger : Theme.textMuted
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            horizontalAlignment: row.own ? Text.AlignRight : Text.AlignLeft
            visible: text.length > 0 && (row.groupEnd || row.pending || row.failed)
            Accessible.ignored: true
        }

        Loader {
            active: row.failed
            visible: active
            x: parent.width - width - Theme.space4

            sourceComponent: Flow {
                width: Math.min(row.width - 2 * Theme.space4, again.implicitWidth + spacing + forget.implicitWidth)
                spacing: Theme.space1

                PushButton {
                    id: again

                    objectName: "retryMessage"
                    kind: PushButton.Quiet
                    text: qsTr("Send again")
                    Accessible.description: row.content
                    onClicked: row.retryWanted()
                }
                PushButton {
                    id: forget

                    objectName: "discardMessage"
                    kind: PushButton.Quiet
                    inkOverride: Theme.textMuted
                    text: qsTr("Discard")
                    Accessible.description: row.content
                    onClicked: row.discardWanted()
                }
            }
        }
    }
}
