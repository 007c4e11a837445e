// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What can be set.
FocusScope {
    id: root

    required property Settings settings
    // Of the server in words and its address, as the application knows them.
    property string serverName
    property string serverAddress
    property string version

    signal backWanted

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        title: qsTr("Settings")
        focus: true
        onBackWanted: root.backWanted()
    }

    CardColumn {
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        Card {
            width: parent.width
            title: qsTr("Appearance")

            SettingRow {
                width: parent.width
                iconName: "sun"
                text: qsTr("Theme")

                Choice {
                    objectName: "themeChoice"
                    width: parent.width
                    label: qsTr("Theme")
                    value: root.settings.theme
                    options: [
                        {
                            "value": Settings.Theme.System,
                            "text": qsTr("System")
                        },
                        {
                            "value": Settings.Theme.Light,
                            "text": qsTr("Light")
                        },
                        {
                            "value": Settings.Theme.Dark,
                            "text": qsTr("Dark")
                        }
                    ]
                    onChosen: value => root.settings.theme = value
                }
            }

            SettingRow {
                width: parent.width
                iconName: "globe"
                text: qsTr("Language")

                Choice {
                    objectName: "languageChoice"
                    width: parent.width
                    label: qsTr("Language")
                    value: root.settings.language
                    options: [
                        {
                            "value": "system",
                            "text": qsTr("System")
                        },
                        {
                            "value": "zh_CN",
                            "text": "中文"
                        },
                        {
                            "value": "en",
                            "text": "English"
                        }
                    ]
                    onChosen: value => root.settings.language = value
                }
            }

            SettingRow {
                width: parent.width
                iconName: "text"
                text: qsTr("Text size")

                Choice {
                    objectName: "textScaleChoice"
                    width: parent.width
                    label: qsTr("Text size")
                    value: root.settings.textScale
                    options: [
                        {
                            "value": 1,
                            "text": qsTr("%1%").arg(100)
                        },
                        {
                            "value": 1.25,
                            "text": qsTr("%1%").arg(125)
                        },
                        {
                            "value": 1.5,
                            "text": qsTr("%1%").arg(150)
                        },
                        {
                            "value": 2,
                            "text": qsTr("%1%").arg(200)
                        }
                    ]
                    onChosen: value => root.settings.textScale = value
                }
            }

            Toggle {
                objectName: "motionToggle"
                width: parent.width
                iconName: "motion"
                text: qsTr("Reduced motion")
                detail: qsTr("Things appear instead of moving")
                checked: root.settings.reducedMotion
                onToggled: root.settings.reducedMotion = checked
            }
        }

        Card {
            width: parent.width
            title: qsTr("Playback")

            Toggle {
                objectName: "muteToggle"
                width: parent.width
                iconName: "mute"
                text: qsTr("Mute")
                detail: qsTr("Videos play without sound")
                checked: root.settings.muted
                onToggled: root.settings.muted = checked
            }

            Toggle {
                objectName: "autoScrollToggle"
                width: parent.width
                iconName: "autoscroll"
                text: qsTr("Go on by itself")
                detail: qsTr("To the next video when one has ended")
                checked: root.settings.autoScroll
                onToggled: root.settings.autoScroll = checked
            }
        }

        Card {
            width: parent.width
            title: qsTr("About")

            SettingRow {
                width: parent.width
                iconName: "server"
                text: qsTr("Server")
                value: root.serverName
                detail: root.serverAddress
            }


            SettingRow {
                width: parent.width
                iconName: "info"
                text: qsTr("Version")
                value: root.version
                visible: value.length > 0
            }
        }
    }
}
