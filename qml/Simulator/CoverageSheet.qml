// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// What clients have met of one call, and what not.
Sheet {
    id: root

    property var met: []
    property var codes: []
    property var faults: []

    signal breakWanted(string route)

    function show(route: string, metAnswers: var, unmetCodes: var, unmetFaults: var) {
        title = route;
        met = metAnswers;
        codes = unmetCodes;
        faults = unmetFaults.map(kind => kind.replace(/_/g, " "));
        open();
    }

    preferredWidth: 520

    component Part: Column {
        id: part

        property string heading
        property string words

        width: parent ? parent.width : 0
        spacing: Theme.space1

        TextLabel {
            width: parent.width
            text: part.heading
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }

        TextLabel {
            width: parent.width
            text: part.words
            wrapMode: Text.Wrap
        }
    }

    Part {
        objectName: "coverageMet"
        heading: qsTr("Met")
        words: root.met.length === 0 ? qsTr("Nothing yet") : root.met.map(one => {
            const answer = qsTr("%1, %n times", "", parseInt(one.count)).arg(SimulatorWords.answer(one.status, one.code));
            return one.faults.length > 0 ? qsTr("%1: struck by %2").arg(answer).arg(one.faults.replace(/_/g, " ")) : answer;
        }).join("\n")
    }

    Part {
        objectName: "coverageCodes"
        heading: qsTr("Codes that never came")
        words: root.codes.length === 0 ? qsTr("None: all have been met") : SimulatorWords.list(root.codes)
    }

    Part {
        objectName: "coverageFaults"
        heading: qsTr("Faults that never struck")
        words: root.faults.length === 0 ? qsTr("None: all have been met") : SimulatorWords.list(root.faults)
    }

    PushButton {
        objectName: "breakRoute"
        width: Math.min(implicitWidth, parent.width)
        iconName: "flask"
        text: qsTr("Break this call")
        onClicked: {
            root.finish();
            root.breakWanted(root.title);
        }
    }
}
