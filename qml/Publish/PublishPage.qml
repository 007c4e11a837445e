// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

FocusScope {
    id: root

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Publish")

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    MessagePane {
        anchors.centerIn: parent
        width: parent.width
        iconName: "film"
        title: qsTr("Nothing chosen")
        text: qsTr("Choose a video to publish.")
    }
}
