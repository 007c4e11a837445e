// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// A fault rule in a few words: where, what, how often.
Sheet {
    id: root

    required property SimulatorDesk desk
    property string kind: "status"
    // Sent, and not answered yet.
    property bool asked: false

    readonly property string numberLabel: SimulatorWords.numberLabel(kind)

    function begin(path: string) {
        asked = false;
        said.text = "";
        route.text = path;
        open();
    }

    function numberOf(text: string): int {
        // Not beyond what an int holds; whether it makes sense the simulator says.
        return Math.max(-1, Math.min(2000000000, parseInt(text) || 0));
    }

    function send() {
        asked = true;
        desk.addRule(route.text, kind, numberOf(number.text), numberOf(chance.text), numberOf(times.text));
    }

    title: qsTr("A rule of your own")
    preferredWidth: 520
    onVisibleChanged: if (visible) route.inputItem.forceActiveFocus()

    Connections {
        target: root.desk
        enabled: root.asked

        function onBusyChanged() {
            if (root.desk.busy)
                return;
            root.asked = false;
            if (root.desk.problem === ErrorKind.None)
                root.finish();
            else
                said.text = ErrorText.full(root.desk.problem, root.desk.problemWords);
        }
    }

    Field {
        id: route

        objectName: "ruleRoute"
        width: parent.width
        label: qsTr("Which requests")
        hint: qsTr("A path, or its begin and *. Empty: all of them.")
        onAccepted: root.send()
    }

    ChipFlow {
        width: parent.width
        label: qsTr("Often wanted")
        value: route.text
        options: [
            {
                "value": "/douyin/feed/",
                "text": qsTr("Feed"),
                "name": "routeFeed"
            },
            {
                "value": "/douyin/favorite/*",
                "text": qsTr("Likes"),
                "name": "routeLikes"
            },
            {
                "value": "/douyin/comment/*",
                "text": qsTr("Comments"),
                "name": "routeComments"
            },
            {
                "value": "/douyin/publish/action/",
                "text": qsTr("Publishing"),
                "name": "routePublish"
            },
            {
                "value": "/douyin/message/*",
                "text": qsTr("Messages"),
                "name": "routeMessages"
            },
            {
                "value": "/static/*",
                "text": qsTr("Videos and pictures"),
                "name": "routeMedia"
            },
            {
                "value": "/douyin/*",
                "text": qsTr("All calls"),
                "name": "routeAll"
            }
        ]
        onChosen: value => route.text = value
    }

    TextLabel {
        width: parent.width
        text: qsTr("What happens")
        font.weight: Font.Bold
    }

    ChipFlow {
        width: parent.width
        label: qsTr("What happens")
        value: root.kind
        options: [
            {
                "value": "status",
                "text": qsTr("HTTP status"),
                "name": "effectStatus"
            },
            {
                "value": "envelope",
                "text": qsTr("Error code"),
                "name": "effectEnvelope"
            },
            {
                "value": "latency",
                "text": qsTr("Late answer"),
                "name": "effectLatency"
            },
            {
                "value": "too_many_requests",
                "text": qsTr("Too many requests"),
                "name": "effectTooMany"
            },
            {
                "value": "expired_token",
                "text": qsTr("Expired session"),
                "name": "effectExpired"
            },
            {
                "value": "reset",
                "text": qsTr("Connection cut"),
                "name": "effectReset"
            },
            {
                "value": "empty_reply",
                "text": qsTr("No answer"),
                "name": "effectEmpty"
            },
            {
                "value": "drop_answer",
                "text": qsTr("Done, answer lost"),
                "name": "effectDrop"
            },
            {
                "value": "malformed_json",
                "text": qsTr("Broken JSON"),
                "name": "effectJson"
            },
            {
                "value": "throttle",
                "text": qsTr("Slow line"),
                "name": "effectThrottle"
            }
        ]
        onChosen: value => {
            root.kind = value;
            number.text = value === "status" ? "500" : value === "envelope" ? "50001" : value === "latency" ? "2000" : value === "throttle" ? "50000" : "";
        }
    }

    Field {
        id: number

        objectName: "ruleNumber"
        width: parent.width
        visible: root.numberLabel.length > 0
        label: root.numberLabel
        text: "500"
        inputItem.inputMethodHints: Qt.ImhDigitsOnly
        onAccepted: root.send()
    }

    Field {
        id: chance

        objectName: "ruleChance"
        width: parent.width
        label: qsTr("How often, in percent")
        text: "100"
        inputItem.inputMethodHints: Qt.ImhDigitsOnly
        onAccepted: root.send()
    }

    Field {
        id: times

        objectName: "ruleTimes"
        width: parent.width
        label: qsTr("How many times at most")
        hint: qsTr("0: no limit")
        text: "0"
        inputItem.inputMethodHints: Qt.ImhDigitsOnly
        onAccepted: root.send()
    }

    TextLabel {
        id: said

        objectName: "ruleRefused"
        width: parent.width
        color: Theme.danger
        wrapMode: Text.Wrap
        visible: text.length > 0
        Accessible.role: Accessible.AlertMessage
    }

    PushButton {
        objectName: "addRule"
        width: parent.width
        kind: PushButton.Primary
        text: qsTr("Put the rule in place")
        busy: root.asked
        enabled: !root.asked
        onClicked: root.send()
    }
}
