// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// The feed with everything over it that does not move with the videos, and the keys.
FocusScope {
    id: root

    required property VideoList feed
    required property PlaybackController playback
    required property VideoPlaylist playlist
    required property Settings settings
    required property ServerLink server
    required property VideoSaver saver
    property bool wide: false
    // See VideoPager.
    property bool live: true
    property int startRow: -1
    property bool clearMode: false
    property bool backVisible: false
    // Taken at the top by what lies over this page, in pixels.
    property real topSpace: 0
    // Its words are white: up to there, in pixels, it is dark behind them. 0: nowhere.
    property real topShade: 0
    // What is said when the list has nothing.
    property string emptyIcon: "film"
    property string emptyTitle: qsTr("No videos yet")
    property string emptyText: qsTr("Nobody has published anything on this server. Look again later.")
    // By default it looks again.
    property string emptyAction
    property string signedOutText: qsTr("This server shows videos only to those who have an account.")
    // The buttons beside the video need the room of the one for the sound.
    readonly property bool cramped: (pager.currentPage as VideoPage)?.cramped ?? false
    readonly property VideoEntity video: pager.video
    readonly property bool onTail: pager.onTail
    readonly property bool serverFailed: server.state === ServerLink.State.Failed
    readonly property bool hasVideos: feed.count > 0
    readonly property bool dark: hasVideos ? !onTail : !message.active
    readonly property alias pager: pager

    // By a key: then the person can write at once.
    signal commentsWanted(bool byKey)
    signal notice(string text)
    signal authorWanted(UserEntity author)
    signal backWanted
    signal signInWanted
    signal emptyTriggered

    function step(by: int, event: var) {
        // A key held down goes on at the pace of the pages.
        if (event.isAutoRepeat && pager.moving)
            return;
        // A button of the video that goes would keep it.
        pager.forceActiveFocus();
        pager.goTo(pager.position + by);
    }

    // Also called for keys that reached nobody else. True when the key meant something here.
    function handleKey(event: var): bool {
        switch (ShortcutKeys.commandFor(event)) {
        case Command.NextVideo:
            step(1, event);
            return true;
        case Command.PreviousVideo:
            step(-1, event);
            return true;
        case Command.PlayPause:
            if (!event.isAutoRepeat && video)
                playback.togglePause();
            return true;
        case Command.SeekBack:
            playback.seek(Math.max(0, playback.positionMs - 5000), true);
            return true;
        case Command.SeekForward:
            playback.seek(Math.min(playback.durationMs, playback.positionMs + 5000), true);
            return true;
        case Command.Mute:
            playback.muted = !playback.muted;
            return true;
        case Command.Like:
            if (video && !event.isAutoRepeat)
                video.toggleLike();
            return true;
        case Command.Comments:
            if (video)
                root.commentsWanted(true);
            return true;
        case Command.ClearView:
            root.clearMode = !root.clearMode;
            return true;
        }
        if (event.key === Qt.Key_Escape && root.clearMode) {
            root.clearMode = false;
            return true;
        }
        return false;
    }

    // The keyboard is with what is there: the videos, or what is said instead of them.
    function focusShown() {
        if (hasVideos && activeFocus)
            pager.forceActiveFocus();
        else if (!hasVideos && pager.activeFocus)
            (message.item as Item)?.nextItemInFocusChain(true)?.forceActiveFocus();
    }

    onHasVideosChanged: Qt.callLater(focusShown)
    onActiveFocusChanged: if (!hasVideos) Qt.callLater(focusShown)

    function copyLink() {
        if (!video)
            return;
        clipboard.text = video.playUrl;
        clipboard.selectAll();
        clipboard.copy();
        clipboard.text = "";
        root.notice(qsTr("Link copied"));
    }

    Keys.onPressed: event => event.accepted = root.handleKey(event)
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Videos")

    Rectangle {
        anchors.fill: parent
        color: Theme.stage
    }

    // What is at the top comes first for the keyboard.
    IconButton {
        objectName: "backButton"
        anchors.top: parent.top
        anchors.left: parent.left
        anchors.margins: Theme.space3
        iconName: "back"
        text: qsTr("Back")
        ink: root.dark ? Theme.videoInk : Theme.text
        ringColor: root.dark ? Theme.videoFocus : Theme.focus
        fill: root.dark ? Theme.videoButton : "transparent"
        visible: root.backVisible && !root.clearMode
        z: 1
        onClicked: root.backWanted()
    }

    IconButton {
        id: mute

        objectName: "muteButton"
        anchors.top: parent.top
        anchors.right: parent.right
        anchors.margins: Theme.space3
        // On the line of the tabs, or of the way back.
        anchors.topMargin: root.topSpace + (root.backVisible ? Theme.space3 : Theme.space1)
        iconName: root.playback.muted ? "mute" : "volume"
        text: root.playback.muted ? qsTr("Sound on") : qsTr("Sound off")
        ink: Theme.videoInk
        ringColor: Theme.videoFocus
        fill: Theme.videoButton
        visible: root.hasVideos && !root.clearMode && !root.onTail && !root.cramped
        // Or it went on switching the sound, unseen.
        onVisibleChanged: if (!visible && activeFocus) pager.forceActiveFocus()
        z: 1
        onClicked: root.playback.muted = !root.playback.muted
    }

    VideoPager {
        id: pager

        objectName: "pager"
        // The focus rests here, so that its name is read out when the video changes.
        focus: true
        anchors.fill: parent
        visible: root.hasVideos
        feed: root.feed
        playback: root.playback
        playlist: root.playlist
        live: root.live
        startRow: root.startRow
        topTaken: mute.y + mute.height
        wide: root.wide
        clearMode: root.clearMode
        Accessible.role: Accessible.List
        Accessible.focusable: true
        Accessible.name: root.video ? qsTr("Video %1 of %2. %3").arg(pager.position + 1).arg(pager.count).arg((pager.currentPage as VideoPage)?.spoken ?? "")
            : pager.onTail ? qsTr("End of the videos") : qsTr("Videos")
        onCommentsWanted: root.commentsWanted(false)
        onMenuWanted: menu.open()
        onCopied: root.copyLink()
        onAuthorWanted: author => root.authorWanted(author)
    }

    // Over the video and under all else.
    Rectangle {
        width: parent.width
        height: root.topShade
        visible: root.topShade > 0
        gradient: Gradient {
            GradientStop {
                position: 0
                color: Theme.videoShade
            }
            GradientStop {
                position: 0.7
                color: Theme.videoShade
            }
            GradientStop {
                position: 1
                color: Theme.videoShadeClear
            }
        }
    }

    SavedMark {
        objectName: "savedMark"
        anchors.horizontalCenter: parent.horizontalCenter
        // Below the button at the right where there is no room beside it.
        readonly property bool beside: (root.width + width) / 2 + Theme.space2 < mute.x

        y: beside ? Math.max(root.topSpace, Theme.target) + Theme.space3 : mute.y + mute.height + Theme.space2
        visible: wanted && root.hasVideos && !root.clearMode
        overVideo: true
        savedAt: root.feed.savedAt
    }

    Loader {
        anchors.fill: parent
        active: !root.hasVideos && !root.serverFailed && (root.feed.state === VideoList.State.Loading || root.feed.state === VideoList.State.Empty)
        sourceComponent: FeedSkeleton {
            wide: root.wide
        }
    }

    Loader {
        id: message

        anchors.fill: parent
        onLoaded: Qt.callLater(root.focusShown)
        active: !root.hasVideos && (root.serverFailed || root.feed.state === VideoList.State.Failed || root.feed.state === VideoList.State.NoVideos)
        sourceComponent: Rectangle {
            color: Theme.background

            MessagePane {
                anchors.centerIn: parent
                anchors.verticalCenterOffset: root.topSpace / 2
                width: parent.width
                compact: root.height < 320 * Theme.textScale
                readonly property bool failed: root.feed.state === VideoList.State.Failed
                readonly property bool signedOut: failed && root.feed.errorKind === ErrorKind.SignedOut
                iconName: root.serverFailed ? "server" : signedOut ? "person" : failed ? ErrorText.icon(root.feed.errorKind) : root.emptyIcon
                title: root.serverFailed ? qsTr("The built-in server did not start") : signedOut ? qsTr("Sign in to see this") : failed ? ErrorText.title(root.feed.errorKind) : root.emptyTitle
                text: root.serverFailed ? ErrorText.withServerWords(qsTr("Nothing is lost. Another copy of TikGok may be using its data, or its folder takes nothing: see to that and try again."), root.server.problem)
                    : signedOut ? root.signedOutText : failed ? ErrorText.full(root.feed.errorKind, root.feed.errorWords) : root.emptyText
                actionName: "feedAction"
                actionText: signedOut ? qsTr("Sign in or register") : root.serverFailed || failed ? qsTr("Try again") : root.emptyAction.length > 0 ? root.emptyAction : qsTr("Look again")
                actionIcon: signedOut ? "" : root.serverFailed || failed || root.emptyAction.length === 0 ? "retry" : root.emptyIcon
                onTriggered: root.serverFailed ? root.server.retry() : signedOut ? root.signInWanted() : failed ? root.feed.retry()
                    : root.emptyAction.length > 0 ? root.emptyTriggered() : root.feed.refresh()
            }
        }
    }

    PlaybackMenu {
        id: menu

        settings: root.settings
        playback: root.playback
        saver: root.saver
        clearMode: root.clearMode
        hasSound: root.cramped
        onSaveChosen: {
            menu.finish();
            if (root.video)
                root.saver.save(root.video.playUrl, root.video.author?.name ?? "", root.video.title);
        }
        onClearModeChosen: on => {
            root.clearMode = on;
            menu.finish();
            if (on)
                root.notice(qsTr("Clear view. Press and hold the video, or Escape, to come back."));
        }
        onCopyChosen: {
            menu.finish();
            root.copyLink();
        }
    }

    // QML has no clipboard of its own.
    TextEdit {
        id: clipboard

        visible: false
        Accessible.ignored: true
    }
}
