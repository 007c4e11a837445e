// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Core

// A person's numbers: works, followers, following, likes received.
Grid {
    id: root

    property UserEntity user: null
    // The lists behind two of the numbers can be opened.
    property bool links: false

    signal followersWanted
    signal followingWanted

    readonly property var cells: user ? [
        {
            "n": user.workCount,
            "text": qsTr("Works"),
            "name": "works"
        },
        {
            "n": user.followerCount,
            "text": qsTr("Followers"),
            "name": "followers"
        },
        {
            "n": user.followCount,
            "text": qsTr("Following"),
            "name": "following"
        },
        {
            "n": user.totalFavorited,
            "text": qsTr("Likes"),
            "name": "likes"
        }
    ] : []

    columns: width < 330 * Theme.textScale ? 2 : 4
    columnSpacing: Theme.space2
    rowSpacing: Theme.space2

    Repeater {
        model: root.cells

        T.AbstractButton {
            id: cell

            required property var modelData
            readonly property bool link: root.links && (modelData.name === "followers" || modelData.name === "following")

            objectName: modelData.name + "Count"
            width: (root.width - (root.columns - 1) * root.columnSpacing) / root.columns
            height: Math.max(link ? Theme.target : 0, texts.implicitHeight + 2 * Theme.space2)
            text: cell.modelData.text + ": " + cell.modelData.n
            enabled: link
            hoverEnabled: link
            focusPolicy: link ? Qt.StrongFocus : Qt.NoFocus
            Accessible.role: link ? Accessible.Button : Accessible.StaticText
            Accessible.name: text
            Accessible.onPressAction: cell.clicked()
            Keys.onReturnPressed: cell.clicked()
            Keys.onEnterPressed: cell.clicked()
            onClicked: modelData.name === "followers" ? root.followersWanted() : root.followingWanted()

            background: Rectangle {
                radius: Theme.radiusSmall
                color: cell.down ? Theme.press : Theme.hover
                border.width: cell.hovered ? 1 : 0
                border.color: Theme.outlineStrong

                FocusRing {
                    target: cell
                    shown: cell.visualFocus
                    radius: Theme.radiusSmall + 2
                }
            }

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
