// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Core

// What a key press asks for. The shell hands the table in; nothing else writes here.
QtObject {
    property Shortcuts table: null

    // A Command; Command.None when the key means nothing.
    function commandFor(event: var): int {
        return table ? table.commandFor(event.key, event.modifiers) : Command.None;
    }

    // One that means something on every page.
    function isForAll(event: var): bool {
        const command = commandFor(event);
        return command !== Command.None && table.groupOf(command) === CommandGroup.Going;
    }
}
