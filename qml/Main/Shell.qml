// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Account
import TikGok.Controls
import TikGok.Core
import TikGok.Publish
import TikGok.Settings
import TikGok.Simulator

// What the window holds: navigation, the pages, and what can come over them. Made after the window's first frame.
ShellParts {
    id: shell

    property UserEntity me: null
    readonly property alias page: pages.page

    function refreshMe() {
        me = session.signedIn ? entities.me() : null;
    }

    // Links of before there is a server: the one inside makes its world first, and may have to be tried again.
    property var waiting: []

    // For links, the command line, and whoever else is outside of the pages.
    function showPage(name: string) {
        pages.showPage(name);
    }

    // Prepares a file for publishing: dropped, chosen in the file manager, or named on the command line.
    function openFile(file: url) {
        pages.showPage("publish");
        publishing.editor.openFile(file);
    }

    function openUser(userId: string) {
        whenServerIsThere(() => kinds.openUser(userId));
    }

    function openVideo(videoId: string) {
        whenServerIsThere(() => kinds.openVideo(videoId));
    }

    function whenServerIsThere(then: var) {
        waiting.push(then);
        openWaiting();
    }

    function openWaiting() {
        if (server.state !== ServerLink.State.Ready)
            return;
        const now = waiting;
        waiting = [];
        now.forEach(then => then());
    }

    function refuseLink() {
        toasts.show(qsTr("TikGok cannot open this link. It names no video and no person."));
    }

    function openChat(user: var) {
        kinds.openChat(user);
    }

    function openConversation(peerId: string, name: string, avatar: url) {
        kinds.openConversation(peerId, name, avatar);
    }

    function showConversation() {
        kinds.showConversation();
    }

    function openActivity() {
        kinds.openActivity();
    }

    function openSimulator() {
        kinds.openSimulator();
    }

    function openSettings() {
        kinds.openSettings();
    }

    // The window was made wider or narrower: the conversation goes where it belongs.
    onWideChanged: {
        const held = Sheets.keyboardOver(shell);
        if (wide && pages.chatOver) {
            pages.back();
            kinds.showConversation();
        } else if (!wide && page === "messages" && !pages.covered && chat.peerId.length > 0) {
            kinds.showConversation();
        }
        // A sheet that lies over all of it stays in front.
        if (held)
            held.forceActiveFocus();
    }

    objectName: "shell"
    anchors.fill: parent
    focus: true

    WindowState {
        id: windowState

        parts: shell
        pages: pages
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
        target: shell.server
        // After the others who listen: they forget then what was before.
        function onChanged() {
            Qt.callLater(shell.openWaiting);
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
            if (shell.chat.peerId.length === 0 && pages.chatOver)
                pages.back();
        }
    }

    Connections {
        target: shell.playback
        function onLooped(index) {
            if (shell.settings.autoScroll && index === shell.playback.currentIndex && pages.watch && !pages.watch.commentsOpen)
                pages.watch.next();
        }
    }

    // Keys that nobody wanted.
    Keys.onPressed: event => {
        const command = ShortcutKeys.commandFor(event);
        if (command === Command.Help) {
            keyTable.open();
        } else if (command >= Command.GoHome && command <= Command.GoMe) {
            pages.showPage(destinations.list[command - Command.GoHome].name);
        } else if (command === Command.OpenActivity) {
            kinds.openActivity();
        } else if (command === Command.OpenSettings) {
            kinds.openSettings();
        } else if (pages.home || pages.watch) {
            event.accepted = pages.handleKey(event);
            if (event.accepted || !pages.covered || event.key !== Qt.Key_Escape && event.key !== Qt.Key_Back)
                return;
            pages.back(true);
        } else if ((event.key === Qt.Key_Escape || event.key === Qt.Key_Back) && pages.covered) {
            pages.back(true);
        } else if (event.key === Qt.Key_Escape || event.key === Qt.Key_Back) {
            pages.showPage("home");
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
        simulatorShown: pages.topmost instanceof SimulatorPage
        onSimulatorWanted: kinds.openSimulator()
        onServersWanted: pages.open(kinds.serversPage)
        onAccountsWanted: pages.open(kinds.accountsPage)
    }

    NavigationRail {
        id: rail

        anchors.top: banners.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        visible: shell.wide && !pages.clear
        width: visible ? implicitWidth : 0
        destinations: destinations
        page: pages.page
        onChosen: name => pages.showPage(name)
        onShortcutsWanted: keyTable.open()
    }

    PageStack {
        id: pages

        anchors.top: banners.bottom
        anchors.bottom: shell.wide ? parent.bottom : bar.top
        anchors.bottomMargin: chip.below ? chip.height + 2 * Theme.space2 : 0
        anchors.left: shell.wide ? rail.right : parent.left
        anchors.right: parent.right
        parts: shell
        tabPages: [kinds.friendsPage, kinds.publishPage, kinds.messagesPage, kinds.mePage]
        onNotice: text => toasts.show(text)
        onProfileWanted: user => kinds.openProfile(user)
        onProfileIdWanted: userId => kinds.openUser(userId)
    }

    PageKinds {
        id: kinds

        parts: shell
        pages: pages
        seen: windowState.onScreen
        onNotice: text => toasts.show(text)
        onUndoable: (text, undo) => toasts.showUndoable(text, undo)
        onShortcutsWanted: keyTable.open()
    }

    Rectangle {
        anchors.top: pages.bottom
        anchors.left: pages.left
        anchors.right: pages.right
        height: 1
        color: Theme.outline
        visible: chip.below
    }

    UploadChip {
        id: chip

        // The other pages end above it: it lies over nothing of theirs.
        readonly property bool below: visible && !pages.home

        objectName: "uploadChip"
        jobs: shell.publishing.jobs
        overVideo: pages.home
        x: pages.x + Theme.space3
        y: pages.home ? pages.y + (Theme.space3 + width > pages.homeTabs.x ? pages.homeTabs.bottom : Theme.space3) : pages.y + pages.height + Theme.space2
        visible: running && pages.page !== "publish" && !pages.covered
        onClicked: pages.showPage("publish")
    }

    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]
        enabled: pages.page !== "publish" || pages.covered
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
        visible: !shell.wide && !pages.covered && !pages.clear
        destinations: destinations
        page: pages.page
        onChosen: name => pages.showPage(name)
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
        commentsShown: pages.watch !== null && pages.watch.commentsOpen
        publishShown: pages.page === "publish"

        readonly property Item sheet: Sheets.over(shell)

        onActivityWanted: kinds.openActivity()
        onPublishWanted: pages.showPage("publish")
        onSettingsWanted: kinds.openSettings()

        // At the bottom of pages: the first rows of a list are what one came for. Over a video and a conversation below the
        // head, because what one presses and writes stands at the bottom there; and so above a sheet.
        low: !pages.home && pages.watch === null && !pages.chatOver && !(shell.wide && pages.page === "messages" && !pages.covered)
            && sheet === null
        // On a small window with large letters sheets leave no room above.
        covered: sheet !== null && y + height > sheet.y
        anchors.top: pages.top
        anchors.topMargin: low ? pages.height - height - Theme.space4 : Math.max(60, Theme.fontTitle * 1.25 + Theme.space6)
        // Beside the comments, over the video.
        readonly property real beside: pages.watch?.sideWidth ?? 0

        anchors.horizontalCenter: pages.horizontalCenter
        anchors.horizontalCenterOffset: -beside / 2
        width: Math.min(pages.width - beside - 2 * Theme.space4, 560)
        onKeyboardLeft: pages.focusPage()
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
        onEditWanted: pages.open(kinds.shortcutsPage)
    }

    Destinations {
        id: destinations

        unreadMessages: shell.conversations.unread
        failedWrites: shell.activity.failedCount
    }

    Component.onCompleted: {
        refreshMe();
        pages.focusPage();
    }
}
