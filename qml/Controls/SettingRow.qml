// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A named setting with what changes it below, or only its value.
Item {
    id: root

    property string iconName
    property string text
    property string value
    property string detail
    default property alias contents: slot.data

    implicitHeight: column.implicitHeight + 2 * Theme.space3
    Accessible.role: Accessible.StaticText
    Accessible.name: Format.labelled(text, value)
    Accessible.description: detail

    Icon {
        id: mark

        x: Theme.space4
        y: Theme.space3 + (title.height - height) / 2
        name: root.iconName
        color: Theme.textMuted
    }

    Column {
        id: column

        anchors.left: mark.right
        anchors.leftMargin: Theme.space4
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        y: Theme.space3
        spacing: Theme.space2

        Flow {
            id: title

            width: parent.width
            spacing: Theme.space3

            TextLabel {
                width: Math.min(implicitWidth, parent.width)
                text: root.text
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }

            TextLabel {
                width: Math.min(implicitWidth, parent.width)
                text: root.value
                muted: true
                wrapMode: Text.Wrap
                visible: text.length > 0
                Accessible.ignored: true
            }
        }

        TextLabel {
            width: parent.width
            text: root.detail
            muted: true
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: text.length > 0
            Accessible.ignored: true
        }

        Item {
            id: slot

            width: parent.width
            implicitHeight: childrenRect.height
            visible: children.length > 0
        }
    }
}
