// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

// One request and how it was answered.
T.AbstractButton {
    id: control

    required property var model
    readonly property bool answered: model.status > 0
    readonly property bool bad: model.status >= 400 || model.cut.length > 0
    readonly property string outcome: answered ? model.status : qsTr("cut", "no answer came")

    implicitHeight: Math.max(52, column.implicitHeight + 2 * Theme.space2)
    leftPadding: Theme.space4
    rightPadding: Theme.space4
    text: qsTr("%1 %2: %3").arg(model.method).arg(model.path).arg(outcome)
    hoverEnabled: true
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: details.text
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        implicitHeight: column.implicitHeight

        TextLabel {
            id: status

            anchors.left: parent.left
            anchors.top: column.top
            width: Math.round(44 * Theme.textScale)
            text: control.outcome
            color: control.bad ? Theme.danger : Theme.success
            font.weight: Font.Bold
            Accessible.ignored: true
        }

        Column {
            id: column

            anchors.left: status.right
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter

            TextLabel {
                width: parent.width
                text: qsTr("%1 %2").arg(control.model.method).arg(control.model.path)
                wrapMode: Text.WrapAnywhere
                Accessible.ignored: true
            }

            TextLabel {
                id: details

                width: parent.width
                text: {
                    const parts = [control.model.time, qsTr("%1 ms").arg(control.model.spent)];
                    if (control.model.cut.length > 0)
                        parts.push(SimulatorWords.cut(control.model.cut, control.answered));
                    if (control.model.code > 0)
                        parts.push(qsTr("code %1").arg(control.model.code));
                    if (control.model.fault.length > 0)
                        parts.push(qsTr("struck by %1").arg(control.model.fault));
                    return SimulatorWords.list(parts);
                }
                color: control.model.fault.length > 0 ? Theme.warning : Theme.textMuted
                font.pixelSize: Theme.fontCaption
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
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
