// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The uploads that are to be seen to, or those that arrived.
Card {
    id: root

    required property PublishJobs jobs
    property bool arrived: false

    signal watchWanted(string videoId, string title)
    // The job that had the keyboard is listed in the other card now.
    signal keyboardLeft(string jobId)
    // It is not there yet, so it is asked first. `maybeThere`: the server may have all of it.
    signal cancelWanted(string jobId, string title, bool recorded, bool maybeThere)

    function giveKeyboard(jobId: string) {
        for (let i = 0; i < rows.count; ++i) {
            const row = rows.itemAt(i) as JobRow;
            if (row?.jobId === jobId)
                row.takeOver();
        }
    }

    visible: (arrived ? jobs.count - jobs.openCount : jobs.openCount) > 0

    PressGuard {
        id: guard
    }

    Repeater {
        id: rows

        model: root.jobs

        JobRow {
            id: row

            width: parent.width
            visible: done === root.arrived
            onVisibleChanged: if (done !== root.arrived && row.holdsKeyboard()) root.keyboardLeft(jobId)
            onPauseWanted: root.jobs.pause(jobId)
            onResumeWanted: root.jobs.resume(jobId)
            onRetryWanted: root.jobs.retry(jobId)
            onWatchWanted: root.watchWanted(videoId, title)
            onCancelWanted: {
                if (done && guard.passes())
                    root.jobs.cancel(jobId);
                else if (!done)
                    root.cancelWanted(jobId, title, recorded, maybeThere);
            }
        }
    }
}
