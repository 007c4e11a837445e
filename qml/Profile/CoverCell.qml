// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// One video in a grid: its cover and how many like it.
T.AbstractButton {
    id: cell

    required property VideoEntity video

    text: video.title
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: Format.sentence([video.title.length > 0 ? video.title : qsTr("Video without a title"), qsTr("%n like(s)", "", video.likeCount)])
    Accessible.onPressAction: cell.clicked()
    Keys.onReturnPressed: cell.clicked()
    Keys.onEnterPressed: cell.clicked()

    contentItem: Item {
        RoundImage {
            anchors.fill: parent
            source: cell.video.coverUrl
            radius: Theme.radiusSmall
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Math.min(parent.height, likes.height + Theme.space5)
            radius: Theme.radiusSmall
            gradient: Gradient {
                GradientStop {
                    position: 0
                    color: Theme.videoShadeClear
                }
                GradientStop {
                    position: 1
                    color: Theme.videoShade
                }
            }
        }

        Row {
            id: likes

            anchors.left: parent.left
            anchors.bottom: parent.bottom
            anchors.margins: Theme.space2
            spacing: Theme.space1

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                size: Math.round(18 * Math.min(Theme.textScale, 1.35))
                name: cell.video.liked ? "heart-fill" : "heart"
                color: cell.video.liked ? Theme.liked : Theme.videoInk
            }
            TextLabel {
                anchors.verticalCenter: parent.verticalCenter
                text: Format.count(cell.video.likeCount)
                color: Theme.videoInk
                font.pixelSize: Theme.fontCaption
                font.weight: Font.Bold
                lineHeight: 1
                Accessible.ignored: true
            }
        }
    }

    // What stands there until the cover comes, and where none does.
    background: Rectangle {
        radius: Theme.radiusSmall
        color: Theme.surfaceSunken

        Icon {
            anchors.centerIn: parent
            size: 28
            name: "film"
            color: Theme.outlineStrong
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusSmall
        color: Theme.videoInk
        opacity: cell.down ? 0.18 : cell.hovered ? 0.1 : 0
    }

    FocusRing {
        target: cell
        shown: cell.visualFocus
        gap: -3
        radius: Theme.radiusSmall
    }
}
