// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls

// A number at the upper corner of an icon that stands in the middle of the badge's parent. It grows away from the icon, and
// not further than the icon itself does, so that one still sees what it is the number of.
Badge {
    // Kept free from the icon's middle, to the side and above.
    property real beside: 6
    property real above: 6

    x: parent ? parent.width / 2 + beside : 0
    y: parent ? parent.height / 2 - above - height : 0
    fontSize: Theme.fontBadge
}
