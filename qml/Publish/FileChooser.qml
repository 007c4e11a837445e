// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtCore
import QtQuick
import QtQuick.Dialogs
import TikGok.Controls

// The desktop's own dialog for a file.
FileDialogLoader {
    id: root

    signal chosen(url file)

    sourceComponent: FileDialog {
        title: qsTr("Choose a video")
        nameFilters: [qsTr("Videos (%1)").arg("*.mp4 *.mov *.avi *.flv *.mpg *.mpeg *.3gp *.wmv *.asf *.vob *.rm *.rmvb *.w4v *.wma"), qsTr("All files (%1)").arg("*")]
        currentFolder: StandardPaths.writableLocation(StandardPaths.MoviesLocation)
        acceptLabel: qsTr("Open")
        rejectLabel: qsTr("Cancel")
        onAccepted: root.chosen(selectedFile)
    }
}
