// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Core

// A person's numbers: works, followers, following, likes received.
Grid {
    id: root

    property UserEntity user: null

    readonly property var cells: user ? [
        {
            "n": user.workCount,
            "text": qsTr("Works")
        },
        {
            "n": user.followerCount,
            "text": qsTr("Followers")
        },
        {
            "n": user.followCount,
            "text": qsTr("Following")
        },
        {
            "n": user.totalFavorited,
            "text": qsTr("Likes")
        }
    ] : []

    columns: width < 330 * Theme.textScale ? 2 : 4
    columnSpacing: Theme.space2
    rowSpacing: Theme.space2

    Repeater {
        model: root.cells

        Rectangle {
            id: cell

            required property var modelData

            width: (root.width - (root.columns - 1) * root.columnSpacing) / root.columns
            height: texts.implicitHeight + 2 * Theme.space2
            radius: Theme.radiusSmall
            color: Theme.hover
            Accessible.role: Accessible.StaticText
            Accessible.name: cell.modelData.text + ": " + cell.modelData.n

            Column {
                id: texts

                anchors.centerIn: parent
                width: parent.width

                TextLabel {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: Format.count(cell.modelData.n)
                    font.pixelSize: Theme.fontLarge
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }
                TextLabel {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: cell.modelData.text
                    muted: true
                    font.pixelSize: Theme.fontCaption
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: 9
                    Accessible.ignored: true
                }
            }
        }
    }
}
