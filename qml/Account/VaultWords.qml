// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Core

// What is the matter with the keychain. Nobody is signed out by any of it.
QtObject {
    function title(state: int): string {
        switch (state) {
        case Session.VaultState.Locked:
            return qsTr("The keychain is locked");
        case Session.VaultState.Missing:
            return qsTr("This system has no keychain");
        case Session.VaultState.Denied:
            return qsTr("TikGok was refused the keychain");
        case Session.VaultState.Unavailable:
            return qsTr("The keychain does not answer");
        default:
            return qsTr("Kept in the system's keychain");
        }
    }

    // `signedIn`: somebody is; otherwise their sign-in could not be read.
    function detail(state: int, signedIn: bool): string {
        switch (state) {
        case Session.VaultState.Locked:
            return signedIn ? qsTr("You stay signed in until TikGok closes. Unlock the keychain and try again to stay signed in longer.")
                : qsTr("Your sign-in is in it, and safe. Unlock the keychain and try again.");
        case Session.VaultState.Missing:
            return signedIn ? qsTr("You stay signed in until TikGok closes. Install a keychain such as GNOME Keyring or KWallet to stay signed in longer.")
                : qsTr("Sign-ins are remembered until TikGok closes. Install a keychain such as GNOME Keyring or KWallet to keep them longer.");
        case Session.VaultState.Denied:
            return signedIn ? qsTr("You stay signed in until TikGok closes. Allow TikGok to use the keychain and try again to stay signed in longer.")
                : qsTr("Your sign-in is in it, and safe. Allow TikGok to use the keychain and try again.");
        case Session.VaultState.Unavailable:
            return signedIn ? qsTr("You stay signed in until TikGok closes. Try again in a moment.") : qsTr("Your sign-in is in it. Try again in a moment.");
        default:
            return qsTr("Only you can read them, after you have signed in to this computer.");
        }
    }
}
