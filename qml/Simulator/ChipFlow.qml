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

    function focusAt(index: int, reason: int) {
        if (index >= 0 && index < cells.count)
            cells.itemAt(index).forceActiveFocus(reason);
    }

    function focusChosen() {
        for (let i = 0; i < cells.count; ++i)
            if (options[i].value === value)
                focusAt(i, Qt.TabFocusReason);
    }

    spacing: Theme.space2
    Accessible.role: tabs ? Accessible.PageTabList : Accessible.Grouping
    Accessible.name: label

    component Words: Item {
        id: words

        required property T.AbstractButton chip
        required property bool current

        implicitWidth: measure.implicitWidth
        implicitHeight: caption.implicitHeight

        // As wide as the bold words, so that choosing moves nothing.
        TextLabel {
            id: measure

            visible: false
            text: words.chip.text
            font.weight: Font.Bold
            Accessible.ignored: true
        }

        TextLabel {
            id: caption

            anchors.centerIn: parent
            width: Math.min(measure.implicitWidth, words.chip.width - 2 * Theme.space4)
            text: words.chip.text
            color: words.current ? Theme.accentSoftInk : Theme.text
            font.weight: words.current ? Font.Bold : Font.Normal
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            lineHeight: lineCount > 1 ? 1.1 : 1
            Accessible.ignored: true
        }
    }

    component Back: Rectangle {
        id: back

        required property T.AbstractButton chip
        required property bool current

        radius: Math.min(height / 2, Theme.radiusLarge)
        color: current ? Theme.accentSoft : Theme.surface
        border.width: 1
        border.color: current ? Theme.accent : Theme.outlineStrong

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: back.chip.down ? Theme.press : back.chip.hovered ? Theme.hover : "transparent"
        }
        FocusRing {
            target: back.chip
            shown: back.chip.visualFocus
            radius: parent.radius + 2
        }
    }

    Repeater {
        id: cells

        model: root.options
        delegate: root.tabs ? tabChip : choiceChip
    }

    // Qt 6.4 tells screen readers what kind of control it is, whatever role is declared.
    Component {
        id: tabChip

        T.TabButton {
            id: tab

            required property var modelData
            required property int index
            readonly property bool current: modelData.value === root.value

            objectName: modelData.name
            implicitWidth: Math.min(root.width, Math.max(Theme.target, contentItem.implicitWidth + 2 * Theme.space4))
            implicitHeight: Math.max(Theme.target, contentItem.implicitHeight + 2 * Theme.space2)
            text: modelData.text
            checkable: false
            hoverEnabled: true
            Accessible.role: Accessible.PageTab
            Accessible.name: text
            Accessible.selectable: true
            Accessible.selected: current
            Accessible.onPressAction: tab.clicked()
            Keys.onReturnPressed: tab.clicked()
            Keys.onEnterPressed: tab.clicked()
            Keys.onRightPressed: root.focusAt(index + 1, Qt.TabFocusReason)
            Keys.onLeftPressed: root.focusAt(index - 1, Qt.BacktabFocusReason)
            onClicked: root.chosen(modelData.value)

            contentItem: Words {
                chip: tab
                current: tab.current
            }
            background: Back {
                chip: tab
                current: tab.current
            }
        }
    }

    Component {
        id: choiceChip

        T.RadioButton {
            id: choice

            required property var modelData
            required property int index
            readonly property bool current: modelData.value === root.value

            objectName: modelData.name
            implicitWidth: Math.min(root.width, Math.max(Theme.target, contentItem.implicitWidth + 2 * Theme.space4))
            implicitHeight: Math.max(Theme.target, contentItem.implicitHeight + 2 * Theme.space2)
            text: modelData.text
            checkable: false
            hoverEnabled: true
            Accessible.role: Accessible.RadioButton
            Accessible.name: text
            Accessible.checkable: true
            Accessible.checked: current
            // Controls of Qt take their own states again when a screen reader comes.
            Accessible.onCheckableChanged: if (!Accessible.checkable) Accessible.checkable = true
            Accessible.onCheckedChanged: if (Accessible.checked !== current) Accessible.checked = Qt.binding(() => current)
            Accessible.onPressAction: choice.clicked()
            Keys.onReturnPressed: choice.clicked()
            Keys.onEnterPressed: choice.clicked()
            Keys.onRightPressed: root.focusAt(index + 1, Qt.TabFocusReason)
            Keys.onLeftPressed: root.focusAt(index - 1, Qt.BacktabFocusReason)
            onClicked: root.chosen(modelData.value)

            contentItem: Words {
                chip: choice
                current: choice.current
            }
            background: Back {
                chip: choice
                current: choice.current
            }
        }
    }
}
