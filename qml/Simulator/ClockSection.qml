// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The simulator's clock and its levers.
Column {
    id: root

    required property SimulatorDesk desk

    spacing: Theme.space5

    Card {
        width: parent.width
        title: qsTr("The simulator's clock")

        Column {
            width: parent.width
            topPadding: Theme.space3
            bottomPadding: Theme.space3
            spacing: Theme.space3

            TextLabel {
                objectName: "clockText"
                x: Theme.space4
                width: parent.width - 2 * x
                text: root.desk.clockText
                font.pixelSize: Theme.fontTitle
                font.weight: Font.Bold
                wrapMode: Text.Wrap
            }

            TextLabel {
                objectName: "clockState"
                x: Theme.space4
                width: parent.width - 2 * x
                text: root.desk.clockReal ? qsTr("It is the computer's time.") : root.desk.clockFrozen ? qsTr("It stands still.") : root.desk.clockScale !== 1
                    ? qsTr("It runs %1 times as fast.").arg(Number(root.desk.clockScale).toLocaleString(Format.locale, "g")) : qsTr("It goes on from where it was put.")
                muted: true
                wrapMode: Text.Wrap
            }

            Flow {
                x: Theme.space4
                width: parent.width - 2 * x
                spacing: Theme.space2

                PushButton {
                    objectName: "freezeClock"
                    width: Math.min(implicitWidth, parent.width)
                    iconName: root.desk.clockFrozen ? "play" : "pause"
                    text: root.desk.clockFrozen ? qsTr("Let it run") : qsTr("Freeze it")
                    onClicked: root.desk.clockFrozen ? root.desk.runClock() : root.desk.freezeClock()
                }

                PushButton {
                    objectName: "resetClock"
                    width: Math.min(implicitWidth, parent.width)
                    kind: PushButton.Quiet
                    text: qsTr("Back to real time")
                    visible: !root.desk.clockReal
                    onClicked: root.desk.resetClock()
                }
            }
        }
    }

    Card {
        width: parent.width
        title: qsTr("Put it forward")

        Repeater {
            model: [
                {
                    "seconds": 3600,
                    "text": qsTr("One hour"),
                    "name": "forwardHour"
                },
                {
                    "seconds": 86400,
                    "text": qsTr("One day"),
                    "name": "forwardDay"
                },
                {
                    "seconds": 2592000,
                    "text": qsTr("30 days: sessions end"),
                    "name": "forwardMonth"
                }
            ]

            ListRow {
                required property var modelData

                objectName: modelData.name
                width: parent.width
                iconName: "clock"
                text: modelData.text
                onClicked: root.desk.advanceClock(modelData.seconds)
            }
        }
    }

    Card {
        width: parent.width
        title: qsTr("Speed")

        Item {
            width: parent.width
            height: speeds.height + 2 * Theme.space3

            ChipFlow {
                id: speeds

                x: Theme.space4
                y: Theme.space3
                width: parent.width - 2 * x
                label: qsTr("Speed")
                value: root.desk.clockScale
                options: [
                    {
                        "value": 1,
                        "text": qsTr("As it is"),
                        "name": "speed1"
                    },
                    {
                        "value": 60,
                        "text": qsTr("A minute a second"),
                        "name": "speed60"
                    },
                    {
                        "value": 3600,
                        "text": qsTr("An hour a second"),
                        "name": "speed3600"
                    }
                ]
                onChosen: value => root.desk.scaleClock(value)
            }
        }
    }
}
