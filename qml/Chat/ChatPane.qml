// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// One conversation: who it is with, what was said, and the line to write in.
FocusScope {
    id: root

    objectName: "chatPane"

    required property ChatModel chat
    required property bool signedIn
    property bool backVisible: true
    // Taken at the bottom by the line to write in.
    readonly property real writingHeight: composer.height

    signal backWanted
    signal profileWanted(var user)
    signal signInWanted

    // True when it was one of the keys that scroll.
    function scroll(event: var): bool {
        const way = ListKeys.way(event, 60, ListKeys.page * list.height);
        if (way === 0)
            return false;
        list.climbing = way === -Infinity;
        if (list.climbing)
            list.climb();
        else if (way === Infinity)
            list.toNewest();
        else
            list.moveBy(way);
        list.settle();
        see();
        return true;
    }

    function leave(): bool {
        if (!backVisible)
            backWanted();
        return !backVisible;
    }

    function jump() {
        list.climbing = false;
        list.following = true;
        list.held = null;
        list.toNewest();
        Qt.callLater(list.stick);
        see();
    }

    // Whoever is at the end and looks has seen it all.
    function see() {
        if (chat.shown && chat.active && list.following && chat.unseen > 0)
            chat.markSeen();
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Conversation with %1").arg(chat.peerName)
    // Over another page, the way back belongs to whoever put it there.
    Keys.onEscapePressed: event => event.accepted = root.leave()
    Keys.onBackPressed: event => event.accepted = root.leave()

    Connections {
        target: root.chat
        function onUnseenChanged() {
            Qt.callLater(root.see);
        }
        function onShownChanged() {
            Qt.callLater(root.see);
        }
        function onPeerChanged() {
            list.following = true;
            list.held = null;
            Qt.callLater(root.see);
        }
        function onHeard(text) {
            announcement.words = qsTr("%1: %2").arg(root.chat.peerName).arg(text);
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    Item {
        id: head

        width: parent.width
        height: Math.max(60, name.implicitHeight + 2 * Theme.space2)

        IconButton {
            id: back

            objectName: "backButton"
            anchors.left: parent.left
            anchors.leftMargin: Theme.space1
            anchors.verticalCenter: parent.verticalCenter
            iconName: "back"
            text: qsTr("Back")
            visible: root.backVisible
            onClicked: root.backWanted()
        }

        T.AbstractButton {
            id: person

            objectName: "chatPerson"
            anchors.left: back.visible ? back.right : parent.left
            anchors.leftMargin: back.visible ? 0 : Theme.space2
            anchors.right: parent.right
            anchors.rightMargin: Theme.space2
            height: parent.height
            leftPadding: Theme.space2
            rightPadding: Theme.space2
            hoverEnabled: true
            text: root.chat.peerName
            enabled: root.chat.peer !== null
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Profile of %1").arg(root.chat.peerName)
            Accessible.onPressAction: person.clicked()
            Keys.onReturnPressed: person.clicked()
            Keys.onEnterPressed: person.clicked()
            onClicked: root.profileWanted(root.chat.peer)

            contentItem: Item {
                Avatar {
                    id: picture

                    anchors.verticalCenter: parent.verticalCenter
                    width: 40
                    height: 40
                    name: root.chat.peerName
                    source: root.chat.peerAvatar
                    Accessible.ignored: true
                }

                TextLabel {
                    id: name

                    anchors.left: picture.right
                    anchors.leftMargin: Theme.space3
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.chat.peerName
                    font.pixelSize: Theme.fontTitle
                    font.weight: Font.Bold
                    elide: Text.ElideRight
                    // At 200 % many a name needs two.
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    clip: true
                    lineHeight: 1
                    Accessible.ignored: true
                }
            }

            background: Rectangle {
                anchors.fill: parent
                anchors.topMargin: Theme.space1
                anchors.bottomMargin: Theme.space1
                radius: Theme.radius
                color: person.down ? Theme.press : person.hovered && person.enabled ? Theme.hover : "transparent"

                FocusRing {
                    target: person
                    shown: person.visualFocus
                    gap: -3
                }
            }
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.outline
        }
    }

    NoticeStrip {
        id: strip

        anchors.top: head.bottom
        width: parent.width
        iconName: ErrorText.icon(root.chat.errorKind)
        shown: root.chat.keptSince.length > 0 && root.chat.errorKind !== ErrorKind.None
        text: qsTr("%1. This is from %2.").arg(ErrorText.title(root.chat.errorKind)).arg(root.chat.keptSince)
    }

    ListView {
        id: list

        objectName: "messageList"

        // The end is in sight, and shall stay there.
        property bool following: true
        readonly property real lastY: originY + contentHeight + bottomMargin - height

        // The message in the middle of what is read further up, and how far it is from the upper edge: what comes takes
        // the time away from the message before it, and the whole list would move by that.
        property Item held: null
        property real heldAt: 0

        // Somebody has moved it. A little beside the end is still the end: a thumb that rests there moves it, too.
        function settle() {
            following = contentY >= lastY - Theme.target;
            held = following || climbing ? null : itemAt(width / 2, contentY + height / 2);
            heldAt = held ? held.y - contentY : 0;
        }

        function holdOn() {
            if (held && !moving)
                moveBy(held.y - heldAt - contentY);
        }

        function moveBy(way: real) {
            contentY = Math.min(lastY, Math.max(originY - topMargin, contentY + way));
        }

        function toNewest() {
            positionViewAtBeginning();
            moveBy(contentHeight + height);
        }

        // The oldest is in sight, and shall stay there until somebody goes another way: heights are guessed until the
        // messages are laid out, so the top moves away a few times.
        property bool climbing: false

        function climb() {
            if (!climbing)
                return;
            positionViewAtEnd();
            moveBy(-contentHeight - height);
        }

        // Heights are guessed until the messages are laid out.
        function stick() {
            if (following && !moving)
                toNewest();
        }

        anchors.top: strip.bottom
        // The way to the newest has room of its own and hides no message.
        anchors.bottom: jumper.visible ? jumper.top : composer.top
        // Always with what the badge needs: nothing moves when the first one comes.
        anchors.bottomMargin: jumper.visible ? Theme.space2 + Theme.fontCaption : 0
        width: parent.width
        clip: true
        // Newest first, from below: what is added at the other end moves nothing.
        model: root.chat
        verticalLayoutDirection: ListView.BottomToTop
        boundsBehavior: Flickable.StopAtBounds
        reuseItems: true
        cacheBuffer: 400
        bottomMargin: Theme.space3
        topMargin: Theme.space3
        visible: count > 0
        activeFocusOnTab: count > 0
        keyNavigationEnabled: false
        // The keyboard is with the list, not with one of the messages.
        currentIndex: -1
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Messages, the newest at the end")
        // The keyboard goes to a row, which comes into sight then.
        Connections {
            target: list.Window.window
            function onActiveFocusItemChanged() {
                if (list.activeFocus)
                    Qt.callLater(() => Qt.callLater(list.settle));
            }
        }

        onMovementStarted: climbing = false
        onMovementEnded: {
            settle();
            root.see();
        }
        onCountChanged: Qt.callLater(stick)
        onHeightChanged: Qt.callLater(stick)
        onContentHeightChanged: {
            Qt.callLater(stick);
            Qt.callLater(climb);
            Qt.callLater(holdOn);
        }
        onOriginYChanged: Qt.callLater(climb)
        Keys.onPressed: event => event.accepted = root.scroll(event)

        delegate: MessageBubble {
            id: bubble

            ListView.onPooled: {
                if (list.held === bubble)
                    list.held = null;
            }

            width: ListView.view.width
            peerName: root.chat.peerName
            onRetryWanted: {
                root.chat.retry(index);
                composer.forceActiveFocus();
            }
            onDiscardWanted: {
                root.chat.discard(index);
                composer.forceActiveFocus();
            }
        }

        FocusRing {
            parent: list
            target: list
            gap: -4
            radius: Theme.radiusSmall
        }

        ScrollMark {
            flickable: list
        }

        ReadingOrder {
            view: list
        }
    }

    Column {
        anchors.bottom: composer.top
        width: parent.width
        padding: Theme.space4
        spacing: Theme.space3
        visible: root.signedIn && root.chat.state === ChatModel.State.Loading && list.count === 0
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("Loading messages")

        Repeater {
            model: 4

            Rectangle {
                required property int index

                x: index % 2 === 0 ? Theme.space4 : root.width - width - Theme.space4
                width: root.width * (0.3 + 0.1 * (index % 3))
                height: 38
                radius: 18
                color: Theme.surfaceSunken
            }
        }
    }

    Flickable {
        id: messages

        anchors.top: strip.bottom
        anchors.bottom: composer.top
        width: parent.width
        contentHeight: Math.max(height, message.implicitHeight + 2 * Theme.space4)
        interactive: contentHeight > height
        clip: true
        visible: list.count === 0 && (!root.signedIn || root.chat.state === ChatModel.State.Ready || root.chat.state === ChatModel.State.Failed)

        MessagePane {
            id: message

            readonly property bool failed: root.signedIn && root.chat.state === ChatModel.State.Failed

            width: parent.width
            height: messages.contentHeight
            iconName: failed ? ErrorText.icon(root.chat.errorKind) : root.signedIn ? "comment" : "person"
            title: failed ? ErrorText.title(root.chat.errorKind) : root.signedIn ? qsTr("Nothing said yet") : qsTr("You are signed out")
            text: failed ? ErrorText.full(root.chat.errorKind, root.chat.errorWords) : root.signedIn ? qsTr("Write the first message to %1.").arg(root.chat.peerName) : qsTr("Sign in to read and write messages. What you typed is kept.")
            actionName: failed ? "chatRetry" : "chatSignIn"
            actionText: failed ? qsTr("Try again") : root.signedIn ? "" : qsTr("Sign in or register")
            actionIcon: failed ? "retry" : ""
            compact: messages.height < 320
            onTriggered: failed ? root.chat.refresh() : root.signInWanted()
        }
    }

    T.AbstractButton {
        id: jumper

        objectName: "jumpToNewest"
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        anchors.bottom: composer.top
        anchors.bottomMargin: Theme.space2
        width: 44
        height: 44
        visible: list.visible && !list.following
        hoverEnabled: true
        text: root.chat.unseen > 0 ? qsTr("Jump to the newest, %n new", "", root.chat.unseen) : qsTr("Jump to the newest")
        Accessible.role: Accessible.Button
        Accessible.name: text
        Accessible.onPressAction: jumper.clicked()
        Keys.onReturnPressed: jumper.clicked()
        Keys.onEnterPressed: jumper.clicked()
        onClicked: {
            root.jump();
            composer.forceActiveFocus();
        }

        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                size: 22
                name: "chevron-down"
                color: Theme.text
            }
        }

        background: Rectangle {
            radius: height / 2
            color: Theme.surfaceRaised
            border.width: 1
            border.color: Theme.outlineStrong

            Rectangle {
                anchors.fill: parent
                radius: parent.radius
                color: jumper.down ? Theme.press : jumper.hovered ? Theme.hover : "transparent"
            }

            FocusRing {
                target: jumper
                shown: jumper.visualFocus
                radius: height / 2
            }
        }

        Badge {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.top
            anchors.bottomMargin: -height / 2
            count: root.chat.unseen
        }
    }

    // For who cannot see what comes.
    Item {
        id: announcement

        property string words

        objectName: "chatAnnouncement"
        width: 1
        height: 1
        Accessible.role: Accessible.AlertMessage
        Accessible.name: words
        Accessible.ignored: words.length === 0
    }

    ChatComposer {
        id: composer

        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        chat: root.chat
        onSent: root.jump()
        onScrollWanted: event => event.accepted = root.scroll(event)
    }
}
