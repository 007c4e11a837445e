// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Who made it and what it is, in white over the video.
Item {
    id: root

    required property VideoEntity video
    property real maximumHeight: 200
    property bool expanded: false
    readonly property bool cut: title.truncated || expanded
    readonly property string authorName: video.author ? video.author.name : qsTr("Unknown author")
    // Only some servers let it be known.
    readonly property string age: isNaN(video.publishedAt.getTime()) ? "" : Format.age(video.publishedAt, new Date())
    // What a screen reader says when the video comes up.
    readonly property string spoken: video.title.length > 0 ? qsTr("%1: %2").arg(authorName).arg(video.title) : authorName

    signal authorWanted

    implicitHeight: column.implicitHeight
    height: implicitHeight

    Column {
        id: column

        width: parent.width
        spacing: Theme.space1

        TextLabel {
            width: parent.width
            text: "@" + root.authorName
            color: Theme.videoInk
            font.pixelSize: Theme.fontLarge
            font.weight: Font.Bold
            elide: Text.ElideRight
            // Of a neighbour of the video.
            Accessible.ignored: !root.enabled

            // For the keyboard there is the picture.
            TapHandler {
                enabled: root.video.author !== null
                onTapped: root.authorWanted()
            }
            HoverHandler {
                enabled: root.video.author !== null
                cursorShape: Qt.PointingHandCursor
            }
        }

        TextLabel {
            id: title

            width: parent.width
            text: root.video.title
            color: Theme.videoInk
            wrapMode: Text.Wrap
            maximumLineCount: root.expanded ? Math.max(3, Math.floor(root.maximumHeight / (Theme.fontBody * 1.5))) : 2
            elide: Text.ElideRight
            visible: text.length > 0
            Accessible.ignored: !root.enabled
        }

        TextLabel {
            objectName: "videoAge"
            width: parent.width
            text: root.age
            color: Theme.videoInkMuted
            font.pixelSize: Theme.fontCaption
            elide: Text.ElideRight
            visible: text.length > 0
        }
    }

    TapHandler {
        enabled: root.cut
        onTapped: root.expanded = !root.expanded
    }
}
