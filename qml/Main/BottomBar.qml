// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Navigation on a narrow window.
Rectangle {
    id: root

    required property Destinations destinations
    property string page

    signal chosen(string name)

    implicitHeight: row.implicitHeight + 8
    color: Theme.background
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Navigation")

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.outline
    }

    Row {
        id: row

        width: parent.width
        y: 1 + (parent.height - 1 - height) / 2

        Repeater {
            id: items

            // Either all words fit, or none are shown.
            readonly property bool labelled: {
                for (let i = 0; i < count; ++i)
                    if ((itemAt(i) as NavigationItem)?.labelWidth > root.width / count - Theme.space1)
                        return false;
                return true;
            }

            model: root.destinations.list

            NavigationItem {
                required property var modelData

                labelled: items.labelled

                objectName: modelData.itemName
                width: root.width / root.destinations.list.length
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
}
