// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// A picture that may come later than what it belongs to, as covers do after publishing: while it is shown, it is asked
// for again a few times, each time after twice the wait, and then once whenever it comes into sight again. RoundImage does
// the same.
Image {
    id: root

    property url address
    // Milliseconds.
    property int firstWait: 2000
    property int again: 0
    readonly property int mostAgain: 5
    property bool asking: true
    // Which address could not be shown. The fragment says so to PictureAccess; it is not sent.
    property string unusable

    function ask() {
        asking = false;
        unusable = String(address);
        asking = true;
    }

    source: !asking ? "" : unusable === String(address) && !unusable.includes("#") ? unusable + "#again" : address
    asynchronous: true
    onAddressChanged: again = 0
    onVisibleChanged: if (visible && status === Image.Error && again >= mostAgain) ask()

    Timer {
        interval: root.firstWait * Math.pow(2, root.again)
        running: root.status === Image.Error && root.visible && root.again < root.mostAgain
        onTriggered: {
            ++root.again;
            root.ask();
        }
    }
}
