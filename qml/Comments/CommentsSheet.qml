// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// The comments on a narrow window: from the bottom, with the video going on above.
T.Popup {
    id: sheet

    required property CommentsModel comments
    // Opened with a key: the focus goes to where one writes. With a finger it would raise a keyboard over the list.
    property bool writing: false

    // Animations leave y where they ended or were stopped, so the way in names its end.
    readonly property real restY: parent ? parent.height - height : 0

    parent: T.Overlay.overlay
    modal: true
    dim: true
    focus: true
    padding: 0
    width: parent ? parent.width : 0
    height: parent ? Math.round(parent.height * (Theme.textScale > 1.3 || parent.height < 560 ? 0.86 : 0.66)) : 0
    y: restY
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    T.Overlay.modal: Item {}

    enter: Transition {
        NumberAnimation {
            property: "y"
            from: sheet.parent.height
            to: sheet.restY
            duration: Theme.slow
            easing.type: Easing.OutCubic
        }
    }
    exit: Transition {
        NumberAnimation {
            property: "y"
            to: sheet.parent.height
            duration: Theme.normal
            easing.type: Easing.InCubic
        }
    }

    background: Item {}

    onOpened: if (writing) pane.writeFocus()

    contentItem: CommentsPane {
        id: pane

        sheet: true
        focus: true
        comments: sheet.comments
        onCloseWanted: sheet.close()
    }
}
