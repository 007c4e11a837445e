// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// The seal: a play mark pressed in cinnabar.
Rectangle {
    implicitWidth: 44
    implicitHeight: 44
    radius: 13
    color: Theme.accent
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("TikGok")

    Icon {
        anchors.centerIn: parent
        anchors.horizontalCenterOffset: 1
        size: 28
        name: "play"
        color: Theme.accentInk
    }
}
