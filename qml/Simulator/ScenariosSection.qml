// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Situations that come with the simulator.
Column {
    id: root

    required property SimulatorWatch watch
    required property SimulatorDesk desk

    spacing: Theme.space5

    Card {
        width: parent.width
        title: qsTr("In place: %1").arg(root.watch.scenario)
        visible: root.watch.scenario.length > 0

        ListRow {
            objectName: "guestRow"
            width: parent.width
            iconName: "person"
            text: qsTr("Sign in as %1").arg(root.desk.guestName)
            detail: qsTr("Whom the scenario brought along")
            visible: root.desk.guestId.length > 0
            onClicked: root.desk.become(root.desk.guestId)
        }

        ListRow {
            objectName: "endScenario"
            width: parent.width
            iconName: "close"
            text: qsTr("End it")
            detail: qsTr("No faults, the computer's time; the world and how the server behaves stay")
            onClicked: root.desk.makeGood()
        }
    }

    Card {
        width: parent.width
        title: qsTr("Scenarios")

        Repeater {
            model: root.desk.scenarios

            ListRow {
                required property var model

                objectName: "scenario_" + model.name
                width: parent.width
                text: model.title
                detail: model.description
                current: root.watch.scenario === model.name
                iconName: "play"
                onClicked: {
                    const name = model.name;
                    const title = model.title;
                    sheet.askFor(() => qsTr("Load “%1”?").arg(title), () => root.desk.loadScenario(name));
                }
            }
        }
    }

    ReplaceSheet {
        id: sheet
    }
}
