// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// A video that was just published, from the server. What is not there yet is waited for.
FocusScope {
    id: root

    required property Publishing publishing
    required property PreviewPlayer preview
    required property string videoId
    property string title
    property bool windowShown: true
    property url playUrl
    property url coverUrl
    property bool missing: false

    signal backWanted

    function look() {
        missing = false;
        publishing.locate(videoId);
    }

    Accessible.role: Accessible.Pane
    Accessible.name: title
    Component.onCompleted: look()

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }

    PageHeader {
        id: head

        width: parent.width
        title: root.title
        onBackWanted: root.backWanted()
    }

    PreviewPane {
        objectName: "publishedPreview"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.space3
        focus: true
        visible: !root.missing
        preview: root.preview
        shown: root.visible && root.windowShown
        busy: String(root.playUrl).length === 0
        source: root.playUrl
        cover: root.coverUrl
    }

    MessagePane {
        anchors.centerIn: parent
        width: parent.width
        visible: root.missing
        iconName: "film-off"
        title: qsTr("The video is not to be found")
        text: qsTr("The server does not list it, or cannot be reached.")
        actionText: qsTr("Look again")
        actionIcon: "retry"
        actionName: "lookAgain"
        onTriggered: root.look()
    }

    Connections {
        target: root.publishing
        function onLocated(videoId, playUrl, coverUrl, title) {
            if (videoId !== root.videoId)
                return;
            root.playUrl = playUrl;
            root.coverUrl = coverUrl;
            root.missing = String(playUrl).length === 0;
        }
    }
}
