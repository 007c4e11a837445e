// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Account
import TikGok.Activity
import TikGok.Chat
import TikGok.Friends
import TikGok.Profile
import TikGok.Publish
import TikGok.Settings
import TikGok.Simulator

// What pages there are, what each is made of, and how one leads to another.
QtObject {
    id: root

    required property ShellParts parts
    required property PageStack pages
    // Somebody can see the window.
    required property bool seen

    signal notice(string text)
    signal undoable(string text, var undo)
    signal shortcutsWanted

    // Not typed: the compiler of Qt 6.4 takes a person for a value, which is then never true.
    function openProfile(user: var) {
        if (user)
            openUser(user.userId);
    }

    // The id in decimal digits.
    function openUser(userId: string) {
        if (userId.length > 0)
            pages.open(profilePage, {
                "userId": userId
            });
    }

    // Followers, or those followed: a PeopleModel.Kind.
    function openPeople(user: var, kind: int) {
        pages.open(peoplePage, {
            "user": user,
            "kind": kind
        });
    }

    // A link to a video; the id in decimal digits.
    function openVideo(videoId: string) {
        const list = parts.people.video(videoId, root);
        list.refresh();
        pages.open(watchPage, {
            "feed": list,
            "emptyIcon": "film-off",
            "emptyTitle": qsTr("This video was not found"),
            "emptyText": qsTr("It may have been taken away, or it is older than what this server still lists.")
        });
        pages.topmost.Component.destruction.connect(() => list.destroy());
    }

    // Watches a list from one of its rows.
    function openList(list: var, row: int) {
        pages.open(watchPage, {
            "feed": list,
            "startRow": row
        });
    }

    // The conversation with a person: over the present page on a narrow window, beside the list on a wide one.
    function openChat(user: var) {
        openConversation(user.userId, user.name, user.avatarUrl);
    }

    function openConversation(peerId: string, name: string, avatar: url) {
        // What is kept of it can be read while the session has ended or its keychain is locked.
        if (parts.session.userName.length === 0) {
            parts.session.requestAccount();
            return;
        }
        parts.chat.open(peerId, name, avatar);
        showConversation();
    }

    function showConversation() {
        if (parts.wide) {
            pages.showPage("messages");
            const page = pages.madeFor("messages") as MessagesPage;
            if (page)
                page.focusChat();
        } else if (!pages.chatOver) {
            pages.open(chatPage);
        }
    }

    function openActivity() {
        if (!(pages.topmost instanceof ActivityPage))
            pages.open(activityPage);
    }

    function openSimulator() {
        if (!(pages.topmost instanceof SimulatorPage))
            pages.open(simulatorPage);
    }

    function openSettings() {
        if (!(pages.topmost instanceof SettingsPage))
            pages.open(settingsPage);
    }

    readonly property Component friendsPage: FriendsPage {
        focus: true
        people: root.parts.people
        conversations: root.parts.conversations
        shown: root.pages.page === "friends" && !root.pages.covered
        onProfileWanted: user => root.openProfile(user)
        onMessageWanted: user => root.openChat(user)
        onSignInWanted: root.parts.session.requestAccount()
        onHomeWanted: root.pages.showPage("home")
        onNotice: text => root.notice(text)
    }

    readonly property Component profilePage: ProfilePage {
        people: root.parts.people
        onBackWanted: root.pages.back()
        onWatchWanted: (list, row) => root.openList(list, row)
        onPeopleWanted: (user, kind) => root.openPeople(user, kind)
        onMessageWanted: user => root.openChat(user)
        onSignInWanted: root.parts.session.requestAccount()
        onPublishWanted: root.pages.showPage("publish")
        onHomeWanted: root.pages.showPage("home")
        onNotice: text => root.notice(text)
    }

    readonly property Component peoplePage: PeoplePage {
        people: root.parts.people
        onBackWanted: root.pages.back()
        onProfileWanted: user => root.openProfile(user)
        onSignInWanted: root.parts.session.requestAccount()
        onHomeWanted: root.pages.showPage("home")
        onNotice: text => root.notice(text)
    }

    readonly property Component watchPage: WatchPage {
        id: opened

        objectName: "listPlayer"
        playback: root.parts.playback
        playlist: root.parts.playlist
        live: root.pages.watch === opened
        comments: root.parts.comments
        settings: root.parts.settings
        server: root.parts.server
        saver: root.parts.saver
        wide: root.parts.wide
        backVisible: true
        onBackWanted: root.pages.back()
        onNotice: text => root.notice(text)
        onProfileWanted: user => root.openProfile(user)
        onProfileIdWanted: userId => root.openUser(userId)
        onSignInWanted: root.parts.session.requestAccount()
    }

    readonly property Component publishPage: PublishPage {
        focus: true
        publishing: root.parts.publishing
        session: root.parts.session
        wide: root.parts.wide
        windowShown: root.seen
        onNotice: text => root.notice(text)
        onWatchWanted: (videoId, title) => root.pages.open(root.publishedPage, {
            "videoId": videoId,
            "title": title
        })
    }

    readonly property Component publishedPage: PublishedPage {
        publishing: root.parts.publishing
        preview: root.parts.publishing.preview
        windowShown: root.seen
        onBackWanted: root.pages.back()
    }

    readonly property Component messagesPage: MessagesPage {
        focus: true
        conversations: root.parts.conversations
        chat: root.parts.chat
        signedIn: root.parts.session.signedIn
        wide: root.parts.wide
        onChatWanted: (peerId, name, avatar) => root.openConversation(peerId, name, avatar)
        onProfileWanted: user => root.openProfile(user)
        onSignInWanted: root.parts.session.requestAccount()
        onFriendsWanted: root.pages.showPage("friends")
    }

    readonly property Component chatPage: ChatPane {
        chat: root.parts.chat
        signedIn: root.parts.session.signedIn
        onBackWanted: root.pages.back()
        onProfileWanted: user => root.openProfile(user)
        onSignInWanted: root.parts.session.requestAccount()
    }

    readonly property Component mePage: MePage {
        focus: true
        session: root.parts.session
        people: root.parts.people
        shown: root.pages.page === "me" && !root.pages.covered
        openWrites: root.parts.activity.openCount
        failedWrites: root.parts.activity.failedCount
        onSignInWanted: root.parts.session.requestAccount()
        onWatchWanted: (list, row) => root.openList(list, row)
        onPeopleWanted: (user, kind) => root.openPeople(user, kind)
        onPublishWanted: root.pages.showPage("publish")
        onHomeWanted: root.pages.showPage("home")
        onNotice: text => root.notice(text)
        onActivityWanted: root.openActivity()
        onSettingsWanted: root.openSettings()
        simulatorVisible: root.parts.simulatorWatch.there
        onSimulatorWanted: root.openSimulator()
        onAccountsWanted: root.pages.open(root.accountsPage)
        onShortcutsWanted: root.shortcutsWanted()
    }

    readonly property Component activityPage: ActivityPage {
        activity: root.parts.activity
        signedIn: root.parts.session.signedIn
        onBackWanted: root.pages.back()
    }

    readonly property Component settingsPage: SettingsPage {
        settings: root.parts.settings
        session: root.parts.session
        servers: root.parts.servers
        playback: root.parts.playback
        usage: root.parts.usage
        offline: root.parts.offline
        onNotice: text => root.notice(text)
        version: Qt.application.version
        onBackWanted: root.pages.back()
        onAccountsWanted: root.pages.open(root.accountsPage)
        onServersWanted: root.pages.open(root.serversPage)
        onShortcutsWanted: root.pages.open(root.shortcutsPage)
        onSimulatorWanted: root.openSimulator()
        onDiagnosticsWanted: root.pages.open(root.diagnosticsPage)
    }

    readonly property Component accountsPage: AccountsPage {
        session: root.parts.session
        accounts: root.parts.accounts
        vault: root.parts.vault
        serverName: root.parts.server.builtIn ? qsTr("the built-in server") : root.parts.servers.presentName
        onBackWanted: root.pages.back()
        onNotice: text => root.notice(text)
    }

    readonly property Component serversPage: ServersPage {
        servers: root.parts.servers
        health: root.parts.health
        onBackWanted: root.pages.back()
        onNotice: text => root.notice(text)
    }

    readonly property Component shortcutsPage: ShortcutsPage {
        shortcuts: root.parts.shortcuts
        onBackWanted: root.pages.back()
        onUndoable: (text, undo) => root.undoable(text, undo)
    }

    readonly property Component simulatorPage: SimulatorPage {
        watch: root.parts.simulatorWatch
        desk: root.parts.simulatorDesk
        session: root.parts.session
        windowShown: root.seen
        onBackWanted: root.pages.back()
        onServersWanted: root.pages.open(root.serversPage)
        onNotice: text => root.notice(text)
    }

    readonly property Component diagnosticsPage: DiagnosticsPage {
        diagnostics: root.parts.diagnostics
        onBackWanted: root.pages.back()
        onNotice: text => root.notice(text)
    }
}
