// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

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

    // How wide each is when it has what its words need. Also when the letters grow.
    readonly property var needs: metrics.font.pixelSize > 0 ? options.map(one => Math.ceil(metrics.advanceWidth(one.text)) + 2 * Theme.space3) : []
    readonly property real needed: needs.reduce((sum, one) => sum + one, 0)
    // All alike where the longest fits, else by their words. Where not even that fits, one sees a part and moves it.
    readonly property bool alike: needs.every(one => one <= width / options.length + 2 * Theme.space2)

    function widthOf(index: int): real {
        return alike ? width / Math.max(1, options.length) : (needs[index] ?? 0) + Math.max(0, (width - needed) / options.length);
    }

    // Brings a tab into sight, with the beginning of the one beside it.
    function reveal(tab: Item) {
        const beside = Theme.space6;
        if (!tab || !view.interactive)
            return;
        if (tab.x - beside < view.contentX)
            view.contentX = Math.max(0, tab.x - beside);
        else if (tab.x + tab.width + beside > view.contentX + view.width)
            view.contentX = Math.max(0, Math.min(tab.x + tab.width + beside, view.contentWidth) - view.width);
    }

    // Nearly all of what is seen makes room for what is beside it.
    function turn(back: bool) {
        const way = Math.max(Theme.target, view.width - 2 * Theme.space6);
        view.contentX = Math.max(0, Math.min(view.contentWidth - view.width, view.contentX + (back ? -way : way)));
    }

    function revealCurrent() {
        for (let i = 0; i < cells.count; ++i)
            if (options[i]?.value === value)
                reveal(cells.itemAt(i));
    }

    onValueChanged: revealCurrent()
    implicitHeight: row.height
    implicitWidth: row.implicitWidth
    Accessible.role: Accessible.PageTabList
    Accessible.name: label

    FontMetrics {
        id: metrics

        font.pixelSize: Theme.fontLarge
        font.weight: Font.Bold
    }

    Flickable {
        id: view

        anchors.fill: parent
        contentWidth: row.width
        interactive: contentWidth > width + 1
        clip: interactive
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        onWidthChanged: root.revealCurrent()
        onContentWidthChanged: Qt.callLater(root.revealCurrent)

        Row {
            id: row

            width: root.snug ? implicitWidth : Math.max(root.width, implicitWidth)
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
                    width: root.snug ? implicitWidth : root.widthOf(index)
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
                    onActiveFocusChanged: if (activeFocus) root.reveal(this)

                    contentItem: Item {
                        TextLabel {
                            id: caption

                            anchors.centerIn: parent
                            text: tab.text
                            color: tab.current ? root.ink : root.inkMuted
                            font.pixelSize: Theme.fontLarge
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

    // That there is more, and on which side; a press brings it. By keyboard and reader one reaches the tabs themselves.
    Repeater {
        model: ["moreTabsBefore", "moreTabs"]

        Rectangle {
            required property string modelData
            required property int index
            readonly property bool before: index === 0

            objectName: modelData
            x: before ? 0 : root.width - width
            width: 20
            height: root.height
            color: Theme.background
            visible: view.interactive && (before ? !view.atXBeginning : !view.atXEnd)

            Icon {
                anchors.centerIn: parent
                size: 18
                rotation: parent.before ? 180 : 0
                name: "chevron-right"
                color: root.inkMuted
            }

            TapHandler {
                gesturePolicy: TapHandler.WithinBounds
                // With the other half of the room that a finger needs.
                margin: (Theme.target - parent.width) / 2
                onTapped: root.turn(parent.before)
            }
        }
    }
}
