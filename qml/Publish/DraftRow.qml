// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

// A draft: a tap goes on with it.
Item {
    id: root

    required property string draftId
    required property string title
    required property string fileName
    required property string thumb
    required property real size
    required property bool gone
    required property bool recorded

    signal opened
    signal discardWanted

    implicitHeight: row.implicitHeight

    T.AbstractButton {
        id: row

        objectName: "draftRow"
        anchors.left: parent.left
        anchors.right: bin.left
        implicitHeight: Math.max(72, texts.implicitHeight + 2 * Theme.space3)
        hoverEnabled: true
        text: root.title.trim().length > 0 ? root.title : qsTr("Without a title")
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Draft: %1").arg(text)
        Accessible.description: detail.text
        Accessible.onPressAction: clicked()
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()
        onClicked: root.opened()

        contentItem: Item {
            Rectangle {
                id: picture

                x: Theme.space3
                anchors.verticalCenter: parent.verticalCenter
                width: 40
                height: 54
                radius: Theme.radiusSmall
                color: Theme.surfaceSunken
                clip: true

                Icon {
                    anchors.centerIn: parent
                    name: root.gone ? "film-off" : "film"
                    color: Theme.textMuted
                    visible: root.thumb.length === 0
                }

                Image {
                    anchors.fill: parent
                    source: root.thumb
                    fillMode: Image.PreserveAspectCrop
                    opacity: root.gone ? 0.4 : 1
                    Accessible.ignored: true
                }
            }

            Column {
                id: texts

                anchors.left: picture.right
                anchors.leftMargin: Theme.space3
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter

                TextLabel {
                    width: parent.width
                    text: row.text
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }

                TextLabel {
                    id: detail

                    width: parent.width
                    text: root.gone ? qsTr("Its file is not there any more") : root.fileName.length === 0 ? qsTr("No file yet")
                        : root.size > 0 ? qsTr("%1 · %2").arg(root.fileName).arg(PublishText.size(root.size)) : root.fileName
                    color: root.gone ? Theme.danger : Theme.textMuted
                    font.pixelSize: Theme.fontCaption
                    wrapMode: Text.WrapAnywhere
                    maximumLineCount: 2
                    elide: Text.ElideRight
                    Accessible.ignored: true
                }
            }
        }

        background: Rectangle {
            radius: Theme.radius
            color: row.down ? Theme.press : row.hovered ? Theme.hover : "transparent"

            FocusRing {
                target: row
                shown: row.visualFocus
                gap: -3
            }
        }
    }

    IconButton {
        id: bin

        objectName: "discardDraft"
        anchors.right: parent.right
        anchors.rightMargin: Theme.space1
        anchors.verticalCenter: parent.verticalCenter
        iconName: "trash"
        ink: Theme.textMuted
        text: qsTr("Discard the draft “%1”").arg(row.text)
        onClicked: root.discardWanted()
    }
}
