// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// A picture that may come later than what it belongs to, as covers do after publishing: while it is shown, it is asked
// for again a few times, each time after twice the wait. RoundImage does the same.
Image {
    id: root

    property url address
    // Milliseconds.
    property int firstWait: 2000
    property int again: 0
    property bool asking: true

    source: asking ? address : ""
    asynchronous: true
    onAddressChanged: again = 0
    // It has come into sight again.
    onVisibleChanged: if (visible) again = 0

    Timer {
        interval: root.firstWait * Math.pow(2, root.again)
        running: root.status === Image.Error && root.visible && root.again < 5
        onTriggered: {
            ++root.again;
            root.asking = false;
            root.asking = true;
        }
    }
}
