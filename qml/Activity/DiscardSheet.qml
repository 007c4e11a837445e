// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Asks before something goes that somebody wrote or chose.
ConfirmSheet {
    // Nobody knows yet whether the server has it.
    property bool arrivedPerhaps: false

    note: arrivedPerhaps ? qsTr("It may have reached the server already: then it stays there. On this device it is nowhere else.")
        : qsTr("It is not on the server as far as is known, and nowhere else on this device.")

    function askFor(what: string, words: string, looking: bool, callback: var) {
        subject = what;
        arrivedPerhaps = looking;
        ask(qsTr("Discard this?"), words, qsTr("Discard"), callback);
    }
}
