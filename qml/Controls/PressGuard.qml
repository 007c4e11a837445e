// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// For what takes a row away at once: the second half of a double click meets the next row, and must not take that too.
Timer {
    // True once; then not again within the interval of a double click.
    function passes(): bool {
        if (running)
            return false;
        restart();
        return true;
    }

    interval: Application.styleHints.mouseDoubleClickInterval
}
