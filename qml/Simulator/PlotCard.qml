// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Simulator

// One curve: what it is, how much it is now, how it came.
Rectangle {
    id: root

    required property var model
    required property int room

    readonly property bool grave: model.series === LoadModel.Series.Failures && model.peak > 0
    readonly property string latest: numberText(model.latest)

    function numberText(value: real): string {
        return Number(value).toLocaleString(Format.locale, "f", value > 0 && value < 10 && value % 1 !== 0 ? 1 : 0);
    }

    implicitHeight: column.implicitHeight + 2 * Theme.space3
    radius: Theme.radius
    color: Theme.surface
    border.width: 1
    border.color: Theme.outline
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("%1: %2, at most %3").arg(SimulatorWords.series(model.series)).arg(latest).arg(numberText(model.peak))

    Column {
        id: column

        x: Theme.space4
        y: Theme.space3
        width: parent.width - 2 * x
        spacing: Theme.space2

        TextLabel {
            width: parent.width
            text: SimulatorWords.series(root.model.series)
            muted: true
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        TextLabel {
            text: root.latest
            font.pixelSize: Theme.fontHeadline
            font.weight: Font.Bold
            color: root.grave && root.model.latest > 0 ? Theme.danger : Theme.text
            lineHeight: 1
            Accessible.ignored: true
        }

        Plot {
            width: parent.width
            height: 56
            values: root.model.values
            room: root.room
            color: root.grave ? Theme.danger : Theme.accent
            ground: Theme.outline
        }

        TextLabel {
            width: parent.width
            text: qsTr("at most %1").arg(root.numberText(root.model.peak))
            muted: true
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
}
