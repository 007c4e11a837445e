// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// A group of rows under a heading.
Column {
    id: root

    property string title
    default property alias contents: inner.data

    spacing: Theme.space2

    TextLabel {
        x: Theme.space1
        width: parent.width - Theme.space2
        text: root.title
        muted: true
        font.pixelSize: Theme.fontCaption
        font.weight: Font.Bold
        wrapMode: Text.Wrap
        visible: text.length > 0
        Accessible.role: Accessible.Heading
    }

    Rectangle {
        width: parent.width
        height: inner.implicitHeight + 2 * Theme.space1
        radius: Theme.radiusLarge
        color: Theme.surface
        border.width: 1
        border.color: Theme.outline

        Column {
            id: inner

            x: Theme.space1
            y: Theme.space1
            width: parent.width - 2 * Theme.space1
        }
    }
}
