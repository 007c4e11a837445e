// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Comments
import TikGok.Controls
import TikGok.Core
import TikGok.Feed
import TikGok.Playback

// A list of videos being watched, with the comments beside it on a wide window and over it on a narrow one.
FocusScope {
    id: root

    required property VideoList feed
    required property PlaybackController playback
    required property VideoPlaylist playlist
    required property CommentsModel comments
    required property Settings settings
    required property ServerLink server
    required property VideoSaver saver
    property bool wide: false
    // In front of everything else; see VideoPager.
    property bool live: true
    property int startRow: -1
    // Lies over another page.
    property bool backVisible: false
    // Taken at the top by what lies over it.
    property alias topSpace: feedPage.topSpace
    property alias topShade: feedPage.topShade
    property alias emptyIcon: feedPage.emptyIcon
    property alias emptyTitle: feedPage.emptyTitle
    property alias emptyText: feedPage.emptyText
    property alias emptyAction: feedPage.emptyAction
    property alias signedOutText: feedPage.signedOutText
    readonly property alias stageWidth: feedPage.width
    readonly property alias clearMode: feedPage.clearMode
    // White words can be read on it.
    readonly property alias dark: feedPage.dark
    property bool commentsOpen: false
    // Of what stands beside the video.
    readonly property real sideWidth: side.width
    readonly property VideoEntity video: feedPage.video
    readonly property bool onTail: feedPage.onTail

    signal notice(string text)
    signal backWanted
    signal profileWanted(UserEntity user)
    signal profileIdWanted(string userId)
    signal signInWanted
    signal emptyTriggered

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

    // Someone who is asked to sign in, say, types a password there. Those of comments are asked only when one has the
    // keyboard: being asked makes them.
    readonly property bool otherSheet: Sheets.keyboardOver(root) !== null && !sheet.activeFocus
    // A window that gets narrow again while that sheet is in front: those below come when it has gone.
    property bool heldBack: false
    onOtherSheetChanged: heldBack = otherSheet && (wide || heldBack)

    function focusComments() {
        if (!commentsOpen || otherSheet)
            return;
        if (wide)
            (side.item as CommentsPane)?.writeFocus();
        else if (sheet.visible)
            sheet.writeFocus();
    }

    // The comments go from below to the side, or back, and the keyboard with them: who has a window of that width has one.
    onWideChanged: {
        if (wide)
            heldBack = otherSheet;
        sheet.writing = true;
        Qt.callLater(focusComments);
    }

    function closeComments() {
        commentsOpen = false;
        feedPage.forceActiveFocus();
    }

    // Of the page in front only: all pages share the comments, and those behind keep theirs open.
    Binding {
        target: root.comments
        property: "video"
        value: root.video
        when: root.live && root.commentsOpen && root.video !== null
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
        playlist: root.playlist
        live: root.live
        startRow: root.startRow
        settings: root.settings
        server: root.server
        saver: root.saver
        wide: root.wide
        onCommentsWanted: byKey => root.toggleComments(byKey)
        backVisible: root.backVisible
        onNotice: text => root.notice(text)
        onBackWanted: root.backWanted()
        onAuthorWanted: author => root.profileWanted(author)
        onSignInWanted: root.signInWanted()
        onEmptyTriggered: root.emptyTriggered()
    }

    // Whoever presses the video has left what they were writing beside it.
    TapHandler {
        parent: feedPage
        enabled: side.active
        onTapped: feedPage.forceActiveFocus()
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
            onAuthorWanted: userId => root.profileIdWanted(userId)
        }
    }

    CommentsSheet {
        id: sheet

        comments: root.comments
        visible: !root.wide && root.commentsOpen && root.visible && !root.heldBack
        // While it still sinks, keys are for the video again, and the one that opens it opens it.
        onAboutToHide: {
            if (root.live && !root.wide && !root.heldBack)
                root.closeComments();
        }
        // They stand at the side now, or nowhere.
        onClosed: root.wide ? root.focusComments() : root.closeComments()
        onAuthorWanted: userId => {
            // Before the page below it is covered.
            sheet.close();
            root.profileIdWanted(userId);
        }
    }
}
