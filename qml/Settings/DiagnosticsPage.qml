// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// The bundle for a bug report: read first, then saved.
FocusScope {
    id: root

    required property Diagnostics diagnostics

    signal backWanted
    signal notice(string text)

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Diagnostics")
    Keys.forwardTo: [column]
    Component.onCompleted: diagnostics.collect()

    Connections {
        target: root.diagnostics

        function onSaved(path) {
            place.text = qsTr("Saved as %1").arg(path);
            root.notice(qsTr("The bundle is saved"));
        }
        function onFailed(why) {
            place.text = qsTr("The bundle could not be saved: %1").arg(why);
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Diagnostics")
        focus: true
        onBackWanted: root.backWanted()
    }

    CardColumn {
        id: column

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        TextLabel {
            width: parent.width
            text: qsTr("For a bug report: versions, settings, what is known of the server, and the last lines of the log. Passwords, sign-ins, messages, comments and drafts are not in it. Look for yourself: below is all of it.")
            wrapMode: Text.Wrap
        }

        Flow {
            width: parent.width
            spacing: Theme.space3

            PushButton {
                objectName: "saveBundle"
                kind: PushButton.Primary
                text: qsTr("Save a bundle")
                busy: root.diagnostics.saving
                enabled: !root.diagnostics.saving
                onClicked: root.diagnostics.save()
            }

            PushButton {
                objectName: "collectAgain"
                text: qsTr("Collect again")
                iconName: "retry"
                onClicked: root.diagnostics.collect()
            }
        }

        TextLabel {
            id: place

            objectName: "bundlePlace"
            width: parent.width
            wrapMode: Text.WrapAnywhere
            visible: text.length > 0
            Accessible.role: Accessible.AlertMessage
        }

        Rectangle {
            id: frame

            objectName: "preview"
            width: parent.width
            height: Math.min(content.implicitHeight + 2 * Theme.space4, 480)
            radius: Theme.radius
            color: Theme.surfaceSunken
            border.width: activeFocus ? 2 : 1
            border.color: activeFocus ? Theme.focus : Theme.outline
            activeFocusOnTab: true
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("What is in the bundle")
            Accessible.description: content.text
            Accessible.focusable: true
            Keys.onPressed: event => event.accepted = ListKeys.scroll(inner, event)

            Flickable {
                id: inner

                anchors.fill: parent
                anchors.margins: 1
                contentHeight: content.implicitHeight + 2 * Theme.space4
                boundsBehavior: Flickable.StopAtBounds
                clip: true

                ScrollMark {
                    flickable: inner
                }

                Text {
                    id: content

                    x: Theme.space4
                    y: Theme.space4
                    width: inner.width - 2 * Theme.space4
                    text: root.diagnostics.preview
                    textFormat: Text.PlainText
                    wrapMode: Text.WrapAnywhere
                    color: Theme.text
                    font.family: "monospace"
                    font.pixelSize: Theme.fontCaption
                    Accessible.ignored: true
                }
            }
        }
    }
}
