// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Author, like, comments, share, more: beside the video.
Column {
    id: root

    required property VideoEntity video
    // Height that may be used, in pixels; below it everything moves together.
    property real available: 500

    // What all of them take, in pixels.
    readonly property real needed: 66 + 4 * (56 + spacing) + 2 * Theme.fontCaption

    signal commentsWanted
    signal menuWanted
    signal copied
    signal authorWanted

    spacing: available > 480 ? Theme.space3 : Theme.space1

    AuthorButton {
        objectName: "authorButton"
        anchors.horizontalCenter: parent.horizontalCenter
        author: root.video.author
        // Where there is no room the author's name has to do, which leads to the same page.
        visible: root.available > root.needed
        onClicked: root.authorWanted()
    }

    ActionButton {
        id: like

        objectName: "likeButton"
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: root.video.liked ? "heart-fill" : "heart"
        ink: root.video.liked ? Theme.liked : Theme.videoInk
        caption: Format.count(root.video.likeCount)
        text: root.video.liked ? qsTr("Take back like, %n like(s)", "", root.video.likeCount) : qsTr("Like, %n like(s)", "", root.video.likeCount)
        Accessible.checkable: true
        Accessible.checked: root.video.liked
        // Controls of Qt take their own states again when a screen reader comes.
        Accessible.onCheckableChanged: if (!Accessible.checkable) Accessible.checkable = true
        Accessible.onCheckedChanged: if (Accessible.checked !== root.video.liked) Accessible.checked = Qt.binding(() => root.video.liked)
        onClicked: root.video.toggleLike()

        SequentialAnimation {
            id: beat

            NumberAnimation {
                target: like
                property: "iconScale"
                to: 1.28
                duration: Theme.fast
                easing.type: Easing.OutCubic
            }
            NumberAnimation {
                target: like
                property: "iconScale"
                to: 1
                duration: Theme.normal
                easing.type: Easing.OutBack
            }
        }

        Connections {
            target: root.video
            function onLikeChanged() {
                if (root.video.liked && root.video.likePending && !Theme.reducedMotion)
                    beat.restart();
            }
        }
    }

    ActionButton {
        objectName: "commentsButton"
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: "comment"
        caption: Format.count(root.video.commentCount)
        text: qsTr("Comments, %n comment(s)", "", root.video.commentCount)
        onClicked: root.commentsWanted()
    }

    ActionButton {
        objectName: "shareButton"
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: "share"
        text: qsTr("Copy the link to this video")
        onClicked: root.copied()
    }

    ActionButton {
        objectName: "moreButton"
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: "more"
        text: qsTr("More: speed, clear view")
        onClicked: root.menuWanted()
    }
}
