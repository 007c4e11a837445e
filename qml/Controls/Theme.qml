// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick

// Every measure and colour of the product. Main sets the four switches at the top; nothing else writes here.
QtObject {
    property bool dark: false
    property bool reducedMotion: false
    property real textScale: 1.0
    property bool chinese: false

    // Ink on paper, and cinnabar for what matters.
    readonly property color background: dark ? "#131110" : "#F6F1E8"
    readonly property color surface: dark ? "#1D1A18" : "#FFFDF9"
    readonly property color surfaceRaised: dark ? "#282421" : "#FFFFFF"
    readonly property color surfaceSunken: dark ? "#0D0B0A" : "#ECE4D6"
    // Where something will stand that is on its way.
    readonly property color skeleton: dark ? "#2A2623" : "#ECE4D6"
    readonly property color text: dark ? "#F5EFE6" : "#1C1814"
    readonly property color textMuted: dark ? "#B0A698" : "#645A4D"
    readonly property color outline: dark ? "#3B3530" : "#DCD2C2"
    readonly property color outlineStrong: dark ? "#8D8275" : "#857A6A"
    readonly property color accent: dark ? "#FF7D5E" : "#C2331B"
    readonly property color accentPressed: dark ? "#FF9A81" : "#A32812"
    readonly property color accentInk: dark ? "#2B0A02" : "#FFFFFF"
    readonly property color accentSoft: dark ? "#41201A" : "#FBE3DB"
    readonly property color accentSoftInk: dark ? "#FFB9A6" : "#8E2411"
    // Of longer words on the soft accent: one's own messages.
    readonly property color bubbleInk: dark ? "#F5EFE6" : "#3A1008"
    readonly property color danger: dark ? "#FFB0A3" : "#B3261E"
    readonly property color dangerSoft: dark ? "#43201C" : "#FBE2DF"
    readonly property color warning: dark ? "#F2C46D" : "#7A5200"
    readonly property color warningSoft: dark ? "#3A2D12" : "#FBEED0"
    readonly property color success: dark ? "#84D4B0" : "#17694B"
    readonly property color hover: dark ? "#14FFFFFF" : "#0F1C1814"
    readonly property color press: dark ? "#26FFFFFF" : "#1F1C1814"
    readonly property color focus: dark ? "#FFD9A0" : "#1F5FBF"
    // What comes over everything for a moment: notices, tips.
    readonly property color notice: dark ? "#F5EFE6" : "#241F1A"
    readonly property color noticeInk: dark ? "#1C1814" : "#FFFDF9"
    readonly property color noticeAccent: dark ? "#A32812" : "#FF9A81"
    readonly property color scrim: "#99080605"
    // Of Qt's own dialogs, which ask for one.
    readonly property color shadow: "#000000"

    // Behind the first letter of a name, where there is no picture; the same in both themes.
    readonly property var avatarTints: ["#8E2411", "#7A4A00", "#17594B", "#1B4F80", "#5B3A86", "#7C2A57"]
    readonly property color avatarInk: "#FFFFFF"

    // On the video, the same in both themes.
    readonly property color stage: "#0C0A09"
    readonly property color stageRaised: "#191614"
    // Where a picture will be.
    readonly property color stageWaiting: "#2E2925"
    readonly property color stageMark: "#8D8275"
    readonly property color videoInk: "#FFFFFF"
    readonly property color videoInkMuted: "#E6FFFFFF"
    readonly property color videoScrim: "#CC080605"
    readonly property color videoButton: "#80100C0A"
    // Behind small white words: light enough for what is below, dark enough on a white video.
    readonly property color videoPlate: "#A6100C0A"
    readonly property color videoPlateStrong: "#D9100C0A"
    // Shades that grow towards the edge where white words stand.
    readonly property color videoShadeClear: "#00080605"
    readonly property color videoShadeLight: "#9E080605"
    readonly property color videoShade: "#B3080605"
    readonly property color videoShadeStrong: "#D9080605"
    // What is behind an icon, and what the position of the video moves on.
    readonly property color videoFill: "#33FFFFFF"
    readonly property color videoTrack: "#59FFFFFF"
    readonly property color videoAccent: "#C2331B"
    readonly property color videoAccentPressed: "#A32812"
    readonly property color liked: "#FF6A4D"
    readonly property color recording: "#FF4438"
    readonly property color videoFocus: "#FFD9A0"

    readonly property int space1: 4
    readonly property int space2: 8
    readonly property int space3: 12
    readonly property int space4: 16
    readonly property int space5: 24
    readonly property int space6: 32
    readonly property int space7: 48

    readonly property int radiusSmall: 8
    readonly property int radius: 14
    readonly property int radiusLarge: 22

    readonly property int fontCaption: Math.round(12 * textScale)
    // As large as icons get, at most.
    readonly property int fontBadge: Math.round(12 * Math.min(textScale, 1.35))
    readonly property int fontBody: Math.round(14 * textScale)
    readonly property int fontLarge: Math.round(16 * textScale)
    readonly property int fontTitle: Math.round(19 * textScale)
    readonly property int fontHeadline: Math.round(25 * textScale)

    // The smallest thing a finger has to hit.
    readonly property int target: 44
    readonly property int iconSize: Math.round(24 * Math.min(textScale, 1.35))

    readonly property int fast: reducedMotion ? 0 : 120
    readonly property int normal: reducedMotion ? 0 : 220
    readonly property int slow: reducedMotion ? 0 : 320
}
