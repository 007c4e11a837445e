// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Room for a SavedMark above a list. Takes none when there is nothing to say.
Item {
    id: strip

    required property date savedAt

    implicitHeight: mark.wanted ? mark.implicitHeight + 2 * Theme.space1 : 0
    height: implicitHeight

    SavedMark {
        id: mark

        objectName: "savedMark"
        anchors.centerIn: parent
        savedAt: strip.savedAt
    }
}
