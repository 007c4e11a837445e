// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A switch, and beside it the way to be rid of what it switches.
Item {
    id: root

    property alias text: lever.text
    property alias detail: lever.detail
    property alias iconName: lever.iconName
    property bool on: false
    property bool removable: false
    property string name

    signal switched(bool on)
    signal removeWanted

    implicitHeight: lever.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: text

    Toggle {
        id: lever

        objectName: "switch_" + root.name
        anchors.left: parent.left
        anchors.right: remover.visible ? remover.left : parent.right
        implicitWidth: 200
        checked: root.on
        onToggled: {
            root.switched(checked);
            // What it shows comes from the simulator.
            checked = Qt.binding(() => root.on);
        }
    }

    IconButton {
        id: remover

        objectName: "remove_" + root.name
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        iconName: "trash"
        ink: Theme.textMuted
        text: qsTr("Remove: %1").arg(root.text)
        visible: root.removable
        onClicked: root.removeWanted()
    }
}
