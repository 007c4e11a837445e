// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Controls
import TikGok.Core

// What there is to say about a server.
QtObject {
    function dialect(kind: int): string {
        switch (kind) {
        case Dialect.Standard:
            return qsTr("Standard server");
        case Dialect.TikGok:
            return qsTr("TikGok reference server");
        case Dialect.Demo:
            return qsTr("Official demo server");
        case Dialect.Other:
            return qsTr("Server of another kind");
        default:
            return "";
        }
    }

    // What goes with a server of the address book; empty: nothing.
    function losses(servers: ServersModel, row: int): string {
        let all = "";
        const writes = servers.writesOf(row);
        if (writes > 0)
            all = qsTr("%n write(s) wait for this server and will not be sent.", "", writes);
        const drafts = servers.draftsOf(row);
        if (drafts > 0)
            all = Format.sentences([all, qsTr("%n draft(s) are deleted.", "", drafts)]);
        const recordings = servers.recordingsOf(row);
        if (recordings > 0)
            all = Format.sentences([all, qsTr("%n recorded video(s) go with them.", "", recordings)]);
        const accounts = servers.accountsOf(row);
        if (accounts > 0)
            all = Format.sentences([all, qsTr("%n account(s) are signed out and forgotten on this device.", "", accounts)]);
        return all;
    }

    // What is wrong with an address that was typed.
    function addressProblem(problem: int): string {
        switch (problem) {
        case AddressProblem.Empty:
            return qsTr("An address is needed");
        case AddressProblem.Scheme:
            return qsTr("An address begins with http:// or https://");
        case AddressProblem.UserInfo:
            return qsTr("No name or password in the address: it would be kept in plain text. Sign in later instead");
        case AddressProblem.Host:
            return qsTr("This is not the name of a server. It should look like videos.example.org or 192.168.1.20:8080");
        case AddressProblem.Port:
            return qsTr("The number after the colon goes from 1 to 65535");
        case AddressProblem.AlreadyHere:
            return qsTr("This server is in the list already");
        default:
            return "";
        }
    }

    function good(verdict: int): bool {
        return verdict === ServerVerdict.Good || verdict === ServerVerdict.Refuses;
    }

    // The result of a test in a few words.
    function verdict(verdict: int): string {
        switch (verdict) {
        case ServerVerdict.Good:
            return qsTr("It answers, and TikGok can use it");
        case ServerVerdict.Refuses:
            return qsTr("It answers, but shows its videos only to people who are signed in");
        case ServerVerdict.NoSuchHost:
            return qsTr("There is no server of this name");
        case ServerVerdict.NobodyThere:
            return qsTr("The machine is there, but no server listens at this address");
        case ServerVerdict.Tls:
            return qsTr("No safe connection");
        case ServerVerdict.NoAnswer:
            return qsTr("No answer");
        case ServerVerdict.Cut:
            return qsTr("The connection was cut before an answer came");
        case ServerVerdict.Offline:
            return qsTr("No connection");
        case ServerVerdict.Elsewhere:
            return qsTr("It sends visitors to another address");
        case ServerVerdict.NotHttp:
            return qsTr("Something answers, but it is no web server");
        case ServerVerdict.WebPage:
            return qsTr("There is a web page, but no TikGok server");
        case ServerVerdict.NotContract:
            return qsTr("A web server, but not one for TikGok");
        case ServerVerdict.Failing:
            return qsTr("The server has trouble right now");
        default:
            return "";
        }
    }

    // What to do about it, or what was found.
    function detail(check: ServerCheck): string {
        switch (check.verdict) {
        case ServerVerdict.Good: {
            const parts = [dialect(check.dialect), qsTr("answers in %1 ms").arg(check.roundTrip)];
            parts.push(check.pageSize > 0 ? qsTr("%n video(s) per page", "", check.pageSize) : qsTr("no videos yet"));
            parts.push(check.push ? qsTr("messages come by themselves") : qsTr("messages are asked for"));
            if (check.dialect === Dialect.TikGok)
                parts.push(qsTr("uploads up to 4 MiB, lengths counted in bytes"));
            return parts.join(" · ");
        }
        case ServerVerdict.Refuses:
            return check.serverWords.length > 0 ? qsTr("It says: “%1”").arg(check.serverWords) : "";
        case ServerVerdict.NoSuchHost:
            return qsTr("Check the spelling, and whether this device is online.");
        case ServerVerdict.NobodyThere:
            return qsTr("Is the server running? Is the number after the colon right?");
        case ServerVerdict.Tls:
            return check.detail.length > 0 ? qsTr("“%1” Without a certificate that this system trusts, nothing is sent.").arg(check.detail) : qsTr("Perhaps it speaks http:// and not https://.");
        case ServerVerdict.NoAnswer:
            return qsTr("It took longer than eight seconds. A firewall may be in the way.");
        case ServerVerdict.Cut:
            return qsTr("Perhaps it speaks https:// and not http://, or a proxy is in the way.");
        case ServerVerdict.Offline:
            return qsTr("Check this device's network.");
        case ServerVerdict.Elsewhere:
            return qsTr("TikGok does not follow it there, so that nothing goes to somebody else. Enter the other address if you trust it.");
        case ServerVerdict.NotHttp:
            return qsTr("Is the number after the colon right?");
        case ServerVerdict.WebPage:
        case ServerVerdict.NotContract:
            return qsTr("Check the address; something may be missing after the name.");
        case ServerVerdict.Failing:
            return qsTr("It answered with HTTP %1. Try again in a while.").arg(check.httpStatus);
        default:
            return "";
        }
    }
}
