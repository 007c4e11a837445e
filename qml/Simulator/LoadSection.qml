// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What the simulator has to do, as curves.
Column {
    id: root

    required property SimulatorDesk desk

    readonly property int columns: width >= 440 * Theme.textScale ? 2 : 1

    spacing: Theme.space4

    TextLabel {
        objectName: "loadSpan"
        width: parent.width
        text: root.desk.load.span > 0 ? qsTr("The last %n seconds, while this page was open.", "", root.desk.load.span) : qsTr("Measuring…")
        muted: true
        wrapMode: Text.Wrap
    }

    Grid {
        width: parent.width
        columns: root.columns
        spacing: Theme.space3

        Repeater {
            model: root.desk.load

            PlotCard {
                objectName: "plot_" + model.series
                width: (root.width - (root.columns - 1) * Theme.space3) / root.columns
                room: 120
            }
        }
    }
}
