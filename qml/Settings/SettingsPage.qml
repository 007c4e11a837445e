// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// What can be set.
FocusScope {
    id: root

    required property Settings settings
    required property Session session
    required property ServersModel servers
    required property PlaybackController playback
    required property DataUsage usage
    required property OfflineStore offline
    property string version

    signal backWanted
    signal accountsWanted
    signal serversWanted
    signal shortcutsWanted
    signal diagnosticsWanted
    signal notice(string text)
    signal simulatorWanted

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")
    Keys.forwardTo: [column]

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
        id: column

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        Card {
            width: parent.width
            title: qsTr("Account and server")

            ListRow {
                objectName: "accountsRow"
                width: parent.width
                iconName: "person"
                text: qsTr("Accounts")
                detail: root.session.signedIn ? root.session.userName : qsTr("Nobody is signed in")
                chevron: true
                onClicked: root.accountsWanted()
            }

            ListRow {
                objectName: "serversRow"
                width: parent.width
                iconName: "server"
                text: qsTr("Server")
                detail: {
                    const name = root.servers.presentName.length > 0 ? root.servers.presentName : qsTr("Built in");
                    const kind = ServerWords.dialect(root.servers.dialect);
                    const known = kind.length > 0 ? qsTr("%1 · %2").arg(name).arg(kind) : name;
                    return root.servers.forThisRun ? qsTr("%1 · for this run, from the command line").arg(known) : known;
                }
                chevron: true
                onClicked: root.serversWanted()
            }
        }

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
                objectName: "autoplayToggle"
                width: parent.width
                iconName: "play"
                text: qsTr("Play at once")
                detail: qsTr("Otherwise a video waits for a tap")
                checked: root.settings.autoplay
                onToggled: root.settings.autoplay = checked
            }

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

            SettingRow {
                width: parent.width
                iconName: "speed"
                text: qsTr("Speed")

                Choice {
                    objectName: "speedChoice"
                    width: parent.width
                    label: qsTr("Speed")
                    value: root.settings.playbackRate
                    options: [
                        {
                            "value": 0.5,
                            "text": Format.speed(0.5)
                        },
                        {
                            "value": 1,
                            "text": Format.speed(1)
                        },
                        {
                            "value": 1.5,
                            "text": Format.speed(1.5)
                        },
                        {
                            "value": 2,
                            "text": Format.speed(2)
                        }
                    ]
                    onChosen: value => root.settings.playbackRate = value
                }
            }

            SettingRow {
                width: parent.width
                iconName: "film"
                text: qsTr("Load ahead")
                detail: root.settings.dataSaver ? qsTr("The data saver is on: nothing is loaded ahead") : qsTr("What is ready before you swipe")

                Choice {
                    objectName: "prefetchChoice"
                    width: parent.width
                    label: qsTr("Load ahead")
                    enabled: !root.settings.dataSaver
                    opacity: enabled ? 1 : 0.5
                    value: root.settings.prefetch
                    options: [
                        {
                            "value": Settings.Ahead.Nothing,
                            "text": qsTr("Nothing")
                        },
                        {
                            "value": Settings.Ahead.Next,
                            "text": qsTr("Next video")
                        },
                        {
                            "value": Settings.Ahead.Neighbours,
                            "text": qsTr("Both sides")
                        }
                    ]
                    onChosen: value => root.settings.prefetch = value
                }
            }
        }

        Card {
            width: parent.width
            title: qsTr("Data")

            Toggle {
                objectName: "dataSaverToggle"
                width: parent.width
                iconName: "offline"
                text: qsTr("Data saver")
                detail: qsTr("Only the video that you watch is loaded, and only pictures that you see")
                checked: root.settings.dataSaver
                onToggled: root.settings.dataSaver = checked
            }

            SettingRow {
                objectName: "usageRow"
                width: parent.width
                iconName: "activity"
                text: qsTr("This month")
                value: Format.size(root.usage.month)
                detail: qsTr("Videos %1 · pictures %2 · everything else %3").arg(Format.size(root.usage.videos)).arg(Format.size(root.usage.pictures)).arg(Format.size(root.usage.calls))
            }

            SettingRow {
                width: parent.width
                iconName: "clock"
                text: qsTr("Since TikGok was started")
                value: Format.size(root.usage.sinceStart)
            }

            ListRow {
                objectName: "resetUsage"
                width: parent.width
                iconName: "retry"
                text: qsTr("Count from nothing again")
                onClicked: root.usage.reset()
            }
        }

        StorageCard {
            width: parent.width
            offline: root.offline
            settings: root.settings
            onClearWanted: what => sheet.askFor(what)
        }

        Card {
            width: parent.width
            title: qsTr("Help")

            ListRow {
                objectName: "shortcutsEditRow"
                width: parent.width
                iconName: "keyboard"
                text: qsTr("Keyboard shortcuts")
                detail: qsTr("See and change the keys")
                chevron: true
                onClicked: root.shortcutsWanted()
            }

            ListRow {
                objectName: "simulatorSettingsRow"
                width: parent.width
                iconName: "flask"
                text: qsTr("Simulator")
                detail: qsTr("For testers: faults, clock, people and a journal of the server")
                chevron: true
                onClicked: root.simulatorWanted()
            }

            ListRow {
                objectName: "diagnosticsRow"
                width: parent.width
                iconName: "flag"
                text: qsTr("Diagnostics")
                detail: qsTr("A bundle for a bug report, without your secrets")
                chevron: true
                onClicked: root.diagnosticsWanted()
            }
        }

        Card {
            width: parent.width
            title: qsTr("About")

            SettingRow {
                width: parent.width
                iconName: "info"
                text: qsTr("Version")
                value: root.version
                visible: value.length > 0
            }
        }
    }

    ClearSheet {
        id: sheet

        objectName: "clearSheet"
        offline: root.offline
        onCleared: root.notice(qsTr("Cleared. What is being shown goes when you leave it."))
    }
}
