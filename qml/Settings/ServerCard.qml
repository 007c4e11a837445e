// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// One server of the address book, what is known of it, and what can be done with it.
Rectangle {
    id: root

    required property int index
    required property string name
    required property string address
    required property bool builtIn
    required property bool present
    required property bool passing
    required property int dialect
    required property ServerCheck check
    // It is known by now that it does not answer.
    property bool silent: false
    // It is being removed, which may take as long as the keychain does.
    required property bool leaving

    readonly property string title: builtIn ? qsTr("Built in") : name.length > 0 ? name : address

    signal useWanted
    signal testWanted
    signal tested
    signal editWanted
    signal removeWanted

    Connections {
        target: root.check

        function onDone() {
            root.tested();
        }
    }

    enabled: !leaving
    opacity: leaving ? 0.5 : 1
    implicitHeight: column.implicitHeight + 2 * Theme.space4
    radius: Theme.radiusLarge
    color: Theme.surface
    border.width: present ? 2 : 1
    border.color: present ? Theme.accent : Theme.outline
    Accessible.role: Accessible.Grouping
    Accessible.name: present ? qsTr("%1, in use").arg(title) : title
    Accessible.description: address

    Icon {
        id: mark

        x: Theme.space4
        y: Theme.space4 + (heading.height - height) / 2
        name: "server"
        color: root.present ? Theme.accent : Theme.textMuted
    }

    Column {
        id: column

        anchors.left: mark.right
        anchors.leftMargin: Theme.space4
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        y: Theme.space4
        spacing: Theme.space2

        // As wide as the title would like to be: what wraps says otherwise of itself.
        TextLabel {
            id: titleWords

            text: root.title
            font.pixelSize: Theme.fontLarge
            font.weight: Font.Bold
            visible: false
        }

        Flow {
            id: heading

            width: parent.width
            spacing: Theme.space2

            TextLabel {
                width: Math.min(titleWords.implicitWidth, parent.width)
                text: root.title
                font.pixelSize: Theme.fontLarge
                font.weight: Font.Bold
                wrapMode: Text.WrapAnywhere
                Accessible.ignored: true
            }

            Rectangle {
                width: inUse.implicitWidth + 2 * Theme.space2
                height: inUse.implicitHeight + Theme.space1
                radius: height / 2
                color: Theme.accentSoft
                visible: root.present

                TextLabel {
                    id: inUse

                    anchors.centerIn: parent
                    text: qsTr("In use")
                    color: Theme.accentSoftInk
                    font.pixelSize: Theme.fontCaption
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }
            }
        }

        TextLabel {
            width: parent.width
            text: root.builtIn && root.address.length === 0 ? qsTr("Inside TikGok, without a network") : root.address
            muted: true
            wrapMode: Text.WrapAnywhere
            visible: root.builtIn || root.name.length > 0
        }

        TextLabel {
            width: parent.width
            text: qsTr("From the command line, for this run only")
            color: Theme.warning
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: root.passing
        }

        TextLabel {
            width: parent.width
            text: ServerWords.dialect(root.dialect)
            muted: true
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            visible: text.length > 0 && !report.visible
        }

        CheckReport {
            id: report

            width: parent.width
            objectName: "serverReport" + root.index
            check: root.check
            silent: root.silent
        }

        Flow {
            width: parent.width
            spacing: Theme.space2

            PushButton {
                objectName: "useServer" + root.index
                text: qsTr("Use")
                visible: !root.present
                Accessible.name: qsTr("Use %1").arg(root.title)
                onClicked: root.useWanted()
            }
            PushButton {
                objectName: "testServer" + root.index
                text: qsTr("Test")
                busy: root.check.running
                enabled: !root.check.running
                visible: root.address.length > 0
                Accessible.name: qsTr("Test the connection to %1").arg(root.title)
                onClicked: root.testWanted()
            }
            PushButton {
                objectName: "editServer" + root.index
                text: root.passing ? qsTr("Keep") : qsTr("Edit")
                visible: !root.builtIn
                Accessible.name: root.passing ? qsTr("Keep %1 in the list").arg(root.title) : qsTr("Edit %1").arg(root.title)
                onClicked: root.editWanted()
            }
            PushButton {
                objectName: "removeServer" + root.index
                kind: PushButton.Quiet
                text: qsTr("Remove")
                visible: !root.builtIn && !root.present
                Accessible.name: qsTr("Remove %1 from the list").arg(root.title)
                onClicked: root.removeWanted()
            }
        }
    }
}
