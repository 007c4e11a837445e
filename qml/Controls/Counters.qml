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

    readonly property var words: ({
            "works": qsTr("Works"),
            "followers": qsTr("Followers"),
            "following": qsTr("Following"),
            "likes": qsTr("Likes")
        })

    function numberOf(name: string): real {
        if (!user)
            return 0;
        return name === "works" ? user.workCount : name === "followers" ? user.followerCount : name === "following" ? user.followCount : user.totalFavorited;
    }

    columns: width < 330 * Theme.textScale ? 2 : 4
    columnSpacing: Theme.space2
    rowSpacing: Theme.space2

    FontMetrics {
        id: figures

        font.pixelSize: Theme.fontLarge
        font.weight: Font.Bold
    }

    Repeater {
        // The same all the time: what has the keyboard would lose it if it were made anew with each other number.
        model: root.user ? ["works", "followers", "following", "likes"] : []

        // Not a button that is none: Qt 6.4 tells screen readers what kind of control it is, whatever role is declared.
        Item {
            id: cell

            required property string modelData
            readonly property real number: root.numberOf(modelData)
            readonly property bool link: root.links && (modelData === "followers" || modelData === "following")
            readonly property string text: Format.labelled(root.words[modelData], String(number))

            objectName: link ? "" : modelData + "Count"
            width: (root.width - (root.columns - 1) * root.columnSpacing) / root.columns
            height: Math.max(link ? Theme.target : 0, texts.implicitHeight + 2 * Theme.space2)
            Accessible.role: Accessible.StaticText
            Accessible.name: text
            Accessible.ignored: link

            Rectangle {
                anchors.fill: parent
                radius: Theme.radiusSmall
                color: button.down ? Theme.press : Theme.hover
                border.width: button.hovered ? 1 : 0
                border.color: Theme.outlineStrong
            }

            T.AbstractButton {
                id: button

                objectName: cell.link ? cell.modelData + "Count" : ""
                anchors.fill: parent
                text: cell.text
                visible: cell.link
                hoverEnabled: true
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Button
                Accessible.name: text
                Accessible.onPressAction: button.clicked()
                Keys.onReturnPressed: button.clicked()
                Keys.onEnterPressed: button.clicked()
                onClicked: cell.modelData === "followers" ? root.followersWanted() : root.followingWanted()

                background: Item {
                    FocusRing {
                        target: button
                        shown: button.visualFocus
                        radius: Theme.radiusSmall + 2
                    }
                }
            }

            // "1.1万" is higher than "24", because its letters come from two fonts. All figures stand on one line.
            Item {
                id: texts

                anchors.centerIn: parent
                width: parent.width
                implicitHeight: figures.height + caption.implicitHeight

                TextLabel {
                    y: figures.ascent - baselineOffset
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: Format.count(cell.number)
                    font.pixelSize: Theme.fontLarge
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }
                TextLabel {
                    id: caption

                    y: figures.height
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: root.words[cell.modelData]
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
