// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// Sign in or register, over what the person was doing. Dismissing it tells the session, so that nothing waits for ever.
Sheet {
    id: root

    required property Session session
    // Of the demo people of the built-in server; empty for other servers.
    property string demoPassword
    property var demoNames: []
    property bool registering: false
    property string reason
    // What is wrong, as a key; the words are made where they are shown, so that they follow the language.
    property string nameIssue
    property string passwordIssue
    property int failureKind: ErrorKind.None
    property string failureWords

    title: registering ? qsTr("Create an account") : qsTr("Sign in")

    function raise(why: string) {
        reason = why;
        clearIssues();
        if (!visible) {
            // Of another time, perhaps for another server.
            password.text = "";
            password.revealed = false;
            registering = false;
        }
        if (why === "add")
            name.text = "";
        else if (name.text.length === 0)
            name.text = session.userName;
        open();
    }

    function tooLong(most: int): string {
        return session.countsBytes ? qsTr("At most %n byte(s): a letter like “a” is one, a Chinese character is three", "", most) : qsTr("At most %n character(s)", "", most);
    }

    function clearIssues() {
        nameIssue = "";
        passwordIssue = "";
        failureKind = ErrorKind.None;
        failureWords = "";
    }

    function submit() {
        if (session.busy)
            return;
        clearIssues();
        if (name.text.trim().length === 0)
            nameIssue = "empty";
        if (password.text.length === 0)
            passwordIssue = "empty";
        if (nameIssue.length > 0)
            name.inputItem.forceActiveFocus();
        else if (passwordIssue.length > 0)
            password.inputItem.forceActiveFocus();
        else if (registering)
            session.registerAccount(name.text.trim(), password.text);
        else
            session.signIn(name.text.trim(), password.text);
    }

    function explain(kind: int, words: string, code: int) {
        if (kind === ErrorKind.Invalid) {
            switch (code) {
            case Session.NameEmpty:
                nameIssue = "empty";
                return;
            case Session.NameTooLong:
                nameIssue = "long";
                return;
            case Session.PasswordEmpty:
                passwordIssue = "empty";
                return;
            case Session.PasswordTooLong:
                passwordIssue = "long";
                return;
            }
        }
        switch (code) {
        case 30001:
            passwordIssue = "wrong";
            password.inputItem.forceActiveFocus();
            password.inputItem.selectAll();
            return;
        case 30002:
            nameIssue = "taken";
            name.inputItem.forceActiveFocus();
            return;
        case 30003:
            nameIssue = "unknown";
            name.inputItem.forceActiveFocus();
            return;
        }
        failureKind = kind;
        failureWords = words;
    }

    onVisibleChanged: if (visible) (name.text.length === 0 ? name : password).inputItem.forceActiveFocus()
    onDismissed: session.cancelSignIn()

    Connections {
        target: root.session

        function onSignInFailed(kind, serverWords, code) {
            root.explain(kind, serverWords, code);
        }

        function onNameWanted(userName) {
            root.registering = false;
            name.text = userName;
            password.inputItem.forceActiveFocus();
        }

        function onSignedInChanged() {
            if (!root.session.signedIn)
                return;
            password.text = "";
            root.finish();
        }
    }

    // Nobody chose to be signed out: why this comes up now.
    TextLabel {
        objectName: "expiredNote"
        width: parent.width
        wrapMode: Text.Wrap
        visible: root.session.expired && root.reason !== "expired" && root.reason !== "add" && root.reason !== "switch"
        text: qsTr("The server has ended your session, so your password is needed again.")
    }

    TextLabel {
        objectName: "signInReason"
        width: parent.width
        muted: true
        wrapMode: Text.Wrap
        visible: text.length > 0
        text: {
            switch (root.reason) {
            case "like":
                return qsTr("Your like is kept and happens as soon as you are in.");
            case "follow":
                return qsTr("You follow them as soon as you are in.");
            case "comment":
                return qsTr("Your comment is kept and is sent as soon as you are in.");
            case "message":
                return qsTr("Your message is kept and is sent as soon as you are in.");
            case "publish":
                return qsTr("What you prepared is kept and is published as soon as you are in.");
            case "expired":
                return qsTr("The server has ended your session. Sign in again and everything goes on.");
            case "add":
                return root.session.signedIn ? qsTr("%1 stays signed in. You can go back and forth without a password.").arg(root.session.userName) : qsTr("Several accounts can be signed in side by side.");
            case "switch":
                return qsTr("This account is signed out on this device. Its drafts are still there.");
            default:
                return qsTr("Watching needs no account. Liking and commenting do.");
            }
        }
    }

    Rectangle {
        width: parent.width
        height: trouble.implicitHeight + 2 * Theme.space3
        radius: Theme.radiusSmall
        color: Theme.dangerSoft
        visible: root.failureKind !== ErrorKind.None
        Accessible.role: Accessible.AlertMessage
        Accessible.name: trouble.text

        Icon {
            id: mark

            x: Theme.space3
            anchors.verticalCenter: parent.verticalCenter
            size: 20
            name: "warning"
            color: Theme.danger
        }

        TextLabel {
            id: trouble

            anchors.left: mark.right
            anchors.leftMargin: Theme.space2
            anchors.right: parent.right
            anchors.rightMargin: Theme.space3
            anchors.verticalCenter: parent.verticalCenter
            text: root.failureKind !== ErrorKind.None ? ErrorText.full(root.failureKind, root.failureWords) : ""
            color: Theme.danger
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }

    Field {
        id: name

        objectName: "nameField"
        width: parent.width
        label: qsTr("Name")
        problem: {
            switch (root.nameIssue) {
            case "empty":
                return qsTr("A name is needed");
            case "long":
                return root.tooLong(root.session.maxNameLength);
            case "taken":
                return qsTr("This name is taken. Choose another, or sign in");
            case "unknown":
                return qsTr("Nobody here has this name. Check it, or create an account");
            default:
                return "";
            }
        }
        onTextChanged: root.nameIssue = ""
        onAccepted: password.text.length > 0 ? root.submit() : password.inputItem.forceActiveFocus()
    }

    Field {
        id: password

        objectName: "passwordField"
        width: parent.width
        label: qsTr("Password")
        secret: true
        problem: {
            switch (root.passwordIssue) {
            case "empty":
                return qsTr("A password is needed");
            case "long":
                return root.tooLong(root.session.maxPasswordLength);
            case "wrong":
                return qsTr("That is not the password of this account");
            default:
                return "";
            }
        }
        onTextChanged: root.passwordIssue = ""
        onAccepted: root.submit()
    }

    PushButton {
        objectName: "submitButton"
        width: parent.width
        kind: PushButton.Primary
        busy: root.session.busy
        enabled: !root.session.busy
        text: root.session.busy ? (root.registering ? qsTr("Creating the account…") : qsTr("Signing in…"))
            : root.registering ? qsTr("Create account") : qsTr("Sign in")
        onClicked: root.submit()
    }

    PushButton {
        objectName: "switchButton"
        width: parent.width
        kind: PushButton.Quiet
        enabled: !root.session.busy
        text: root.registering ? qsTr("I have an account: sign in") : qsTr("New here? Create an account")
        onClicked: {
            root.registering = !root.registering;
            root.clearIssues();
        }
    }

    Rectangle {
        width: parent.width
        height: demo.implicitHeight + 2 * Theme.space3
        radius: Theme.radius
        color: Theme.accentSoft
        visible: root.demoPassword.length > 0 && !root.registering

        Column {
            id: demo

            x: Theme.space4
            y: Theme.space3
            width: parent.width - 2 * Theme.space4
            spacing: Theme.space2

            TextLabel {
                width: parent.width
                text: qsTr("Only trying it out? The built-in server has demo people. Their password is “%1”.").arg(root.demoPassword)
                color: Theme.accentSoftInk
                wrapMode: Text.Wrap
            }

            Flow {
                width: parent.width
                spacing: Theme.space2

                Repeater {
                    model: root.demoNames

                    PushButton {
                        required property string modelData

                        text: modelData
                        inkOverride: Theme.accentSoftInk
                        Accessible.name: qsTr("Fill in %1").arg(modelData)
                        onClicked: {
                            name.text = modelData;
                            password.text = root.demoPassword;
                        }
                    }
                }
            }
        }
    }
}
