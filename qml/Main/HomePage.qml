// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Comments
import TikGok.Controls
import TikGok.Core
import TikGok.Feed
import TikGok.Playback

// The feed, with the comments beside it on a wide window and over it on a narrow one.
FocusScope {
    id: root

    required property FeedModel feed
    required property PlaybackController playback
    required property CommentsModel comments
    required property Settings settings
    required property ServerLink server
    property bool wide: false
    property bool commentsOpen: false
    readonly property VideoEntity video: feedPage.video
    readonly property bool onTail: feedPage.onTail

    signal notice(string text)

    function handleKey(event: var): bool {
        if (event.key === Qt.Key_Escape && commentsOpen) {
            closeComments();
            return true;
        }
        return feedPage.handleKey(event);
    }

    function next() {
        feedPage.pager.next();
    }

    function toggleComments(byKey: bool) {
        if (commentsOpen) {
            closeComments();
            return;
        }
        sheet.writing = byKey;
        commentsOpen = true;
        if (wide)
            (side.item as CommentsPane).writeFocus();
    }

    function closeComments() {
        commentsOpen = false;
        feedPage.forceActiveFocus();
    }

    Binding {
        target: root.comments
        property: "video"
        value: root.video
        when: root.commentsOpen && root.video !== null
        restoreMode: Binding.RestoreNone
    }

    FeedPage {
        id: feedPage

        focus: true
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: side.left
        feed: root.feed
        playback: root.playback
        settings: root.settings
        server: root.server
        wide: root.wide
        onCommentsWanted: byKey => root.toggleComments(byKey)
        onNotice: text => root.notice(text)
    }

    Loader {
        id: side

        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.right: parent.right
        width: active ? Math.min(parent.width * 0.5, 380 * Math.min(Theme.textScale, 1.25)) : 0
        active: root.wide && root.commentsOpen && !root.onTail
        sourceComponent: CommentsPane {
            comments: root.comments
            onCloseWanted: root.closeComments()
        }
    }

    CommentsSheet {
        id: sheet

        comments: root.comments
        visible: !root.wide && root.commentsOpen && root.visible
        onClosed: if (!root.wide) root.closeComments()
    }
}
