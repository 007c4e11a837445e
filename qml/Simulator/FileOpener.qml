// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtCore
import QtQuick
import QtQuick.Dialogs
import TikGok.Controls

// The desktop's own dialog for a file that is there.
FileDialogLoader {
    id: root

    property string title
    // What such files are called, with %1 for their pattern.
    property string kind
    property string suffix

    signal chosen(url file)

    sourceComponent: FileDialog {
        title: root.title
        nameFilters: [root.kind.arg("*." + root.suffix), qsTr("All files (%1)").arg("*")]
        currentFolder: StandardPaths.writableLocation(StandardPaths.DownloadLocation)
        acceptLabel: qsTr("Open")
        rejectLabel: qsTr("Cancel")
        onAccepted: root.chosen(selectedFile)
    }
}
