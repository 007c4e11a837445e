// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import QtQuick.Templates as T

// What lies over all pages of a window: sheets, menus and dialogs.
QtObject {
    // What has the keyboard in the window of `item`, if that is in a sheet; null otherwise.
    function keyboardOver(item: Item): Item {
        return over(item) ? item.Window.activeFocusItem : null;
    }

    // The sheet that has the keyboard, as it lies in the window of `item`; null when none has.
    function over(item: Item): Item {
        const overlay = item.T.Overlay.overlay;
        for (let up = item.Window.activeFocusItem; up && up !== overlay; up = up.parent)
            if (up.parent === overlay)
                return up;
        return null;
    }
}
