// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Core

// Commands and keys for people.
QtObject {
    function command(command: int): string {
        switch (command) {
        case Command.NextVideo:
            return qsTr("Next video");
        case Command.PreviousVideo:
            return qsTr("Previous video");
        case Command.PlayPause:
            return qsTr("Pause and go on");
        case Command.SeekBack:
            return qsTr("Five seconds back");
        case Command.SeekForward:
            return qsTr("Five seconds on");
        case Command.Like:
            return qsTr("Like, or take it back");
        case Command.Comments:
            return qsTr("Comments");
        case Command.Mute:
            return qsTr("Sound on or off");
        case Command.ClearView:
            return qsTr("Clear view");
        case Command.ForYou:
            return qsTr("Videos for you");
        case Command.Following:
            return qsTr("Videos of those you follow");
        case Command.GoHome:
            return qsTr("Home");
        case Command.GoFriends:
            return qsTr("Friends");
        case Command.GoPublish:
            return qsTr("Publish");
        case Command.GoMessages:
            return qsTr("Messages");
        case Command.GoMe:
            return qsTr("Me");
        case Command.OpenActivity:
            return qsTr("Activity");
        case Command.OpenSettings:
            return qsTr("Settings");
        case Command.Refresh:
            return qsTr("Look again for what is new");
        case Command.Help:
            return qsTr("The table of keys");
        default:
            return "";
        }
    }

    function group(group: int): string {
        return group === CommandGroup.Watching ? qsTr("While watching") : qsTr("Getting around");
    }

    // A key as it is written in the table ("Ctrl+Down"), for reading.
    function key(written: string): string {
        const parts = written.endsWith("++") ? [...written.slice(0, -2).split("+"), "+"] : written === "+" ? ["+"] : written.split("+");
        return parts.map(part => name(part)).join(" + ");
    }

    function name(part: string): string {
        switch (part) {
        case "Down":
            return "↓";
        case "Up":
            return "↑";
        case "Left":
            return "←";
        case "Right":
            return "→";
        case "Space":
            return qsTr("Space");
        case "PageDown":
            return "PgDn";
        case "PageUp":
            return "PgUp";
        case "Delete":
            return "Del";
        case "Insert":
            return "Ins";
        case "Meta":
            return Qt.platform.os === "osx" ? "⌘" : "Super";
        default:
            return part;
        }
    }
}
