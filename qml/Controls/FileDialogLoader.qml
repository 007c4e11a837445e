// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Dialogs
import TikGok.Controls

// Holds the desktop's own dialog for a file, which is made when it is first wanted. Where the desktop has none Qt shows
// its own: over the page, or since Qt 6.8 in a window.
Loader {
    id: root

    function choose() {
        active = true;
        (item as FileDialog).open();
        look.active = true;
        OpenWindows.contents().forEach(contents => (look.item as FileDialogLook).dress(contents));
    }

    active: false

    // Not before: it needs what nothing else does.
    Loader {
        id: look

        active: false
        source: "FileDialogLook.qml"
    }
}
