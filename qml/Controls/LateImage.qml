// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// A picture that may come later than what it belongs to, as covers do after publishing, or that could not be shown: while
// it is shown, it is asked for again a few times, each time after twice the wait. RoundImage does the same.
Image {
    id: root

    property url address
    // Milliseconds.
    property int firstWait: 2000
    property int again: 0

    // With a fragment it is another one for QML, and what was kept of it is forgotten.
    source: again > 0 ? address + "#again" + again : address
    asynchronous: true
    onAddressChanged: again = 0

    Timer {
        interval: root.firstWait * Math.pow(2, root.again)
        running: root.status === Image.Error && root.visible && root.again < 5
        onTriggered: ++root.again
    }
}
