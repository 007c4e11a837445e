// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Core

// Follows a person, or no more. Shows what was chosen at once; not there for oneself.
PushButton {
    id: root

    property UserEntity user: null
    readonly property bool followed: user !== null && user.followed

    kind: followed ? PushButton.Secondary : PushButton.Primary
    text: followed ? qsTr("Following") : qsTr("Follow")
    visible: user !== null && !user.isMe
    // The server has not heard of it yet.
    opacity: user !== null && user.followPending ? 0.75 : 1
    Accessible.name: user === null ? text : followed ? qsTr("Unfollow %1").arg(user.name) : qsTr("Follow %1").arg(user.name)
    Accessible.checkable: true
    Accessible.checked: followed
    // Controls of Qt take their own states again when a screen reader comes.
    Accessible.onCheckableChanged: if (!Accessible.checkable) Accessible.checkable = true
    Accessible.onCheckedChanged: if (Accessible.checked !== followed) Accessible.checked = Qt.binding(() => followed)
    onClicked: user.toggleFollow()
}
