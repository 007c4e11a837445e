// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
// What is attached to items of another file is not seen by the linter.
import QtQuick.Layouts // qmllint disable unused-imports

// What no palette can mend in Qt's own file dialog: the bar with the folders is white in every theme, and the filter has
// no room for its words beside the buttons when they are large. Of another release of Qt nothing may be found.
QtObject {
    function dress(item: var) {
        const parts = item.children;
        for (let i = 0; i < parts.length; ++i) {
            const part = parts[i];
            if (part.upButton !== undefined && part.background)
                part.background.color = Qt.binding(() => Theme.surface);
            if (part.popup !== undefined && part.displayText !== undefined && part.parent.width < 480 * Theme.textScale)
                giveRoom(part, parts);
            dress(part);
        }
    }

    // The buttons below the filter where both do not fit side by side.
    function giveRoom(filter: Item, beside: var) {
        for (let i = 0; i < beside.length; ++i) {
            if (beside[i].standardButtons === undefined)
                continue;
            const buttons = beside[i] as Item;
            filter.Layout.columnSpan = 2;
            filter.Layout.rightMargin = 20;
            buttons.Layout.row = 2;
            buttons.Layout.column = 0;
            buttons.Layout.columnSpan = 3;
            buttons.Layout.alignment = Qt.AlignRight;
        }
    }
}
