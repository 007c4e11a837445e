// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Says how old the thing is that is shown, when it does not come from the server now.
Rectangle {
    id: mark

    // Invalid: it is from now, and there is no mark.
    required property date savedAt
    property bool overVideo: false
    property date now: new Date()
    readonly property bool wanted: !isNaN(savedAt.getTime())
    readonly property string spoken: wanted ? Format.saved(savedAt, now) : ""

    visible: wanted
    implicitWidth: row.implicitWidth + 2 * Theme.space3
    implicitHeight: Math.max(row.implicitHeight + 2 * Theme.space1, Theme.space6)
    radius: height / 2
    color: overVideo ? Theme.videoButton : Theme.surface
    Accessible.role: Accessible.StaticText
    Accessible.name: spoken
    Accessible.ignored: !visible
    onSavedAtChanged: now = new Date()

    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.space2

        Icon {
            name: "offline"
            size: Theme.fontTitle
            color: label.color
            anchors.verticalCenter: parent.verticalCenter
        }

        TextLabel {
            id: label

            text: mark.spoken
            color: mark.overVideo ? Theme.videoInk : Theme.textMuted
            font.pixelSize: Theme.fontCaption
            Accessible.ignored: true
        }
    }

    Timer {
        interval: 30000
        repeat: true
        running: mark.wanted && mark.visible
        onTriggered: mark.now = new Date()
    }
}
