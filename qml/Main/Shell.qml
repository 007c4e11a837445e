// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.Basic
import TikGok.Account
import TikGok.Activity
import TikGok.Chat
import TikGok.Controls
import TikGok.Core
import TikGok.Friends
import TikGok.Playback
import TikGok.Profile
import TikGok.Publish
import TikGok.Settings
import TikGok.Simulator

// What the window holds: navigation, the pages, and what can come over them. Made after the window's first frame; the
// application hands everything in.
FocusScope {
    id: shell

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

    property UserEntity me: null
    readonly property bool wide: width >= 720
    // Nothing but the video.
    readonly property bool clear: watch !== null && watch.clearMode
    // The page of the navigation that is shown, or would be without pages over it: a name in Destinations.
    property string page: "home"
    // Pages that were opened over it lie on a stack.
    readonly property bool covered: stack.depth > 0
    readonly property bool home: page === "home" && !covered
    property bool closing: false
    // Where a video is being watched, if that is in front.
    readonly property WatchPage watch: closing ? null : covered ? stack.currentItem as WatchPage : page === "home" ? homePage.watch : null
    readonly property bool onScreen: Window.visibility !== Window.Hidden && Window.visibility !== Window.Minimized && exposure.exposed
    // A conversation lies over the page.
    readonly property bool chatOver: stack.currentItem !== null && stack.currentItem.objectName === "chatPane"

    function refreshMe() {
        me = session.signedIn ? entities.me() : null;
    }

    function showPage(name: string) {
        // What lies above may show what belongs to the page below it, so it goes first.
        closing = true;
        while (stack.depth > 1)
            stack.pop(StackView.Immediate);
        stack.clear(StackView.Immediate);
        closing = false;
        page = name;
        focusPage();
    }

    // Opens a page over the present one. It is made from `component` with `properties`.
    function open(component: Component, properties = {}) {
        stack.push(component, properties, Theme.reducedMotion ? StackView.Immediate : StackView.PushTransition);
        focusPage();
    }

    // Back to where the present page was opened.
    function back() {
        if (stack.depth > 1)
            stack.pop(Theme.reducedMotion ? StackView.Immediate : StackView.PopTransition);
        else
            stack.clear(StackView.Immediate);
        focusPage();
    }

    function focusPage() {
        const shown = (covered ? stack.currentItem : page === "home" ? homePage : tabs.itemAt(tabs.names.indexOf(page))) as Item;
        if (shown)
            shown.forceActiveFocus();
    }

    // Prepares a file for publishing: dropped, chosen in the file manager, or named on the command line.
    function openFile(file: url) {
        showPage("publish");
        publishing.editor.openFile(file);
    }

    // Not typed: the compiler of Qt 6.4 takes a person for a value, which is then never true.
    function openProfile(user: var) {
        if (user)
            openUser(user.userId);
    }

    // The id in decimal digits.
    function openUser(userId: string) {
        if (userId.length > 0)
            open(profilePage, {
                "userId": userId
            });
    }

    // Followers, or those followed: a PeopleModel.Kind.
    function openPeople(user: var, kind: int) {
        open(peoplePage, {
            "user": user,
            "kind": kind
        });
    }

    // A link to a video; the id in decimal digits.
    function openVideo(videoId: string) {
        const list = people.video(videoId, shell);
        list.refresh();
        open(watchPage, {
            "feed": list,
            "emptyIcon": "film-off",
            "emptyTitle": qsTr("This video was not found"),
            "emptyText": qsTr("It may have been taken away, or it is older than what this server still lists.")
        });
    }

    // Watches a list from one of its rows.
    function openList(list: var, row: int) {
        open(watchPage, {
            "feed": list,
            "startRow": row
        });
    }

    // The conversation with a person: over the present page on a narrow window, beside the list on a wide one.
    function openChat(user: var) {
        openConversation(user.userId, user.name, user.avatarUrl);
    }

    function openConversation(peerId: string, name: string, avatar: url) {
        if (!session.signedIn) {
            session.requestAccount();
            return;
        }
        chat.open(peerId, name, avatar);
        showConversation();
    }

    function showConversation() {
        if (wide) {
            showPage("messages");
            const page = (tabs.itemAt(tabs.names.indexOf("messages")) as Loader)?.item as MessagesPage;
            if (page)
                page.focusChat();
        } else if (!chatOver) {
            open(chatPage);
        }
    }

    // The window was made wider or narrower: the conversation goes where it belongs.
    onWideChanged: {
        const held = Sheets.keyboardOver(shell);
        if (wide && chatOver) {
            back();
            showConversation();
        } else if (!wide && page === "messages" && !covered && chat.peerId.length > 0) {
            showConversation();
        }
        // A sheet that lies over all of it stays in front.
        if (held)
            held.forceActiveFocus();
    }

    function openActivity() {
        if (!(stack.currentItem instanceof ActivityPage))
            open(activityPage);
    }

    function openSimulator() {
        if (!(stack.currentItem instanceof SimulatorPage))
            open(simulatorPage);
    }

    function openSettings() {
        if (!(stack.currentItem instanceof SettingsPage))
            open(settingsPage);
    }

    objectName: "shell"
    anchors.fill: parent
    focus: true

    WindowExposure {
        id: exposure

        window: shell.Window.window
    }

    SystemPalette {
        id: system
    }

    Binding {
        target: Theme
        property: "dark"
        value: shell.settings.theme === Settings.Theme.Dark || (shell.settings.theme === Settings.Theme.System && system.window.hslLightness < 0.5)
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: shell.settings.reducedMotion
    }
    Binding {
        target: Theme
        property: "textScale"
        value: shell.settings.textScale
    }
    Binding {
        target: Theme
        property: "chinese"
        value: shell.settings.language === "zh_CN" || (shell.settings.language === "system" && Qt.locale().name.startsWith("zh"))
    }
    Binding {
        target: shell.Window.window
        property: "color"
        value: Theme.background
    }
    Binding {
        target: shell.Window.window
        property: "font.pixelSize"
        value: Theme.fontBody
    }
    Binding {
        target: ShortcutKeys
        property: "table"
        value: shell.shortcuts
    }
    Binding {
        target: shell.playback
        property: "active"
        value: shell.watch !== null && !shell.watch.onTail && shell.onScreen
    }
    Binding {
        target: shell.conversations
        property: "awake"
        value: shell.onScreen
    }
    Binding {
        target: shell.conversations
        property: "shown"
        value: shell.page === "messages" && !shell.covered
    }
    Binding {
        target: shell.chat
        property: "shown"
        value: shell.chatOver || (shell.wide && shell.page === "messages" && !shell.covered)
    }
    Binding {
        target: shell.simulatorWatch
        property: "awake"
        value: shell.onScreen
    }
    Binding {
        target: shell.chat
        property: "active"
        value: shell.Window.active
    }

    Connections {
        target: shell.session
        function onAccountNeeded(reason) {
            signIn.raise(reason);
        }
        function onSignedInChanged() {
            shell.refreshMe();
        }
    }

    Connections {
        target: shell.entities
        function onMeReady(me) {
            shell.me = me;
        }
    }

    Connections {
        target: shell.chat
        function onPeerChanged() {
            // Whose conversation it was has signed out.
            if (shell.chat.peerId.length === 0 && shell.chatOver)
                shell.back();
        }
    }

    Connections {
        target: shell.playback
        function onLooped(index) {
            if (shell.settings.autoScroll && index === shell.playback.currentIndex && shell.watch && !shell.watch.commentsOpen)
                shell.watch.next();
        }
    }

    // Keys that nobody wanted.
    Keys.onPressed: event => {
        const command = ShortcutKeys.commandFor(event);
        if (command === Command.Help) {
            keyTable.open();
        } else if (command >= Command.GoHome && command <= Command.GoMe) {
            shell.showPage(destinations.list[command - Command.GoHome].name);
        } else if (command === Command.OpenActivity) {
            shell.openActivity();
        } else if (command === Command.OpenSettings) {
            shell.openSettings();
        } else if (shell.home || shell.watch) {
            event.accepted = shell.home ? homePage.handleKey(event) : shell.watch.handleKey(event);
            if (event.accepted || !shell.covered || event.key !== Qt.Key_Escape && event.key !== Qt.Key_Back)
                return;
            shell.back();
        } else if ((event.key === Qt.Key_Escape || event.key === Qt.Key_Back) && shell.covered) {
            shell.back();
        } else if (event.key === Qt.Key_Escape || event.key === Qt.Key_Back) {
            shell.showPage("home");
        } else {
            event.accepted = false;
            return;
        }
        event.accepted = true;
    }

    Banners {
        id: banners

        anchors.top: parent.top
        width: parent.width
        z: 2
        windowHeight: shell.height
        session: shell.session
        vault: shell.vault
        settings: shell.settings
        server: shell.server
        health: shell.health
        servers: shell.servers
        simulatorWatch: shell.simulatorWatch
        simulatorDesk: shell.simulatorDesk
        simulatorShown: stack.currentItem instanceof SimulatorPage
        onSimulatorWanted: shell.openSimulator()
        onServersWanted: shell.open(serversPage)
        onAccountsWanted: shell.open(accountsPage)
    }

    NavigationRail {
        id: rail

        anchors.top: banners.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        visible: shell.wide && !shell.clear
        width: visible ? implicitWidth : 0
        destinations: destinations.list
        page: shell.page
        onChosen: name => shell.showPage(name)
        onShortcutsWanted: keyTable.open()
    }

    Item {
        id: pages

        anchors.top: banners.bottom
        anchors.bottom: shell.wide ? parent.bottom : bar.top
        anchors.left: shell.wide ? rail.right : parent.left
        anchors.right: parent.right

        HomePage {
            id: homePage

            objectName: "homePage"
            anchors.fill: parent
            focus: shell.home
            visible: shell.home
            feed: shell.feed
            following: shell.following
            playback: shell.playback
            playlist: shell.playlist
            live: shell.home
            comments: shell.comments
            settings: shell.settings
            server: shell.server
            saver: shell.saver
            wide: shell.wide
            onNotice: text => toasts.show(text)
            onProfileWanted: user => shell.openProfile(user)
            onProfileIdWanted: userId => shell.openUser(userId)
            onSignInWanted: shell.session.requestAccount()
            onFriendsWanted: shell.showPage("friends")
        }

        // The other pages of the navigation: made when they are first shown, then kept.
        Repeater {
            id: tabs

            readonly property var names: ["friends", "publish", "messages", "me"]

            model: [friendsPage, publishPage, messagesPage, mePage]

            Loader {
                id: tab

                required property int index
                required property Component modelData
                readonly property bool shown: shell.page === tabs.names[index] && !shell.covered

                anchors.fill: parent
                focus: shown
                active: shown || item !== null
                visible: shown
                sourceComponent: modelData
            }
        }

        StackView {
            id: stack

            objectName: "stack"
            anchors.fill: parent
            visible: depth > 0
            focus: depth > 0
            pushEnter: Transition {
                NumberAnimation {
                    property: "opacity"
                    from: 0
                    to: 1
                    duration: Theme.fast
                }
            }
            pushExit: Transition {}
            popEnter: Transition {}
            popExit: Transition {
                NumberAnimation {
                    property: "opacity"
                    from: 1
                    to: 0
                    duration: Theme.fast
                }
            }
        }
    }

    UploadChip {
        objectName: "uploadChip"
        jobs: shell.publishing.jobs
        overVideo: shell.home
        // Beside what the pages have there: on the feed at the top, elsewhere at the bottom.
        x: pages.x + Theme.space3
        y: shell.home ? pages.y + Theme.space3 : pages.y + pages.height - height - Theme.space2
        visible: running && shell.page !== "publish" && !shell.covered
        onClicked: shell.showPage("publish")
    }

    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]
        enabled: shell.page !== "publish" || shell.covered
        onDropped: event => {
            if (event.hasUrls && event.urls.length > 0) {
                shell.openFile(event.urls[0]);
                event.accept();
            }
        }
    }

    BottomBar {
        id: bar

        anchors.bottom: parent.bottom
        width: parent.width
        height: visible ? implicitHeight : 0
        // A page over the others has the whole window, and its own way back.
        visible: !shell.wide && !shell.covered && !shell.clear
        destinations: destinations.list
        page: shell.page
        onChosen: name => shell.showPage(name)
    }

    Notices {
        id: toasts

        objectName: "toasts"
        session: shell.session
        entities: shell.entities
        comments: shell.comments
        activity: shell.activity
        jobs: shell.publishing.jobs
        offline: shell.offline
        saver: shell.saver
        commentsShown: shell.watch !== null && shell.watch.commentsOpen
        publishShown: shell.page === "publish"
        onActivityWanted: shell.openActivity()
        onPublishWanted: shell.showPage("publish")
        onSettingsWanted: shell.openSettings()

        // Below the heads of the pages: at the bottom stand what one presses and writes, and the words of a video.
        anchors.top: pages.top
        anchors.topMargin: Math.max(60, Theme.fontTitle * 1.25 + Theme.space6)
        anchors.horizontalCenter: pages.horizontalCenter
        width: Math.min(pages.width - 2 * Theme.space4, 560)
    }

    SignInSheet {
        id: signIn

        session: shell.session
        demoPassword: shell.server.builtIn ? shell.demoPassword : ""
        demoNames: shell.demoNames
    }

    ShortcutsSheet {
        id: keyTable

        objectName: "shortcuts"
        shortcuts: shell.shortcuts
        onEditWanted: shell.open(shortcutsPage)
    }

    Destinations {
        id: destinations

        unreadMessages: shell.conversations.unread
        failedWrites: shell.activity.failedCount
    }

    Component {
        id: friendsPage

        FriendsPage {
            focus: true
            people: shell.people
            shown: shell.page === "friends" && !shell.covered
            onProfileWanted: user => shell.openProfile(user)
            onMessageWanted: user => shell.openChat(user)
            onSignInWanted: shell.session.requestAccount()
            onHomeWanted: shell.showPage("home")
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: profilePage

        ProfilePage {
            people: shell.people
            onBackWanted: shell.back()
            onWatchWanted: (list, row) => shell.openList(list, row)
            onPeopleWanted: (user, kind) => shell.openPeople(user, kind)
            onMessageWanted: user => shell.openChat(user)
            onSignInWanted: shell.session.requestAccount()
            onPublishWanted: shell.showPage("publish")
            onHomeWanted: shell.showPage("home")
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: peoplePage

        PeoplePage {
            people: shell.people
            onBackWanted: shell.back()
            onProfileWanted: user => shell.openProfile(user)
            onSignInWanted: shell.session.requestAccount()
            onHomeWanted: shell.showPage("home")
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: watchPage

        WatchPage {
            id: opened

            objectName: "listPlayer"
            playback: shell.playback
            playlist: shell.playlist
            live: shell.watch === opened
            comments: shell.comments
            settings: shell.settings
            server: shell.server
            saver: shell.saver
            wide: shell.wide
            backVisible: true
            onBackWanted: shell.back()
            onNotice: text => toasts.show(text)
            onProfileWanted: user => shell.openProfile(user)
            onProfileIdWanted: userId => shell.openUser(userId)
            onSignInWanted: shell.session.requestAccount()
        }
    }
    Component {
        id: publishPage

        PublishPage {
            focus: true
            publishing: shell.publishing
            session: shell.session
            wide: shell.wide
            windowShown: shell.onScreen
            onNotice: text => toasts.show(text)
            onWatchWanted: (videoId, title) => shell.open(publishedPage, {
                "videoId": videoId,
                "title": title
            })
        }
    }
    Component {
        id: publishedPage

        PublishedPage {
            publishing: shell.publishing
            preview: shell.publishing.preview
            windowShown: shell.onScreen
            onBackWanted: shell.back()
        }
    }
    Component {
        id: messagesPage

        MessagesPage {
            focus: true
            conversations: shell.conversations
            chat: shell.chat
            signedIn: shell.session.signedIn
            wide: shell.wide
            onChatWanted: (peerId, name, avatar) => shell.openConversation(peerId, name, avatar)
            onProfileWanted: user => shell.openProfile(user)
            onSignInWanted: shell.session.requestAccount()
            onFriendsWanted: shell.showPage("friends")
        }
    }
    Component {
        id: chatPage

        ChatPane {
            chat: shell.chat
            signedIn: shell.session.signedIn
            onBackWanted: shell.back()
            onProfileWanted: user => shell.openProfile(user)
            onSignInWanted: shell.session.requestAccount()
        }
    }
    Component {
        id: mePage

        MePage {
            focus: true
            session: shell.session
            people: shell.people
            shown: shell.page === "me" && !shell.covered
            openWrites: shell.activity.openCount
            failedWrites: shell.activity.failedCount
            onSignInWanted: shell.session.requestAccount()
            onWatchWanted: (list, row) => shell.openList(list, row)
            onPeopleWanted: (user, kind) => shell.openPeople(user, kind)
            onPublishWanted: shell.showPage("publish")
            onHomeWanted: shell.showPage("home")
            onNotice: text => toasts.show(text)
            onActivityWanted: shell.openActivity()
            onSettingsWanted: shell.openSettings()
            simulatorVisible: shell.simulatorWatch.there
            onSimulatorWanted: shell.openSimulator()
            onAccountsWanted: shell.open(accountsPage)
            onShortcutsWanted: keyTable.open()
        }
    }
    Component {
        id: activityPage

        ActivityPage {
            activity: shell.activity
            onBackWanted: shell.back()
        }
    }
    Component {
        id: settingsPage

        SettingsPage {
            settings: shell.settings
            session: shell.session
            servers: shell.servers
            playback: shell.playback
            usage: shell.usage
            offline: shell.offline
            onNotice: text => toasts.show(text)
            version: Qt.application.version
            onBackWanted: shell.back()
            onAccountsWanted: shell.open(accountsPage)
            onServersWanted: shell.open(serversPage)
            onShortcutsWanted: shell.open(shortcutsPage)
            onSimulatorWanted: shell.openSimulator()
            onDiagnosticsWanted: shell.open(diagnosticsPage)
        }
    }
    Component {
        id: accountsPage

        AccountsPage {
            session: shell.session
            accounts: shell.accounts
            vault: shell.vault
            serverName: shell.server.builtIn ? qsTr("the built-in server") : shell.servers.presentName
            onBackWanted: shell.back()
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: serversPage

        ServersPage {
            servers: shell.servers
            onBackWanted: shell.back()
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: shortcutsPage

        ShortcutsPage {
            shortcuts: shell.shortcuts
            onBackWanted: shell.back()
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: simulatorPage

        SimulatorPage {
            watch: shell.simulatorWatch
            desk: shell.simulatorDesk
            session: shell.session
            windowShown: shell.onScreen
            onBackWanted: shell.back()
            onServersWanted: shell.open(serversPage)
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: diagnosticsPage

        DiagnosticsPage {
            diagnostics: shell.diagnostics
            onBackWanted: shell.back()
            onNotice: text => toasts.show(text)
        }
    }

    Component.onCompleted: {
        refreshMe();
        homePage.forceActiveFocus();
    }
}
