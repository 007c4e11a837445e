// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

FocusScope {
    id: root

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Friends")

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    MessagePane {
        anchors.centerIn: parent
        width: parent.width
        iconName: "person"
        title: qsTr("No friends yet")
        text: qsTr("People who follow you and whom you follow will stand here.")
    }
}
