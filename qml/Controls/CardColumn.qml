// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A page of cards in one column that scrolls, and that brings into sight what the keyboard reaches.
Flickable {
    id: flick

    default property alias content: column.data

    // What has the keyboard: a field with what is said below it, a choice with its name, or the item itself. It stays in
    // sight when things grow, unless somebody has scrolled away from it.
    property Item followed: null

    function follow() {
        const focused = flick.Window.activeFocusItem;
        let whole = focused;
        for (let up = focused; up; up = up.parent) {
            if (up instanceof Field || up instanceof SettingRow && up.height < flick.height)
                whole = up;
            if (up === column) {
                followed = whole;
                reveal(whole);
                return;
            }
        }
        followed = null;
    }

    // Brings `item` into sight.
    function reveal(item: Item) {
        // A part of the page that has the keyboard because the button in it can be pressed no more: one is in it already.
        if (!item || item.height > height)
            return;
        const top = item.mapToItem(contentItem, 0, 0).y;
        const bottom = top + item.height;
        if (top - 12 < contentY)
            contentY = Math.max(0, top - 12);
        else if (bottom + 12 > contentY + height)
            contentY = Math.min(Math.max(0, contentHeight - height), bottom + 12 - height);
    }

    // The arrows, the Page keys, Home and End, for which nobody on the page had a use. Pages forward theirs, so that it
    // scrolls wherever the keyboard is.
    function scrollFor(event: var): bool {
        if (contentHeight <= height || !ListKeys.scroll(flick, event))
            return false;
        followed = null;
        return true;
    }

    objectName: "pageColumn"
    contentHeight: column.implicitHeight + 2 * Theme.space5
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    onContentHeightChanged: reveal(followed)
    onHeightChanged: reveal(followed)
    onMovementStarted: followed = null
    Keys.onPressed: event => event.accepted = scrollFor(event)

    ScrollMark {
        flickable: flick
    }

    Column {
        id: column

        x: Math.max(Theme.space4, (flick.width - width) / 2)
        y: Theme.space5
        width: Math.min(flick.width - 2 * Theme.space4, 640)
        spacing: Theme.space5
    }

    Connections {
        target: flick.Window.window
        function onActiveFocusItemChanged() {
            flick.follow();
        }
    }
}
