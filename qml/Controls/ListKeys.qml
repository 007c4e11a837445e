// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import QtQuick.Templates as T

// The keys that move through what is longer than its room: the arrows, the pages and the two ends.
QtObject {
    // A page, as a part of what is seen: the rest says where one was.
    readonly property real page: 0.85

    // How far a key goes, in the unit of the other two; infinitely far to the ends, 0 when it is none of these keys. With
    // a modifier it is another key, and what people have chosen for the whole app goes before.
    function way(event: var, line: real, page: real): real {
        if (ShortcutKeys.isForAll(event) || event.modifiers & ~Qt.KeypadModifier)
            return 0;
        switch (event.key) {
        case Qt.Key_Up:
            return -line;
        case Qt.Key_Down:
            return line;
        case Qt.Key_PageUp:
            return -page;
        case Qt.Key_PageDown:
            return page;
        case Qt.Key_Home:
            return -Infinity;
        case Qt.Key_End:
            return Infinity;
        default:
            return 0;
        }
    }

    // Where one reads: what is seen moves. True when it was one of the keys.
    function scroll(view: Flickable, event: var): bool {
        const by = way(event, 60, page * view.height);
        const first = view.originY - view.topMargin;
        const last = Math.max(first, view.originY + view.contentHeight + view.bottomMargin - view.height);
        if (by !== 0)
            view.contentY = Math.max(first, Math.min(view.contentY + by, last));
        return by !== 0;
    }

    // Where one chooses: the keyboard moves on from the row that has it. True when it was one of the keys.
    function step(list: ListView, row: int, event: var): bool {
        const rowHeight = Math.max(1, list.currentItem?.height ?? list.height);
        const by = way(event, 1, Math.max(1, Math.floor(page * list.height / rowHeight)));
        if (by !== 0 && list.count > 0) {
            list.currentIndex = Math.max(0, Math.min(row + by, list.count - 1));
            list.positionViewAtIndex(list.currentIndex, ListView.Contain);
            list.currentItem?.forceActiveFocus(Qt.TabFocusReason);
            // The list has given it the keyboard already, for no reason, and then it would show no ring.
            const control = list.currentItem as T.Control;
            if (control)
                control.focusReason = Qt.TabFocusReason;
        }
        return by !== 0;
    }
}
