// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// What everybody publishes, and what those publish whom one follows. Each keeps its place.
FocusScope {
    id: root

    required property FeedModel feed
    required property FollowingFeed following
    required property PlaybackController playback
    required property VideoPlaylist playlist
    required property CommentsModel comments
    required property Settings settings
    required property ServerLink server
    required property VideoSaver saver
    property bool wide: false
    property bool live: true
    property bool followingShown: false
    readonly property WatchPage watch: followingShown ? followed.item as WatchPage : all
    // What lies over the page keeps clear of it.
    readonly property rect tabsPlace: Qt.rect(tabs.x, tabs.y, tabs.width, tabs.height)

    signal notice(string text)
    signal profileWanted(UserEntity user)
    signal profileIdWanted(string userId)
    signal signInWanted
    signal friendsWanted

    function showFollowing(on: bool) {
        if (on === followingShown && !on)
            return;
        followingShown = on;
        if (on)
            following.refresh();
        if (watch)
            watch.forceActiveFocus();
    }

    function handleKey(event: var): bool {
        if (event.key === Qt.Key_Tab || !watch)
            return false;
        switch (ShortcutKeys.commandFor(event)) {
        case Command.ForYou:
            showFollowing(false);
            return true;
        case Command.Following:
            showFollowing(true);
            return true;
        case Command.Refresh:
            watch.feed.refresh();
            return true;
        }
        return watch.handleKey(event);
    }

    // Above the videos, and before them for the keyboard.
    TabStrip {
        id: tabs

        readonly property bool onVideo: root.watch !== null && root.watch.dark
        // Up to where it is dark behind them.
        readonly property real shade: visible && onVideo ? y + height + Theme.space5 : 0
        // What else stands at the top goes below the tabs where there is no room beside them.
        readonly property real room: root.watch && x + width > root.watch.stageWidth - Theme.target - 2 * Theme.space3 ? height : 0

        z: 2
        x: root.watch ? (root.watch.stageWidth - width) / 2 : 0
        y: Theme.space1
        snug: true
        visible: !(root.watch && root.watch.clearMode)
        label: qsTr("What to watch")
        ink: onVideo ? Theme.videoInk : Theme.text
        inkMuted: onVideo ? Theme.videoInkMuted : Theme.textMuted
        mark: onVideo ? Theme.videoInk : Theme.accent
        ringColor: onVideo ? Theme.videoFocus : Theme.focus
        options: [
            {
                "value": false,
                "text": qsTr("For you"),
                "name": "forYouTab"
            },
            {
                "value": true,
                "text": qsTr("Following"),
                "name": "followingFeedTab"
            }
        ]
        value: root.followingShown
        onChosen: value => root.showFollowing(value)
    }

    WatchPage {
        id: all

        objectName: "forYou"
        anchors.fill: parent
        focus: !root.followingShown
        visible: !root.followingShown
        feed: root.feed
        playback: root.playback
        playlist: root.playlist
        live: root.live && !root.followingShown
        comments: root.comments
        settings: root.settings
        server: root.server
        saver: root.saver
        wide: root.wide
        topSpace: tabs.room
        topShade: tabs.shade
        onNotice: text => root.notice(text)
        onProfileWanted: user => root.profileWanted(user)
        onProfileIdWanted: userId => root.profileIdWanted(userId)
    }

    Loader {
        id: followed

        anchors.fill: parent
        focus: root.followingShown
        visible: root.followingShown
        active: root.followingShown || item !== null
        sourceComponent: WatchPage {
            objectName: "followingFeed"
            focus: true
            feed: root.following
            playback: root.playback
            playlist: root.playlist
            live: root.live && root.followingShown
            comments: root.comments
            settings: root.settings
            server: root.server
            saver: root.saver
            wide: root.wide
            topSpace: tabs.room
            topShade: tabs.shade
            emptyIcon: "people"
            emptyTitle: root.following.followsNobody ? qsTr("You follow nobody yet") : qsTr("Nothing published yet")
            emptyText: root.following.followsNobody ? qsTr("Tap the plus on somebody's picture while you watch. Their videos will come here.")
                : qsTr("Those whom you follow have not published anything yet.")
            emptyAction: root.following.followsNobody ? qsTr("Find people") : qsTr("See your people")
            signedOutText: qsTr("With an account you can follow people and see what they publish.")
            onEmptyTriggered: root.following.followsNobody ? root.showFollowing(false) : root.friendsWanted()
            onSignInWanted: root.signInWanted()
            onNotice: text => root.notice(text)
            onProfileWanted: user => root.profileWanted(user)
            onProfileIdWanted: userId => root.profileIdWanted(userId)
        }
    }
}
