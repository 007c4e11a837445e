// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Every write that failed, waits, or was sent.
FocusScope {
    id: root

    required property ActivityModel activity
    property bool signedIn: true

    readonly property string trouble: {
        switch (activity.storage) {
        case ActivityModel.Storage.PutAside:
            return qsTr("The list of what waited was damaged. It is kept at %1, and a new one was begun.").arg(activity.asidePath);
        case ActivityModel.Storage.TooNew:
            return qsTr("A newer TikGok wrote the list of what waits. It is left alone; what you do now is lost when TikGok closes before it is sent.");
        case ActivityModel.Storage.Unwritable:
            return qsTr("This device cannot store anything at the moment. What you do now is lost when TikGok closes before it is sent.");
        default:
            return "";
        }
    }

    signal backWanted

    function groupTitle(group: string): string {
        switch (group) {
        case "failed":
            return qsTr("Not done");
        case "waiting":
            return qsTr("Waiting");
        default:
            return qsTr("Done");
        }
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Activity")
    Keys.forwardTo: [list]
    Component.onCompleted: activity.active = true
    Component.onDestruction: activity.active = false

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Activity")
        focus: true
        onBackWanted: root.backWanted()

        IconButton {
            objectName: "retryAll"
            iconName: "retry"
            text: qsTr("Try all")
            visible: root.activity.openCount > 1
            onClicked: root.activity.retryAll()
        }
    }

    Banner {
        id: banner

        property bool dismissedOnce: false

        objectName: "storageBanner"
        anchors.top: header.bottom
        width: parent.width
        height: visible ? implicitHeight : 0
        text: root.trouble
        visible: text.length > 0 && !dismissedOnce
        onDismissed: dismissedOnce = true
    }

    ListView {
        id: list

        objectName: "activityList"
        anchors.top: banner.bottom
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(parent.width, 680)
        clip: true
        model: root.activity
        boundsBehavior: Flickable.StopAtBounds
        Keys.onPressed: event => event.accepted = ListKeys.scroll(list, event)
        bottomMargin: Theme.space5
        cacheBuffer: 400
        activeFocusOnTab: false
        visible: count > 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What you did")

        section.property: "group"
        section.delegate: TextLabel {
            required property string section

            width: list.width
            leftPadding: Theme.space4
            topPadding: Theme.space4
            bottomPadding: Theme.space1
            text: root.groupTitle(section)
            muted: true
            font.weight: Font.Bold
            Accessible.role: Accessible.Heading
        }

        delegate: ActivityRow {
            id: entry

            width: list.width
            onRetryWanted: root.activity.retry(intentId)
            onPauseWanted: root.activity.pause(intentId)
            onResumeWanted: root.activity.resume(intentId)
            onDiscardWanted: {
                const id = intentId;
                // The row may be gone by the time it is asked again.
                const words = title;
                if (precious)
                    sheet.askFor(() => entry?.title ?? words, quote, status === ActivityModel.Status.Checking, () => root.activity.discard(id));
                else if (guard.passes())
                    root.activity.discard(id);
            }
        }

        ScrollMark {
            flickable: list
        }

        ReadingOrder {
            view: list
        }
    }

    MessagePane {
        anchors.centerIn: parent
        width: parent.width
        iconName: "clock"
        objectName: "activityEmpty"
        // What another file holds is not known here.
        readonly property string elsewhere: root.activity.storage === ActivityModel.Storage.TooNew ? qsTr("What waited before is left to the newer TikGok.")
            : root.activity.storage === ActivityModel.Storage.PutAside ? qsTr("What waited before is in the list that was put aside.")
            : root.activity.storage === ActivityModel.Storage.Unwritable ? qsTr("What waited before cannot be read at the moment.") : ""

        title: !root.signedIn ? qsTr("Nobody is signed in") : elsewhere.length > 0 ? qsTr("Nothing new waits") : qsTr("Nothing waits")
        text: elsewhere.length > 0 ? elsewhere : !root.signedIn ? qsTr("What an account did and has not reached the server stays on this device. It is sent when the account signs in again.") : qsTr("Likes, follows, comments, messages and uploads are listed here: what waits, what failed and what arrived.")
        visible: list.count === 0
    }

    PressGuard {
        id: guard
    }

    DiscardSheet {
        id: sheet
    }
}
