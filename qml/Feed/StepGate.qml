// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Turns a stream of wheel events into whole steps: one per gesture. A touchpad sends dozens of small ones per
// gesture and goes on after the fingers are lifted; a notch of a mouse wheel is a gesture of its own, but not
// while the last step is still moving. No timers: the caller hands in the clock.
QtObject {
    id: gate

    // Eighths of a degree that make a step: one notch.
    property real threshold: 120
    // This long without an event ends a gesture, in milliseconds.
    property real silence: 160

    property real sum: 0
    property real lastEvent: -1e9
    property bool spent: false
    property int lastStep: 0

    // -1 for up, 1 for down, 0 for none. `delta` is positive towards the next video, in eighths of a degree;
    // `notched` says that it came from a wheel with notches; `moving`, that the last step is still shown.
    function push(delta: real, notched: bool, now: real, moving: bool): int {
        const fresh = now - lastEvent > silence;
        lastEvent = now;
        if (delta === 0)
            return 0;
        if (fresh || (notched && !moving) || (notched && spent && Math.sign(delta) !== lastStep)) {
            if (fresh || spent || Math.sign(sum) !== Math.sign(delta))
                sum = 0;
            spent = false;
        }
        if (spent)
            return 0;
        if (sum !== 0 && Math.sign(sum) !== Math.sign(delta))
            sum = 0;
        sum += delta;
        if (Math.abs(sum) < threshold)
            return 0;
        lastStep = Math.sign(sum);
        sum = 0;
        spent = true;
        return lastStep;
    }
}
