// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

// One of a few, side by side; below each other when the words do not fit. One stop for the Tab key; arrow keys move inside.
Item {
    id: root

    // [{ value, text }]
    property var options: []
    property var value
    property string label

    signal chosen(var value)

    function move(index: int, back: bool) {
        cells.itemAt(index)?.forceActiveFocus(back ? Qt.BacktabFocusReason : Qt.TabFocusReason);
    }

    readonly property real cell: {
        let widest = 0;
        for (let i = 0; i < cells.count; ++i) {
            const item = cells.itemAt(i);
            if (item)
                widest = Math.max(widest, item.implicitWidth);
        }
        return widest;
    }
    // Where the keyboard is, or comes in.
    readonly property int stop: {
        for (let i = 0; i < cells.count; ++i)
            if (cells.itemAt(i)?.activeFocus)
                return i;
        return Math.max(0, options.findIndex(one => one.value === value));
    }
    readonly property bool stacked: cell * options.length + 8 > width

    implicitHeight: grid.implicitHeight + 8
    implicitWidth: cell * options.length + 8
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.surfaceSunken
    }

    Grid {
        id: grid

        x: 4
        y: 4
        columns: root.stacked ? 1 : root.options.length

        Repeater {
            id: cells

            model: root.options

            // Qt 6.4 tells screen readers what kind of control it is, whatever role is declared.
            T.RadioButton {
                id: option

                required property var modelData
                required property int index
                readonly property bool current: modelData.value === root.value

                width: root.stacked ? root.width - 8 : (root.width - 8) / root.options.length
                implicitWidth: caption.implicitWidth + 2 * Theme.space3
                implicitHeight: Math.max(Theme.target, caption.implicitHeight + 2 * Theme.space2)
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
                Accessible.onPressAction: option.clicked()
                Keys.onReturnPressed: option.clicked()
                Keys.onEnterPressed: option.clicked()
                onClicked: root.chosen(modelData.value)
                focusPolicy: index === root.stop ? Qt.StrongFocus : Qt.ClickFocus
                Keys.onRightPressed: root.move(index + 1, false)
                Keys.onLeftPressed: root.move(index - 1, true)
                Keys.onDownPressed: event => {
                    event.accepted = root.stacked && index + 1 < root.options.length;
                    if (event.accepted)
                        root.move(index + 1, false);
                }
                Keys.onUpPressed: event => {
                    event.accepted = root.stacked && index > 0;
                    if (event.accepted)
                        root.move(index - 1, true);
                }

                contentItem: Item {
                    TextLabel {
                        id: caption

                        anchors.centerIn: parent
                        text: option.text
                        color: option.current ? Theme.text : Theme.textMuted
                        font.weight: option.current ? Font.Bold : Font.Normal
                        Accessible.ignored: true
                    }
                }

                background: Rectangle {
                    radius: Theme.radius - 4
                    color: option.current ? Theme.surfaceRaised : option.down ? Theme.press : option.hovered ? Theme.hover : "transparent"
                    border.width: option.current ? 1 : 0
                    border.color: Theme.outline

                    FocusRing {
                        target: option
                        shown: option.visualFocus
                        gap: -2
                        radius: parent.radius
                    }
                }
            }
        }
    }
}
