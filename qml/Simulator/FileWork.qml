// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// A file on its way to or from the simulator, and what became of it.
Column {
    id: root

    required property SimulatorFiles files
    // Of these it tells.
    required property var works

    readonly property bool going: files.work !== SimulatorFiles.Work.None && works.includes(files.work)
    readonly property bool over: !going && files.outcome !== SimulatorFiles.Outcome.None && works.includes(files.last)

    topPadding: Theme.space3
    bottomPadding: Theme.space3
    spacing: Theme.space3
    visible: going || over

    Flow {
        x: Theme.space4
        width: parent.width - 2 * x
        spacing: Theme.space3
        visible: root.going

        Spinner {
            width: Theme.target
            height: Theme.target
        }

        TextLabel {
            objectName: "fileGoing"
            height: Math.max(implicitHeight, Theme.target)
            verticalAlignment: Text.AlignVCenter
            text: SimulatorWords.fileGoing(root.files.work, root.files.progress)
        }

        PushButton {
            objectName: "stopFile"
            width: Math.min(implicitWidth, parent.width)
            text: qsTr("Stop")
            visible: root.files.stoppable
            onClicked: root.files.stop()
        }
    }

    TextLabel {
        objectName: "fileOutcome"
        x: Theme.space4
        width: parent.width - 2 * x
        text: root.over ? SimulatorWords.fileOutcome(root.files) : ""
        color: root.files.outcome === SimulatorFiles.Outcome.Done || root.files.outcome === SimulatorFiles.Outcome.Stopped ? Theme.text : Theme.danger
        // A path has no spaces.
        wrapMode: Text.Wrap
        visible: root.over
        Accessible.role: Accessible.AlertMessage
    }
}
