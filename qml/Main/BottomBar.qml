// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Navigation on a narrow window.
Rectangle {
    id: root

    property int page: 0

    signal chosen(int index)

    implicitHeight: home.implicitHeight + 8
    color: Theme.background
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Navigation")

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.outline
    }

    Row {
        anchors.fill: parent
        anchors.topMargin: 1

        NavigationItem {
            id: home

            objectName: "navHome"
            width: parent.width / 2
            height: parent.height
            iconName: "home"
            text: qsTr("Home")
            current: root.page === 0
            onClicked: root.chosen(0)
        }
        NavigationItem {
            objectName: "navMe"
            width: parent.width / 2
            height: parent.height
            iconName: "person"
            text: qsTr("Me")
            current: root.page === 1
            onClicked: root.chosen(1)
        }
    }
}
