// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// The way in: choose a file, or drop one.
Rectangle {
    id: root

    property bool dropping: false
    property bool wide: false

    signal chooseWanted

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

        PushButton {
            objectName: "chooseFile"
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(implicitWidth, parent.width)
            kind: PushButton.Primary
            iconName: "film"
            text: qsTr("Choose a video")
            focus: true
            onClicked: root.chooseWanted()
        }
    }
}
