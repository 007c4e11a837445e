// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Core

// What went wrong, in words: what happened, what was kept, what to do. A code is never shown alone.
QtObject {
    function title(kind: int): string {
        switch (kind) {
        case ErrorKind.Offline:
            return qsTr("No connection");
        case ErrorKind.Timeout:
            return qsTr("The server is slow to answer");
        case ErrorKind.Cut:
            return qsTr("The connection was cut");
        case ErrorKind.SignedOut:
            return qsTr("You are signed out");
        case ErrorKind.NotFound:
            return qsTr("Not there any more");
        case ErrorKind.Throttled:
            return qsTr("Too much at once");
        case ErrorKind.ServerBroken:
            return qsTr("The server is in trouble");
        case ErrorKind.Storage:
            return qsTr("This device cannot store that");
        case ErrorKind.TooLarge:
            return qsTr("Too large");
        case ErrorKind.Invalid:
            return qsTr("That does not work yet");
        default:
            return qsTr("The server said no");
        }
    }

    function advice(kind: int): string {
        switch (kind) {
        case ErrorKind.Offline:
            return qsTr("TikGok cannot reach the server. Check the network and try again.");
        case ErrorKind.Timeout:
            return qsTr("No answer came in time. Try again in a moment.");
        case ErrorKind.Cut:
            return qsTr("It ended before the answer was here. Try again in a moment.");
        case ErrorKind.SignedOut:
            return qsTr("Sign in again; nothing that you typed is lost.");
        case ErrorKind.NotFound:
            return qsTr("It may have been deleted in the meantime.");
        case ErrorKind.Throttled:
            return qsTr("The server asks for a short break. Try again in a moment.");
        case ErrorKind.ServerBroken:
            return qsTr("The server's answer could not be used. This is not your fault; try again later.");
        case ErrorKind.Storage:
            return qsTr("Make some room on the disk and try again.");
        case ErrorKind.TooLarge:
            return qsTr("The server takes nothing of that size.");
        case ErrorKind.Invalid:
            return qsTr("It is empty or too long.");
        default:
            return qsTr("It gave no reason that could be shown here.");
        }
    }

    // The server's own words, when there are any, in quotes behind ours.
    function withServerWords(text: string, serverWords: string): string {
        return serverWords.length > 0 ? qsTr("%1 The server's words: “%2”").arg(text).arg(serverWords) : text;
    }

    function full(kind: int, serverWords: string): string {
        if (kind === ErrorKind.Refused && serverWords.length > 0)
            return qsTr("The server's words: “%1”").arg(serverWords);
        return withServerWords(advice(kind), serverWords);
    }

    function icon(kind: int): string {
        switch (kind) {
        case ErrorKind.Offline:
        case ErrorKind.Timeout:
        case ErrorKind.Cut:
            return "offline";
        case ErrorKind.NotFound:
            return "film-off";
        case ErrorKind.SignedOut:
            return "person";
        default:
            return "warning";
        }
    }
}
