// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Navigation on a wide window.
Rectangle {
    id: root

    property int page: 0

    signal chosen(int index)
    signal shortcutsWanted

    implicitWidth: Math.round(88 * Math.max(1, Theme.textScale * 0.8))
    color: Theme.background
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Navigation")

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.outline
    }

    Brand {
        id: brand

        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.space5
    }

    Column {
        anchors.top: brand.bottom
        anchors.topMargin: Theme.space5
        width: parent.width
        spacing: Theme.space2

        NavigationItem {
            objectName: "navHome"
            width: parent.width
            iconName: "home"
            text: qsTr("Home")
            current: root.page === 0
            onClicked: root.chosen(0)
        }
        NavigationItem {
            objectName: "navMe"
            width: parent.width
            iconName: "person"
            text: qsTr("Me")
            current: root.page === 1
            onClicked: root.chosen(1)
        }
    }

    IconButton {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space4
        iconName: "keyboard"
        ink: Theme.textMuted
        text: qsTr("Keyboard shortcuts")
        onClicked: root.shortcutsWanted()
    }
}
