// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import TikGok.Controls

// Comes from the bottom on a narrow window, stands in the middle on a wide one. Its contents scroll when they do
// not fit. Escape and a tap outside close it.
//
// Where one types in it, the field gets the keyboard when the sheet is visible: it is opened only when it has stopped moving,
// and somebody types already.
RisingPopup {
    id: sheet

    property string title
    property bool wide: parent ? parent.width >= 720 : false
    property real preferredWidth: 440
    default property alias contents: column.data

    // dismissed() comes only when the person closed it, not when the program did.
    signal dismissed
    property bool closedByProgram: false

    function finish() {
        closedByProgram = true;
        close();
    }

    width: parent ? (wide ? Math.min(preferredWidth * Math.min(Theme.textScale, 1.4), parent.width - 48) : parent.width) : 0
    height: parent ? Math.min(head.height + column.implicitHeight + 2 * Theme.space5, parent.height - (wide ? 48 : 16)) : 0
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((wide ? (parent.height - height) / 2 : parent.height - height) + slide) : 0

    onAboutToShow: closedByProgram = false
    onClosed: if (!closedByProgram) dismissed()

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.fast
        }
        NumberAnimation {
            target: sheet
            property: "slide"
            from: sheet.wide ? 16 : Math.min(sheet.height, 240)
            to: 0
            duration: Theme.normal
            easing.type: Easing.OutCubic
        }
    }
    exit: Transition {
        NumberAnimation {
            property: "opacity"
            to: 0
            duration: Theme.fast
        }
    }

    T.Overlay.modal: Rectangle {
        color: Theme.scrim
    }

    background: Rectangle {
        color: Theme.surface
        radius: Theme.radiusLarge
        border.width: Theme.dark ? 1 : 0
        border.color: Theme.outline

        // Square below on a narrow window: the sheet grows out of the edge.
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.radiusLarge
            color: parent.color
            visible: !sheet.wide
        }
    }

    contentItem: FocusScope {
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: sheet.title
        // What has the keyboard in it did not want these: they move what does not fit.
        Keys.onPressed: event => event.accepted = flick.interactive && ListKeys.scroll(flick, event)

        Item {
            id: head

            width: parent.width
            height: Math.max(60, heading.implicitHeight + 2 * Theme.space3)

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 8
                width: 36
                height: 4
                radius: 2
                color: Theme.outline
                visible: !sheet.wide
            }

            TextLabel {
                id: heading

                objectName: "sheetTitle"
                anchors.left: parent.left
                anchors.leftMargin: Theme.space5
                anchors.right: closer.left
                anchors.rightMargin: Theme.space2
                anchors.verticalCenter: parent.verticalCenter
                anchors.verticalCenterOffset: sheet.wide ? 2 : 6
                text: sheet.title
                font.pixelSize: Theme.fontTitle
                font.weight: Font.Bold
                wrapMode: Text.Wrap
                lineHeight: 1.1
                Accessible.role: Accessible.Heading
            }

            IconButton {
                id: closer

                anchors.right: parent.right
                anchors.rightMargin: Theme.space3
                anchors.verticalCenter: heading.verticalCenter
                iconName: "close"
                ink: Theme.textMuted
                text: qsTr("Close")
                visible: sheet.dismissable
                onClicked: sheet.close()
                onDoubleClicked: {}
            }
        }

        Flickable {
            id: flick

            objectName: "sheetContents"
            anchors.top: head.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            contentHeight: column.implicitHeight + 2 * Theme.space5
            clip: contentHeight > height
            interactive: contentHeight > height
            boundsBehavior: Flickable.StopAtBounds

            ScrollMark {
                flickable: flick
            }

            ReadingOrder {
                view: flick
            }

            Column {
                id: column

                x: Theme.space5
                y: Theme.space2
                width: flick.width - 2 * Theme.space5
                spacing: Theme.space4
            }
        }
    }
}
