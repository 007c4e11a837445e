// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// A card about the author.
Sheet {
    id: root

    property UserEntity author: null

    title: qsTr("About the author")

    Row {
        width: parent.width
        spacing: Theme.space4

        Avatar {
            id: picture

            width: 72
            height: 72
            name: root.author ? root.author.name : ""
            source: root.author ? root.author.avatarUrl : ""
        }

        Column {
            width: parent.width - picture.width - parent.spacing
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space1

            TextLabel {
                width: parent.width
                text: root.author ? root.author.name : ""
                font.pixelSize: Theme.fontHeadline
                font.weight: Font.Bold
                wrapMode: Text.WrapAnywhere
                maximumLineCount: 2
                elide: Text.ElideRight
                lineHeight: 1.1
            }

            TextLabel {
                width: parent.width
                text: root.author && root.author.signature.length > 0 ? root.author.signature : qsTr("Says nothing about themselves")
                muted: true
                wrapMode: Text.Wrap
            }
        }
    }

    Counters {
        width: parent.width
        user: root.author
    }
}
