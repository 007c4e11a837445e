// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// One thing that somebody did, and how far it came.
Item {
    id: row

    required property int index
    required property string intentId
    required property int kind
    required property int status
    required property string caption
    required property string content
    required property int failedKind
    required property string failedWords
    required property int secondsLeft
    required property bool kept
    required property bool precious
    // The server took it and does not keep it.
    required property bool unkept

    readonly property bool failed: status === ActivityModel.Status.Failed
    readonly property bool sent: status === ActivityModel.Status.Sent
    readonly property bool busy: status === ActivityModel.Status.Sending || status === ActivityModel.Status.Checking
    readonly property bool paused: status === ActivityModel.Status.Paused
    readonly property string title: titleOf(kind, caption.length > 0 ? caption : content)
    // Of an upload the content is its title.
    readonly property string quote: kind === ActivityModel.Kind.Publish ? "" : content
    // For screen readers.
    readonly property string spoken: quote.length > 0 ? qsTr("%1: %2").arg(title).arg(quote) : title

    signal retryWanted
    signal discardWanted
    signal pauseWanted
    signal resumeWanted

    function titleOf(kind: int, about: string): string {
        switch (kind) {
        case ActivityModel.Kind.Like:
            return about.length > 0 ? qsTr("Like on “%1”").arg(about) : qsTr("Like");
        case ActivityModel.Kind.Unlike:
            return about.length > 0 ? qsTr("Like taken back on “%1”").arg(about) : qsTr("Like taken back");
        case ActivityModel.Kind.Follow:
            return about.length > 0 ? qsTr("Follow %1").arg(about) : qsTr("Follow");
        case ActivityModel.Kind.Unfollow:
            return about.length > 0 ? qsTr("Unfollow %1").arg(about) : qsTr("Unfollow");
        case ActivityModel.Kind.Comment:
            return row.caption.length > 0 ? qsTr("Comment on “%1”").arg(about) : qsTr("Comment");
        case ActivityModel.Kind.DeleteComment:
            return row.caption.length > 0 ? qsTr("Delete a comment on “%1”").arg(about) : qsTr("Delete a comment");
        case ActivityModel.Kind.Message:
            return row.caption.length > 0 ? qsTr("Message to %1").arg(about) : qsTr("Message");
        default:
            return row.content.length > 0 ? qsTr("Video “%1”").arg(row.content) : qsTr("Video without a title");
        }
    }

    function iconOf(kind: int): string {
        switch (kind) {
        case ActivityModel.Kind.Like:
        case ActivityModel.Kind.Unlike:
            return "heart";
        case ActivityModel.Kind.Follow:
        case ActivityModel.Kind.Unfollow:
            return "person";
        case ActivityModel.Kind.Comment:
            return "comment";
        case ActivityModel.Kind.DeleteComment:
            return "trash";
        case ActivityModel.Kind.Message:
            return "send";
        default:
            return "film";
        }
    }

    readonly property string progress: {
        if (sent)
            return unkept ? qsTr("Done. This server answers yes to comments and keeps none of them") : qsTr("Done");
        if (failed)
            return qsTr("%1. %2").arg(ErrorText.title(failedKind)).arg(ErrorText.full(failedKind, failedWords));
        if (status === ActivityModel.Status.Sending)
            return qsTr("On its way…");
        if (status === ActivityModel.Status.Checking)
            return qsTr("Looking whether it arrived…");
        if (paused)
            return qsTr("Paused");
        if (failedKind === ErrorKind.SignedOut)
            return qsTr("Waits until you have signed in again");
        if (failedKind !== ErrorKind.None)
            return secondsLeft > 0 ? qsTr("%1. Next try in %2").arg(ErrorText.title(failedKind)).arg(Format.time(secondsLeft * 1000)) : qsTr("%1. Next try in a moment").arg(ErrorText.title(failedKind));
        return qsTr("Waits for its turn");
    }

    implicitHeight: column.implicitHeight + 2 * Theme.space3
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken
    Accessible.description: progress

    Rectangle {
        id: mark

        x: Theme.space4
        y: Theme.space3
        width: 40
        height: 40
        radius: 20
        color: row.failed ? Theme.dangerSoft : row.sent ? Theme.surfaceSunken : Theme.accentSoft

        Icon {
            anchors.centerIn: parent
            size: 20
            name: row.iconOf(row.kind)
            color: row.failed ? Theme.danger : row.sent ? Theme.textMuted : Theme.accentSoftInk
        }
    }

    Column {
        id: column

        anchors.left: mark.right
        anchors.leftMargin: Theme.space3
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        y: Theme.space3
        spacing: 2

        TextLabel {
            width: parent.width
            text: row.title
            font.weight: row.sent ? Font.Normal : Font.Bold
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        TextLabel {
            width: parent.width
            text: row.quote
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            visible: text.length > 0
            Accessible.ignored: true
        }

        TextLabel {
            objectName: "activityProgress"
            width: parent.width
            text: row.progress
            muted: !row.failed
            color: row.failed ? Theme.danger : Theme.textMuted
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }

        TextLabel {
            width: parent.width
            text: qsTr("This device could not keep it: it is lost when TikGok closes.")
            color: Theme.warning
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: !row.kept && !row.sent && row.failedKind === ErrorKind.Storage
        }

        // The words of the first button begin where those above do, however short they are.
        Flow {
            x: -Theme.space3
            width: parent.width - x
            spacing: Theme.space1
            visible: !row.sent

            PushButton {
                objectName: "retryIntent"
                kind: PushButton.Quiet
                text: row.failed ? qsTr("Try again") : qsTr("Try now")
                Accessible.description: row.spoken
                visible: row.failed || row.status === ActivityModel.Status.Waiting
                onClicked: row.retryWanted()
            }
            PushButton {
                objectName: "resumeIntent"
                kind: PushButton.Quiet
                text: qsTr("Go on")
                Accessible.description: row.spoken
                visible: row.paused
                onClicked: row.resumeWanted()
            }
            PushButton {
                objectName: "pauseIntent"
                kind: PushButton.Quiet
                text: qsTr("Pause")
                Accessible.description: row.spoken
                visible: row.kind === ActivityModel.Kind.Publish && !row.failed && !row.paused
                onClicked: row.pauseWanted()
            }
            PushButton {
                objectName: "discardIntent"
                kind: PushButton.Quiet
                inkOverride: Theme.textMuted
                text: qsTr("Discard")
                Accessible.description: row.spoken
                onClicked: row.discardWanted()
            }
        }
    }
}
