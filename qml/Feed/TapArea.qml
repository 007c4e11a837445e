// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Tells one tap from two. A single tap waits a moment for the second, so that liking never pauses.
Item {
    id: area

    property int wait: 230
    property real lastTap: -1e9

    signal tapped
    signal doubleTapped(point at)
    signal held

    Timer {
        id: single

        interval: area.wait
        onTriggered: area.tapped()
    }

    TapHandler {
        id: left

        acceptedButtons: Qt.LeftButton
        gesturePolicy: TapHandler.DragThreshold
        longPressThreshold: 0.5
        onTapped: eventPoint => {
            const now = Date.now();
            const again = now - area.lastTap < area.wait + 70;
            area.lastTap = now;
            if (again) {
                single.stop();
                area.doubleTapped(eventPoint.position);
            } else {
                single.restart();
            }
        }
        onLongPressed: area.held()
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: area.held()
    }
}
