// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Asks before something goes that somebody wrote or chose.
ConfirmSheet {
    note: qsTr("It is not on the server as far as is known, and nowhere else on this device.")

    function askFor(what: string, words: string, callback: var) {
        subject = what;
        ask(qsTr("Discard this?"), words, qsTr("Discard"), callback);
    }
}
