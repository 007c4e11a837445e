// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// At the top of the window whenever the server misbehaves on purpose, so that nobody looks for the fault elsewhere.
Banner {
    id: root

    required property SimulatorWatch watch
    required property SimulatorDesk desk
    // One is looking at the page already.
    property bool pageShown: false

    signal pageWanted

    objectName: "chaosBanner"
    visible: watch.chaotic
    iconName: "flask"
    text: (compact ? qsTr("On purpose: %1") : qsTr("The simulator misbehaves on purpose: %1")).arg(SimulatorWords.chaos(watch))
    actionText: qsTr("Switch everything off")
    actionName: "makeGood"
    busy: desk.busy
    secondText: pageShown ? "" : qsTr("Simulator")
    secondName: "openSimulator"
    dismissable: false
    onTriggered: desk.makeGood()
    onSecondTriggered: pageWanted()
}
