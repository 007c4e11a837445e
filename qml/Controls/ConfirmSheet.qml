// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Asks before something is gone for good.
Sheet {
    id: root

    property string text
    property string actionText
    property string keepText: qsTr("Keep it")
    property var action: null

    function ask(question: string, words: string, doIt: string, callback: var) {
        title = question;
        text = words;
        actionText = doIt;
        action = callback;
        open();
        keep.forceActiveFocus();
    }

    preferredWidth: 400

    Column {
        width: parent ? parent.width : 0
        spacing: Theme.space4

        TextLabel {
            width: parent.width
            text: root.text
            wrapMode: Text.Wrap
        }

        Flow {
            width: parent.width
            spacing: Theme.space2
            layoutDirection: Qt.RightToLeft

            PushButton {
                objectName: "confirmAction"
                width: Math.min(implicitWidth, parent.width)
                kind: PushButton.Danger
                text: root.actionText
                onClicked: {
                    const callback = root.action;
                    root.finish();
                    if (callback)
                        callback();
                }
            }

            PushButton {
                id: keep

                objectName: "confirmKeep"
                width: Math.min(implicitWidth, parent.width)
                text: root.keepText
                onClicked: root.finish()
            }
        }
    }
}
