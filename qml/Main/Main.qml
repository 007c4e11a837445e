// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.Basic
import TikGok.Account
import TikGok.Controls
import TikGok.Core
import TikGok.Playback
import TikGok.Settings

// The window: navigation, the pages, and what can come over them. The application hands everything in.
ApplicationWindow {
    id: window

    required property FeedModel feed
    required property PlaybackController playback
    required property CommentsModel comments
    required property Session session
    required property Settings settings
    required property EntityStore entities
    required property ServerLink server
    // What the demo people of the built-in server sign in with; empty for another server.
    property string demoPassword
    property var demoNames: []

    property UserEntity me: null
    readonly property bool wide: width >= 720
    readonly property bool home: page === 0
    property int page: 0

    function refreshMe() {
        me = session.signedIn ? entities.me() : null;
    }

    function showPage(index: int) {
        page = index;
        (index === 0 ? homePage : mePage).forceActiveFocus();
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
        target: window.playback
        property: "active"
        value: window.home && !homePage.onTail && window.visibility !== Window.Hidden && window.visibility !== Window.Minimized
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
    }

    Connections {
        target: window.comments
        function onPostFailed(kind, serverWords) {
            // Whoever looks at the comments sees it there.
            if (!homePage.commentsOpen)
                toasts.show(qsTr("Your comment was not sent. It is kept in the list. %1").arg(ErrorText.full(kind, serverWords)));
        }
        function onRemoveFailed(kind, serverWords) {
            toasts.show(qsTr("The comment could not be deleted and is back. %1").arg(ErrorText.full(kind, serverWords)));
        }
    }

    Connections {
        target: window.playback
        function onLooped(index) {
            if (window.settings.autoScroll && index === window.playback.currentIndex && !homePage.commentsOpen)
                homePage.next();
        }
    }

    Connections {
        target: homePage.video
        ignoreUnknownSignals: true
        function onLikeRefused(kind, serverWords) {
            toasts.show(qsTr("Your like could not be saved and was taken back. %1").arg(ErrorText.full(kind, serverWords)));
        }
    }

    FocusScope {
        id: body

        objectName: "body"
        anchors.fill: parent
        focus: true

        // Keys that nobody wanted.
        Keys.onPressed: event => {
            if (event.text === "?") {
                shortcuts.open();
            } else if (event.key === Qt.Key_1 && event.modifiers === Qt.NoModifier) {
                window.showPage(0);
            } else if (event.key === Qt.Key_2 && event.modifiers === Qt.NoModifier) {
                window.showPage(1);
            } else if (window.home) {
                event.accepted = homePage.handleKey(event);
                return;
            } else if (event.key === Qt.Key_Escape) {
                window.showPage(0);
            } else {
                event.accepted = false;
                return;
            }
            event.accepted = true;
        }

        Banner {
            id: vaultBanner

            property bool dismissedOnce: false

            anchors.top: parent.top
            width: parent.width
            height: visible ? implicitHeight : 0
            visible: window.session.vaultState === Session.VaultState.Unavailable && window.session.signedIn && !dismissedOnce
            iconName: "key"
            text: qsTr("No system keychain: you stay signed in until TikGok closes.")
            onDismissed: dismissedOnce = true
            z: 2
        }

        NavigationRail {
            id: rail

            anchors.top: vaultBanner.bottom
            anchors.bottom: parent.bottom
            anchors.left: parent.left
            visible: window.wide
            page: window.page
            onChosen: index => window.showPage(index)
            onShortcutsWanted: shortcuts.open()
        }

        Item {
            id: pages

            anchors.top: vaultBanner.bottom
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
                playback: window.playback
                comments: window.comments
                settings: window.settings
                server: window.server
                wide: window.wide
                onNotice: text => toasts.show(text)
            }

            Loader {
                id: mePage

                anchors.fill: parent
                focus: !window.home
                active: !window.home || item !== null
                visible: !window.home
                sourceComponent: MePage {
                    focus: true
                    session: window.session
                    settings: window.settings
                    me: window.me
                    serverName: window.server.builtIn ? qsTr("Built in") : qsTr("Remote")
                    serverAddress: window.server.address
                    version: Qt.application.version
                    onSignInWanted: window.session.requestAccount()
                    onShortcutsWanted: shortcuts.open()
                }
            }
        }

        BottomBar {
            id: bar

            anchors.bottom: parent.bottom
            width: parent.width
            height: visible ? implicitHeight : 0
            visible: !window.wide
            page: window.page
            onChosen: index => window.showPage(index)
        }

        ToastHost {
            id: toasts

            objectName: "toasts"

            anchors.bottom: pages.bottom
            anchors.bottomMargin: Theme.space6
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
        id: shortcuts

        objectName: "shortcuts"
    }

    Component.onCompleted: {
        refreshMe();
        homePage.forceActiveFocus();
    }
}
