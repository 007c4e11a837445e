// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Asks before what is kept on this device goes.
ConfirmSheet {
    id: root

    required property OfflineStore offline

    signal cleared

    // A StorageCard.What.
    function askFor(what: int) {
        switch (what) {
        case StorageCard.Videos:
            askAbout(() => qsTr("Clear the videos?"), () => qsTr("Videos that you watched will not play without a network until you have watched them again."), () => root.offline.clearVideos());
            break;
        case StorageCard.Pictures:
            askAbout(() => qsTr("Clear pictures and pages?"), () => qsTr("The feed, profiles and comments will be empty without a network until you have seen them again. Your place in the feed is forgotten."), () => root.offline.clearPictures());
            break;
        default:
            askAbout(() => qsTr("Clear the conversations?"), () => qsTr("Messages will not be there without a network until you have read them again."), () => root.offline.clearChats());
        }
    }

    function askAbout(question: var, words: var, clear: var) {
        ask(question, words, () => qsTr("Clear"), () => {
            clear();
            root.cleared();
        });
    }

    note: qsTr("Nothing on the server changes, and nothing that waits to be sent is lost.")
}
