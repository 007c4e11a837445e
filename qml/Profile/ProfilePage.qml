// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Somebody's page, over another one.
FocusScope {
    id: root

    required property People people
    // Decimal digits.
    required property string userId
    // Made here and thrown away with the page.
    property ProfileModel profile: null

    signal backWanted
    signal watchWanted(VideoList list, int row)
    signal peopleWanted(UserEntity user, int kind)
    signal messageWanted(UserEntity user)
    signal signInWanted
    signal publishWanted
    signal homeWanted
    signal notice(string text)

    objectName: "profilePage"
    Accessible.role: Accessible.Pane
    Accessible.name: profile && profile.user ? qsTr("Profile of %1").arg(profile.user.name) : qsTr("Profile")
    Keys.onPressed: event => {
        event.accepted = ShortcutKeys.commandFor(event) === Command.Refresh && root.profile !== null;
        if (event.accepted)
            root.profile.refresh();
    }
    Component.onCompleted: {
        profile = people.profile(userId, root);
        profile.refresh();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: header

        width: parent.width
        titleLines: 1
        title: (view.item as ProfileView)?.headGone && root.profile.user ? root.profile.user.name : qsTr("Profile")
        onBackWanted: root.backWanted()

        IconButton {
            objectName: "profileRefresh"
            iconName: "retry"
            text: qsTr("Look again")
            visible: root.profile !== null && root.profile.state === ProfileModel.State.Ready
            enabled: root.profile !== null && !root.profile.refreshing
            onClicked: root.profile.refresh()
        }
    }

    Loader {
        id: view

        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        focus: true
        active: root.profile !== null
        sourceComponent: ProfileView {
            focus: true
            profile: root.profile
            onWatchWanted: (list, row) => root.watchWanted(list, row)
            onPeopleWanted: kind => root.peopleWanted(root.profile.user, kind)
            onMessageWanted: user => root.messageWanted(user)
            onSignInWanted: root.signInWanted()
            onPublishWanted: root.publishWanted()
            onHomeWanted: root.homeWanted()
            onNotice: text => root.notice(text)
        }
    }
}
