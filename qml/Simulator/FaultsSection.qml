// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What goes wrong on the way, and inside.
Column {
    id: root

    required property SimulatorDesk desk

    spacing: Theme.space5

    function ruleDetail(chance: int, times: string, struck: string, matched: string, ended: string): string {
        return SimulatorWords.list([
            qsTr("struck %1 of %2 requests").arg(struck).arg(matched),
            chance < 100 ? qsTr("%1 % of the time").arg(chance) : "",
            times !== "0" ? qsTr("%1 times at most").arg(times) : "",
            ended.length > 0 ? qsTr("over") : ""
        ]);
    }

    Card {
        width: parent.width
        title: qsTr("Rules in place")
        visible: ruleRows.count > 0

        Repeater {
            id: ruleRows

            model: root.desk.rules

            SwitchRow {
                required property var model

                width: parent.width
                name: model.name
                on: model.on
                text: {
                    const known = SimulatorWords.preset(model.name);
                    return known.length > 0 ? known : qsTr("%1: %2").arg(SimulatorWords.route(model.route)).arg(SimulatorWords.list(model.kinds.map(kind => SimulatorWords.effect(kind, model.number))));
                }
                detail: root.ruleDetail(model.chance, model.times, model.struck, model.matched, model.ended)
                iconName: "flask"
                removable: true
                onSwitched: on => root.desk.switchRule(model.name, on)
                onRemoveWanted: root.desk.removeRule(model.name)
            }
        }
    }

    Card {
        width: parent.width
        title: qsTr("Break something")

        Repeater {
            model: ["feed-500", "slow", "one-in-three", "no-answer", "too-many", "signed-out", "lost-answers", "broken-json", "slow-media"]

            ListRow {
                required property string modelData

                objectName: "preset_" + modelData
                width: parent.width
                iconName: "plus"
                text: SimulatorWords.preset(modelData)
                onClicked: root.desk.addPreset(modelData)
            }
        }

        ListRow {
            objectName: "ownRule"
            width: parent.width
            iconName: "settings"
            text: qsTr("A rule of your own")
            chevron: true
            onClicked: form.begin("/douyin/feed/")
        }
    }

    Card {
        width: parent.width
        title: qsTr("Break something inside the server")

        Repeater {
            model: root.desk.inside

            SwitchRow {
                required property var model

                width: parent.width
                name: model.name
                on: model.on
                iconName: "server"
                text: SimulatorWords.inside(model.name, model.summary)
                detail: model.struck !== "0" ? qsTr("struck %1 times").arg(model.struck) : ""
                onSwitched: on => root.desk.switchInside(model.name, on)
            }
        }
    }

    DeadLetters {
        width: parent.width
        desk: root.desk
    }

    RuleSheet {
        id: form

        objectName: "ruleSheet"
        desk: root.desk
    }
}
