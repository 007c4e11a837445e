// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Asks before something goes that somebody wrote or chose.
ConfirmSheet {
    // Nobody knows yet whether the server has it.
    property bool arrivedPerhaps: false

    // A function that says what it is about.
    property var about: null

    subject: about ? about.call() : ""
    note: arrivedPerhaps ? qsTr("It may have reached the server already: then it stays there. On this device it is nowhere else.")
        : qsTr("It is not on the server as far as is known, and nowhere else on this device.")

    function askFor(what: var, words: string, looking: bool, callback: var) {
        about = what;
        arrivedPerhaps = looking;
        ask(() => qsTr("Discard this?"), () => words, () => qsTr("Discard"), callback);
    }
}
