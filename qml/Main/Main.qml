// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.Basic
import TikGok.Controls
import TikGok.Core

// The window. It shows at once, with nothing in it but the shape of what comes; Shell.qml is put into `place` after the
// first frame. Whatever is imported or made here costs everybody time at each start.
ApplicationWindow {
    id: window

    required property Settings settings
    readonly property Item place: place

    width: 1200
    height: 800
    minimumWidth: 320
    minimumHeight: 480
    visible: true
    title: qsTr("TikGok")
    color: Theme.background
    font.pixelSize: Theme.fontBody

    SystemPalette {
        id: system
    }

    Binding {
        target: Theme
        property: "dark"
        value: window.settings.theme === Settings.Theme.Dark || (window.settings.theme === Settings.Theme.System && system.window.hslLightness < 0.5)
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.settings.reducedMotion
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.settings.textScale
    }
    Binding {
        target: Theme
        property: "chinese"
        value: window.settings.language === "zh_CN" || (window.settings.language === "system" && Qt.locale().name.startsWith("zh"))
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
