// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A person's picture, or the first letter of the name on a colour of its own.
Item {
    id: root

    property string name
    property url source
    property bool ring: false

    implicitWidth: 40
    implicitHeight: 40
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Picture of %1").arg(name)

    function tint(): color {
        let sum = 0;
        for (let i = 0; i < name.length; ++i)
            sum += name.charCodeAt(i);
        return Theme.avatarTints[sum % Theme.avatarTints.length];
    }

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        color: root.tint()

        TextLabel {
            anchors.centerIn: parent
            text: root.name.length > 0 ? Array.from(root.name)[0].toUpperCase() : "?"
            color: Theme.avatarInk
            lineHeight: 1
            font.pixelSize: root.height * 0.44
            font.weight: Font.Bold
            Accessible.ignored: true
        }
    }

    RoundImage {
        anchors.fill: parent
        source: root.source
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: -1
        radius: width / 2
        color: "transparent"
        border.width: 2
        border.color: Theme.videoInk
        visible: root.ring
    }
}
