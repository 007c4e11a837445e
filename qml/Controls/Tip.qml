// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

// Says what something without words is for, when the pointer rests on it. A finger has no pointer: it gets none.
Loader {
    id: root

    required property Item target
    property string text
    // Beside it, on the left, instead of above it.
    property bool beside: false
    readonly property bool wanted: pointer.hovered && text.length > 0

    active: wanted

    HoverHandler {
        id: pointer

        parent: root.target
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad | PointerDevice.Stylus
    }

    sourceComponent: T.ToolTip {
        id: tip

        parent: root.target
        // Below it where there is no room above: it would be pushed over what stands beside it otherwise.
        readonly property bool roomAbove: root.target.mapToItem(null, 0, 0).y >= height + Theme.space1 + margins

        x: root.beside ? -width - Theme.space1 : Math.round((root.target.width - width) / 2)
        y: root.beside ? Math.round((root.target.height - height) / 2) : roomAbove ? -height - Theme.space1 : root.target.height + Theme.space1
        implicitWidth: words.width + leftPadding + rightPadding
        implicitHeight: words.implicitHeight + topPadding + bottomPadding
        margins: Theme.space2
        horizontalPadding: Theme.space3
        verticalPadding: Theme.space1 + 2
        delay: 600
        visible: root.wanted
        text: root.text
        closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent

        contentItem: Item {
            TextLabel {
                id: words

                objectName: "tip"
                width: Math.min(implicitWidth, 280 * Theme.textScale, tip.parent ? tip.parent.Window.width - 2 * (tip.margins + tip.leftPadding) : implicitWidth)
                text: tip.text
                color: Theme.noticeInk
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }

        background: Rectangle {
            radius: Theme.radiusSmall
            color: Theme.notice
        }
    }
}
