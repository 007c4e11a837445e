// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// Why the program does not start, for somebody who does not read what it prints. All that is shown of it then; see
// app/refusal_window.h.
Window {
    id: window

    // "system", "light" or "dark".
    property string theme: "system"
    property real textScale: 1
    // "noAnswer", "dataInUse", "folder" or "noTarget".
    required property string reason
    // What it was to open.
    property string word

    readonly property string heading: {
        switch (reason) {
        case "noAnswer":
            return qsTr("TikGok does not answer");
        case "dataInUse":
            return qsTr("TikGok is running already");
        case "folder":
            return qsTr("TikGok cannot open a folder");
        default:
            return qsTr("TikGok cannot open this");
        }
    }
    readonly property string advice: {
        switch (reason) {
        case "noAnswer":
            return qsTr("It is running already, but its window does not react. Wait a moment and start it again. If that does not help, end it with the system monitor, or sign out of the desktop.");
        case "dataInUse":
            return qsTr("It uses the same data and cannot be called from here, perhaps because you started it in another session. Close it there first, then start it here again.");
        case "folder":
            return qsTr("“%1” is a folder. Choose a video in it instead.").arg(word);
        default:
            return qsTr("“%1” is neither a file on this computer nor a link to a video or a person in TikGok. A video that lies elsewhere can be published once it has been copied to this computer.").arg(word);
        }
    }

    // As large as its words, and nothing to be gained by another size.
    readonly property int neededWidth: Math.ceil(pane.measure + 2 * Theme.space5)
    readonly property int neededHeight: Math.ceil(pane.implicitHeight + 2 * Theme.space6)

    width: neededWidth
    height: neededHeight
    minimumWidth: neededWidth
    minimumHeight: neededHeight
    maximumWidth: neededWidth
    maximumHeight: neededHeight
    flags: Qt.Dialog
    visible: true
    title: qsTr("TikGok")
    color: Theme.background

    SystemPalette {
        id: system
    }

    Binding {
        target: Theme
        property: "dark"
        value: window.theme === "dark" || (window.theme === "system" && system.window.hslLightness < 0.5)
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.textScale
    }

    FocusScope {
        anchors.fill: parent
        focus: true
        // Also where Tab has led away from the button.
        Keys.onReturnPressed: window.close()
        Keys.onEnterPressed: window.close()
        Keys.onEscapePressed: window.close()

        MessagePane {
            id: pane

            anchors.centerIn: parent
            width: parent.width
            measure: Math.round(400 * Math.min(Theme.textScale, 1.6))
            iconName: window.reason === "folder" || window.reason === "noTarget" ? "film-off" : "warning"
            title: window.heading
            text: window.advice
            // The picture gives its room to large words.
            compact: Theme.textScale > 1.35
            actionText: qsTr("Close")
            actionName: "refusalClose"
            onTriggered: window.close()
        }
    }

    Component.onCompleted: pane.action.forceActiveFocus()
}
