// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// The pages of the navigation, and those that were opened over them.
Item {
    id: root

    required property ShellParts parts
    // Components of the pages of the navigation but the first, by the order of their names.
    required property var tabPages

    // Nothing but the video.
    readonly property bool clear: watch !== null && watch.clearMode
    // The page of the navigation that is shown, or would be without pages over it: a name in Destinations.
    property string page: "home"
    // Pages that were opened over it lie on a stack.
    readonly property bool covered: stack.depth > 0
    readonly property bool home: page === "home" && !covered
    property bool closing: false
    // The page that lies on top of all others; null: none does.
    readonly property Item topmost: stack.currentItem
    // Where a video is being watched, if that is in front.
    readonly property WatchPage watch: closing ? null : covered ? stack.currentItem as WatchPage : page === "home" ? homePage.watch : null
    readonly property rect homeTabs: homePage.tabsPlace
    // A conversation lies over the page.
    readonly property bool chatOver: stack.currentItem !== null && stack.currentItem.objectName === "chatPane"

    signal notice(string text)
    signal profileWanted(UserEntity user)
    signal profileIdWanted(string userId)

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

    // Back to where the present page was opened; `byKey`: with a key that means that.
    function back(byKey = false) {
        // A button that was reached with the keyboard says so, too.
        const byKeyboard = byKey || (root.Window.activeFocusItem as T.Control)?.visualFocus === true;
        if (stack.depth > 1)
            stack.pop(Theme.reducedMotion ? StackView.Immediate : StackView.PopTransition);
        else
            stack.clear(StackView.Immediate);
        focusPage();
        // What was left there has the keyboard already, as soon as it is shown: so that it also looks like that.
        const at = root.Window.activeFocusItem as T.Control;
        if (at)
            at.focusReason = byKeyboard ? Qt.BacktabFocusReason : Qt.OtherFocusReason;
    }

    function focusPage() {
        const shown = (covered ? stack.currentItem : page === "home" ? homePage : tabs.itemAt(tabs.names.indexOf(page))) as Item;
        if (shown)
            shown.forceActiveFocus();
    }

    // What was made for a page of the navigation; null: it was not shown yet.
    function madeFor(name: string): Item {
        return (tabs.itemAt(tabs.names.indexOf(name)) as Loader)?.item as Item;
    }

    function handleKey(event: var): bool {
        return home ? homePage.handleKey(event) : watch !== null && watch.handleKey(event);
    }

    HomePage {
        id: homePage

        objectName: "homePage"
        anchors.fill: parent
        focus: root.home
        visible: root.home
        feed: root.parts.feed
        following: root.parts.following
        playback: root.parts.playback
        playlist: root.parts.playlist
        live: root.home
        comments: root.parts.comments
        settings: root.parts.settings
        server: root.parts.server
        saver: root.parts.saver
        wide: root.parts.wide
        onNotice: text => root.notice(text)
        onProfileWanted: user => root.profileWanted(user)
        onProfileIdWanted: userId => root.profileIdWanted(userId)
        onSignInWanted: root.parts.session.requestAccount()
        onFriendsWanted: root.showPage("friends")
    }

    // The other pages of the navigation: made when they are first shown, then kept.
    Repeater {
        id: tabs

        readonly property var names: ["friends", "publish", "messages", "me"]

        model: root.tabPages

        Loader {
            id: tab

            required property int index
            required property Component modelData
            readonly property bool shown: root.page === tabs.names[index] && !root.covered

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
