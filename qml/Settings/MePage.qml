// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Account
import TikGok.Controls
import TikGok.Core
import TikGok.Profile

// One's own page, and the way to everything that is about oneself.
FocusScope {
    id: root

    required property Session session
    required property People people
    // In front of everything else: then it looks for news.
    property bool shown: true
    // Of whoever is signed in; null when nobody is.
    property ProfileModel profile: null
    // Whose profile that is.
    property string profileId
    // What has not reached the server, and how much of that failed.
    property int openWrites: 0
    property int failedWrites: 0
    // The server is a simulator.
    property bool simulatorVisible: false
    readonly property string writes: failedWrites > 0 ? qsTr("%n not sent", "", failedWrites) : openWrites > 0 ? qsTr("%n waiting", "", openWrites) : ""

    signal signInWanted
    signal activityWanted
    signal settingsWanted
    signal accountsWanted
    signal shortcutsWanted
    signal simulatorWanted
    signal watchWanted(VideoList list, int row)
    signal peopleWanted(UserEntity user, int kind)
    signal publishWanted
    signal homeWanted
    signal notice(string text)

    // What waits is not lost, but it is not sent any more either.
    function signOut() {
        if (openWrites === 0) {
            session.signOut();
            return;
        }
        // As it is now: some of it may arrive while it is asked.
        const waiting = openWrites;
        leaving.ask(() => qsTr("Sign out?"), () => qsTr("%n write(s) have not reached the server. They stay on this device, and what waits is sent when you sign in again.", "", waiting), () => qsTr("Sign out"), () => session.signOut());
    }

    function follow() {
        const id = session.signedIn ? session.userId : "";
        if (profileId === id)
            return;
        profile = null;
        mine.active = false;
        profileId = id;
        mine.active = id.length > 0;
    }

    objectName: "mePage"
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Me")
    Keys.forwardTo: profile ? [] : [column]
    Keys.onPressed: event => {
        event.accepted = ShortcutKeys.commandFor(event) === Command.Refresh && root.profile !== null;
        if (event.accepted)
            root.profile.refresh();
    }
    onShownChanged: if (shown && profile) profile.refresh()
    Component.onCompleted: follow()

    Connections {
        target: root.session
        function onSignedInChanged() {
            root.follow();
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    // Signed in.
    PageHeader {
        id: header

        width: parent.width
        backVisible: false
        title: qsTr("Me")
        visible: root.profile !== null

        IconButton {
            objectName: "accountsButton"
            iconName: "person"
            text: qsTr("Accounts")
            onClicked: root.accountsWanted()
        }

        IconButton {
            objectName: "activityRow"
            iconName: "activity"
            text: root.writes.length > 0 ? qsTr("%1: %2").arg(qsTr("Activity")).arg(root.writes) : qsTr("Activity")
            onClicked: root.activityWanted()

            IconBadge {
                objectName: "failedBadge"
                count: root.failedWrites
            }
        }
        IconButton {
            objectName: "simulatorRow"
            iconName: "flask"
            text: qsTr("Simulator")
            visible: root.simulatorVisible
            onClicked: root.simulatorWanted()
        }
        IconButton {
            objectName: "settingsRow"
            iconName: "settings"
            text: qsTr("Settings")
            onClicked: root.settingsWanted()
        }
        IconButton {
            objectName: "shortcutsRow"
            iconName: "keyboard"
            text: qsTr("Keyboard shortcuts")
            onClicked: root.shortcutsWanted()
        }
    }

    Loader {
        id: mine

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        active: false
        focus: active
        // The model dies with this.
        sourceComponent: FocusScope {
            id: own

            focus: true
            Component.onCompleted: {
                root.profile = root.people.profile(root.profileId, own);
                root.profile.refresh();
            }

            Loader {
                anchors.fill: parent
                focus: true
                active: root.profile !== null
                sourceComponent: ProfileView {
                    focus: true
                    profile: root.profile
                    onWatchWanted: (list, row) => root.watchWanted(list, row)
                    onPeopleWanted: kind => root.peopleWanted(root.profile.user, kind)
                    onSignInWanted: root.signInWanted()
                    onPublishWanted: root.publishWanted()
                    onHomeWanted: root.homeWanted()
                    onNotice: text => root.notice(text)
                    ownActions: Component {
                        PushButton {
                            objectName: "signOut"
                            text: qsTr("Sign out")
                            iconName: "logout"
                            onClicked: root.signOut()
                        }
                    }
                }
            }
        }
    }

    // Signed out.
    CardColumn {
        id: column

        anchors.fill: parent
        visible: root.profile === null

        TextLabel {
            text: qsTr("Me")
            font.pixelSize: Theme.fontHeadline
            font.weight: Font.Bold
            lineHeight: 1
            Accessible.role: Accessible.Heading
        }

        AccountCard {
            width: parent.width
            session: root.session
            onSignInWanted: root.signInWanted()
            onSignOutWanted: root.signOut()
        }

        Card {
            width: parent.width

            // Those whose session goes on are one press away.
            ListRow {
                objectName: "accountsRow"
                width: parent.width
                iconName: "person"
                text: qsTr("Accounts")
                detail: qsTr("Those of this device, and how their sign-ins are kept")
                chevron: true
                onClicked: root.accountsWanted()
            }

            ListRow {
                objectName: "activityRow"
                width: parent.width
                iconName: "activity"
                text: qsTr("Activity")
                detail: root.writes.length > 0 ? root.writes : qsTr("What waits, was sent, or failed")
                value: root.openWrites > 0 ? root.openWrites : ""
                chevron: true
                onClicked: root.activityWanted()
            }

            ListRow {
                objectName: "settingsRow"
                width: parent.width
                iconName: "settings"
                text: qsTr("Settings")
                chevron: true
                onClicked: root.settingsWanted()
            }

            ListRow {
                objectName: "simulatorRow"
                width: parent.width
                iconName: "flask"
                text: qsTr("Simulator")
                detail: qsTr("Break the server on purpose, turn its clock, be somebody else")
                chevron: true
                visible: root.simulatorVisible
                onClicked: root.simulatorWanted()
            }

            ListRow {
                objectName: "shortcutsRow"
                width: parent.width
                iconName: "keyboard"
                text: qsTr("Keyboard shortcuts")
                chevron: true
                onClicked: root.shortcutsWanted()
            }
        }
    }

    ConfirmSheet {
        id: leaving

        objectName: "signOutSheet"
        keepText: qsTr("Stay signed in")
    }
}
