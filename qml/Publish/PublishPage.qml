// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Choose or record, prepare, send; and what is on its way.
FocusScope {
    id: root

    required property Publishing publishing
    required property Session session
    property bool wide: false
    // Whether the window is seen.
    property bool windowShown: true
    readonly property PublishEditor editor: publishing.editor
    readonly property CameraRecorder camera: publishing.camera
    readonly property bool filming: camera.state !== CameraRecorder.State.Off
    // The camera is on only while somebody sees what it sees.
    readonly property bool seen: visible && windowShown
    readonly property bool preparing: editor.draftId !== "0" || editor.fileName.length > 0 || editor.problem !== PublishProblem.None

    signal watchWanted(string videoId, string title)
    signal notice(string text)

    function openFile(file: url) {
        editor.openFile(file);
        column.contentY = 0;
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Publish")
    Keys.forwardTo: [column]

    // What had the keyboard has gone.
    function focusFirst() {
        const first = filming && pane.item ? (pane.item as Item).nextItemInFocusChain(true) : preparing && form.item ? (form.item as Item).nextItemInFocusChain(true) : choose.nextItemInFocusChain(true);
        if (activeFocus && first)
            first.forceActiveFocus();
    }

    function cancelRecording() {
        const shown = pane.item as RecordPane;
        if (shown && shown.worthAsking)
            confirm.ask(() => qsTr("Discard the recording?"), () => qsTr("What was recorded so far is deleted. It goes on until you decide."), () => qsTr("Discard"), () => root.camera.cancel());
        else
            root.camera.cancel();
    }

    function discardText(recorded: bool): string {
        return recorded ? qsTr("Title, cover and the recording are deleted.") : qsTr("Title and cover are forgotten. The file itself stays where it is.");
    }

    function cancelText(title: string, recorded: bool, maybeThere: bool): string {
        const words = maybeThere ? qsTr("“%1” is taken off the list. It may have reached the server already: then it is published there. %2")
            : qsTr("“%1” is taken off the list and not sent. %2");
        return words.arg(title).arg(recorded ? qsTr("The recording is deleted with it.") : qsTr("The file itself stays where it is."));
    }

    onPreparingChanged: Qt.callLater(focusFirst)
    onFilmingChanged: {
        column.contentY = 0;
        Qt.callLater(focusFirst);
    }
    onSeenChanged: seen ? camera.look() : camera.leave()
    Component.onCompleted: if (seen) camera.look()
    Component.onDestruction: {
        camera.leave();
        publishing.jobs.active = false;
    }
    onVisibleChanged: if (visible) publishing.drafts.checkFiles()

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    Binding {
        target: root.publishing.jobs
        property: "active"
        value: root.seen
        restoreMode: Binding.RestoreNone
    }

    PageHeader {
        id: head

        width: parent.width
        title: qsTr("Publish")
        backVisible: false
    }

    CardColumn {
        id: column

        objectName: "publishColumn"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        Notice {
            objectName: "recordNotice"
            width: parent.width
            visible: root.camera.trouble !== RecordTrouble.None && !root.filming
            grave: root.camera.trouble !== RecordTrouble.LongestReached && root.camera.trouble !== RecordTrouble.LargestReached
            title: RecordText.title(root.camera.trouble)
            text: RecordText.text(root.camera.trouble, root.camera.kept, root.camera.longest)
            actionText: again ? qsTr("Try again") : qsTr("Close")
            otherText: again ? qsTr("Close") : ""
            onTriggered: again ? root.camera.open() : root.camera.forgetTrouble()
            onOtherTriggered: root.camera.forgetTrouble()

            readonly property bool again: root.camera.available && !root.camera.kept && !root.preparing
        }

        Loader {
            id: pane

            width: parent.width
            active: root.filming
            visible: active
            sourceComponent: RecordPane {
                width: pane.width
                recorder: root.camera
                frames: root.camera.frames
                wide: root.wide
                onCancelWanted: root.cancelRecording()
            }
        }

        ChooseCard {
            id: choose

            width: parent.width
            wide: root.wide
            visible: !root.preparing && !root.filming
            camera: root.camera.available
            equipped: root.camera.equipped
            onRecordWanted: root.camera.open()
            dropping: drop.containsDrag
            onChooseWanted: chooser.choose()
        }

        Loader {
            id: form

            width: parent.width
            active: root.preparing
            visible: active && !root.filming
            sourceComponent: EditorForm {
                width: form.width
                editor: root.editor
                preview: root.publishing.preview
                unsaved: root.publishing.drafts.unsaved
                wide: root.wide
                shown: root.visible && root.windowShown
                signedIn: root.session.signedIn
                onChooseWanted: chooser.choose()
                onDiscardWanted: {
                    const filmed = root.editor.recorded;
                    confirm.ask(() => qsTr("Discard what you prepared?"), () => root.discardText(filmed), () => qsTr("Discard"), () => root.editor.discard());
                }
            }
        }

        JobsCard {
            width: parent.width
            title: qsTr("Uploads")
            jobs: root.publishing.jobs
            onKeyboardLeft: jobId => Qt.callLater(published.giveKeyboard, jobId)
            onCancelWanted: (jobId, title, recorded, maybeThere) => confirm.ask(() => qsTr("Cancel this upload?"), () => root.cancelText(title, recorded, maybeThere), () => qsTr("Cancel the upload"), () => root.publishing.jobs.cancel(jobId))
        }

        Card {
            width: parent.width
            title: qsTr("Drafts")
            visible: drafts.shownCount > 0

            Repeater {
                id: drafts

                // The one that is being prepared is above.
                readonly property int shownCount: count - (root.editor.draftId !== "0" ? 1 : 0)

                model: root.publishing.drafts

                DraftRow {
                    width: parent.width
                    visible: draftId !== root.editor.draftId
                    onOpened: {
                        root.editor.openDraft(draftId);
                        column.contentY = 0;
                    }
                    onDiscardWanted: {
                        const id = draftId;
                        const filmed = recorded;
                        confirm.ask(() => qsTr("Discard this draft?"), () => root.discardText(filmed), () => qsTr("Discard"), () => root.publishing.drafts.discard(id));
                    }
                }
            }
        }

        // Below what is still to be done.
        JobsCard {
            id: published

            width: parent.width
            title: qsTr("Published lately")
            jobs: root.publishing.jobs
            arrived: true
            onWatchWanted: (videoId, title) => root.watchWanted(videoId, title)
        }
    }

    DropArea {
        id: drop

        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: event => {
            if (event.hasUrls && event.urls.length > 0) {
                root.openFile(event.urls[0]);
                event.accept();
            }
        }
    }

    FileChooser {
        id: chooser

        objectName: "fileChooser"
        onChosen: file => root.openFile(file)
    }

    ConfirmSheet {
        id: confirm

        objectName: "publishConfirm"
    }

    Connections {
        target: root.editor
        function onHandedOver() {
            column.contentY = 0;
            root.notice(qsTr("It is being published. You can go on watching."));
        }
    }
}
