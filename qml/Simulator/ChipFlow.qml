// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

// One of several, as many beside each other as fit. Left and Right move between them.
Flow {
    id: root

    // [{ value, text, name }]: `name` is the objectName of the button.
    property var options: []
    property var value
    property string label
    // The parts of a page, instead of a choice in a form.
    property bool tabs: false

    signal chosen(var value)

    function focusChosen() {
        for (let i = 0; i < cells.count; ++i)
            if (options[i].value === value)
                cells.itemAt(i).forceActiveFocus(Qt.TabFocusReason);
    }

    spacing: Theme.space2
    Accessible.role: tabs ? Accessible.PageTabList : Accessible.Grouping
    Accessible.name: label

    Repeater {
        id: cells

        model: root.options

        T.AbstractButton {
            id: chip

            required property var modelData
            required property int index
            readonly property bool current: modelData.value === root.value

            objectName: modelData.name
            width: Math.min(implicitWidth, root.width)
            implicitWidth: Math.max(Theme.target, measure.implicitWidth + 2 * Theme.space4)
            implicitHeight: Math.max(Theme.target, caption.implicitHeight + 2 * Theme.space2)
            text: modelData.text
            hoverEnabled: true
            Accessible.role: root.tabs ? Accessible.PageTab : Accessible.RadioButton
            Accessible.name: text
            Accessible.selectable: root.tabs
            Accessible.selected: root.tabs && current
            Accessible.checkable: !root.tabs
            Accessible.checked: !root.tabs && current
            Accessible.onPressAction: chip.clicked()
            Keys.onReturnPressed: chip.clicked()
            Keys.onEnterPressed: chip.clicked()
            Keys.onRightPressed: if (index + 1 < cells.count) cells.itemAt(index + 1).forceActiveFocus(Qt.TabFocusReason)
            Keys.onLeftPressed: if (index > 0) cells.itemAt(index - 1).forceActiveFocus(Qt.BacktabFocusReason)
            onClicked: root.chosen(modelData.value)

            contentItem: Item {
                // As wide as the bold words, so that choosing moves nothing.
                TextLabel {
                    id: measure

                    visible: false
                    text: chip.text
                    font.weight: Font.Bold
                    Accessible.ignored: true
                }

                TextLabel {
                    id: caption

                    anchors.centerIn: parent
                    width: Math.min(measure.implicitWidth, chip.width - 2 * Theme.space4)
                    text: chip.text
                    color: chip.current ? Theme.accentSoftInk : Theme.text
                    font.weight: chip.current ? Font.Bold : Font.Normal
                    wrapMode: Text.Wrap
                    horizontalAlignment: Text.AlignHCenter
                    lineHeight: lineCount > 1 ? 1.1 : 1
                    Accessible.ignored: true
                }
            }

            background: Rectangle {
                radius: Math.min(height / 2, Theme.radiusLarge)
                color: chip.current ? Theme.accentSoft : Theme.surface
                border.width: 1
                border.color: chip.current ? Theme.accent : Theme.outlineStrong

                Rectangle {
                    anchors.fill: parent
                    radius: parent.radius
                    color: chip.down ? Theme.press : chip.hovered ? Theme.hover : "transparent"
                }
                FocusRing {
                    target: chip
                    shown: chip.visualFocus
                    radius: parent.radius + 2
                }
            }
        }
    }
}
