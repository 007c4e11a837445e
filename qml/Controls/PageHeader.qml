// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// The top of a page that lies over another: the way back, its name, and room for what it offers.
Item {
    id: root

    property string title
    property bool backVisible: true
    // At most. One where the title changes while one scrolls: the page below stays where it is.
    property int titleLines: 2
    default property alias actions: row.data

    signal backWanted

    implicitHeight: Math.max(56, label.implicitHeight + 2 * Theme.space2)

    IconButton {
        id: back

        objectName: "backButton"
        anchors.left: parent.left
        anchors.leftMargin: Theme.space1
        anchors.verticalCenter: parent.verticalCenter
        iconName: "back"
        text: qsTr("Back")
        visible: root.backVisible
        onClicked: root.backWanted()
    }

    TextLabel {
        id: label

        objectName: "pageTitle"
        anchors.left: back.visible ? back.right : parent.left
        anchors.leftMargin: back.visible ? Theme.space2 : Theme.space4
        anchors.right: row.left
        anchors.rightMargin: Theme.space2
        anchors.verticalCenter: parent.verticalCenter
        text: root.title
        font.pixelSize: Theme.fontTitle
        font.weight: Font.Bold
        wrapMode: Text.Wrap
        maximumLineCount: root.titleLines
        elide: Text.ElideRight
        lineHeight: 1
        Accessible.role: Accessible.Heading
    }

    Row {
        id: row

        anchors.right: parent.right
        anchors.rightMargin: Theme.space1
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space1
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.outline
    }
}
