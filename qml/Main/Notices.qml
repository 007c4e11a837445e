// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Says what became of what was done, wherever one is by then.
ToastHost {
    id: toasts

    required property Session session
    required property EntityStore entities
    required property CommentsModel comments
    required property ActivityModel activity
    required property PublishJobs jobs
    required property OfflineStore offline
    required property VideoSaver saver
    // Whoever looks at the comments, or at what is published, sees it there.
    property bool commentsShown: false
    property bool publishShown: false

    signal activityWanted
    signal publishWanted
    signal settingsWanted

    // Something was done that can be taken back.
    function showUndoable(words: string, undo: var) {
        showWithAction(words, qsTr("Undo"), undo);
    }

    // What happened to that which is kept on this device; once in a run.
    function sayOfOffline() {
        const notice = offline.takeNotice();
        if (notice === OfflineStore.Notice.None)
            return;
        const words = notice === OfflineStore.Notice.Damaged ? qsTr("What was kept on this device to read without a network was damaged. It is collected anew.")
            : notice === OfflineStore.Notice.DiskFull ? qsTr("The disk is full. TikGok works on, but keeps less for times without a network.")
            : qsTr("A folder cannot be written to. TikGok works on, but keeps less for times without a network.");
        showWithAction(words, qsTr("More"), () => toasts.settingsWanted());
    }

    // Said once; the Activity page says more.
    function sayOfStorage() {
        if (activity.storage !== ActivityModel.Storage.Fine)
            showWithAction(qsTr("What you do may not be kept on this device."), qsTr("More"), () => toasts.activityWanted());
    }

    Component.onCompleted: {
        sayOfOffline();
        sayOfStorage();
    }

    Connections {
        target: toasts.offline
        function onNoticeWaits() {
            toasts.sayOfOffline();
        }
    }

    Connections {
        target: toasts.saver
        function onSaved(name) {
            toasts.showWithAction(qsTr("Saved as “%1”").arg(name), qsTr("Open the folder"), () => Qt.openUrlExternally(toasts.saver.folder()));
        }
        function onFailed(kind) {
            toasts.show(qsTr("The video was not saved. %1").arg(ErrorText.advice(kind)));
        }
    }

    Connections {
        target: toasts.session
        function onSignedInNow() {
            toasts.show(qsTr("Welcome, %1").arg(toasts.session.userName));
        }
    }

    Connections {
        target: toasts.entities
        function onLikeRefused(kind, serverWords) {
            toasts.show(qsTr("Your like could not be saved and was taken back. %1").arg(ErrorText.full(kind, serverWords)));
        }
        function onFollowRefused(user, kind, serverWords) {
            toasts.show(qsTr("What you chose for %1 could not be saved and was taken back. %2").arg(user.name).arg(ErrorText.full(kind, serverWords)));
        }
    }

    Connections {
        target: toasts.comments
        function onPostFailed(kind, serverWords) {
            if (!toasts.commentsShown)
                toasts.show(qsTr("Your comment was not sent. It is kept in the list. %1").arg(ErrorText.full(kind, serverWords)));
        }
        function onRemoveFailed(kind, serverWords) {
            toasts.show(qsTr("The comment could not be deleted and is back. %1").arg(ErrorText.full(kind, serverWords)));
        }
    }

    Connections {
        target: toasts.activity
        function onStorageChanged() {
            toasts.sayOfStorage();
        }
    }

    Connections {
        target: toasts.jobs
        function onPublished(title) {
            toasts.showWithAction(qsTr("“%1” is published.").arg(title), toasts.publishShown ? "" : qsTr("Show"), () => toasts.publishWanted());
        }
    }
}
