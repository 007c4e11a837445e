// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

// A kind of tab, because Qt 6.4 tells screen readers what kind of control it is, whatever role is declared.
T.TabButton {
    id: control

    property string iconName
    property bool current: false
    // Makes something new; stands out from the places one goes to.
    property bool prominent: false
    // Shown over the icon; 0 shows nothing. `badgeText` says it in words.
    property int badge: 0
    property string badgeText
    // Words under the icon; without them the icon stands alone, as where large text has no room.
    property bool labelled: true
    readonly property real labelWidth: label.implicitWidth

    implicitWidth: 64
    implicitHeight: Math.max(56, pill.height + (labelled ? label.implicitHeight : 0) + 12)
    hoverEnabled: true
    checkable: false
    Accessible.role: Accessible.PageTab
    Accessible.name: Format.sentence([text, badge > 0 ? badgeText : ""])
    Accessible.selectable: true
    Accessible.selected: current
    Accessible.onPressAction: control.clicked()
    Keys.onReturnPressed: control.clicked()
    Keys.onEnterPressed: control.clicked()

    contentItem: Item {
        Column {
            anchors.centerIn: parent
            spacing: 3

            Rectangle {
                id: pill

                anchors.horizontalCenter: parent.horizontalCenter
                width: 56
                height: 30
                radius: 15
                color: control.prominent ? (control.down || control.hovered ? Theme.accentPressed : Theme.accent)
                    : control.current ? Theme.accentSoft : control.down ? Theme.press : control.hovered ? Theme.hover : "transparent"

                Icon {
                    anchors.centerIn: parent
                    size: 24
                    name: control.iconName + (control.current && !control.prominent ? "-fill" : "")
                    color: control.prominent ? Theme.accentInk : control.current ? Theme.accentSoftInk : Theme.textMuted
                }

                IconBadge {
                    objectName: "navBadge"
                    beside: Theme.space2
                    above: 3
                    count: control.badge
                }
            }

            TextLabel {
                id: label

                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(implicitWidth, control.width)
                text: control.text
                elide: Text.ElideRight
                visible: control.labelled
                color: control.current ? Theme.text : Theme.textMuted
                font.pixelSize: Theme.fontCaption
                font.weight: control.current ? Font.Bold : Font.Normal
                lineHeight: 1
                Accessible.ignored: true
            }
        }
    }

    background: Item {
        FocusRing {
            target: control
            shown: control.visualFocus
            gap: -6
        }
    }
}
