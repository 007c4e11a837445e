// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// The way in: choose a file, drop one, or record one where there is a camera.
Rectangle {
    id: root

    property bool dropping: false
    property bool wide: false
    // Whether there is a camera, and what it takes to use it.
    property bool camera: false
    property bool equipped: true

    signal chooseWanted
    signal recordWanted

    implicitHeight: column.implicitHeight + 2 * (wide ? Theme.space7 : Theme.space6)
    radius: Theme.radiusLarge
    color: dropping ? Theme.accentSoft : Theme.surface
    border.width: dropping ? 2 : 1
    border.color: dropping ? Theme.accent : Theme.outline

    Column {
        id: column

        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space5
        spacing: Theme.space3

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 72
            height: 72
            radius: 24
            rotation: -4
            color: Theme.accentSoft

            Icon {
                anchors.centerIn: parent
                rotation: 4
                size: 34
                name: "upload"
                color: Theme.accentSoftInk
            }
        }

        TextLabel {
            width: parent.width
            text: root.dropping ? qsTr("Let go to choose it") : qsTr("Share a video")
            font.pixelSize: Theme.fontTitle
            font.weight: Font.Bold
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }

        TextLabel {
            width: parent.width
            text: root.wide ? qsTr("Choose a file, or drop one here. Nothing is sent before you say so.") : qsTr("Nothing is sent before you say so.")
            muted: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }

        // Side by side where there is room, else one below the other and of one width.
        Flow {
            id: ways

            readonly property bool beside: column.width >= 360 * Theme.textScale
            readonly property real stacked: Math.min(column.width, 220 * Theme.textScale)

            anchors.horizontalCenter: parent.horizontalCenter
            width: !root.camera ? choose.width : beside ? choose.width + spacing + record.width : stacked
            spacing: Theme.space2

            PushButton {
                id: choose

                objectName: "chooseFile"
                width: ways.beside || !root.camera ? Math.min(implicitWidth, column.width) : ways.stacked
                kind: PushButton.Primary
                iconName: "film"
                text: qsTr("Choose a video")
                focus: true
                onClicked: root.chooseWanted()
            }

            PushButton {
                id: record

                objectName: "recordVideo"
                width: ways.beside ? Math.min(implicitWidth, column.width) : ways.stacked
                iconName: "camera"
                text: qsTr("Record one")
                visible: root.camera
                enabled: root.equipped
                onClicked: root.recordWanted()
            }
        }

        TextLabel {
            objectName: "recordMissing"
            width: parent.width
            text: RecordText.install
            muted: true
            font.pixelSize: Theme.fontCaption
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            visible: root.camera && !root.equipped
        }
    }
}
