// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

// An account of this device: a press makes it the present one.
T.AbstractButton {
    id: control

    required property string name
    required property string userId
    required property string avatarUrl
    required property bool present
    required property bool signedOut
    // What waits to be sent, or failed, in its name.
    required property int openWrites
    readonly property string waiting: openWrites > 0 ? qsTr("%n write(s) wait to be sent", "", openWrites) : ""
    readonly property string status: (present ? qsTr("Signed in, in use") : signedOut ? qsTr("Signed out: asks for the password") : qsTr("Signed in")) + (waiting.length > 0 ? " · " + waiting : "")

    signal moreWanted

    implicitHeight: Math.max(64, texts.implicitHeight + 2 * Theme.space3)
    leftPadding: Theme.space4
    rightPadding: Theme.space2
    hoverEnabled: true
    text: name
    Accessible.role: Accessible.RadioButton
    Accessible.name: name
    Accessible.description: status
    Accessible.checkable: true
    Accessible.checked: present
    // Controls of Qt take their own states again when a screen reader comes.
    Accessible.onCheckableChanged: if (!Accessible.checkable) Accessible.checkable = true
    Accessible.onCheckedChanged: if (Accessible.checked !== present) Accessible.checked = Qt.binding(() => present)
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        Avatar {
            id: picture

            anchors.verticalCenter: parent.verticalCenter
            width: 44
            height: 44
            name: control.name
            source: control.avatarUrl
            Accessible.ignored: true
        }

        Column {
            id: texts

            anchors.left: picture.right
            anchors.leftMargin: Theme.space4
            anchors.right: mark.left
            anchors.rightMargin: Theme.space2
            anchors.verticalCenter: parent.verticalCenter

            TextLabel {
                width: parent.width
                text: control.name
                font.weight: Font.Bold
                elide: Text.ElideRight
                Accessible.ignored: true
            }

            TextLabel {
                width: parent.width
                text: control.status
                muted: true
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }

        Icon {
            id: mark

            anchors.right: more.left
            anchors.rightMargin: Theme.space1
            anchors.verticalCenter: parent.verticalCenter
            size: 20
            name: "check"
            color: Theme.accent
            visible: control.present
        }

        IconButton {
            id: more

            objectName: "accountMore" + control.userId
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            iconName: "more"
            ink: Theme.textMuted
            text: qsTr("More about %1").arg(control.name)
            onClicked: control.moreWanted()
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Theme.press : control.hovered ? Theme.hover : "transparent"

        FocusRing {
            target: control
            shown: control.visualFocus
            gap: -3
        }
    }
}
