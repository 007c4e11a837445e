// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// For whoever tests: the levers of the simulator that this client talks to.
FocusScope {
    id: root

    required property SimulatorWatch watch
    required property SimulatorDesk desk
    required property Session session
    // The window is seen by somebody.
    property bool windowShown: true

    readonly property bool open: watch.presence === SimulatorWatch.Presence.Open

    signal backWanted
    signal serversWanted
    signal notice(string text)

    objectName: "simulatorPage"
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Simulator")
    Keys.forwardTo: [open ? column : door]
    Component.onDestruction: desk.shown = false

    Binding {
        target: root.desk
        property: "shown"
        value: root.visible && root.windowShown
    }

    Connections {
        target: root.desk

        function onBecameSomebody(name) {
            root.notice(qsTr("You are %1 now").arg(name));
        }
        function onLettersResent(count) {
            root.notice(qsTr("%n sent again", "", count));
        }
        function onWorldChanged() {
            root.notice(qsTr("The server has changed"));
        }
    }

    Connections {
        target: root.watch

        function onTokenNotKept() {
            root.notice(qsTr("The keychain did not take the token. It will be asked for again."));
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Simulator")
        focus: true
        onBackWanted: root.backWanted()
    }

    DoorPane {
        id: door

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: !root.open
        watch: root.watch
        onServersWanted: root.serversWanted()
    }

    CardColumn {
        id: column

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        visible: root.open

        ChipFlow {
            objectName: "sections"
            width: parent.width
            tabs: true
            label: qsTr("Parts of this page")
            value: root.desk.section
            options: [
                {
                    "value": SimulatorDesk.Section.Faults,
                    "text": qsTr("Faults"),
                    "name": "section_faults"
                },
                {
                    "value": SimulatorDesk.Section.Scenarios,
                    "text": qsTr("Scenarios"),
                    "name": "section_scenarios"
                },
                {
                    "value": SimulatorDesk.Section.Clock,
                    "text": qsTr("Clock"),
                    "name": "section_clock"
                },
                {
                    "value": SimulatorDesk.Section.World,
                    "text": qsTr("World"),
                    "name": "section_world"
                },
                {
                    "value": SimulatorDesk.Section.People,
                    "text": qsTr("People"),
                    "name": "section_people"
                },
                {
                    "value": SimulatorDesk.Section.Journal,
                    "text": qsTr("Journal"),
                    "name": "section_journal"
                },
                {
                    "value": SimulatorDesk.Section.Checks,
                    "text": qsTr("Checks"),
                    "name": "section_checks"
                },
                {
                    "value": SimulatorDesk.Section.Replay,
                    "text": qsTr("Replay"),
                    "name": "section_replay"
                },
                {
                    "value": SimulatorDesk.Section.Load,
                    "text": qsTr("Load"),
                    "name": "section_load"
                }
            ]
            onChosen: value => root.desk.section = value
        }

        Rectangle {
            width: parent.width
            height: refused.implicitHeight + 2 * Theme.space3
            radius: Theme.radius
            color: Theme.dangerSoft
            visible: root.desk.problem !== ErrorKind.None

            TextLabel {
                id: refused

                objectName: "simulatorRefused"
                x: Theme.space4
                y: Theme.space3
                width: parent.width - 2 * x
                text: qsTr("That did not work. %1").arg(ErrorText.full(root.desk.problem, root.desk.problemWords))
                wrapMode: Text.Wrap
                Accessible.role: Accessible.AlertMessage
            }
        }

        Loader {
            width: parent.width
            active: root.open
            sourceComponent: {
                switch (root.desk.section) {
                case SimulatorDesk.Section.Scenarios:
                    return scenarios;
                case SimulatorDesk.Section.Clock:
                    return clock;
                case SimulatorDesk.Section.World:
                    return world;
                case SimulatorDesk.Section.People:
                    return people;
                case SimulatorDesk.Section.Journal:
                    return journal;
                case SimulatorDesk.Section.Checks:
                    return checks;
                case SimulatorDesk.Section.Replay:
                    return replay;
                case SimulatorDesk.Section.Load:
                    return load;
                default:
                    return faults;
                }
            }
        }
    }

    Component {
        id: faults

        FaultsSection {
            desk: root.desk
        }
    }
    Component {
        id: scenarios

        ScenariosSection {
            watch: root.watch
            desk: root.desk
        }
    }
    Component {
        id: clock

        ClockSection {
            desk: root.desk
        }
    }
    Component {
        id: world

        WorldSection {
            watch: root.watch
            desk: root.desk
            onNotice: text => root.notice(text)
        }
    }
    Component {
        id: people

        PeopleSection {
            desk: root.desk
            session: root.session
        }
    }
    Component {
        id: journal

        JournalSection {
            desk: root.desk
            onNotice: text => root.notice(text)
        }
    }
    Component {
        id: checks

        ChecksSection {
            desk: root.desk
            onNotice: text => root.notice(text)
        }
    }
    Component {
        id: replay

        ReplaySection {
            desk: root.desk
        }
    }
    Component {
        id: load

        LoadSection {
            desk: root.desk
        }
    }
}
