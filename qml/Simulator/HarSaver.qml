// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtCore
import QtQuick
import QtQuick.Dialogs

// The desktop's own dialog for where to save. Made when it is first wanted.
Loader {
    id: root

    signal chosen(url file)

    function choose() {
        active = true;
        (item as FileDialog).open();
    }

    active: false
    sourceComponent: FileDialog {
        title: qsTr("Save the journal")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "har"
        nameFilters: [qsTr("HTTP archives (%1)").arg("*.har"), qsTr("All files (%1)").arg("*")]
        currentFolder: StandardPaths.writableLocation(StandardPaths.DownloadLocation)
        currentFile: StandardPaths.writableLocation(StandardPaths.DownloadLocation) + "/tikgok.har"
        onAccepted: root.chosen(selectedFile)
    }
}
