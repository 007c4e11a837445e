// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// One video with what belongs to it. Light: it is made and thrown away while swiping, and holds no player.
Item {
    id: page

    required property VideoEntity video
    required property int index
    required property PlaybackController playback
    property bool current: false
    property bool near: false
    property bool wide: false
    property bool clearMode: false
    // How far down something else lies over it, in pixels.
    property real topTaken: 0
    // With the data saver on, pictures come when one comes here, and then stay.
    property bool seen: false
    readonly property bool pictures: seen || !playback.dataSaver
    readonly property url coverUrl: pictures ? video.coverUrl : ""

    readonly property bool coverShown: cover.visible
    readonly property string spoken: info.spoken
    readonly property bool failed: current && playback.hasError
    property real coverRatio: 9 / 16
    readonly property real ratio: surface.hasFrame && surface.sourceSize.height > 0 ? surface.sourceSize.width / surface.sourceSize.height
        : coverRatio
    // A portrait video fills a portrait page when little is cut off; everything else is shown whole.
    readonly property bool fills: !wide && ratio < 1 && width / Math.max(1, height) < 1 && width / Math.max(1, height) / ratio < 1.5
        && width / Math.max(1, height) / ratio > 0.66
    readonly property real frameWidth: fills ? width : Math.min(width, height * ratio)
    readonly property real frameHeight: fills ? height : Math.min(height, width / ratio)
    readonly property real frameX: (width - frameWidth) / 2
    readonly property real columnWidth: actions.implicitWidth
    // The buttons reach up into what is taken.
    readonly property bool cramped: actions.visible && !columnBeside && actions.cramped
    readonly property bool columnBeside: wide && frameX >= columnWidth + 2 * Theme.space3

    signal commentsWanted
    signal menuWanted
    signal copied
    signal authorWanted(UserEntity author)

    onCurrentChanged: if (current) seen = true
    Component.onCompleted: seen = current

    clip: true
    Accessible.ignored: !current
    Accessible.role: Accessible.Pane
    Accessible.name: info.spoken

    Rectangle {
        anchors.fill: parent
        color: Theme.stage
    }

    RoundImage {
        anchors.fill: parent
        source: page.fills ? "" : page.coverUrl
        radius: 0
        blurred: true
        visible: !page.fills
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.stage
        opacity: 0.62
        visible: !page.fills
    }

    // Neither a frame nor the cover is there: something comes, or nothing does, and black would look broken.
    Rectangle {
        objectName: "waitingPicture"
        x: page.frameX
        width: page.frameWidth
        height: page.frameHeight
        anchors.verticalCenter: parent.verticalCenter
        visible: !surface.hasFrame && cover.status !== Image.Ready
        gradient: Gradient {
            GradientStop {
                position: 0
                color: Theme.stageWaiting
            }
            GradientStop {
                position: 1
                color: Theme.stageRaised
            }
        }
    }

    VideoSurface {
        id: surface

        anchors.fill: parent
        // The revision is compared, so that no compiler takes it for a value that nobody reads.
        player: page.near && page.playback.revision >= 0 ? page.playback.playerFor(page.index) : null
        fillMode: page.fills ? VideoSurface.Crop : VideoSurface.Fit
    }

    LateImage {
        id: cover

        anchors.fill: parent
        address: page.coverUrl
        fillMode: page.fills ? Image.PreserveAspectCrop : Image.PreserveAspectFit
        mipmap: true
        // Until a frame of this very video is on the screen: never black, never somebody else's picture.
        visible: !surface.hasFrame
        onStatusChanged: {
            if (status === Image.Ready && implicitHeight > 0)
                page.coverRatio = implicitWidth / implicitHeight;
        }
    }

    // Behind white text, whatever the video shows: at its full strength where the words begin.
    Rectangle {
        id: shade

        readonly property real words: page.height - info.y

        x: page.columnBeside ? page.frameX : 0
        width: page.columnBeside ? page.frameWidth : parent.width
        height: Math.min(parent.height, words + 96)
        anchors.bottom: parent.bottom
        visible: !page.clearMode
        gradient: Gradient {
            GradientStop {
                position: 0
                color: Theme.videoShadeClear
            }
            GradientStop {
                position: Math.max(0.01, 1 - (shade.words + Theme.space1) / shade.height)
                color: Theme.videoShadeLight
            }
            GradientStop {
                position: 1
                color: Theme.videoShadeStrong
            }
        }
    }

    TapArea {
        anchors.fill: parent
        enabled: page.current
        onTapped: page.playback.togglePause()
        onDoubleTapped: point => {
            page.video.like();
            burst.at(point);
        }
        onHeld: page.menuWanted()
    }

    Rectangle {
        anchors.centerIn: parent
        width: 84
        height: 84
        radius: 42
        color: Theme.videoButton
        visible: page.current && page.playback.paused && !page.failed

        Icon {
            anchors.centerIn: parent
            anchors.horizontalCenterOffset: 2
            size: 44
            name: "play"
            color: Theme.videoInk
        }
    }

    Spinner {
        id: waiting

        anchors.centerIn: parent
        width: 56
        height: 56
        color: Theme.videoInk
        label: qsTr("Loading the video")
        opacity: 0
        visible: page.current && page.playback.buffering && !page.failed

        // A short wait is not worth a word.
        SequentialAnimation on opacity {
            running: waiting.visible
            PropertyAction {
                value: 0
            }
            PauseAnimation {
                duration: 400
            }
            PropertyAction {
                value: 1
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.videoScrim
        visible: page.failed

        MessagePane {
            id: trouble

            anchors.centerIn: parent
            anchors.verticalCenterOffset: info.visible ? -info.height / 2 : 0
            width: parent.width - (page.wide || !actions.visible ? 0 : 2 * page.columnWidth)
            compact: page.height < 480 * Theme.textScale
            iconName: page.failed ? VideoErrorText.icon(page.playback.errorKind) : ""
            title: page.failed ? VideoErrorText.title(page.playback.errorKind) : ""
            text: page.failed ? VideoErrorText.advice(page.playback.errorKind) : ""
            ink: Theme.videoInk
            inkMuted: Theme.videoInkMuted
            iconFill: Theme.videoFill
            iconInk: Theme.videoInk
            actionName: "videoRetry"
            actionText: qsTr("Try again")
            actionIcon: "retry"
            onTriggered: page.playback.retry()
        }
    }

    VideoInfo {
        id: info

        x: page.columnBeside ? page.frameX + Theme.space4 : Theme.space4
        anchors.bottom: seek.top
        // Where the time stands while one seeks, there are no words.
        anchors.bottomMargin: seek.rise + Theme.space1
        width: (page.columnBeside ? page.frameWidth - 2 * Theme.space4 : Math.min(page.width - page.columnWidth - 2 * Theme.space4, 560))
        video: page.video
        enabled: page.current
        onAuthorWanted: page.authorWanted(page.video.author)
        maximumHeight: page.height * (page.wide ? 0.4 : 0.42)
        visible: !page.clearMode && !(page.failed && page.height < trouble.implicitHeight + 3 * height)
    }

    ActionColumn {
        id: actions

        x: page.columnBeside ? page.frameX + page.frameWidth + Theme.space3 : page.width - width - Theme.space2
        anchors.bottom: page.columnBeside ? seek.bottom : seek.top
        anchors.bottomMargin: page.columnBeside ? Theme.space5 : seek.rise + Theme.space1
        video: page.video
        pictures: page.pictures
        available: page.height - page.topTaken - Theme.space1 - anchors.bottomMargin - (page.columnBeside ? 0 : seek.height)
        enabled: page.current
        // The words need the room.
        visible: !page.clearMode && !(page.failed && trouble.compact)
        onCommentsWanted: page.commentsWanted()
        onMenuWanted: page.menuWanted()
        onCopied: page.copied()
        onAuthorWanted: page.authorWanted(page.video.author)
    }

    SeekBar {
        id: seek

        objectName: "seekBar"

        x: page.columnBeside ? page.frameX : 0
        width: page.columnBeside ? page.frameWidth : page.width
        anchors.bottom: parent.bottom
        positionMs: page.current ? page.playback.positionMs : 0
        durationMs: page.current ? page.playback.durationMs : 0
        enabled: page.current && durationMs > 0
        visible: page.current && !page.failed && !page.clearMode
        onSeekWanted: (ms, exact) => page.playback.seek(ms, exact)
    }

    HeartBurst {
        id: burst

        anchors.fill: parent
    }
}
