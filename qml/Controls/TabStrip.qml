// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

// Views beside each other of which one is shown. Left and Right move between them.
Item {
    id: root

    // [{ value, text, name }]: `name` is the objectName of the button.
    property var options: []
    property var value
    property string label
    property color ink: Theme.text
    property color inkMuted: Theme.textMuted
    property color mark: Theme.accent
    property color ringColor: Theme.focus
    // Each as wide as its words, instead of sharing the width.
    property bool snug: false

    signal chosen(var value)

    // Words that do not fit become smaller, all of them alike.
    readonly property int wordSize: {
        if (snug || options.length === 0)
            return Theme.fontLarge;
        let widest = 1;
        for (const one of options)
            widest = Math.max(widest, metrics.advanceWidth(one.text));
        return Math.max(9, Math.min(Theme.fontLarge, Math.floor(Theme.fontLarge * (width / options.length - Theme.space2) / widest)));
    }

    implicitHeight: row.height
    implicitWidth: row.implicitWidth
    Accessible.role: Accessible.PageTabList
    Accessible.name: label

    FontMetrics {
        id: metrics

        font.pixelSize: Theme.fontLarge
        font.weight: Font.Bold
    }

    Row {
        id: row

        width: root.snug ? implicitWidth : root.width
        height: Theme.fontLarge * 1.3 + 2 * Theme.space3

        Repeater {
            id: cells

            model: root.options

            // Qt 6.4 tells screen readers what kind of control it is, whatever role is declared.
            T.TabButton {
                id: tab

                required property var modelData
                required property int index
                readonly property bool current: modelData.value === root.value

                objectName: modelData.name
                width: root.snug ? implicitWidth : root.width / Math.max(1, root.options.length)
                height: row.height
                implicitWidth: root.snug ? caption.implicitWidth + 2 * Theme.space3 : Theme.target
                text: modelData.text
                hoverEnabled: true
                checkable: false
                Accessible.role: Accessible.PageTab
                Accessible.name: text
                Accessible.selectable: true
                Accessible.selected: current
                Accessible.onPressAction: tab.clicked()
                Keys.onReturnPressed: tab.clicked()
                Keys.onEnterPressed: tab.clicked()
                Keys.onRightPressed: if (index + 1 < cells.count) cells.itemAt(index + 1).forceActiveFocus(Qt.TabFocusReason)
                Keys.onLeftPressed: if (index > 0) cells.itemAt(index - 1).forceActiveFocus(Qt.BacktabFocusReason)
                onClicked: root.chosen(modelData.value)

                contentItem: Item {
                    TextLabel {
                        id: caption

                        anchors.centerIn: parent
                        text: tab.text
                        color: tab.current ? root.ink : root.inkMuted
                        font.pixelSize: root.wordSize
                        font.weight: tab.current ? Font.Bold : Font.DemiBold
                        horizontalAlignment: Text.AlignHCenter
                        lineHeight: 1
                        Accessible.ignored: true
                    }

                    Rectangle {
                        anchors.horizontalCenter: parent.horizontalCenter
                        anchors.bottom: parent.bottom
                        anchors.bottomMargin: Theme.space1
                        width: Math.min(caption.width, 28)
                        height: 3
                        radius: 1.5
                        color: root.mark
                        visible: tab.current
                    }
                }

                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: "transparent"

                    Rectangle {
                        anchors.fill: parent
                        radius: parent.radius
                        color: root.ink
                        opacity: tab.down ? 0.14 : tab.hovered ? 0.07 : 0
                    }
                    FocusRing {
                        target: tab
                        shown: tab.visualFocus
                        ringColor: root.ringColor
                        gap: -3
                        radius: parent.radius
                    }
                }
            }
        }
    }
}
