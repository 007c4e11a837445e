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

// The window: navigation, the pages, and what can come over them. The application hands everything in.
ApplicationWindow {
    id: window

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
    required property AccountsModel accounts
    required property VaultSwitch vault
    required property Shortcuts shortcuts
    required property DataUsage usage
    required property Diagnostics diagnostics
    // What the demo people of the built-in server sign in with; empty for another server.
    property string demoPassword
    property var demoNames: []

    property UserEntity me: null
    readonly property bool wide: width >= 720
    // The page of the navigation that is shown, or would be without pages over it: a name in Destinations.
    property string page: "home"
    // Pages that were opened over it lie on a stack.
    readonly property bool covered: stack.depth > 0
    readonly property bool home: page === "home" && !covered
    // Where a video is being watched, if that is in front.
    readonly property WatchPage watch: covered ? stack.currentItem as WatchPage : page === "home" ? homePage.watch : null
    readonly property bool onScreen: visibility !== Window.Hidden && visibility !== Window.Minimized
    // A conversation lies over the page.
    readonly property bool chatOver: stack.currentItem !== null && stack.currentItem.objectName === "chatPane"

    function refreshMe() {
        me = session.signedIn ? entities.me() : null;
    }

    function showPage(name: string) {
        stack.clear(StackView.Immediate);
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
        const list = people.video(videoId, window);
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
            const page = tabs.itemAt(tabs.names.indexOf("messages")).item as MessagesPage;
            if (page)
                page.focusChat();
        } else if (!chatOver) {
            open(chatPage);
        }
    }

    // The window was made wider or narrower: the conversation goes where it belongs.
    onWideChanged: {
        if (wide && chatOver) {
            back();
            showConversation();
        } else if (!wide && page === "messages" && !covered && chat.peerId.length > 0) {
            showConversation();
        }
    }

    function openActivity() {
        if (!(stack.currentItem instanceof ActivityPage))
            open(activityPage);
    }

    function openSettings() {
        if (!(stack.currentItem instanceof SettingsPage))
            open(settingsPage);
    }

    width: 1200
    height: 800
    minimumWidth: 320
    minimumHeight: 480
    visible: true
    title: qsTr("TikGok")
    color: Theme.background
    font.pixelSize: Theme.fontBody

    SystemPalette {
        id: system
    }

    Binding {
        target: Theme
        property: "dark"
        value: window.settings.theme === Settings.Theme.Dark || (window.settings.theme === Settings.Theme.System && system.window.hslLightness < 0.5)
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.settings.reducedMotion
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.settings.textScale
    }
    Binding {
        target: Theme
        property: "chinese"
        value: window.settings.language === "zh_CN" || (window.settings.language === "system" && Qt.locale().name.startsWith("zh"))
    }
    Binding {
        target: ShortcutKeys
        property: "table"
        value: window.shortcuts
    }
    Binding {
        target: window.playback
        property: "active"
        value: window.watch !== null && !window.watch.onTail && window.onScreen
    }
    Binding {
        target: window.conversations
        property: "awake"
        value: window.onScreen
    }
    Binding {
        target: window.conversations
        property: "shown"
        value: window.page === "messages" && !window.covered
    }
    Binding {
        target: window.chat
        property: "shown"
        value: window.chatOver || (window.wide && window.page === "messages" && !window.covered)
    }
    Binding {
        target: window.chat
        property: "active"
        value: window.active
    }

    Connections {
        target: window.session
        function onAccountNeeded(reason) {
            signIn.raise(reason);
        }
        function onSignedInChanged() {
            window.refreshMe();
        }
        function onSignedInNow() {
            toasts.show(qsTr("Welcome, %1").arg(window.session.userName));
        }
    }

    Connections {
        target: window.entities
        function onMeReady(me) {
            window.me = me;
        }
        function onLikeRefused(kind, serverWords) {
            toasts.show(qsTr("Your like could not be saved and was taken back. %1").arg(ErrorText.full(kind, serverWords)));
        }
        function onFollowRefused(user, kind, serverWords) {
            toasts.show(qsTr("What you chose for %1 could not be saved and was taken back. %2").arg(user.name).arg(ErrorText.full(kind, serverWords)));
        }
    }

    Connections {
        target: window.comments
        function onPostFailed(kind, serverWords) {
            // Whoever looks at the comments sees it there.
            if (!window.watch?.commentsOpen)
                toasts.show(qsTr("Your comment was not sent. It is kept in the list. %1").arg(ErrorText.full(kind, serverWords)));
        }
        function onRemoveFailed(kind, serverWords) {
            toasts.show(qsTr("The comment could not be deleted and is back. %1").arg(ErrorText.full(kind, serverWords)));
        }
    }

    // Said once, wherever one is; the Activity page says more.
    Connections {
        target: window.activity
        function onStorageChanged() {
            if (window.activity.storage !== ActivityModel.Storage.Fine)
                toasts.showWithAction(qsTr("What you do may not be kept on this device."), qsTr("More"), () => window.openActivity());
        }
    }

    Connections {
        target: window.chat
        function onPeerChanged() {
            // Whose conversation it was has signed out.
            if (window.chat.peerId.length === 0 && window.chatOver)
                window.back();
        }
    }

    Connections {
        target: window.publishing.jobs
        function onPublished(title) {
            toasts.showWithAction(qsTr("“%1” is published.").arg(title), window.page === "publish" ? "" : qsTr("Show"), () => window.showPage("publish"));
        }
    }

    Connections {
        target: window.playback
        function onLooped(index) {
            if (window.settings.autoScroll && index === window.playback.currentIndex && window.watch && !window.watch.commentsOpen)
                window.watch.next();
        }
    }

    FocusScope {
        id: body

        objectName: "body"
        anchors.fill: parent
        focus: true

        // Keys that nobody wanted.
        Keys.onPressed: event => {
            const command = ShortcutKeys.commandFor(event);
            if (command === Command.Help) {
                keyTable.open();
            } else if (command >= Command.GoHome && command <= Command.GoMe) {
                window.showPage(destinations.list[command - Command.GoHome].name);
            } else if (command === Command.OpenActivity) {
                window.openActivity();
            } else if (command === Command.OpenSettings) {
                window.openSettings();
            } else if (window.home || window.watch) {
                event.accepted = window.home ? homePage.handleKey(event) : window.watch.handleKey(event);
                if (event.accepted || !window.covered || event.key !== Qt.Key_Escape && event.key !== Qt.Key_Back)
                    return;
                window.back();
            } else if ((event.key === Qt.Key_Escape || event.key === Qt.Key_Back) && window.covered) {
                window.back();
            } else if (event.key === Qt.Key_Escape || event.key === Qt.Key_Back) {
                window.showPage("home");
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
            session: window.session
            vault: window.vault
            health: window.health
            servers: window.servers
            onServersWanted: window.open(serversPage)
            onAccountsWanted: window.open(accountsPage)
        }

        NavigationRail {
            id: rail

            anchors.top: banners.bottom
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            visible: window.wide
            destinations: destinations.list
            page: window.page
            onChosen: name => window.showPage(name)
            onShortcutsWanted: keyTable.open()
        }

        Item {
            id: pages

            anchors.top: banners.bottom
            anchors.bottom: window.wide ? parent.bottom : bar.top
            anchors.left: window.wide ? rail.right : parent.left
            anchors.right: parent.right

            HomePage {
                id: homePage

                objectName: "homePage"
                anchors.fill: parent
                focus: window.home
                visible: window.home
                feed: window.feed
                following: window.following
                playback: window.playback
                playlist: window.playlist
                live: window.home
                comments: window.comments
                settings: window.settings
                server: window.server
                wide: window.wide
                onNotice: text => toasts.show(text)
                onProfileWanted: user => window.openProfile(user)
                onProfileIdWanted: userId => window.openUser(userId)
                onSignInWanted: window.session.requestAccount()
                onFriendsWanted: window.showPage("friends")
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
                    readonly property bool shown: window.page === tabs.names[index] && !window.covered

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
            jobs: window.publishing.jobs
            overVideo: window.home
            // Beside what the pages have there: on the feed at the top, elsewhere at the bottom.
            x: pages.x + Theme.space3
            y: window.home ? pages.y + Theme.space3 : pages.y + pages.height - height - Theme.space2
            visible: running && window.page !== "publish" && !window.covered
            onClicked: window.showPage("publish")
        }

        DropArea {
            anchors.fill: parent
            keys: ["text/uri-list"]
            enabled: window.page !== "publish" || window.covered
            onDropped: event => {
                if (event.hasUrls && event.urls.length > 0) {
                    window.openFile(event.urls[0]);
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
            visible: !window.wide && !window.covered
            destinations: destinations.list
            page: window.page
            onChosen: name => window.showPage(name)
        }

        ToastHost {
            id: toasts

            objectName: "toasts"

            anchors.bottom: pages.bottom
            // Not over what is being written.
            anchors.bottomMargin: window.chat.shown && window.chat.peerId.length > 0 ? 96 * Theme.textScale : Theme.space6
            anchors.horizontalCenter: pages.horizontalCenter
            width: Math.min(pages.width - 2 * Theme.space4, 560)
        }
    }

    SignInSheet {
        id: signIn

        session: window.session
        demoPassword: window.server.builtIn ? window.demoPassword : ""
        demoNames: window.demoNames
    }

    ShortcutsSheet {
        id: keyTable

        objectName: "shortcuts"
        shortcuts: window.shortcuts
        onEditWanted: window.open(shortcutsPage)
    }

    Destinations {
        id: destinations

        unreadMessages: window.conversations.unread
        failedWrites: window.activity.failedCount
    }

    Component {
        id: friendsPage

        FriendsPage {
            focus: true
            people: window.people
            shown: window.page === "friends" && !window.covered
            onProfileWanted: user => window.openProfile(user)
            onMessageWanted: user => window.openChat(user)
            onSignInWanted: window.session.requestAccount()
            onHomeWanted: window.showPage("home")
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: profilePage

        ProfilePage {
            people: window.people
            onBackWanted: window.back()
            onWatchWanted: (list, row) => window.openList(list, row)
            onPeopleWanted: (user, kind) => window.openPeople(user, kind)
            onMessageWanted: user => window.openChat(user)
            onSignInWanted: window.session.requestAccount()
            onPublishWanted: window.showPage("publish")
            onHomeWanted: window.showPage("home")
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: peoplePage

        PeoplePage {
            people: window.people
            onBackWanted: window.back()
            onProfileWanted: user => window.openProfile(user)
            onSignInWanted: window.session.requestAccount()
            onHomeWanted: window.showPage("home")
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: watchPage

        WatchPage {
            id: opened

            objectName: "listPlayer"
            playback: window.playback
            playlist: window.playlist
            live: window.watch === opened
            comments: window.comments
            settings: window.settings
            server: window.server
            wide: window.wide
            backVisible: true
            onBackWanted: window.back()
            onNotice: text => toasts.show(text)
            onProfileWanted: user => window.openProfile(user)
            onProfileIdWanted: userId => window.openUser(userId)
            onSignInWanted: window.session.requestAccount()
        }
    }
    Component {
        id: publishPage

        PublishPage {
            focus: true
            publishing: window.publishing
            session: window.session
            wide: window.wide
            windowShown: window.onScreen
            onNotice: text => toasts.show(text)
            onWatchWanted: (videoId, title) => window.open(publishedPage, {
                "videoId": videoId,
                "title": title
            })
        }
    }
    Component {
        id: publishedPage

        PublishedPage {
            publishing: window.publishing
            preview: window.publishing.preview
            windowShown: window.onScreen
            onBackWanted: window.back()
        }
    }
    Component {
        id: messagesPage

        MessagesPage {
            focus: true
            conversations: window.conversations
            chat: window.chat
            signedIn: window.session.signedIn
            wide: window.wide
            onChatWanted: (peerId, name, avatar) => window.openConversation(peerId, name, avatar)
            onProfileWanted: user => window.openProfile(user)
            onSignInWanted: window.session.requestAccount()
            onFriendsWanted: window.showPage("friends")
        }
    }
    Component {
        id: chatPage

        ChatPane {
            chat: window.chat
            signedIn: window.session.signedIn
            onBackWanted: window.back()
            onProfileWanted: user => window.openProfile(user)
            onSignInWanted: window.session.requestAccount()
        }
    }
    Component {
        id: mePage

        MePage {
            focus: true
            session: window.session
            people: window.people
            shown: window.page === "me" && !window.covered
            openWrites: window.activity.openCount
            failedWrites: window.activity.failedCount
            onSignInWanted: window.session.requestAccount()
            onWatchWanted: (list, row) => window.openList(list, row)
            onPeopleWanted: (user, kind) => window.openPeople(user, kind)
            onPublishWanted: window.showPage("publish")
            onHomeWanted: window.showPage("home")
            onNotice: text => toasts.show(text)
            onActivityWanted: window.openActivity()
            onSettingsWanted: window.openSettings()
            onAccountsWanted: window.open(accountsPage)
            onShortcutsWanted: keyTable.open()
        }
    }
    Component {
        id: activityPage

        ActivityPage {
            activity: window.activity
            onBackWanted: window.back()
        }
    }
    Component {
        id: settingsPage

        SettingsPage {
            settings: window.settings
            session: window.session
            servers: window.servers
            playback: window.playback
            usage: window.usage
            version: Qt.application.version
            onBackWanted: window.back()
            onAccountsWanted: window.open(accountsPage)
            onServersWanted: window.open(serversPage)
            onShortcutsWanted: window.open(shortcutsPage)
            onDiagnosticsWanted: window.open(diagnosticsPage)
        }
    }
    Component {
        id: accountsPage

        AccountsPage {
            session: window.session
            accounts: window.accounts
            vault: window.vault
            serverName: window.server.builtIn ? qsTr("the built-in server") : window.servers.presentName
            onBackWanted: window.back()
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: serversPage

        ServersPage {
            servers: window.servers
            onBackWanted: window.back()
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: shortcutsPage

        ShortcutsPage {
            shortcuts: window.shortcuts
            onBackWanted: window.back()
            onNotice: text => toasts.show(text)
        }
    }
    Component {
        id: diagnosticsPage

        DiagnosticsPage {
            diagnostics: window.diagnostics
            onBackWanted: window.back()
            onNotice: text => toasts.show(text)
        }
    }

    Component.onCompleted: {
        refreshMe();
        homePage.forceActiveFocus();
    }
}
