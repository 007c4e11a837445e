// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Stays at the top until dealt with: something is not as it should be, and nothing is lost.
Rectangle {
    id: root

    property string text
    property string iconName: "warning"
    property string actionText
    // objectNames of the buttons.
    property string actionName
    property string secondText
    property string secondName
    property bool busy: false
    property bool dismissable: true
    // There is little room: fewer words and one button.
    property bool compact: false

    // The buttons below the words where both do not fit side by side.
    readonly property bool stacked: width - acts.wanted - closer.width - mark.width < Math.min(oneLine.advanceWidth, 280 * Theme.textScale)

    signal triggered
    signal secondTriggered
    signal dismissed

    implicitHeight: Math.max(compact ? 40 : 52, words.implicitHeight + 2 * (compact ? Theme.space2 : Theme.space3) + (stacked && acts.visible ? acts.height + Theme.space1 : 0))
    color: Theme.warningSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    // How long the words are whatever room they have: asking the label itself would have it laid out, and so ask back.
    TextMetrics {
        id: oneLine

        font: words.font
        text: root.text
    }

    Icon {
        id: mark

        anchors.left: parent.left
        anchors.leftMargin: Theme.space4
        anchors.verticalCenter: words.verticalCenter
        size: 20
        name: root.iconName
        color: Theme.warning
    }

    TextLabel {
        id: words

        anchors.left: mark.right
        anchors.leftMargin: Theme.space3
        anchors.right: acts.visible && !root.stacked ? acts.left : closer.left
        y: root.stacked && acts.visible ? (root.compact ? Theme.space2 : Theme.space3) : (root.height - height) / 2
        text: root.text
        wrapMode: Text.Wrap
        font.pixelSize: root.compact ? Theme.fontCaption : Theme.fontBody
        maximumLineCount: 8
        elide: Text.ElideRight
        Accessible.ignored: true
    }

    Flow {
        id: acts

        readonly property real wanted: act.implicitWidth + (second.visible ? second.implicitWidth + spacing : 0)

        anchors.right: root.stacked ? parent.right : closer.left
        y: root.stacked ? words.y + words.height + Theme.space1 : (root.height - height) / 2
        width: root.stacked ? root.width - mark.width - mark.x : wanted
        spacing: Theme.space1
        visible: root.actionText.length > 0

        PushButton {
            id: act

            objectName: root.actionName
            width: Math.min(implicitWidth, acts.width)
            kind: PushButton.Quiet
            text: root.actionText
            busy: root.busy
            enabled: !root.busy
            onClicked: root.triggered()
        }

        PushButton {
            id: second

            objectName: root.secondName
            kind: PushButton.Quiet
            text: root.secondText
            visible: text.length > 0 && !root.compact
            onClicked: root.secondTriggered()
        }
    }

    IconButton {
        id: closer

        objectName: "dismissBanner"
        anchors.right: parent.right
        anchors.rightMargin: Theme.space1
        anchors.verticalCenter: words.verticalCenter
        width: visible ? implicitWidth : Theme.space3
        iconName: "close"
        iconSize: 18
        text: qsTr("Dismiss this notice")
        // Over the words, when the buttons are below them.
        tipBeside: root.stacked
        visible: root.dismissable
        onClicked: root.dismissed()
    }
}
