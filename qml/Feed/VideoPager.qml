// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core
import TikGok.Playback

// Shows one video of a list at a time and moves by exactly one. The list view below only makes and places the pages; where
// it stands is decided here, because its own flicking can pass more than one page and rests between two.
Item {
    id: pager

    required property VideoList feed
    required property PlaybackController playback
    required property VideoPlaylist playlist
    // In front of everything else: then it takes the players, which are the same for all lists.
    property bool live: true
    // Where to begin; below 0: where the list says that one was, which may be known before this is made.
    property int startRow: -1
    // It is known where to begin. Before that nothing is said to the list or the players: they may know better.
    property bool placed: false
    // The players hold videos of this list.
    readonly property bool watching: playlist.list === feed
    property bool wide: false
    property bool clearMode: false
    property real topTaken: 0

    // What is shown: a row of the list, or, at `count`, the page behind the last video.
    property int position: 0
    // Of the list: the view hears of new rows a little later.
    readonly property int count: feed.count
    readonly property bool hasTail: feed.state === VideoList.State.End || feed.state === VideoList.State.LoadingMore || feed.state === VideoList.State.MoreFailed
    readonly property bool onTail: count > 0 && position >= count
    readonly property bool moving: slide.running || drag.active
    readonly property VideoEntity video: !onTail && view.currentItem ? (view.currentItem as VideoPage).video : null
    readonly property Item currentPage: onTail ? view.footerItem : view.currentItem

    signal commentsWanted
    signal menuWanted
    signal copied
    signal authorWanted(UserEntity author)

    function next(): bool {
        return goTo(position + 1);
    }

    function previous(): bool {
        return goTo(position - 1);
    }

    function goTo(index: int): bool {
        const last = hasTail ? count : count - 1;
        if (index < 0 || index > last) {
            settle();
            return false;
        }
        position = index;
        if (index < count && watching)
            playback.currentIndex = index;
        settle();
        askForMore();
        return true;
    }

    // Without the way between: the list has changed, not the wish of the person.
    // Where the players are. Looked at when all is settled: while the players go over to another list, the index is
    // that list's already, and this one is not told yet that nobody watches it.
    function follow() {
        if (watching && playback.currentIndex >= 0 && playback.currentIndex !== position && !onTail)
            jumpTo(playback.currentIndex);
    }

    function jumpTo(index: int) {
        slide.stop();
        position = Math.max(0, Math.min(index, hasTail ? count : count - 1));
        noteRow();
        place();
    }

    function like() {
        if (video)
            video.like();
    }

    function noteRow() {
        if (count > 0)
            feed.currentRow = Math.min(position, count - 1);
    }

    function askForMore() {
        noteRow();
        if (count - position < 5)
            feed.loadMore();
    }

    function take() {
        if (live && placed)
            playlist.watch(feed, position);
    }

    function yOf(index: int): real {
        return view.originY + index * view.height;
    }

    function place() {
        if (view.height <= 0)
            return;
        view.forceLayout();
        view.contentY = yOf(position);
    }

    // The list reckons where pages are that it has not made by those that it has, and these hear of a new height after it
    // does: when it has reckoned anew, what is shown stands somewhere else.
    function stay() {
        if (!moving)
            place();
    }

    function settle() {
        if (Theme.normal === 0) {
            slide.stop();
            place();
            return;
        }
        slide.to = yOf(position);
        if (Math.abs(slide.to - view.contentY) > 0.5)
            slide.restart();
        else
            slide.stop();
    }

    onLiveChanged: take()
    onFeedChanged: take()
    Component.onCompleted: {
        placed = true;
        position = Math.max(0, Math.min(startRow < 0 ? feed.currentRow : startRow, count - 1));
        noteRow();
        place();
        take();
    }

    onCountChanged: {
        if (!placed)
            return;
        if (position > count || (position === count && !hasTail))
            Qt.callLater(jumpTo, count - 1);
        else if (position < count && watching && playback.currentIndex < 0)
            playback.currentIndex = position;
        askForMore();
    }

    Connections {
        target: pager.feed

        // A page may be too short for the place in the list.
        function onStateChanged() {
            if (pager.feed.state === VideoList.State.Ready)
                Qt.callLater(pager.askForMore);
        }

        // Rows came or went before it: what is shown stays.
        function onCurrentRowChanged() {
            if (!pager.onTail && pager.feed.currentRow !== pager.position)
                pager.jumpTo(pager.feed.currentRow);
        }

        function onPlaceRestored(row: int) {
            pager.jumpTo(row);
            if (pager.watching)
                pager.playback.currentIndex = row;
        }
    }

    Connections {
        target: pager.playback

        // The list has changed under the video that plays: follow it.
        function onCurrentIndexChanged() {
            Qt.callLater(pager.follow);
        }
    }

    ListView {
        id: view

        width: pager.width
        // Whole pixels: where pages are that it has not made, it reckons with the height rounded to them.
        height: Math.round(pager.height)
        onHeightChanged: {
            slide.stop();
            // Not at once: a page that is made while this is being told does not hear of the next height.
            Qt.callLater(pager.stay);
        }
        onOriginYChanged: Qt.callLater(pager.stay)
        onContentHeightChanged: Qt.callLater(pager.stay)
        // Without a height it would make every page at once.
        model: height > 0 ? pager.feed : null
        interactive: false
        boundsBehavior: Flickable.StopAtBounds
        // The neighbours, and no more.
        cacheBuffer: Math.max(0, height)
        highlightFollowsCurrentItem: false
        currentIndex: Math.min(pager.position, pager.count - 1)
        keyNavigationEnabled: false
        clip: true

        delegate: VideoPage {
            objectName: "videoPage"
            width: ListView.view.width
            height: ListView.view.height
            playback: pager.playback
            current: pager.watching && index === pager.position
            near: pager.watching && Math.abs(index - pager.position) <= 1
            wide: pager.wide
            clearMode: pager.clearMode
            topTaken: pager.topTaken
            onCommentsWanted: pager.commentsWanted()
            onMenuWanted: pager.menuWanted()
            onCopied: pager.copied()
            onAuthorWanted: author => pager.authorWanted(author)
        }

        footer: TailPage {
            width: ListView.view.width
            height: pager.hasTail ? ListView.view.height : 0
            visible: pager.hasTail
            current: pager.onTail
            feed: pager.feed
            onStartOver: {
                pager.feed.startOver();
                // A list that is all there at once stays.
                if (pager.count > 0)
                    pager.goTo(0);
            }
        }
    }

    NumberAnimation {
        id: slide

        target: view
        property: "contentY"
        duration: Theme.slow
        easing.type: Easing.OutCubic
        onFinished: pager.place()
    }

    StepGate {
        id: gate
    }

    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: event => {
            const touchpad = event.pixelDelta.y !== 0;
            const raw = event.angleDelta.y !== 0 ? event.angleDelta.y : event.pixelDelta.y * 2;
            const notched = !touchpad && Math.abs(raw) % 120 === 0;
            const step = gate.push(-raw, notched, Date.now(), slide.running);
            if (step > 0)
                pager.next();
            else if (step < 0)
                pager.previous();
            event.accepted = true;
        }
    }

    DragHandler {
        id: drag

        property real start: 0
        property int from: 0
        // As it was before the hand was lifted: afterwards Qt 6.8 has forgotten it.
        property real moved: 0
        property real speed: 0

        target: null
        xAxis.enabled: false
        dragThreshold: 12
        onActiveChanged: {
            if (active) {
                slide.stop();
                from = pager.position;
                start = view.contentY;
                moved = 0;
                speed = 0;
                return;
            }
            // A quick flick or a third of the way is enough; never more than one.
            if (moved > view.height * 0.28 || (speed > 450 && moved > 16))
                pager.goTo(from + 1);
            else if (moved < -view.height * 0.28 || (speed < -450 && moved < -16))
                pager.goTo(from - 1);
            else
                pager.settle();
        }
        onActiveTranslationChanged: {
            if (!active)
                return;
            moved = -activeTranslation.y;
            speed = -centroid.velocity.y;
            const top = pager.yOf(Math.max(0, from - 1));
            const bottom = pager.yOf(Math.min(from + 1, pager.hasTail ? pager.count : pager.count - 1));
            const wanted = start + moved;
            // Gives way a little at both ends.
            view.contentY = wanted < top ? top - (top - wanted) * 0.3 : wanted > bottom ? bottom + (wanted - bottom) * 0.3 : wanted;
        }
    }
}
