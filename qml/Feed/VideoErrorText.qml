// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Playback

// Why a video does not play, in words.
QtObject {
    function title(kind: int): string {
        switch (kind) {
        case Player.ErrorKind.Network:
            return qsTr("This video does not load");
        case Player.ErrorKind.NotFound:
            return qsTr("This video is not there any more");
        case Player.ErrorKind.Unsupported:
            return qsTr("This video is in a format that cannot be played here");
        case Player.ErrorKind.Damaged:
        case Player.ErrorKind.NoVideo:
            return qsTr("This video is damaged");
        default:
            return qsTr("This video cannot be played");
        }
    }

    function advice(kind: int): string {
        switch (kind) {
        case Player.ErrorKind.Network:
            return qsTr("The connection broke off. Try again, or swipe on to the next one.");
        case Player.ErrorKind.NotFound:
            return qsTr("It may have been deleted, or the server is still preparing it. Swipe on, or try again later.");
        default:
            return qsTr("The other videos are not affected. Swipe on to the next one.");
        }
    }

    function icon(kind: int): string {
        return kind === Player.ErrorKind.Network ? "offline" : "film-off";
    }
}
