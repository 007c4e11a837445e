// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The comments of one video: heading, list, and the line to write in.
FocusScope {
    id: root

    required property CommentsModel comments
    property bool showClose: true
    property bool sheet: false

    signal closeWanted
    signal authorWanted(string userId)

    function writeFocus() {
        composer.forceActiveFocus();
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Comments")
    Keys.onEscapePressed: root.closeWanted()

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
        radius: root.sheet ? Theme.radiusLarge : 0

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.radiusLarge
            color: parent.color
            visible: root.sheet
        }
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 8
        width: 36
        height: 4
        radius: 2
        color: Theme.outline
        visible: root.sheet
    }

    Item {
        id: head

        y: root.sheet ? Theme.space2 : 0
        width: parent.width
        height: Math.max(56, heading.implicitHeight + 2 * Theme.space2)

        TextLabel {
            id: heading

            objectName: "commentsTitle"
            anchors.left: parent.left
            anchors.leftMargin: Theme.space4
            anchors.right: closer.left
            anchors.verticalCenter: parent.verticalCenter
            text: root.comments.total > 0 ? qsTr("%n comment(s)", "", root.comments.total) : qsTr("Comments")
            font.pixelSize: Theme.fontTitle
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
        }

        IconButton {
            id: closer

            objectName: "closeComments"
            anchors.right: parent.right
            anchors.rightMargin: Theme.space2
            anchors.verticalCenter: parent.verticalCenter
            iconName: "close"
            ink: Theme.textMuted
            text: qsTr("Close the comments")
            visible: root.showClose
            onClicked: root.closeWanted()
        }
    }

    SavedStrip {
        id: age

        anchors.top: head.bottom
        width: parent.width
        visible: list.visible
        savedAt: root.comments.savedAt
    }

    ListView {
        id: list

        objectName: "commentsList"
        anchors.top: age.bottom
        anchors.bottom: trouble.top
        width: parent.width
        clip: true
        model: root.comments
        spacing: Theme.space1
        boundsBehavior: Flickable.StopAtBounds
        visible: count > 0
        activeFocusOnTab: count > 0
        keyNavigationEnabled: false
        // The keyboard is with the list, not with one of the comments.
        currentIndex: -1
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Comments, newest first")

        Keys.onPressed: event => event.accepted = ListKeys.scroll(list, event)

        delegate: CommentRow {
            width: ListView.view.width
            onRetryWanted: root.comments.retry(index)
            onDiscardWanted: root.comments.discard(index)
            onRemoveWanted: root.comments.remove(index)
            onAuthorWanted: root.authorWanted(authorId)
        }

        ScrollMark {
            flickable: list
        }

        ReadingOrder {
            view: list
        }
    }

    FocusRing {
        objectName: "commentsRing"
        parent: list
        target: list
        gap: -4
        radius: Theme.radiusSmall
        // Not around all of them when it is one of them that has the keyboard.
        shown: list.Window.activeFocusItem === list
    }

    // One's own are there, the others could not be read.
    Item {
        id: trouble

        readonly property bool shown: list.count > 0 && root.comments.state === CommentsModel.State.Failed

        anchors.bottom: composer.top
        width: parent.width
        height: shown ? again.height + 2 * Theme.space2 : 0
        visible: shown

        TextLabel {
            anchors.left: parent.left
            anchors.leftMargin: Theme.space4
            anchors.right: again.left
            anchors.rightMargin: Theme.space2
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("The other comments could not be loaded.")
            color: Theme.danger
            maximumLineCount: 2
            elide: Text.ElideRight
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
        }

        PushButton {
            id: again

            objectName: "commentsRetryOthers"
            anchors.right: parent.right
            anchors.rightMargin: Theme.space2
            anchors.verticalCenter: parent.verticalCenter
            kind: PushButton.Quiet
            text: qsTr("Try again")
            onClicked: root.comments.refresh()
        }
    }

    Column {
        anchors.top: head.bottom
        width: parent.width
        padding: Theme.space4
        spacing: Theme.space5
        visible: root.comments.state === CommentsModel.State.Loading && list.count === 0
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("Loading comments")

        Repeater {
            model: 4

            Row {
                required property int index
                spacing: Theme.space3

                Rectangle {
                    width: 40
                    height: 40
                    radius: 20
                    color: Theme.skeleton
                }
                Column {
                    spacing: Theme.space2
                    Rectangle {
                        width: 90
                        height: 12
                        radius: 6
                        color: Theme.skeleton
                    }
                    Rectangle {
                        width: root.width * (0.35 + 0.12 * (parent.parent as Row).index % 0.3)
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

        anchors.top: head.bottom
        anchors.bottom: composer.top
        width: parent.width
        contentHeight: Math.max(height, message.implicitHeight)
        interactive: contentHeight > height
        clip: true
        visible: list.count === 0 && root.comments.state !== CommentsModel.State.Loading && root.comments.state !== CommentsModel.State.Idle

        MessagePane {
            id: message

            readonly property bool failed: root.comments.state === CommentsModel.State.Failed

            width: parent.width
            height: parent.height
            iconName: failed ? ErrorText.icon(root.comments.errorKind) : "comment"
            title: failed ? ErrorText.title(root.comments.errorKind) : qsTr("Nobody has said anything yet")
            text: failed ? ErrorText.full(root.comments.errorKind, root.comments.errorWords) : qsTr("Be the first to say something.")
            actionName: "commentsRetry"
            actionText: failed ? qsTr("Try again") : ""
            actionIcon: "retry"
            onTriggered: root.comments.refresh()
        }
    }

    UndoBar {
        anchors.bottom: composer.top
        anchors.bottomMargin: Theme.space2
        anchors.horizontalCenter: parent.horizontalCenter
        width: parent.width - 2 * Theme.space4
        shown: root.comments.canUndo
        onUndo: byKey => {
            root.comments.undoRemove();
            // The bar goes.
            if (byKey)
                root.writeFocus();
        }
    }

    Composer {
        id: composer

        anchors.bottom: parent.bottom
        width: parent.width
        comments: root.comments
    }
}
