// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// A person's head and the grids of what they published and like. The page around it brings the ways out.
FocusScope {
    id: root

    required property ProfileModel profile
    property bool likesShown: false
    // Shown in the head of one's own page.
    property Component ownActions: null
    readonly property VideoListModel shown: likesShown ? profile.likes : profile.works
    readonly property bool known: profile.user !== null && profile.state === ProfileModel.State.Ready
    readonly property int columns: Math.max(3, Math.round(width / 190))
    // The name has been scrolled away.
    readonly property bool headGone: known && grid.contentY - grid.originY > Math.min(220, Math.max(120, width * 0.3)) + 84

    signal watchWanted(VideoList list, int row)
    signal peopleWanted(int kind)
    signal messageWanted(UserEntity user)
    signal signInWanted
    signal publishWanted
    signal homeWanted
    signal notice(string text)

    function refresh() {
        profile.refresh();
    }

    function showLikes(on: bool) {
        likesShown = on;
        if (on && profile.likes.state === VideoList.State.Empty)
            profile.likes.refresh();
    }

    function focusCell(row: int) {
        if (row < 0 || row >= grid.count)
            return;
        grid.currentIndex = row;
        grid.positionViewAtIndex(row, GridView.Contain);
        if (grid.currentItem)
            grid.currentItem.forceActiveFocus(Qt.TabFocusReason);
    }

    Connections {
        target: root.profile
        function onRefreshFailed(kind, serverWords) {
            root.notice(qsTr("The profile could not be brought up to date. %1").arg(ErrorText.full(kind, serverWords)));
        }
    }
    Connections {
        target: root.shown
        function onRefreshFailed(kind, serverWords) {
            root.notice(qsTr("The videos could not be brought up to date. %1").arg(ErrorText.full(kind, serverWords)));
        }
    }

    SavedStrip {
        id: age

        width: parent.width
        visible: root.known
        savedAt: isNaN(root.profile.savedAt.getTime()) ? root.shown.savedAt : root.profile.savedAt
    }

    GridView {
        id: grid

        objectName: "profileGrid"
        anchors.top: age.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        // Without a height it would make every cell at once.
        model: height > 0 && root.known ? root.shown : null
        visible: root.known
        cellWidth: Math.floor(width / root.columns)
        cellHeight: Math.round(cellWidth * 4 / 3)
        cacheBuffer: Math.max(0, height)
        clip: true
        keyNavigationEnabled: false
        // Where it began before the head grew. An empty grid would let the head grow out of sight.
        property real begin: 0
        onOriginYChanged: {
            if (!moving && contentY <= begin + 1)
                contentY = originY;
            begin = originY;
        }
        Accessible.role: Accessible.List
        Accessible.name: root.likesShown ? qsTr("Likes") : qsTr("Works")

        header: Column {
            width: grid.width

            ProfileHead {
                id: top

                width: parent.width
                user: root.profile.user
                actions: root.ownActions
                onMessageWanted: root.messageWanted(root.profile.user)
                onFollowersWanted: root.peopleWanted(PeopleModel.Kind.Followers)
                onFollowingWanted: root.peopleWanted(PeopleModel.Kind.Following)
            }

            TabStrip {
                x: top.side
                width: Math.min(parent.width - 2 * x, 420)
                label: qsTr("Videos")
                options: [
                    {
                        "value": false,
                        "text": qsTr("Works"),
                        "name": "worksTab"
                    },
                    {
                        "value": true,
                        "text": qsTr("Likes"),
                        "name": "likesTab"
                    }
                ]
                value: root.likesShown
                onChosen: value => root.showLikes(value)
            }

            Rectangle {
                width: parent.width
                height: 1
                color: Theme.outline
            }
        }

        footer: GridState {
            width: grid.width
            list: root.shown
            likes: root.likesShown
            mine: root.profile.mine
            columns: root.columns
            onSignInWanted: root.signInWanted()
            onPublishWanted: root.publishWanted()
            onHomeWanted: root.homeWanted()
        }

        delegate: Item {
            id: place

            required property VideoEntity video
            required property int index

            width: grid.cellWidth
            height: grid.cellHeight
            onActiveFocusChanged: if (activeFocus) cell.forceActiveFocus(Qt.TabFocusReason)

            CoverCell {
                id: cell

                objectName: "coverCell"
                anchors.fill: parent
                anchors.margins: 1
                video: place.video
                // One stop for the tabulator; the arrows move inside the grid.
                focusPolicy: place.index === Math.max(0, grid.currentIndex) ? Qt.StrongFocus : Qt.ClickFocus
                onClicked: {
                    grid.currentIndex = place.index;
                    root.watchWanted(root.shown, place.index);
                }
                Keys.onRightPressed: root.focusCell(place.index + 1)
                Keys.onLeftPressed: root.focusCell(place.index - 1)
                Keys.onDownPressed: root.focusCell(Math.min(place.index + root.columns, grid.count - 1))
                Keys.onUpPressed: event => {
                    event.accepted = place.index >= root.columns;
                    if (event.accepted)
                        root.focusCell(place.index - root.columns);
                }
            }
        }

        ScrollMark {
            flickable: grid
        }

        ReadingOrder {
            view: grid
        }
    }

    PullRefresh {
        flickable: grid
        busy: root.profile.refreshing && pulledOnce
        property bool pulledOnce: false
        visible: root.known
        onTriggered: {
            pulledOnce = true;
            root.refresh();
        }
    }

    // Nothing is known yet.
    Column {
        anchors.fill: parent
        visible: root.profile.state === ProfileModel.State.Loading
        Accessible.role: Accessible.ProgressBar
        Accessible.name: qsTr("Loading the profile")

        Rectangle {
            width: parent.width
            height: Math.min(220, Math.max(120, width * 0.3))
            color: Theme.skeleton
        }
        Item {
            width: parent.width
            height: 220

            Rectangle {
                x: Theme.space4
                y: -44
                width: 88
                height: 88
                radius: 44
                color: Theme.outline
                border.width: 4
                border.color: Theme.background
            }
            Rectangle {
                x: Theme.space4
                y: 64
                width: Math.min(parent.width * 0.45, 260)
                height: 24
                radius: 12
                color: Theme.skeleton
            }
            Rectangle {
                x: Theme.space4
                y: 104
                width: Math.min(parent.width * 0.7, 420)
                height: 14
                radius: 7
                color: Theme.skeleton
            }
            Rectangle {
                x: Theme.space4
                y: 136
                width: Math.min(parent.width - 2 * x, 560)
                height: 56
                radius: Theme.radiusSmall
                color: Theme.skeleton
            }
        }
    }

    MessagePane {
        readonly property bool unknown: root.profile.state === ProfileModel.State.Unknown
        readonly property bool signedOut: root.profile.errorKind === ErrorKind.SignedOut

        anchors.centerIn: parent
        width: parent.width
        visible: unknown || root.profile.state === ProfileModel.State.Failed
        iconName: unknown || signedOut ? "person" : ErrorText.icon(root.profile.errorKind)
        title: unknown ? qsTr("Nobody is here") : signedOut ? qsTr("Sign in to see this") : ErrorText.title(root.profile.errorKind)
        text: unknown ? qsTr("The server knows nobody of this number. They may have left.")
            : signedOut ? qsTr("This server shows people's pages only to those who have an account.") : ErrorText.full(root.profile.errorKind, root.profile.errorWords)
        actionName: "profileAction"
        actionText: signedOut ? qsTr("Sign in or register") : qsTr("Try again")
        actionIcon: signedOut ? "" : "retry"
        onTriggered: signedOut ? root.signInWanted() : root.refresh()
    }

    // What the keyboard reaches must be seen.
    Connections {
        target: root.Window.window
        function onActiveFocusItemChanged() {
            const item = root.Window.activeFocusItem;
            const head = grid.headerItem;
            for (let up = item; up && head; up = up.parent) {
                if (up === head) {
                    const y = item.mapToItem(head, 0, 0).y;
                    if (grid.originY + y - Theme.space3 < grid.contentY || grid.originY + y + item.height > grid.contentY + grid.height)
                        grid.contentY = grid.originY + Math.max(0, y - grid.height / 2);
                    return;
                }
            }
        }
    }
}
