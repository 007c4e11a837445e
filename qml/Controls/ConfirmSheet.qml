// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Asks before something is gone for good. What is declared inside comes between the words about what is meant and those
// about what happens.
Sheet {
    id: root

    // What it is about, in its own words.
    property string subject
    property string text: asked ? asked.words() : ""
    // In a low voice, after the rest.
    property string note
    property string actionText: asked ? asked.doIt() : ""
    property string keepText: qsTr("Keep it")
    property bool actionEnabled: true
    property var action: null
    // The words of ask().
    property var asked: null
    default property alias extras: between.data

    // The words are functions that say them: they are asked again when the language changes.
    function ask(question: var, words: var, doIt: var, callback: var) {
        asked = {
            "question": question,
            "words": words,
            "doIt": doIt
        };
        action = callback;
        open();
        keep.forceActiveFocus();
    }

    function act() {
        if (!actionEnabled)
            return;
        const callback = action;
        finish();
        if (callback)
            callback();
    }

    title: asked ? asked.question() : ""
    preferredWidth: 400

    Column {
        width: parent ? parent.width : 0
        spacing: Theme.space4

        TextLabel {
            objectName: "confirmSubject"
            width: parent.width
            text: root.subject
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            visible: text.length > 0
        }

        Column {
            id: between

            width: parent.width
            spacing: Theme.space4
            visible: children.length > 0
        }

        TextLabel {
            objectName: "confirmText"
            width: parent.width
            text: root.text
            wrapMode: Text.Wrap
            maximumLineCount: 24
            elide: Text.ElideRight
            visible: text.length > 0
        }

        TextLabel {
            objectName: "confirmNote"
            width: parent.width
            text: root.note
            muted: true
            wrapMode: Text.Wrap
            visible: text.length > 0
        }

        // In the order of the screen, which is that of the keyboard and of the reader, too. One above the other where
        // they do not fit side by side. The second half of a double click on what raised the question is no answer.
        Grid {
            id: answers

            readonly property bool stacked: keep.implicitWidth + doIt.implicitWidth + spacing > parent.width

            anchors.right: parent.right
            columns: stacked ? 1 : 2
            spacing: Theme.space2

            PushButton {
                id: keep

                objectName: "confirmKeep"
                width: answers.stacked ? answers.parent.width : implicitWidth
                text: root.keepText
                onClicked: root.finish()
                onDoubleClicked: {}
            }

            PushButton {
                id: doIt

                objectName: "confirmAction"
                width: answers.stacked ? answers.parent.width : implicitWidth
                kind: PushButton.Danger
                text: root.actionText
                enabled: root.actionEnabled
                onClicked: root.act()
                onDoubleClicked: {}
            }
        }
    }
}
