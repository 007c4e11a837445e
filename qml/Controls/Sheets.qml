// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import QtQuick.Templates as T

// What lies over all pages of a window: sheets, menus and dialogs.
QtObject {
    // What has the keyboard in the window of `item`, if that is in a sheet; null otherwise.
    function keyboardOver(item: Item): Item {
        const focused = item.Window.activeFocusItem;
        for (let up = focused; up; up = up.parent)
            if (up === item.T.Overlay.overlay)
                return focused;
        return null;
    }
}
