// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Shows how far a Flickable is scrolled; nothing to grab.
Rectangle {
    property Flickable flickable: null
    readonly property real ratio: flickable ? flickable.height / Math.max(1, flickable.contentHeight) : 1

    parent: flickable
    anchors.right: parent ? parent.right : undefined
    anchors.rightMargin: 3
    y: flickable ? flickable.visibleArea.yPosition * flickable.height : 0
    width: 4
    radius: 2
    height: Math.max(24, ratio * (flickable ? flickable.height : 0))
    color: Theme.outlineStrong
    opacity: flickable && flickable.moving ? 0.9 : 0.45
    visible: ratio < 1
}
