// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Core

// One person in a list: opens their page; beside it what can be done at once.
Item {
    id: root

    required property UserEntity user
    // A line about them; by default what they say of themselves.
    property string detail: user.signature
    // Messages of theirs that were not seen.
    property int unread: 0
    property bool messageVisible: false
    readonly property bool stacked: width < 350 * Theme.textScale
    readonly property bool focused: body.activeFocus || follow.activeFocus || message.activeFocus

    signal opened
    signal messageWanted

    implicitHeight: stacked && follow.visible ? body.height + actions.height + Theme.space2 : body.height
    Accessible.role: Accessible.ListItem
    Accessible.name: user.name

    function focusBody(reason: int) {
        body.forceActiveFocus(reason);
    }

    T.AbstractButton {
        id: body

        objectName: "personRow"
        width: parent.width
        height: Math.max(68, texts.implicitHeight + 2 * Theme.space3)
        text: root.user.name
        hoverEnabled: true
        Accessible.role: Accessible.Button
        Accessible.name: text
        Accessible.description: Format.sentence([root.unread > 0 ? qsTr("%n unread", "", root.unread) : "", root.detail])
        Accessible.onPressAction: body.clicked()
        Keys.onReturnPressed: body.clicked()
        Keys.onEnterPressed: body.clicked()
        onClicked: root.opened()

        contentItem: Item {
            Avatar {
                id: picture

                x: Theme.space4
                anchors.verticalCenter: parent.verticalCenter
                width: 48
                height: 48
                name: root.user.name
                source: root.user.avatarUrl
                Accessible.ignored: true
            }

            Column {
                id: texts

                anchors.left: picture.right
                anchors.leftMargin: Theme.space3
                anchors.right: parent.right
                anchors.rightMargin: root.stacked ? Theme.space4 : actions.width + Theme.space4 + Theme.space3
                anchors.verticalCenter: parent.verticalCenter

                TextLabel {
                    width: parent.width
                    text: root.user.name
                    font.weight: Font.Bold
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
                Item {
                    width: parent.width
                    height: Math.max(what.implicitHeight, badge.visible ? badge.implicitHeight : 0)
                    visible: root.detail.length > 0 || badge.visible

                    TextLabel {
                        id: what

                        anchors.left: parent.left
                        anchors.right: badge.visible ? badge.left : parent.right
                        anchors.rightMargin: badge.visible ? Theme.space2 : 0
                        anchors.verticalCenter: parent.verticalCenter
                        text: root.detail
                        muted: root.unread === 0
                        elide: Text.ElideRight
                        maximumLineCount: 1
                        Accessible.ignored: true
                    }

                    Badge {
                        id: badge

                        objectName: "personBadge"
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        border.width: 0
                        count: root.unread
                    }
                }
            }
        }

        background: Rectangle {
            anchors.fill: parent
            anchors.leftMargin: Theme.space1
            anchors.rightMargin: Theme.space1
            radius: Theme.radius
            color: body.down ? Theme.press : body.hovered ? Theme.hover : "transparent"

            FocusRing {
                target: body
                shown: body.visualFocus
                gap: -3
            }
        }
    }

    Row {
        id: actions

        x: root.stacked ? Theme.space4 + 48 + Theme.space3 : root.width - width - Theme.space4
        y: root.stacked ? body.height - Theme.space2 : (body.height - height) / 2
        spacing: Theme.space1

        IconButton {
            id: message

            objectName: "personMessage"
            anchors.verticalCenter: parent.verticalCenter
            iconName: "comment"
            text: qsTr("Write to %1").arg(root.user.name)
            ink: Theme.textMuted
            visible: root.messageVisible && !root.user.isMe
            onClicked: root.messageWanted()
        }

        FollowButton {
            id: follow

            objectName: "personFollow"
            anchors.verticalCenter: parent.verticalCenter
            user: root.user
        }
    }
}
