// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// What is being prepared: the video, what is wrong with it, its cover and its title. Side by side where there is
// room.
Grid {
    id: root

    required property PublishEditor editor
    required property PreviewPlayer preview
    required property bool unsaved
    property bool wide: false
    property bool shown: true
    property bool signedIn: false

    readonly property bool sideBySide: wide && width >= 560 * Theme.textScale && (checking || editor.playable)
    readonly property real formWidth: sideBySide ? width - pane.width - columnSpacing : width

    readonly property bool handing: editor.state === PublishEditor.State.Handing
    readonly property bool copying: editor.copied >= 0
    readonly property bool checking: editor.state === PublishEditor.State.Checking
    // Copying was stopped. Nothing comes or goes then: a second click on Stop must not meet what stands beside it.
    property bool stopped: false
    // What is still to be done before it can be published.
    readonly property string missing: copying ? copyingWords(editor.bytes > 0 ? Math.min(100, Math.floor(100 * editor.copied / editor.bytes)) : 0)
        : handing ? "" : editor.publishable ? (stopped ? qsTr("Copying was stopped. Nothing was published.") : "") : checking ? qsTr("You can publish as soon as the file has been looked into.")
        : editor.problem !== PublishProblem.None ? qsTr("This file cannot be published as it is.")
        : editor.titleProblem === PublishProblem.TitleTooLong ? qsTr("Shorten the title to publish it.")
        : editor.titleProblem === PublishProblem.TitleEmpty ? qsTr("Give it a title to publish it.") : ""

    signal chooseWanted
    signal discardWanted

    function focusTitle() {
        titleField.inputItem.forceActiveFocus();
    }

    function copyingWords(percent: int): string {
        return qsTr("Where the file is now, your system may delete it before it is sent. It is being copied: %1%").arg(percent);
    }

    function facts(): string {
        const dot = " · ";
        let text = editor.codec.length > 0 ? qsTr("%1, %2").arg(editor.container).arg(editor.codec) : editor.container;
        if (editor.pictureWidth > 0)
            text += dot + qsTr("%1 × %2").arg(editor.pictureWidth).arg(editor.pictureHeight);
        if (editor.duration > 0)
            text += dot + Format.time(editor.duration);
        if (editor.bytes > 0)
            text += (text.length > 0 ? dot : "") + PublishText.size(editor.bytes);
        return text;
    }

    onHandingChanged: if (handing) stopped = false
    onCheckingChanged: stopped = false

    columns: sideBySide ? 2 : 1
    columnSpacing: Theme.space5
    rowSpacing: Theme.space4

    PreviewPane {
        id: pane

        objectName: "publishPreview"
        width: root.sideBySide ? 248 : root.width
        height: root.sideBySide ? 440 : Math.round(Math.min(340, Math.max(180, root.width * 1.1)))
        preview: root.preview
        shown: root.shown
        busy: root.checking
        source: root.editor.playable ? root.editor.source : ""
        cover: root.editor.cover
        // Of what cannot be shown there is nothing to see.
        visible: root.checking || root.editor.playable
    }

    Column {
        width: root.formWidth
        spacing: Theme.space4

        Column {
            width: parent.width
            spacing: 2

            TextLabel {
                width: parent.width
                text: root.editor.fileName
                font.weight: Font.Bold
                elide: Text.ElideMiddle
            }

            TextLabel {
                objectName: "fileFacts"
                width: parent.width
                text: root.checking ? qsTr("Looking into the file…") : root.facts()
                muted: true
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                visible: text.length > 0
            }
        }

        Notice {
            objectName: "fileNotice"
            width: parent.width
            visible: root.editor.problem !== PublishProblem.None || root.editor.warning !== PublishProblem.None
            grave: root.editor.problem !== PublishProblem.None
            title: PublishText.title(grave ? root.editor.problem : root.editor.warning)
            text: PublishText.advice(grave ? root.editor.problem : root.editor.warning, root.editor.bytes, root.editor.limitBytes)
            actionText: !grave ? "" : root.editor.problem === PublishProblem.FileChanged ? qsTr("Use it as it is now") : qsTr("Choose another")
            otherText: root.editor.problem === PublishProblem.FileChanged ? qsTr("Choose another")
                : root.editor.problem === PublishProblem.WrongSuffix || root.editor.problem === PublishProblem.TooLarge || root.editor.problem === PublishProblem.NotLocal ? "" : qsTr("Check again")
            onTriggered: root.editor.problem === PublishProblem.FileChanged ? root.editor.check() : root.chooseWanted()
            onOtherTriggered: root.editor.problem === PublishProblem.FileChanged ? root.chooseWanted() : root.editor.check()
        }

        CoverStrip {
            width: parent.width
            visible: root.editor.frames.length > 0
            frames: root.editor.frames
            at: root.editor.coverAt
            taken: root.editor.coverTaken
            onPicked: at => root.editor.chooseCover(at)
        }

        Field {
            id: titleField

            objectName: "publishTitle"
            width: parent.width
            label: qsTr("Title")
            placeholder: qsTr("What is to be seen?")
            enabled: !root.handing
            problem: root.editor.titleProblem === PublishProblem.TitleTooLong ? root.editor.titleInBytes ? qsTr("A Chinese character has three bytes.")
                : qsTr("%n character(s) too many", "", root.editor.titleLength - root.editor.maxTitleLength) : ""
            hint: root.editor.titleProblem === PublishProblem.TitleManyBytes ? qsTr("Short enough here. A server that counts bytes would refuse it.") : ""
            counter: root.editor.titleInBytes ? qsTr("%1 of %2 bytes").arg(root.editor.titleLength).arg(root.editor.maxTitleLength)
                : qsTr("%1 of %2 characters").arg(root.editor.titleLength).arg(root.editor.maxTitleLength)
            overfull: root.editor.titleLength > root.editor.maxTitleLength
            text: ""
            onTextChanged: if (text !== root.editor.title) root.editor.title = text
            onAccepted: if (root.editor.publishable) root.editor.publish()
            Component.onCompleted: text = root.editor.title

            Connections {
                target: root.editor
                function onTitleChanged() {
                    if (titleField.text !== root.editor.title)
                        titleField.text = root.editor.title;
                }
            }
        }

        Notice {
            width: parent.width
            visible: root.unsaved
            title: qsTr("The draft could not be saved")
            text: qsTr("The disk took nothing. Make some room; TikGok goes on trying. You can publish all the same.")
            grave: false
        }

        TextLabel {
            id: copied

            width: parent.width - missingMark.width - Theme.space2
            text: root.copyingWords(100)
            wrapMode: Text.Wrap
            visible: false
        }

        // Of the button below: why it cannot be pressed, or what it is at.
        Row {
            width: parent.width
            spacing: Theme.space2
            visible: root.missing.length > 0 || root.stopped

            Icon {
                id: missingMark

                size: Theme.fontLarge
                name: "info"
                color: Theme.textMuted
            }

            TextLabel {
                objectName: "publishMissing"
                width: parent.width - missingMark.width - parent.spacing
                // The room of the longest that it says meanwhile: what stands below keeps its place.
                height: root.copying || root.stopped ? Math.max(implicitHeight, copied.implicitHeight) : implicitHeight
                text: root.missing
                muted: true
                wrapMode: Text.Wrap
            }
        }

        Flow {
            width: parent.width
            spacing: Theme.space2

            PushButton {
                objectName: "publishButton"
                width: Math.min(implicitWidth, parent.width)
                kind: PushButton.Primary
                iconName: "send"
                text: root.signedIn ? qsTr("Publish") : qsTr("Sign in and publish")
                busy: root.handing
                enabled: root.editor.publishable
                Accessible.description: root.missing
                onClicked: root.editor.publish()
            }

            PushButton {
                objectName: "stopCopying"
                width: Math.min(implicitWidth, parent.width)
                text: qsTr("Stop")
                visible: root.copying || root.stopped
                // Keeps the keyboard when it has done its work: another press of the key shall meet nothing else either.
                enabled: root.copying || activeFocus
                opacity: root.copying ? 1 : 0.5
                Accessible.description: qsTr("Stops copying; nothing is published")
                onClicked: {
                    if (!root.copying)
                        return;
                    root.stopped = true;
                    root.editor.stopCopying();
                }
            }

            PushButton {
                objectName: "laterButton"
                width: Math.min(implicitWidth, parent.width)
                text: qsTr("Keep as a draft")
                enabled: !root.handing
                onClicked: root.editor.close()
            }

            PushButton {
                objectName: "otherFile"
                width: Math.min(implicitWidth, parent.width)
                kind: PushButton.Quiet
                text: qsTr("Another file")
                enabled: !root.handing
                visible: root.editor.problem === PublishProblem.None
                onClicked: root.chooseWanted()
            }

            PushButton {
                objectName: "discardButton"
                width: Math.min(implicitWidth, parent.width)
                kind: PushButton.Quiet
                inkOverride: Theme.danger
                text: qsTr("Discard")
                enabled: !root.handing
                onClicked: root.discardWanted()
            }
        }
    }
}
