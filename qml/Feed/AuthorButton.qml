// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls
import TikGok.Core

// The author's picture; opens the card about them.
T.AbstractButton {
    id: control

    property UserEntity author: null

    implicitWidth: 56
    implicitHeight: 56
    enabled: author !== null
    text: author ? qsTr("About %1").arg(author.name) : qsTr("Unknown author")
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        Avatar {
            anchors.centerIn: parent
            width: 48
            height: 48
            ring: true
            name: control.author ? control.author.name : ""
            source: control.author ? control.author.avatarUrl : ""
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
}
