// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import QtQuick.Templates as T

// The button with words. Exactly one Primary per view.
T.Button {
    id: control

    enum Kind {
        Primary,
        Secondary,
        Quiet,
        Danger
    }

    property int kind: PushButton.Secondary
    property string iconName
    property bool busy: false
    // For places that are not of the theme's colours (notices, the stage).
    property color inkOverride: "transparent"
    property color ringColor: Theme.focus

    readonly property color ink: inkOverride.a > 0 ? inkOverride : kind === PushButton.Primary ? Theme.accentInk : kind === PushButton.Danger ? Theme.danger
        : kind === PushButton.Quiet ? Theme.accent : Theme.text

    // In one line. Not asked of the label that is seen, whose answer changes while it is being fitted in.
    readonly property real wordsWidth: measure.implicitWidth

    implicitHeight: Math.max(Theme.target, label.implicitHeight + 2 * Theme.space2)
    implicitWidth: Math.max(Theme.target, wordsWidth + (mark.visible ? mark.width + Theme.space2 : 0) + (dots.visible ? dots.width + Theme.space2 : 0) + leftPadding + rightPadding)
    leftPadding: kind === PushButton.Quiet ? Theme.space3 : Theme.space5 - 4
    rightPadding: leftPadding
    font.pixelSize: Theme.fontBody
    font.weight: Font.Bold
    hoverEnabled: true
    opacity: enabled || busy ? 1 : 0.5

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: control.clicked()
    // Once, however long it is held: what it does may put another question into its place.
    Keys.onReturnPressed: event => press(event)
    Keys.onEnterPressed: event => press(event)

    function press(event: KeyEvent) {
        if (!event.isAutoRepeat)
            clicked();
    }

    TextLabel {
        id: measure

        text: control.text
        font: control.font
        visible: false
    }

    contentItem: Item {
        implicitWidth: label.implicitWidth
        implicitHeight: label.implicitHeight

        Row {
            id: label

            anchors.centerIn: parent
            spacing: Theme.space2

            Spinner {
                id: dots

                anchors.verticalCenter: parent.verticalCenter
                // As wide as the icon in whose place it comes: the button stays as it is.
                width: control.iconName.length > 0 ? Theme.fontTitle : Theme.fontLarge
                height: width
                color: control.ink
                visible: control.busy
            }

            Icon {
                id: mark

                anchors.verticalCenter: parent.verticalCenter
                size: Theme.fontTitle
                name: control.iconName
                color: control.ink
                visible: control.iconName.length > 0 && !control.busy
            }

            TextLabel {
                id: words

                anchors.verticalCenter: parent.verticalCenter
                // On a narrow window and with large text, words go on in a second line.
                width: Math.min(control.wordsWidth, control.availableWidth - (mark.visible ? mark.width + Theme.space2 : 0) - (dots.visible ? dots.width + Theme.space2 : 0))
                text: control.text
                font: control.font
                color: control.ink
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
                lineHeight: lineCount > 1 ? 1.1 : 1
                Accessible.ignored: true
            }
        }
    }

    background: Rectangle {
        radius: height / 2
        color: control.kind === PushButton.Primary ? (control.down ? Theme.accentPressed : Theme.accent)
            : control.down ? Theme.press : control.hovered ? Theme.hover : "transparent"
        border.width: control.kind === PushButton.Secondary || control.kind === PushButton.Danger ? 1 : 0
        border.color: control.kind === PushButton.Danger ? Theme.danger : Theme.outlineStrong

        FocusRing {
            target: control
            shown: control.visualFocus
            ringColor: control.ringColor
            radius: height / 2
        }
    }
}
