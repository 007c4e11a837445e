// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.Basic

// The window. It shows at once, with nothing in it but the shape of what comes; Shell.qml is put into `place` after the
// first frame, and says from then on how the window looks. Whatever is imported or made here costs everybody time at each
// start, and nothing of the other modules is loaded yet: Theme is a copy of theirs, made from the same file.
ApplicationWindow {
    id: window

    // "system", "light" or "dark".
    property string theme: "system"
    property real textScale: 1
    readonly property Item place: place

    width: 1200
    height: 800
    minimumWidth: 320
    minimumHeight: 480
    visible: true
    title: qsTr("TikGok")
    color: Theme.background
    font.pixelSize: Theme.fontBody
    // Of nothing of ours, but of Qt's own file dialog, which is there where the desktop has none.
    palette {
        window: Theme.surface
        windowText: Theme.text
        base: Theme.surface
        alternateBase: Theme.surfaceSunken
        text: Theme.text
        placeholderText: Theme.textMuted
        button: Theme.outline
        buttonText: Theme.text
        brightText: Theme.accentInk
        // Behind a chosen row, with a little of the highlight, and the ink of that.
        light: Theme.surfaceSunken
        midlight: Theme.outline
        mid: Theme.outline
        dark: Theme.outlineStrong
        shadow: Theme.shadow
        highlight: Theme.accentSoft
        highlightedText: Theme.accentSoftInk
        link: Theme.accent
    }

    SystemPalette {
        id: system
    }

    Binding {
        target: Theme
        property: "dark"
        value: window.theme === "dark" || (window.theme === "system" && system.window.hslLightness < 0.5)
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.textScale
    }
    Loader {
        anchors.fill: parent
        active: place.children.length === 0
        sourceComponent: Skeleton {}
    }

    FocusScope {
        id: place

        anchors.fill: parent
        focus: true
    }
}
