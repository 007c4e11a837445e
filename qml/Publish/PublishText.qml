// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Controls
import TikGok.Core

// Sizes, times and troubles of publishing in words: what happened, and what to do.
QtObject {
    // 812 B, 34 KB, 1.2 MB
    function size(bytes: real): string {
        if (bytes < 1024)
            return qsTr("%1 B").arg(Math.round(bytes));
        if (bytes < 1024 * 1024)
            return qsTr("%1 KB").arg(Math.round(bytes / 1024));
        if (bytes < 1024 * 1024 * 1024)
            return qsTr("%1 MB").arg(oneDecimal(bytes / 1024 / 1024));
        return qsTr("%1 GB").arg(oneDecimal(bytes / 1024 / 1024 / 1024));
    }

    function oneDecimal(n: real): string {
        const rounded = Math.round(n * 10) / 10;
        return rounded >= 100 ? String(Math.round(rounded)) : String(rounded);
    }

    function timeLeft(seconds: int): string {
        if (seconds < 60)
            return qsTr("%n second(s) left", "", Math.max(1, seconds));
        return qsTr("%n minute(s) left", "", Math.round(seconds / 60));
    }

    function title(problem: int): string {
        switch (problem) {
        case PublishProblem.FileGone:
            return qsTr("The file is not there any more");
        case PublishProblem.FileUnreadable:
            return qsTr("The file cannot be read");
        case PublishProblem.FileEmpty:
            return qsTr("The file is empty");
        case PublishProblem.FileChanged:
            return qsTr("The file has changed");
        case PublishProblem.NotLocal:
            return qsTr("That is not a file on this device");
        case PublishProblem.WrongSuffix:
            return qsTr("The server does not take this kind of file");
        case PublishProblem.Damaged:
            return qsTr("This is not a video, or it is damaged");
        case PublishProblem.NoVideo:
            return qsTr("There is sound, but no picture");
        case PublishProblem.TooLarge:
            return qsTr("The file is too large");
        case PublishProblem.TitleTooLong:
            return qsTr("The title is too long");
        case PublishProblem.NotPlayable:
            return qsTr("TikGok cannot show this file");
        case PublishProblem.RarePlayable:
            return qsTr("Not everybody may be able to watch this");
        case PublishProblem.ProbablyTooLarge:
            return qsTr("The file may be too large");
        default:
            return "";
        }
    }

    function advice(problem: int, bytes: real, limit: real): string {
        switch (problem) {
        case PublishProblem.FileGone:
            return qsTr("Put it back where it was and check again, or choose another one. Title and draft are kept.");
        case PublishProblem.FileUnreadable:
            return qsTr("Look at its permissions, or copy it to one of your own folders.");
        case PublishProblem.FileEmpty:
            return qsTr("Perhaps it is still being written. Check again in a moment, or choose another one.");
        case PublishProblem.FileChanged:
            return qsTr("It is not as it was when you chose it. Look at it again before you send it.");
        case PublishProblem.NotLocal:
            return qsTr("Save it on this device first, then choose it here.");
        case PublishProblem.WrongSuffix:
            return qsTr("Its name has to end in .mp4, .mov, .avi, .flv, .mpg, .3gp or the like. Convert it to MP4 and choose it again.");
        case PublishProblem.Damaged:
            return qsTr("Play it in another program to see whether it is whole, or choose another one.");
        case PublishProblem.NoVideo:
            return qsTr("Choose a file with moving pictures.");
        case PublishProblem.TooLarge:
            return qsTr("It has %1, and the server takes %2. Make it shorter or smaller and choose it again.").arg(size(bytes)).arg(size(limit));
        case PublishProblem.TitleTooLong:
            return qsTr("This server counts bytes: 32 letters, or 10 Chinese characters.");
        case PublishProblem.NotPlayable:
            return qsTr("The server takes it by its name. There is no preview, and the server chooses the cover.");
        case PublishProblem.RarePlayable:
            return qsTr("H.264 in MP4 plays everywhere; other codecs do not.");
        case PublishProblem.ProbablyTooLarge:
            return qsTr("The server refused one that was no larger. It will probably say no again.");
        default:
            return "";
        }
    }

    // One line about a job. `job` has the roles of PublishJobs.
    function jobLine(job: var): string {
        switch (job.jobState) {
        case PublishJobs.State.Preparing:
            return qsTr("Waiting for its turn");
        case PublishJobs.State.Retrying:
            return qsTr("%1. Next try in %2 s").arg(ErrorText.title(job.errorKind)).arg(job.retryIn);
        case PublishJobs.State.Paused:
            return qsTr("Paused. It will begin again from the start: the server cannot continue a part");
        case PublishJobs.State.Sending:
            return sendingLine(job);
        case PublishJobs.State.Processing:
            return qsTr("All of it has arrived. The server is working on it");
        case PublishJobs.State.Checking:
            return qsTr("The answer was lost. Looking whether the server has it");
        case PublishJobs.State.Sent:
            return qsTr("Published");
        default:
            return failedLine(job);
        }
    }

    function sendingLine(job: var): string {
        const parts = [qsTr("%1 of %2").arg(size(job.sentBytes)).arg(size(job.totalBytes))];
        if (job.bytesPerSecond > 0)
            parts.push(qsTr("%1/s").arg(size(job.bytesPerSecond)));
        if (job.secondsLeft >= 0)
            parts.push(timeLeft(job.secondsLeft));
        return parts.join(" · ");
    }

    // As wide as the line above gets.
    function longestSending(totalBytes: real): string {
        const widest = 888.8 * 1024 * 1024;
        return sendingLine({
            "sentBytes": Math.max(totalBytes, widest),
            "totalBytes": Math.max(totalBytes, widest),
            "bytesPerSecond": widest,
            "secondsLeft": 58
        });
    }

    function failedLine(job: var): string {
        if (job.problem !== PublishProblem.None)
            return Format.headed(title(job.problem), advice(job.problem, job.totalBytes, 0));
        if (job.errorKind === ErrorKind.TooLarge)
            return qsTr("The server refused it because of its size (%1). Make it smaller and publish it again.").arg(size(job.totalBytes));
        return ErrorText.full(job.errorKind, job.errorWords);
    }

    function spokenJob(title: string, line: string, percent: int): string {
        return percent > 0 && percent < 100 ? qsTr("%1: %2, %3 percent").arg(title).arg(line).arg(percent) : qsTr("%1: %2").arg(title).arg(line);
    }
}
