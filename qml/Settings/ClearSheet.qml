// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Asks before what is kept on this device goes.
Sheet {
    id: root

    required property OfflineStore offline
    // A StorageCard.What.
    property int what: StorageCard.Videos

    signal cleared

    function ask(kind: int) {
        what = kind;
        open();
    }

    title: what === StorageCard.Videos ? qsTr("Clear the videos?") : what === StorageCard.Pictures ? qsTr("Clear pictures and pages?") : qsTr("Clear the conversations?")
    onOpened: keep.forceActiveFocus()

    TextLabel {
        width: parent.width
        text: root.what === StorageCard.Videos ? qsTr("Videos that you watched will not play without a network until you have watched them again.")
            : root.what === StorageCard.Pictures ? qsTr("The feed, profiles and comments will be empty without a network until you have seen them again. Your place in the feed is forgotten.")
            : qsTr("Messages will not be there without a network until you have read them again.")
        wrapMode: Text.Wrap
    }

    TextLabel {
        width: parent.width
        text: qsTr("Nothing on the server changes, and nothing that waits to be sent is lost.")
        muted: true
        wrapMode: Text.Wrap
    }

    Flow {
        width: parent.width
        spacing: Theme.space2
        layoutDirection: Qt.RightToLeft

        PushButton {
            id: keep

            objectName: "keepStored"
            kind: PushButton.Primary
            text: qsTr("Keep it")
            onClicked: root.finish()
        }
        PushButton {
            objectName: "confirmClear"
            kind: PushButton.Danger
            text: qsTr("Clear")
            onClicked: {
                root.finish();
                if (root.what === StorageCard.Videos)
                    root.offline.clearVideos();
                else if (root.what === StorageCard.Pictures)
                    root.offline.clearPictures();
                else
                    root.offline.clearChats();
                root.cleared();
            }
        }
    }
}
