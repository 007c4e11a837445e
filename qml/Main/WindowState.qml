// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What the settings make of the window, and what the rest of the client should know of it: whether anybody sees it, and
// what is in front.
Item {
    id: root

    required property ShellParts parts
    required property PageStack pages
    readonly property bool onScreen: Window.visibility !== Window.Hidden && Window.visibility !== Window.Minimized && exposure.exposed

    WindowExposure {
        id: exposure

        window: root.Window.window
    }

    SystemPalette {
        id: system
    }

    Binding {
        target: Theme
        property: "dark"
        value: root.parts.settings.theme === Settings.Theme.Dark || (root.parts.settings.theme === Settings.Theme.System && system.window.hslLightness < 0.5)
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.parts.settings.reducedMotion
    }
    Binding {
        target: Theme
        property: "textScale"
        value: root.parts.settings.textScale
    }
    Binding {
        target: Theme
        property: "chinese"
        value: root.parts.settings.language === "zh_CN" || (root.parts.settings.language === "system" && Qt.locale().name.startsWith("zh"))
    }
    Binding {
        target: root.Window.window
        property: "color"
        value: Theme.background
    }
    Binding {
        target: root.Window.window
        property: "font.pixelSize"
        value: Theme.fontBody
    }
    Binding {
        target: ShortcutKeys
        property: "table"
        value: root.parts.shortcuts
    }
    Binding {
        target: root.parts.playback
        property: "active"
        value: root.pages.watch !== null && !root.pages.watch.onTail && root.onScreen
    }
    Binding {
        target: root.parts.conversations
        property: "awake"
        value: root.onScreen
    }
    Binding {
        target: root.parts.conversations
        property: "shown"
        value: (root.pages.page === "messages" || root.pages.page === "friends") && !root.pages.covered
    }
    Binding {
        target: root.parts.chat
        property: "shown"
        value: root.pages.chatOver || (root.parts.wide && root.pages.page === "messages" && !root.pages.covered)
    }
    Binding {
        target: root.parts.simulatorWatch
        property: "awake"
        value: root.onScreen
    }
    Binding {
        target: root.parts.chat
        property: "active"
        value: root.Window.active
    }
}
