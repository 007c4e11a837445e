// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Core
import TikGok.Playback

// What the application hands to the window's contents, and the room that these have.
FocusScope {
    required property FeedModel feed
    required property FollowingFeed following
    required property People people
    required property PlaybackController playback
    required property VideoPlaylist playlist
    required property CommentsModel comments
    required property ConversationsModel conversations
    required property ChatModel chat
    required property ActivityModel activity
    required property Session session
    required property Settings settings
    required property Publishing publishing
    required property EntityStore entities
    required property ServerLink server
    required property ServersModel servers
    required property ServerHealth health
    required property OfflineStore offline
    required property VideoSaver saver
    required property AccountsModel accounts
    required property VaultSwitch vault
    required property Shortcuts shortcuts
    required property DataUsage usage
    required property Diagnostics diagnostics
    required property SimulatorWatch simulatorWatch
    required property SimulatorDesk simulatorDesk
    // What the demo people of the built-in server sign in with; empty for another server.
    property string demoPassword
    property var demoNames: []

    readonly property bool wide: width >= 720
}
