// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

// Pictures of the video, one of which is its cover. One stop for the Tab key; arrow keys choose.
Column {
    id: root

    // Maps with `source` and `at`.
    property var frames: []
    property real at: 0
    // False: the server makes its covers by itself.
    property bool taken: true
    readonly property int chosen: {
        let best = 0;
        for (let i = 0; i < frames.length; ++i)
            if (Math.abs(frames[i].at - at) < Math.abs(frames[best].at - at))
                best = i;
        return best;
    }

    signal picked(real at)

    function step(by: int) {
        const next = Math.max(0, Math.min(frames.length - 1, chosen + by));
        if (next !== chosen)
            picked(frames[next].at);
    }

    spacing: Theme.space2

    TextLabel {
        width: parent.width
        text: qsTr("Cover")
        font.weight: Font.Bold
        Accessible.role: Accessible.Heading
    }

    Grid {
        id: strip

        readonly property real cell: (width - (columns - 1) * spacing) / columns

        objectName: "coverStrip"
        width: parent.width
        columns: width < 560 ? 5 : 10
        spacing: Theme.space1
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Cover: picture %1 of %2").arg(root.chosen + 1).arg(root.frames.length)
        Accessible.description: !root.taken ? note.text : ""
        Accessible.focusable: true
        Keys.onLeftPressed: root.step(-1)
        Keys.onRightPressed: root.step(1)
        Keys.onUpPressed: root.step(-strip.columns)
        Keys.onDownPressed: root.step(strip.columns)

        Repeater {
            model: root.frames

            // Qt 6.4 tells screen readers what kind of control it is, whatever role is declared.
            T.RadioButton {
                id: cell

                required property var modelData
                required property int index
                readonly property bool current: index === root.chosen

                width: Math.floor(strip.cell)
                height: Math.round(width * 1.3)
                padding: 4
                focusPolicy: Qt.NoFocus
                checkable: false
                text: qsTr("Picture at %1").arg(Format.time(modelData.at))
                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.checkable: true
                Accessible.checked: current
                // Controls of Qt take their own states again when a screen reader comes.
                Accessible.onCheckableChanged: if (!Accessible.checkable) Accessible.checkable = true
                Accessible.onCheckedChanged: if (Accessible.checked !== current) Accessible.checked = Qt.binding(() => current)
                Accessible.onPressAction: clicked()
                onClicked: root.picked(modelData.at)

                contentItem: Item {
                    Image {
                        anchors.fill: parent
                        source: cell.modelData.source
                        fillMode: Image.PreserveAspectCrop
                        opacity: cell.current ? 1 : 0.7
                        Accessible.ignored: true
                    }

                    Rectangle {
                        anchors.right: parent.right
                        anchors.bottom: parent.bottom
                        anchors.margins: 3
                        width: 20
                        height: 20
                        radius: 10
                        color: Theme.accent
                        visible: cell.current

                        Icon {
                            anchors.centerIn: parent
                            size: 14
                            name: "check"
                            color: Theme.accentInk
                        }
                    }
                }

                background: Rectangle {
                    radius: 6
                    color: cell.hovered ? Theme.hover : "transparent"
                    border.width: cell.current ? 3 : 0
                    border.color: strip.activeFocus ? Theme.focus : Theme.accent
                }
            }
        }
    }

    TextLabel {
        id: note

        objectName: "coverNote"
        width: parent.width
        text: qsTr("This server makes its covers by itself. The picture is sent, but it may show another one.")
        muted: true
        font.pixelSize: Theme.fontCaption
        wrapMode: Text.Wrap
        visible: !root.taken
    }
}
