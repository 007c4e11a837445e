// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Which world is to be made, from which seed; and what goes with the one that is there.
ConfirmSheet {
    id: root

    required property SimulatorDesk desk
    property string world: "small"

    // The others were written by somebody.
    readonly property bool seeded: world === "busy"
    readonly property bool good: !seeded || /^\s*\d{1,18}\s*$/.test(seed.text)

    function begin(now: string) {
        // One that has words of its own is one of those below.
        world = SimulatorWords.world(now) !== now ? now : "small";
        seed.text = "1";
        open();
        worlds.focusChosen();
    }

    function option(name: string): var {
        return {
            "value": name,
            "text": SimulatorWords.world(name),
            "name": "world_" + name
        };
    }

    title: qsTr("Another world")
    text: qsTr("The people, videos, comments and messages that are there now go. Keep the world as a snapshot first if you want them back.")
    actionText: qsTr("Replace the world")
    actionEnabled: good
    keepText: qsTr("Leave it as it is")
    action: () => root.desk.makeWorld(root.world, root.seeded ? seed.text : "")
    preferredWidth: 480

    ChipFlow {
        id: worlds

        width: parent.width
        label: qsTr("Which world")
        value: root.world
        options: [root.option("small"), root.option("empty"), root.option("one"), root.option("hostile"), root.option("busy")]
        onChosen: value => root.world = value
    }

    Field {
        id: seed

        objectName: "worldSeed"
        width: parent.width
        visible: root.seeded
        label: qsTr("Seed")
        hint: qsTr("The same number makes the same people and videos again.")
        problem: root.good ? "" : qsTr("A number from 0 up, in digits")
        inputItem.inputMethodHints: Qt.ImhDigitsOnly
        onAccepted: root.act()
    }
}
