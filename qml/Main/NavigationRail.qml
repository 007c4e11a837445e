// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Navigation on a wide window.
Rectangle {
    id: root

    required property Destinations destinations
    property string page

    signal chosen(string name)
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
        // Gives way before the destinations do.
        visible: root.height > column.height + keys.height + height + 3 * Theme.space5
    }

    Column {
        id: column

        y: brand.visible ? brand.y + brand.height + Theme.space5 : Theme.space3
        width: parent.width
        spacing: Theme.space2

        Repeater {
            model: root.destinations.list

            NavigationItem {
                required property var modelData

                objectName: modelData.itemName
                width: root.width
                iconName: modelData.icon
                text: modelData.text
                badge: modelData.badge
                badgeText: modelData.badgeText
                prominent: modelData.prominent
                current: root.page === modelData.name
                onClicked: root.chosen(modelData.name)
            }
        }
    }

    IconButton {
        id: keys

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space4
        iconName: "keyboard"
        ink: Theme.textMuted
        text: qsTr("Keyboard shortcuts")
        visible: y > column.y + column.height
        onClicked: root.shortcutsWanted()
    }
}
