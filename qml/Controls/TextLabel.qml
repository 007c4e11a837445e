// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

T.Label {
    property bool muted: false

    color: muted ? Theme.textMuted : Theme.text
    font.pixelSize: Theme.fontBody
    // The room comes below each line, also below the last one: a single line would stand too high in what centres it.
    lineHeight: wrapMode === Text.NoWrap ? 1 : 1.25
    textFormat: Text.PlainText
    // Names that others choose may break lines, too: a thousand would push away what is above and below.
    maximumLineCount: wrapMode === Text.NoWrap ? 1 : 2147483647
    Accessible.ignored: text.length === 0
}
