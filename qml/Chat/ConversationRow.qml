// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// One conversation: who, what was said last and by whom, when, and how much was not seen.
// Qt 6.4 tells screen readers what kind of control it is, whatever role is declared.
T.ItemDelegate {
    id: row

    required property int index
    required property string peerId
    required property string name
    required property url avatar
    required property string lastText
    required property bool lastOwn
    required property int lastState
    required property string timeText
    required property int unread
    required property bool isFriend
    required property string draft
    // It is the one that stands beside the list.
    property bool current: false

    readonly property bool failed: lastState === ConversationsModel.Last.Failed
    readonly property bool pending: lastState === ConversationsModel.Last.Pending
    // In the one beside the list it stands anyway; what was not sent is more urgent.
    readonly property bool drafted: draft.length > 0 && !current && !failed
    readonly property string words: drafted ? qsTr("Draft: %1").arg(draft) : lastText.length === 0 ? qsTr("Say hello") : lastOwn ? qsTr("You: %1").arg(lastText) : lastText

    implicitHeight: Math.max(72, column.implicitHeight + 2 * Theme.space3)
    leftPadding: Theme.space4
    rightPadding: Theme.space4
    hoverEnabled: true
    text: name
    Accessible.role: Accessible.ListItem
    Accessible.name: name
    Accessible.description: Format.sentence([unread > 0 ? qsTr("%n unread", "", unread) : "", failed ? qsTr("Not sent") : pending && !drafted ? qsTr("Sending") : "", words, timeText])
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.onPressAction: row.clicked()
    Keys.onReturnPressed: row.clicked()
    Keys.onEnterPressed: row.clicked()

    contentItem: Item {
        Avatar {
            id: picture

            anchors.verticalCenter: parent.verticalCenter
            width: 48
            height: 48
            name: row.name
            source: row.avatar
            Accessible.ignored: true
        }

        Column {
            id: column

            anchors.left: picture.right
            anchors.leftMargin: Theme.space3
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            Item {
                width: parent.width
                height: Math.max(who.implicitHeight, when.implicitHeight)

                TextLabel {
                    id: who

                    anchors.left: parent.left
                    anchors.right: when.left
                    anchors.rightMargin: Theme.space2
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.name
                    font.pixelSize: Theme.fontLarge
                    font.weight: row.unread > 0 ? Font.Bold : Font.DemiBold
                    elide: Text.ElideRight
                    maximumLineCount: 1
                    clip: true
                    Accessible.ignored: true
                }

                TextLabel {
                    id: when

                    anchors.right: parent.right
                    anchors.baseline: who.baseline
                    objectName: "conversationTime"
                    text: row.timeText
                    color: row.unread > 0 ? Theme.accent : Theme.textMuted
                    font.pixelSize: Theme.fontCaption
                    Accessible.ignored: true
                }
            }

            Item {
                width: parent.width
                height: Math.max(what.implicitHeight, badge.implicitHeight)

                Icon {
                    id: mark

                    anchors.verticalCenter: parent.verticalCenter
                    size: Theme.fontBody
                    name: row.failed ? "warning" : "clock"
                    color: row.failed ? Theme.danger : Theme.textMuted
                    visible: row.failed || row.pending && !row.drafted
                }

                TextLabel {
                    id: what

                    anchors.left: mark.visible ? mark.right : parent.left
                    anchors.leftMargin: mark.visible ? Theme.space1 : 0
                    anchors.right: badge.visible ? badge.left : parent.right
                    anchors.rightMargin: badge.visible ? Theme.space2 : 0
                    anchors.verticalCenter: parent.verticalCenter
                    objectName: "conversationWords"
                    text: row.words
                    color: row.failed ? Theme.danger : row.drafted ? Theme.accent : row.unread > 0 ? Theme.text : Theme.textMuted
                    elide: Text.ElideRight
                    maximumLineCount: 1
                    clip: true
                    Accessible.ignored: true
                }

                Badge {
                    id: badge

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    border.width: 0
                    count: row.unread
                }
            }
        }
    }

    background: Rectangle {
        x: Theme.space2
        width: row.width - 2 * Theme.space2
        radius: Theme.radius
        color: row.current ? Theme.accentSoft : row.down ? Theme.press : row.hovered ? Theme.hover : "transparent"

        FocusRing {
            target: row
            shown: row.visualFocus
            gap: -3
        }
    }
}
