// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Asks before something goes that somebody wrote or chose.
Sheet {
    id: root

    property string intentId
    property string what
    property string content

    signal discardWanted(string intentId)

    function ask(id: string, title: string, words: string) {
        intentId = id;
        what = title;
        content = words;
        open();
    }

    title: qsTr("Discard this?")
    onOpened: keep.forceActiveFocus()

    TextLabel {
        width: parent.width
        text: root.what
        font.weight: Font.Bold
        wrapMode: Text.Wrap
    }

    TextLabel {
        width: parent.width
        text: root.content
        wrapMode: Text.Wrap
        maximumLineCount: 8
        elide: Text.ElideRight
        visible: text.length > 0
    }

    TextLabel {
        width: parent.width
        text: qsTr("It is not on the server as far as is known, and nowhere else on this device.")
        muted: true
        wrapMode: Text.Wrap
    }

    Flow {
        width: parent.width
        spacing: Theme.space2
        layoutDirection: Qt.RightToLeft

        PushButton {
            id: keep

            objectName: "keepIntent"
            kind: PushButton.Primary
            text: qsTr("Keep it")
            onClicked: root.finish()
        }
        PushButton {
            objectName: "confirmDiscard"
            kind: PushButton.Danger
            text: qsTr("Discard")
            onClicked: {
                root.finish();
                root.discardWanted(root.intentId);
            }
        }
    }
}
