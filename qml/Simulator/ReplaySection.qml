// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Writes down what happens, so that it can happen again elsewhere.
Column {
    id: root

    required property SimulatorDesk desk

    // There is something to save.
    readonly property bool something: desk.replayOn || desk.replayEntries !== "0"
    readonly property string goes: qsTr("What was recorded goes. Save it as a file first if you want to keep it.")

    spacing: Theme.space5

    Card {
        width: parent.width
        title: qsTr("A recording to replay")

        Column {
            width: parent.width
            topPadding: Theme.space3
            bottomPadding: Theme.space3
            spacing: Theme.space3

            TextLabel {
                objectName: "replayState"
                x: Theme.space4
                width: parent.width - 2 * x
                text: {
                    const much = qsTr("%n requests and calls, %1", "", parseInt(root.desk.replayEntries)).arg(Format.size(root.desk.replayBytes));
                    if (root.desk.replayOn)
                        return qsTr("Recording: %1").arg(much);
                    return !root.something ? qsTr("Nothing is recorded") : root.desk.replayFull ? qsTr("Full: %1. What came later is not in it.").arg(much) : qsTr("Recorded: %1").arg(much);
                }
                font.weight: Font.Bold
                wrapMode: Text.Wrap
            }

            TextLabel {
                x: Theme.space4
                width: parent.width - 2 * x
                text: qsTr("Record, do what goes wrong, stop, save. On any computer “tikgok-sim replay” lets it happen again, byte for byte, or shows what is different first. While it records, requests go in one by one.")
                muted: true
                wrapMode: Text.Wrap
            }

            Flow {
                x: Theme.space4
                width: parent.width - 2 * x
                spacing: Theme.space2

                PushButton {
                    objectName: "startReplay"
                    width: Math.min(implicitWidth, parent.width)
                    kind: root.something ? PushButton.Secondary : PushButton.Primary
                    text: root.something ? qsTr("Record anew") : qsTr("Record")
                    busy: root.desk.busy
                    visible: !root.desk.replayOn
                    onClicked: root.something ? confirm.ask(() => qsTr("Record anew?"), () => root.goes, () => qsTr("Record anew"), () => root.desk.startReplay()) : root.desk.startReplay()
                }

                PushButton {
                    objectName: "stopReplay"
                    width: Math.min(implicitWidth, parent.width)
                    kind: PushButton.Primary
                    text: qsTr("Stop")
                    visible: root.desk.replayOn
                    onClicked: root.desk.stopReplay()
                }

                PushButton {
                    objectName: "forgetReplay"
                    width: Math.min(implicitWidth, parent.width)
                    iconName: "trash"
                    text: qsTr("Forget it")
                    visible: root.something
                    onClicked: confirm.ask(() => qsTr("Forget the recording?"), () => root.goes, () => qsTr("Forget it"), () => root.desk.forgetReplay())
                }
            }
        }
    }

    Card {
        width: parent.width
        title: qsTr("What was recorded")
        visible: root.something && !root.desk.replayOn

        ListRow {
            objectName: "saveReplay"
            width: parent.width
            iconName: "download"
            text: qsTr("Save it as a file")
            detail: qsTr("It holds the passwords that were sent, and good tokens: only for those who may have them.")
            enabled: root.desk.files.work === SimulatorFiles.Work.None
            onClicked: saver.choose()
        }

        FileWork {
            width: parent.width
            files: root.desk.files
            works: [SimulatorFiles.Work.SaveRecording]
        }

        ListRow {
            objectName: "checkReplay"
            width: parent.width
            iconName: "play"
            text: qsTr("Let it happen again here")
            detail: qsTr("In a simulator of its own; this one is left alone.")
            enabled: !root.desk.replaying
            onClicked: root.desk.checkReplay()
        }

        Column {
            width: parent.width
            topPadding: Theme.space2
            bottomPadding: Theme.space3
            spacing: Theme.space2
            visible: root.desk.replaying || root.desk.replayed !== SimulatorDesk.Replayed.NotYet

            TextLabel {
                objectName: "replayOutcome"
                x: Theme.space4
                width: parent.width - 2 * x
                text: root.desk.replaying ? qsTr("It is happening again…") : root.desk.replayed === SimulatorDesk.Replayed.Same ? qsTr("The same: %n requests were answered byte for byte as before.", "", parseInt(root.desk.replayCompared))
                    : qsTr("Different, at request %1:").arg(root.desk.replayCompared)
                color: root.desk.replaying || root.desk.replayed === SimulatorDesk.Replayed.Same ? Theme.text : Theme.danger
                wrapMode: Text.Wrap
                Accessible.role: Accessible.AlertMessage
            }

            TextLabel {
                objectName: "replayDifference"
                x: Theme.space4
                width: parent.width - 2 * x
                text: root.desk.replayDifference
                font.family: "monospace"
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.WrapAnywhere
                visible: !root.desk.replaying && root.desk.replayed === SimulatorDesk.Replayed.Different
            }
        }
    }

    ConfirmSheet {
        id: confirm
    }

    FileSaver {
        id: saver

        objectName: "replaySaver"
        title: qsTr("Save the recording")
        kind: qsTr("Recordings (%1)")
        suffix: "replay"
        fileName: "tikgok.replay"
        onChosen: file => root.desk.files.saveRecording(file)
    }
}
