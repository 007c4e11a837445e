// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtCore
import QtQuick
import QtQuick.Dialogs
import TikGok.Controls

// The desktop's own dialog for where to save.
FileDialogLoader {
    id: root

    property string title
    // What such files are called, with %1 for their pattern.
    property string kind
    property string suffix
    property string fileName

    signal chosen(url file)

    // Not everybody has a folder for downloads.
    function folder(): string {
        for (const place of [StandardPaths.DownloadLocation, StandardPaths.DocumentsLocation]) {
            const found = StandardPaths.locate(place, "", StandardPaths.LocateDirectory).toString();
            if (found.length > 0)
                return found.replace(/\/$/, "");
        }
        return StandardPaths.writableLocation(StandardPaths.HomeLocation).toString();
    }

    sourceComponent: FileDialog {
        title: root.title
        fileMode: FileDialog.SaveFile
        defaultSuffix: root.suffix
        nameFilters: [root.kind.arg("*." + root.suffix), qsTr("All files (%1)").arg("*")]
        currentFolder: root.folder()
        currentFile: root.folder() + "/" + root.fileName
        acceptLabel: qsTr("Save")
        rejectLabel: qsTr("Cancel")
        onAccepted: root.chosen(selectedFile)
    }
}
