// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

// What lies over a page and rises into its place. Escape and a press outside close it.
T.Popup {
    id: popup

    property bool dismissable: true
    // How far below its place it is while it moves. Animating y itself would leave it where the animation thought
    // the place was, also when the window or the contents have changed meanwhile.
    property real slide: 0
    // The second half of a double click on what opened it is no wish to close it.
    readonly property Timer growing: Timer {
        interval: Application.styleHints.mouseDoubleClickInterval
    }

    parent: T.Overlay.overlay
    modal: true
    focus: true
    dim: true
    padding: 0
    closePolicy: !dismissable ? T.Popup.NoAutoClose : growing.running ? T.Popup.CloseOnEscape : T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    onAboutToShow: growing.restart()
}
