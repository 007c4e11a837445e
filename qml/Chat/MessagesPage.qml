// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The conversations, newest first; on a wide window with one of them beside the list.
FocusScope {
    id: root

    required property ConversationsModel conversations
    required property ChatModel chat
    required property bool signedIn
    property bool wide: false

    // A conversation was chosen; on a narrow window it is to be opened over this page.
    signal chatWanted(string peerId, string name, url avatar)
    signal profileWanted(var user)
    signal signInWanted
    signal friendsWanted

    // Of the conversation beside the list; 0 when there is none.
    readonly property real writingHeight: (side.item as ChatPane)?.writingHeight ?? 0
    // List and conversation side by side.
    readonly property bool split: wide && (list.count > 0 || chat.peerId.length > 0)

    // The keyboard is with what is there: the conversations, or what is said instead of them.
    function focusShown() {
        const at = root.Window.activeFocusItem;
        if (messages.visible && list.activeFocus)
            message.nextItemInFocusChain(true)?.forceActiveFocus();
        else if (list.visible && left.activeFocus && at && !at.visible)
            list.forceActiveFocus();
    }

    onActiveFocusChanged: Qt.callLater(focusShown)
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Messages")

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    FocusScope {
        id: left

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        width: root.split ? Math.min(Math.max(300, parent.width * 0.34), 400 * Math.min(Theme.textScale, 1.3)) : parent.width
        focus: true

        PageHeader {
            id: head

            width: parent.width
            title: qsTr("Messages")
            backVisible: false

            Spinner {
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.target
                height: Theme.target * 0.5
                label: qsTr("Looking for new messages")
                visible: root.conversations.refreshing
            }

            IconButton {
                objectName: "refreshConversations"
                iconName: "retry"
                ink: Theme.textMuted
                text: qsTr("Look for new messages")
                visible: root.signedIn && !root.conversations.refreshing
                onClicked: root.conversations.refresh()
            }
        }

        NoticeStrip {
            id: strip

            anchors.top: head.bottom
            width: parent.width
            iconName: ErrorText.icon(root.conversations.errorKind)
            shown: list.count > 0 && root.conversations.errorKind !== ErrorKind.None
            text: qsTr("%1. This is what was known last.").arg(ErrorText.title(root.conversations.errorKind))
        }

        ListView {
            id: list

            objectName: "conversationList"
            anchors.top: strip.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            focus: true
            model: root.conversations
            topMargin: Theme.space2
            bottomMargin: Theme.space2
            keyNavigationEnabled: false
            // Its row is the stop, the keys go on from there.
            activeFocusOnTab: false
            visible: count > 0
            Keys.onPressed: event => event.accepted = ListKeys.step(list, list.currentIndex, event)
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Conversations, newest first")
            // Pulled down and let go.
            onDragEnded: if (contentY < originY - topMargin - 64) root.conversations.refresh()

            delegate: ConversationRow {
                width: ListView.view.width
                current: root.wide && peerId === root.chat.peerId
                focusPolicy: index === Math.max(0, list.currentIndex) || activeFocus ? Qt.StrongFocus : Qt.ClickFocus
                onClicked: {
                    list.currentIndex = index;
                    root.chatWanted(peerId, name, avatar);
                }
            }

            ScrollMark {
                flickable: list
            }

            ReadingOrder {
                view: list
            }
        }

        Column {
            anchors.top: head.bottom
            width: Math.min(parent.width, 480)
            padding: Theme.space4
            spacing: Theme.space5
            visible: root.conversations.state === ConversationsModel.State.Loading && list.count === 0
            Accessible.role: Accessible.ProgressBar
            Accessible.name: qsTr("Loading conversations")

            Repeater {
                model: 4

                Row {
                    id: placeholder

                    required property int index

                    spacing: Theme.space3

                    Rectangle {
                        width: 48
                        height: 48
                        radius: 24
                        color: Theme.skeleton
                    }
                    Column {
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: Theme.space2

                        Rectangle {
                            width: 110
                            height: 13
                            radius: 6
                            color: Theme.skeleton
                        }
                        Rectangle {
                            width: 150 + 30 * (placeholder.index % 3)
                            height: 12
                            radius: 6
                            color: Theme.skeleton
                        }
                    }
                }
            }
        }

        Flickable {
            id: messages

            readonly property bool signedOut: root.conversations.state === ConversationsModel.State.SignedOut
            readonly property bool failed: root.conversations.state === ConversationsModel.State.Failed

            anchors.top: head.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            contentHeight: Math.max(height, message.implicitHeight + 2 * Theme.space4)
            interactive: contentHeight > height
            clip: true
            onVisibleChanged: Qt.callLater(root.focusShown)
            visible: list.count === 0 && root.conversations.state !== ConversationsModel.State.Loading

            MessagePane {
                id: message

                width: parent.width
                height: messages.contentHeight
                iconName: messages.signedOut ? "person" : messages.failed ? ErrorText.icon(root.conversations.errorKind) : "comment"
                title: messages.signedOut ? qsTr("Sign in to talk") : messages.failed ? ErrorText.title(root.conversations.errorKind) : qsTr("No conversations yet")
                text: messages.signedOut ? qsTr("Your conversations are kept with your account.") : messages.failed ? ErrorText.full(root.conversations.errorKind, root.conversations.errorWords) : qsTr("Friends are people whom you follow and who follow you. Follow somebody, and talk when they follow you back.")
                actionName: messages.signedOut ? "messagesSignIn" : messages.failed ? "messagesRetry" : "messagesFriends"
                actionText: messages.signedOut ? qsTr("Sign in or register") : messages.failed ? qsTr("Try again") : qsTr("Find people")
                actionIcon: messages.failed ? "retry" : ""
                busy: messages.failed && root.conversations.refreshing
                onTriggered: messages.signedOut ? root.signInWanted() : messages.failed ? root.conversations.refresh() : root.friendsWanted()
            }
        }
    }

    Rectangle {
        anchors.left: left.right
        width: 1
        height: parent.height
        color: Theme.outline
        visible: root.split
    }

    Loader {
        id: side

        objectName: "chatSide"
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.left: left.right
        anchors.leftMargin: 1
        anchors.right: parent.right
        active: root.split
        visible: active
        sourceComponent: root.chat.peerId.length > 0 ? conversation : nothing
    }

    function focusChat() {
        if (root.chat.peerId.length > 0)
            (side.item as Item)?.forceActiveFocus();
    }

    Component {
        id: conversation

        ChatPane {
            chat: root.chat
            signedIn: root.signedIn
            backVisible: false
            onBackWanted: list.forceActiveFocus(Qt.BacktabFocusReason)
            onProfileWanted: user => root.profileWanted(user)
            onSignInWanted: root.signInWanted()
        }
    }

    Component {
        id: nothing

        Item {
            MessagePane {
                anchors.centerIn: parent
                width: parent.width
                iconName: "comment"
                title: qsTr("Choose a conversation")
                text: qsTr("Up and Down choose, Enter opens.")
            }
        }
    }
}
