// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// One comment and what became of it.
Item {
    id: row

    required property int index
    required property string authorName
    required property url authorAvatar
    required property string authorId
    required property bool authorKnown
    required property string content
    required property string dateText
    required property bool own
    required property int status
    required property int failedKind
    required property string failedWords

    readonly property bool failed: status === CommentsModel.Status.Failed
    readonly property bool pending: status === CommentsModel.Status.Pending
    // Why it is not there yet; empty while it is on its way.
    readonly property string cause: {
        if (!pending || failedKind === ErrorKind.None)
            return "";
        switch (failedKind) {
        case ErrorKind.Offline:
        case ErrorKind.Timeout:
        case ErrorKind.Cut:
        case ErrorKind.ServerBroken:
            return qsTr("Will be sent when the server answers.");
        case ErrorKind.SignedOut:
            return qsTr("Will be sent when you have signed in again.");
        default:
            return qsTr("Will be tried again. %1").arg(ErrorText.title(failedKind));
        }
    }
    readonly property string shownName: authorKnown ? authorName : qsTr("Somebody")

    signal retryWanted
    signal discardWanted
    signal removeWanted
    signal authorWanted

    implicitHeight: column.implicitHeight + 2 * Theme.space2
    opacity: status === CommentsModel.Status.Deleting ? 0.4 : 1
    // Not a transition of the list: it would not place the rows again when this one grows meanwhile.
    ListView.onAdd: appearance.restart()
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1: %2").arg(shownName).arg(content)
    Accessible.description: cause.length > 0 ? cause : pending ? qsTr("Sending") : failed ? qsTr("Not sent") : dateText

    NumberAnimation {
        id: appearance

        target: column
        property: "opacity"
        from: 0
        to: 1
        duration: Theme.normal
    }

    // Nowhere leads from somebody whom the server did not name.
    T.AbstractButton {
        id: picture

        objectName: "commentAuthor"
        x: Theme.space4
        y: Theme.space2
        width: 40
        height: 40
        enabled: row.authorKnown && row.authorId.length > 0
        focusPolicy: enabled ? Qt.StrongFocus : Qt.NoFocus
        text: qsTr("Profile of %1").arg(row.shownName)
        Accessible.role: Accessible.Button
        Accessible.name: text
        Accessible.ignored: !enabled
        Accessible.onPressAction: picture.clicked()
        Keys.onReturnPressed: picture.clicked()
        Keys.onEnterPressed: picture.clicked()
        onClicked: row.authorWanted()

        contentItem: Avatar {
            name: row.shownName
            source: row.authorAvatar
            Accessible.ignored: true
        }
        background: Item {
            FocusRing {
                target: picture
                shown: picture.visualFocus
                radius: height / 2
            }
        }
    }

    Column {
        id: column

        anchors.left: picture.right
        anchors.leftMargin: Theme.space3
        anchors.right: bin.visible ? bin.left : parent.right
        anchors.rightMargin: bin.visible ? 0 : Theme.space4
        y: Theme.space2
        spacing: 2

        Row {
            width: parent.width
            spacing: Theme.space2

            TextLabel {
                id: who

                width: Math.min(implicitWidth, parent.width - when.width - parent.spacing)
                text: row.shownName
                font.weight: Font.Bold
                elide: Text.ElideRight
                Accessible.ignored: true

                TapHandler {
                    enabled: picture.enabled
                    onTapped: row.authorWanted()
                }
            }

            TextLabel {
                id: when

                anchors.baseline: who.baseline
                text: row.cause.length > 0 ? qsTr("Waiting") : row.pending ? qsTr("Sending…") : row.dateText
                muted: true
                font.pixelSize: Theme.fontCaption
                Accessible.ignored: true
            }
        }

        TextLabel {
            width: parent.width
            text: row.content
            wrapMode: Text.Wrap
            opacity: row.pending ? 0.7 : 1
            Accessible.ignored: true
        }

        TextLabel {
            objectName: "commentCause"
            width: parent.width
            text: row.cause
            muted: true
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: text.length > 0
            Accessible.ignored: true
        }

        Column {
            width: parent.width
            spacing: 0
            visible: row.failed
            topPadding: Theme.space1

            TextLabel {
                width: parent.width
                text: row.failedWords.length > 0 ? qsTr("Not sent. The server's words: “%1”").arg(row.failedWords) : qsTr("Not sent. Your text is kept here.")
                color: Theme.danger
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }

            Flow {
                width: parent.width
                spacing: Theme.space1

                PushButton {
                    objectName: "retryComment"
                    kind: PushButton.Quiet
                    leftPadding: 0
                    text: qsTr("Send again")
                    Accessible.description: row.content
                    onClicked: row.retryWanted()
                }
                PushButton {
                    objectName: "discardComment"
                    kind: PushButton.Quiet
                    inkOverride: Theme.textMuted
                    text: qsTr("Discard")
                    Accessible.description: row.content
                    onClicked: row.discardWanted()
                }
            }
        }
    }

    IconButton {
        id: bin

        objectName: "deleteComment"
        anchors.right: parent.right
        anchors.rightMargin: Theme.space2
        // As far down as its ring needs in the first row.
        y: 2
        iconName: "trash"
        iconSize: 20
        ink: Theme.textMuted
        text: qsTr("Delete my comment")
        visible: row.own && row.status === CommentsModel.Status.Sent
        onClicked: row.removeWanted()
    }
}
