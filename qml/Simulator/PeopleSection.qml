// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Everybody there is; a tap signs in as them.
Column {
    id: root

    required property SimulatorDesk desk
    required property Session session

    spacing: Theme.space4

    Component.onCompleted: desk.findPeople("")

    Field {
        id: part

        objectName: "personName"
        width: parent.width
        label: qsTr("Find somebody")
        placeholder: qsTr("A part of the name")
        onTextChanged: root.desk.findPeople(text)
    }

    Card {
        width: parent.width
        title: qsTr("Sign in as")

        Repeater {
            id: personRows

            model: root.desk.people

            ListRow {
                required property var model

                objectName: "become_" + model.name
                width: parent.width
                current: root.session.signedIn && root.session.userId === model.userId
                iconName: "person"
                text: model.name
                detail: current ? qsTr("That is you now") : ""
                Accessible.name: qsTr("Sign in as %1").arg(model.name)
                onClicked: root.desk.become(model.userId)
            }
        }

        TextLabel {
            x: Theme.space4
            width: parent.width - 2 * x
            topPadding: Theme.space3
            bottomPadding: Theme.space3
            text: qsTr("Nobody has a name like that.")
            muted: true
            wrapMode: Text.Wrap
            visible: personRows.count === 0 && part.text.length > 0
        }
    }
}
