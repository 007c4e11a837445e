// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What is kept on this device for times without a network: how much, at most how much, and away with it.
Card {
    id: root

    required property OfflineStore offline
    required property Settings settings

    // One of the three kinds is to be thrown away.
    signal clearWanted(int what)

    enum What {
        Videos,
        Pictures,
        Chats
    }

    readonly property string trouble: {
        switch (root.offline.diskTrouble) {
        case DiskTrouble.Full:
            return qsTr("The disk is full. TikGok works on, but keeps nothing more for times without a network. Make some room, or clear something here.");
        case DiskTrouble.Refused:
            return qsTr("The folder for this cannot be written to. TikGok works on, but keeps nothing more for times without a network.");
        default:
            return "";
        }
    }

    function limits(megabytes: var): var {
        return megabytes.map(each => ({
                    "value": each,
                    "text": each === 0 ? qsTr("Nothing") : Format.locale.formattedDataSize(each * 1048576, 0, Locale.DataSizeTraditionalFormat)
                }));
    }

    title: qsTr("Kept on this device")
    Component.onCompleted: offline.count()

    Rectangle {
        objectName: "storageTrouble"
        width: parent.width
        implicitHeight: words.implicitHeight + 2 * Theme.space3
        visible: root.trouble.length > 0
        color: Theme.warningSoft
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.trouble

        Icon {
            id: mark

            x: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            name: "warning"
            color: Theme.warning
        }

        TextLabel {
            id: words

            anchors.left: mark.right
            anchors.leftMargin: Theme.space4
            anchors.right: parent.right
            anchors.rightMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            text: root.trouble
            font.pixelSize: Theme.fontCaption
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }

    SettingRow {
        objectName: "keptVideos"
        width: parent.width
        iconName: "film"
        text: qsTr("Videos")
        value: Format.size(root.offline.videoBytes)
        detail: qsTr("What you watched plays again without a network. At most:")

        Choice {
            objectName: "videoLimitChoice"
            width: parent.width
            label: qsTr("At most for videos")
            value: root.settings.videoCacheMegabytes
            options: root.limits([0, 256, 1024, 4096])
            onChosen: value => root.settings.videoCacheMegabytes = value
        }
    }

    ListRow {
        objectName: "clearVideos"
        width: parent.width
        iconName: "trash"
        text: qsTr("Clear the videos")
        enabled: root.offline.videoBytes > 0
        opacity: enabled ? 1 : 0.5
        onClicked: root.clearWanted(StorageCard.Videos)
    }

    SettingRow {
        objectName: "keptPictures"
        width: parent.width
        iconName: "people"
        text: qsTr("Pictures and pages")
        value: Format.size(root.offline.pictureBytes)
        detail: qsTr("Pictures %1 · the feed, profiles, lists and comments %2. At most:").arg(Format.size(root.offline.pictureBytes - root.offline.pageBytes)).arg(Format.size(root.offline.pageBytes))

        Choice {
            objectName: "pictureLimitChoice"
            width: parent.width
            label: qsTr("At most for pictures and pages")
            value: root.settings.pictureCacheMegabytes
            options: root.limits([0, 64, 256, 1024])
            onChosen: value => root.settings.pictureCacheMegabytes = value
        }
    }

    ListRow {
        objectName: "clearPictures"
        width: parent.width
        iconName: "trash"
        text: qsTr("Clear pictures and pages")
        enabled: root.offline.pictureBytes > 0
        opacity: enabled ? 1 : 0.5
        onClicked: root.clearWanted(StorageCard.Pictures)
    }

    SettingRow {
        objectName: "keptChats"
        width: parent.width
        iconName: "comment"
        text: qsTr("Conversations")
        value: Format.size(root.offline.chatBytes)
        detail: qsTr("The newest messages of each, to read without a network")
    }

    ListRow {
        objectName: "clearChats"
        width: parent.width
        iconName: "trash"
        text: qsTr("Clear the conversations")
        enabled: root.offline.chatBytes > 0
        opacity: enabled ? 1 : 0.5
        onClicked: root.clearWanted(StorageCard.Chats)
    }
}
