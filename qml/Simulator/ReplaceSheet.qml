// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Asks before a world goes, with everything that people did in it.
Sheet {
    id: root

    property var action: null

    function ask(question: string, callback: var) {
        title = question;
        action = callback;
        open();
        keep.forceActiveFocus();
    }

    preferredWidth: 420

    TextLabel {
        width: parent.width
        text: qsTr("Its people, videos, comments and messages go. Keep the world as a snapshot first if you want them back.")
        wrapMode: Text.Wrap
    }

    Flow {
        width: parent.width
        spacing: Theme.space2

        PushButton {
            objectName: "replaceWorld"
            width: Math.min(implicitWidth, parent.width)
            kind: PushButton.Danger
            text: qsTr("Replace the world")
            onClicked: {
                const callback = root.action;
                root.finish();
                if (callback)
                    callback();
            }
        }

        PushButton {
            id: keep

            objectName: "keepWorld"
            width: Math.min(implicitWidth, parent.width)
            text: qsTr("Leave it as it is")
            onClicked: root.finish()
        }
    }
}
