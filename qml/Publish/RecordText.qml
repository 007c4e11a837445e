// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Controls
import TikGok.Core

// What a camera or the program behind it has to say, in words: what happened, what was kept, what to do.
QtObject {
    readonly property string install: qsTr("To record, install the program ffmpeg. It is in the package “ffmpeg” of your system.")

    function title(trouble: int): string {
        switch (trouble) {
        case RecordTrouble.NoEncoder:
            return qsTr("The program ffmpeg is missing");
        case RecordTrouble.EncoderUnfit:
            return qsTr("The ffmpeg of this system cannot record");
        case RecordTrouble.EncoderDied:
            return qsTr("The recording was cut short");
        case RecordTrouble.CameraBusy:
            return qsTr("Another program uses the camera");
        case RecordTrouble.CameraGone:
            return qsTr("The camera is gone");
        case RecordTrouble.CameraRefused:
            return qsTr("You may not use the camera");
        case RecordTrouble.CameraSilent:
            return qsTr("The camera gives no picture");
        case RecordTrouble.CameraFailed:
            return qsTr("The camera does not work");
        case RecordTrouble.FileRefused:
            return qsTr("The recording cannot be written");
        case RecordTrouble.DiskFull:
            return qsTr("The disk is full");
        case RecordTrouble.LongestReached:
            return qsTr("That was the longest there is");
        case RecordTrouble.LargestReached:
            return qsTr("More would not fit");
        default:
            return "";
        }
    }

    function cause(trouble: int, longest: real): string {
        switch (trouble) {
        case RecordTrouble.NoEncoder:
            return install;
        case RecordTrouble.EncoderUnfit:
            return qsTr("It can read no camera, or write no H.264. Install the complete ffmpeg of your system.");
        case RecordTrouble.EncoderDied:
            return qsTr("The program ffmpeg ended in the middle, perhaps because memory ran out.");
        case RecordTrouble.CameraBusy:
            return qsTr("Close it there, then try again.");
        case RecordTrouble.CameraGone:
            return qsTr("Plug it in again, or choose another one.");
        case RecordTrouble.CameraRefused:
            return qsTr("Your account has to be in the group “video”. Sign out of your system and in again after that has changed.");
        case RecordTrouble.CameraSilent:
            return qsTr("Is it switched on, and its cover open? Unplug it and plug it in again, then try again.");
        case RecordTrouble.CameraFailed:
            return qsTr("Unplug it and plug it in again, or choose another one.");
        case RecordTrouble.FileRefused:
            return qsTr("Look at the permissions of TikGok's folder.");
        case RecordTrouble.DiskFull:
            return qsTr("Make some room, then try again.");
        case RecordTrouble.LongestReached:
            return qsTr("A recording ends after %1.").arg(Format.time(longest));
        case RecordTrouble.LargestReached:
            return qsTr("This server takes no larger file.");
        default:
            return "";
        }
    }

    function text(trouble: int, kept: bool, longest: real): string {
        const why = cause(trouble, longest);
        return kept ? qsTr("What was recorded until then is kept. %1").arg(why) : why;
    }
}
