// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What there is on the server, and what it is meant to be.
Column {
    id: root

    required property SimulatorWatch watch
    required property SimulatorDesk desk

    signal notice(string text)

    spacing: Theme.space5

    function dialectOption(name: string): var {
        return {
            "value": name,
            "text": SimulatorWords.dialect(name),
            "name": "dialect_" + name
        };
    }

    Connections {
        target: root.desk

        function onSnapshotSaved(name) {
            snapshotName.text = "";
            root.notice(qsTr("The world is kept as “%1”").arg(name));
        }
    }

    Card {
        width: parent.width
        title: qsTr("Now: %1").arg(SimulatorWords.world(root.watch.world))

        ListRow {
            objectName: "resetWorld"
            width: parent.width
            iconName: "retry"
            text: qsTr("Reset it")
            detail: qsTr("As it was when it was made")
            onClicked: sheet.askFor(() => qsTr("Reset the world?"), () => root.desk.resetWorld())
        }

        ListRow {
            objectName: "otherWorld"
            width: parent.width
            iconName: "globe"
            text: qsTr("Another world")
            detail: qsTr("Small, empty, hostile, busy with a seed, …")
            chevron: true
            onClicked: maker.begin(root.watch.world)
        }
    }

    Card {
        width: parent.width
        title: qsTr("Snapshots")

        Column {
            width: parent.width
            topPadding: Theme.space3
            bottomPadding: Theme.space3
            spacing: Theme.space3

            Field {
                id: snapshotName

                objectName: "snapshotName"
                x: Theme.space4
                width: parent.width - 2 * x
                label: qsTr("Name")
                hint: qsTr("Letters, digits, dots and dashes")
                onAccepted: save.clicked()
            }

            PushButton {
                id: save

                objectName: "saveSnapshot"
                x: Theme.space4
                width: Math.min(implicitWidth, parent.width - 2 * x)
                text: qsTr("Keep the world as it is")
                enabled: snapshotName.text.trim().length > 0
                onClicked: if (enabled) root.desk.saveSnapshot(snapshotName.text)
            }
        }

        Repeater {
            model: root.desk.snapshots

            Item {
                id: kept

                required property var model

                width: parent ? parent.width : 0
                implicitHeight: restore.implicitHeight
                Accessible.role: Accessible.ListItem
                Accessible.name: model.name

                ListRow {
                    id: restore

                    objectName: "snapshot_" + kept.model.name
                    anchors.left: parent.left
                    anchors.right: forgetSnapshot.left
                    iconName: "film"
                    text: qsTr("Back to “%1”").arg(kept.model.name)
                    detail: qsTr("%1, kept on %2").arg(SimulatorWords.world(kept.model.world)).arg(kept.model.made)
                    onClicked: {
                        const name = kept.model.name;
                        sheet.askFor(() => qsTr("Go back to “%1”?").arg(name), () => root.desk.restoreSnapshot(name));
                    }
                }

                IconButton {
                    id: forgetSnapshot

                    objectName: "forget_" + kept.model.name
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    iconName: "trash"
                    ink: Theme.textMuted
                    text: qsTr("Remove: %1").arg(kept.model.name)
                    onClicked: root.desk.removeSnapshot(kept.model.name)
                }
            }
        }
    }

    Card {
        width: parent.width
        title: qsTr("The world as a file")

        ListRow {
            objectName: "exportWorld"
            width: parent.width
            iconName: "download"
            text: qsTr("Export it")
            detail: qsTr("For a bug report. Passwords are in it as hashes, sign-ins are not.")
            enabled: root.desk.files.work === SimulatorFiles.Work.None
            onClicked: saver.choose()
        }

        ListRow {
            objectName: "importWorld"
            width: parent.width
            iconName: "upload"
            text: qsTr("Import one")
            detail: qsTr("It becomes a snapshot; the world that is here stays.")
            enabled: root.desk.files.work === SimulatorFiles.Work.None
            onClicked: opener.choose()
        }

        FileWork {
            width: parent.width
            files: root.desk.files
            works: [SimulatorFiles.Work.ExportWorld, SimulatorFiles.Work.ImportWorld]
        }
    }

    Card {
        width: parent.width
        title: qsTr("It behaves like")

        Item {
            width: parent.width
            height: dialects.height + 2 * Theme.space3

            ChipFlow {
                id: dialects

                x: Theme.space4
                y: Theme.space3
                width: parent.width - 2 * x
                label: qsTr("It behaves like")
                value: root.watch.dialect
                options: [root.dialectOption("standard"), root.dialectOption("tikgok"), root.dialectOption("demo")]
                onChosen: value => root.desk.speak(value)
            }
        }

        TextLabel {
            objectName: "dialectStays"
            x: Theme.space4
            width: parent.width - 2 * x
            bottomPadding: Theme.space3
            text: qsTr("“Switch everything off” and the end of a scenario leave this as it is.")
            muted: true
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
        }
    }

    ReplaceSheet {
        id: sheet
    }

    WorldSheet {
        id: maker

        desk: root.desk
    }

    FileSaver {
        id: saver

        objectName: "worldSaver"
        title: qsTr("Export the world")
        kind: qsTr("Worlds (%1)")
        suffix: "tikgok"
        fileName: root.watch.world + ".tikgok"
        onChosen: file => root.desk.files.exportWorld(file)
    }

    FileOpener {
        id: opener

        objectName: "worldOpener"
        title: qsTr("Import a world")
        kind: qsTr("Worlds (%1)")
        suffix: "tikgok"
        onChosen: file => root.desk.files.importWorld(file)
    }
}
