// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// The comments on a narrow window: from the bottom, with the video going on above.
RisingPopup {
    id: sheet

    required property CommentsModel comments
    signal authorWanted(string userId)

    // Opened with a key: the focus goes to where one writes. With a finger it would raise a keyboard over the list.
    property bool writing: false

    function writeFocus() {
        pane.writeFocus();
    }

    width: parent ? parent.width : 0
    height: parent ? Math.round(parent.height * (Theme.textScale > 1.3 || parent.height < 560 ? 0.86 : 0.66)) : 0
    y: parent ? parent.height - height + slide : 0

    T.Overlay.modal: Item {}

    enter: Transition {
        NumberAnimation {
            target: sheet
            property: "slide"
            from: sheet.height
            to: 0
            duration: Theme.slow
            easing.type: Easing.OutCubic
        }
    }
    exit: Transition {
        NumberAnimation {
            target: sheet
            property: "slide"
            to: sheet.height
            duration: Theme.normal
            easing.type: Easing.InCubic
        }
    }

    background: Item {}

    // Not only when it has come up: somebody types already.
    onVisibleChanged: if (visible && writing) pane.writeFocus()

    contentItem: CommentsPane {
        id: pane

        sheet: true
        focus: true
        comments: sheet.comments
        onCloseWanted: sheet.close()
        onAuthorWanted: userId => sheet.authorWanted(userId)
    }
}
