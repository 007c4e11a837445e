// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Short notices, one at a time, newest first. A notice may offer one action (undo, retry), and stays while the keyboard is
// on it, and for some time more while the pointer is: that may have been there by chance.
Item {
    id: root

    property string text
    property string actionText
    property var action: null
    property bool showing: false
    property int duration: 5000
    // Where it comes in from.
    property bool low: false
    // Something lies over it: it waits until it is seen.
    property bool covered: false
    // What had the keyboard when it came up: it goes back there once the action is done.
    property Item origin: null

    // What had it before is gone.
    signal keyboardLeft

    function show(words: string) {
        showWithAction(words, "", null);
    }

    function showWithAction(words: string, actionWords: string, callback: var) {
        const focused = Window.activeFocusItem;
        if (focused !== act)
            origin = focused;
        text = words;
        actionText = actionWords;
        action = callback;
        showing = true;
        if (timer.running)
            timer.restart();
        if (limit.running)
            limit.restart();
    }

    function giveBack() {
        if (origin && origin.visible && origin.enabled)
            origin.forceActiveFocus(Qt.TabFocusReason);
        else
            keyboardLeft();
    }

    function hide() {
        showing = false;
    }

    implicitHeight: card.height
    z: 100

    Timer {
        id: timer

        interval: root.duration
        running: root.showing && !root.covered && !pointer.hovered && !act.activeFocus
        onTriggered: root.showing = false
    }

    Timer {
        id: limit

        interval: 4 * root.duration
        running: root.showing && !root.covered && !act.activeFocus
        onTriggered: root.showing = false
    }

    // How long the words are whatever room they have: asking the label itself would have it laid out, and so ask back.
    TextMetrics {
        id: oneLine

        font: words.font
        text: root.text
    }

    Rectangle {
        id: card

        anchors.horizontalCenter: parent.horizontalCenter
        y: root.showing ? 0 : root.low ? 16 : -16
        width: Math.min(parent.width, Math.ceil(oneLine.advanceWidth) + (act.visible ? act.width : Theme.space2) + 2 * Theme.space4)
        height: Math.max(52, words.height + 2 * Theme.space3)
        radius: Theme.radius
        color: Theme.notice
        opacity: root.showing && !root.covered ? 1 : 0
        visible: opacity > 0
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.text

        HoverHandler {
            id: pointer
        }

        Behavior on opacity {
            NumberAnimation {
                duration: Theme.normal
            }
        }
        Behavior on y {
            NumberAnimation {
                duration: Theme.normal
                easing.type: Easing.OutCubic
            }
        }

        TextLabel {
            id: words

            anchors.left: parent.left
            anchors.leftMargin: Theme.space4
            anchors.right: act.visible ? act.left : parent.right
            anchors.rightMargin: act.visible ? Theme.space1 : Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            color: Theme.noticeInk
            wrapMode: Text.Wrap
            // Whatever a server says: it has to end within the window.
            maximumLineCount: Math.max(3, Math.floor(0.6 * root.Window.height / (Theme.fontBody * 1.5)))
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        PushButton {
            id: act

            objectName: "toastAction"
            anchors.right: parent.right
            anchors.rightMargin: Theme.space1
            anchors.verticalCenter: parent.verticalCenter
            kind: PushButton.Quiet
            inkOverride: Theme.noticeAccent
            ringColor: Theme.noticeAccent
            text: root.actionText
            visible: root.actionText.length > 0
            onClicked: {
                const callback = root.action;
                root.hide();
                if (callback)
                    callback();
                // It may have gone to another page.
                if (activeFocus)
                    root.giveBack();
            }
        }
    }
}
