// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

FocusScope {
    id: root

    signal backWanted

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Activity")

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        width: parent.width
        title: qsTr("Activity")
        focus: true
        onBackWanted: root.backWanted()
    }

    MessagePane {
        anchors.centerIn: parent
        width: parent.width
        iconName: "clock"
        title: qsTr("Nothing waits")
        text: qsTr("Everything that you did has reached the server.")
    }
}
