// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// The author's picture; opens their page. With a plus below it while one does not follow them.
T.AbstractButton {
    id: control

    property UserEntity author: null
    // Theirs may be fetched; otherwise their letter stands there.
    property bool pictures: true

    implicitWidth: 56
    implicitHeight: 66
    bottomPadding: 10
    enabled: author !== null
    text: author ? qsTr("Profile of %1").arg(author.name) : qsTr("Unknown author")
    Accessible.role: Accessible.Button
    // Of a neighbour of the video.
    Accessible.ignored: !enabled
    Accessible.name: text
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()
    // The second half of a double click on the plus, which has gone by then.
    onDoubleClicked: {}

    contentItem: Item {
        Avatar {
            anchors.centerIn: parent
            width: 48
            height: 48
            ring: true
            name: control.author ? control.author.name : ""
            source: control.author && control.pictures ? control.author.avatarUrl : ""
            Accessible.ignored: true
        }
    }

    background: Item {
        FocusRing {
            target: control
            shown: control.visualFocus
            ringColor: Theme.videoFocus
            radius: height / 2
            gap: 0
        }
    }

    T.AbstractButton {
        id: plus

        objectName: "followBadge"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        z: 1
        width: 44
        height: 26
        visible: control.author !== null && !control.author.isMe && (!control.author.followed || thanks.running)
        enabled: control.enabled && !thanks.running
        text: control.author ? qsTr("Follow %1").arg(control.author.name) : ""
        hoverEnabled: true
        Accessible.role: Accessible.Button
        Accessible.ignored: !enabled
        Accessible.name: text
        Accessible.onPressAction: plus.clicked()
        Keys.onReturnPressed: plus.clicked()
        Keys.onEnterPressed: plus.clicked()
        onClicked: {
            const hadFocus = activeFocus;
            control.author.toggleFollow();
            if (control.author.followed) {
                if (hadFocus)
                    control.forceActiveFocus(Qt.TabFocusReason);
                if (!Theme.reducedMotion)
                    thanks.restart();
            }
        }

        contentItem: Item {
            Rectangle {
                id: disc

                anchors.centerIn: parent
                width: 24
                height: 24
                radius: 12
                color: plus.down || plus.hovered ? Theme.videoAccentPressed : Theme.videoAccent
                border.width: 1.5
                border.color: Theme.videoInk

                Icon {
                    anchors.centerIn: parent
                    size: 16
                    name: thanks.running ? "check" : "plus"
                    color: Theme.videoInk
                }
            }
        }

        background: Item {
            FocusRing {
                target: plus
                shown: plus.visualFocus
                ringColor: Theme.videoFocus
                radius: height / 2
                gap: -1
            }
        }

        // A tick for a moment, then it goes.
        SequentialAnimation {
            id: thanks

            PauseAnimation {
                duration: 600
            }
            NumberAnimation {
                target: disc
                property: "scale"
                to: 0
                duration: Theme.normal
                easing.type: Easing.InBack
            }
            onStopped: disc.scale = 1
        }
    }
}
