// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Asks before a world goes, with everything that people did in it.
ConfirmSheet {
    keepText: qsTr("Leave it as it is")

    function askFor(question: var, callback: var) {
        ask(question, () => qsTr("Its people, videos, comments and messages go. Keep the world as a snapshot first if you want them back."), () => qsTr("Replace the world"), callback);
    }
}
