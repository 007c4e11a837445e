// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Author, like, comments, share, more: beside the video.
Column {
    id: root

    required property VideoEntity video
    // Height that may be used, in pixels. With less of it everything moves together, then the author goes, whose name
    // leads to the same page, the link, which stands among what is more, and at last the counts.
    property real available: 500
    // The author's picture may be fetched.
    property bool pictures: true

    // What the icons that always stay take, and what the others add, in pixels.
    readonly property real icons: 3 * 46 + 2 * spacing
    readonly property real counts: 2 * digits.height
    readonly property real link: 46 + spacing
    readonly property real face: 66 + spacing
    readonly property bool counted: available > icons + counts
    // Not even the icons have room.
    readonly property bool cramped: available < icons

    signal commentsWanted
    signal menuWanted
    signal copied
    signal authorWanted

    spacing: available > 480 ? Theme.space3 : Theme.space1

    FontMetrics {
        id: digits

        font.pixelSize: Theme.fontCaption
        font.weight: Font.Bold
    }

    AuthorButton {
        objectName: "authorButton"
        anchors.horizontalCenter: parent.horizontalCenter
        author: root.video.author
        pictures: root.pictures
        visible: root.available > root.icons + root.counts + root.link + root.face
        onClicked: root.authorWanted()
    }

    ActionButton {
        id: like

        objectName: "likeButton"
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: root.video.liked ? "heart-fill" : "heart"
        ink: root.video.liked ? Theme.liked : Theme.videoInk
        caption: root.counted ? Format.count(root.video.likeCount) : ""
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
        caption: root.counted ? Format.count(root.video.commentCount) : ""
        text: qsTr("Comments, %n comment(s)", "", root.video.commentCount)
        onClicked: root.commentsWanted()
    }

    ActionButton {
        objectName: "shareButton"
        anchors.horizontalCenter: parent.horizontalCenter
        iconName: "share"
        text: qsTr("Copy the link to this video")
        visible: root.available > root.icons + root.counts + root.link
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
