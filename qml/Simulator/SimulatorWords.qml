// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick
import TikGok.Controls
import TikGok.Core

// What the simulator's names mean, in the words of whoever reads.
QtObject {
    // Many things in one line; empty ones are left out.
    function list(parts: var): string {
        return parts.filter(part => part.length > 0).join(qsTr(", ", "between the parts of a list"));
    }

    function preset(name: string): string {
        switch (name) {
        case "feed-500":
            return qsTr("The feed fails with 500");
        case "slow":
            return qsTr("Everything takes two seconds");
        case "one-in-three":
            return qsTr("One in three requests fails");
        case "no-answer":
            return qsTr("Connections are cut");
        case "too-many":
            return qsTr("Too many requests (429)");
        case "signed-out":
            return qsTr("Sessions have expired");
        case "lost-answers":
            return qsTr("Writes arrive, their answers do not");
        case "broken-json":
            return qsTr("Answers are broken JSON");
        case "slow-media":
            return qsTr("Videos come at 50 kB/s");
        default:
            return "";
        }
    }

    // `number`: as the effect has it.
    function effect(kind: string, number: string): string {
        switch (kind) {
        case "status":
            return qsTr("HTTP %1").arg(number);
        case "envelope":
            return qsTr("error code %1").arg(number);
        case "latency":
            return qsTr("%1 ms late").arg(number);
        case "too_many_requests":
            return qsTr("429, too many requests");
        case "unauthorized":
            return qsTr("401, unauthorized");
        case "expired_token":
            return qsTr("expired session");
        case "empty_reply":
            return qsTr("no answer");
        case "reset":
            return qsTr("connection cut");
        case "malformed_json":
            return qsTr("broken JSON");
        case "drop_answer":
            return qsTr("done, answer lost");
        case "throttle":
            return qsTr("%1 bytes/s").arg(number);
        default:
            // As the simulator calls it: there are more than have words here.
            return kind.replace(/_/g, " ");
        }
    }

    function numberLabel(kind: string): string {
        switch (kind) {
        case "status":
            return qsTr("Status");
        case "envelope":
            return qsTr("Code");
        case "latency":
            return qsTr("Milliseconds");
        case "throttle":
            return qsTr("Bytes a second");
        default:
            return "";
        }
    }

    function inside(name: string, otherwise: string): string {
        switch (name) {
        case "queue_full":
            return qsTr("Writes are turned away with 503");
        case "consumer_paused":
            return qsTr("Writes are answered, and wait");
        case "crash_before_ack":
            return qsTr("A write is applied, and comes again");
        case "duplicate_delivery":
            return qsTr("A finished write comes once more");
        case "poison_message":
            return qsTr("A write cannot be applied");
        case "cover_fails":
            return qsTr("No cover can be made");
        case "database_read_only":
            return qsTr("Writes fail, reading goes on");
        case "disk_full":
            return qsTr("The disk is full");
        default:
            return otherwise;
        }
    }

    function route(path: string): string {
        switch (path) {
        case "":
            return qsTr("everything");
        case "/douyin/*":
            return qsTr("all calls");
        case "/static/*":
            return qsTr("videos and pictures");
        case "/douyin/feed/":
            return qsTr("the feed");
        default:
            return path;
        }
    }

    function world(name: string): string {
        switch (name) {
        case "empty":
            return qsTr("Empty");
        case "one":
            return qsTr("One video");
        case "small":
            return qsTr("Small: 12 people, 40 videos");
        case "hostile":
            return qsTr("Hostile texts");
        case "busy":
            return qsTr("Busy: 1,000 people, 10,000 videos");
        default:
            return name;
        }
    }

    function dialect(name: string): string {
        switch (name) {
        case "standard":
            return qsTr("Our own server");
        case "tikgok":
            return qsTr("The reference server");
        case "demo":
            return qsTr("The official demo");
        default:
            return name;
        }
    }

    function series(which: int): string {
        switch (which) {
        case LoadModel.Series.Requests:
            return qsTr("Requests a second");
        case LoadModel.Series.Failures:
            return qsTr("Failures a second");
        case LoadModel.Series.Median:
            return qsTr("Half are answered within (ms)");
        case LoadModel.Series.P99:
            return qsTr("99 % are answered within (ms)");
        case LoadModel.Series.WritesWaiting:
            return qsTr("Writes waiting");
        case LoadModel.Series.UploadsWaiting:
            return qsTr("Uploads waiting");
        default:
            return qsTr("Connections");
        }
    }

    // How a connection ended early. `kind`: "close" or "reset".
    function cut(kind: string, answered: bool): string {
        if (kind === "reset")
            return answered ? qsTr("reset within the answer") : qsTr("reset, no answer");
        return answered ? qsTr("closed within the answer") : qsTr("closed, no answer");
    }

    // What somebody got. `status`: 0 is nothing; `code` of the envelope, or -1.
    function answer(status: int, code: int): string {
        if (status === 0)
            return qsTr("no answer");
        return code > 0 ? qsTr("HTTP %1 with code %2").arg(status).arg(code) : qsTr("HTTP %1").arg(status);
    }

    // A file under way. `progress`: 0 to 1, or less than 0.
    function fileGoing(work: int, progress: real): string {
        if (work !== SimulatorFiles.Work.ImportWorld)
            return qsTr("Saving…");
        return progress < 0 ? qsTr("Importing…") : qsTr("Importing: %1 %").arg(Math.floor(progress * 100));
    }

    // How a file's way ended.
    function fileOutcome(files: SimulatorFiles): string {
        const taking = files.last === SimulatorFiles.Work.ImportWorld;
        switch (files.outcome) {
        case SimulatorFiles.Outcome.Done:
            return taking ? qsTr("Imported as “%1”. It is among the snapshots; the world that is here is as it was.").arg(files.place) : qsTr("Saved as %1").arg(files.place);
        case SimulatorFiles.Outcome.Stopped:
            return taking ? qsTr("Stopped. Nothing has changed on the server.") : qsTr("Stopped. No file was written.");
        case SimulatorFiles.Outcome.NotHere:
            return qsTr("That is not a file of this computer.");
        case SimulatorFiles.Outcome.FileTrouble:
            return taking ? qsTr("The file cannot be read: %1. Nothing has changed.").arg(files.place) : qsTr("The file cannot be written: %1. What was there is as it was.").arg(files.place);
        case SimulatorFiles.Outcome.NotAWorld:
            return ErrorText.withServerWords(qsTr("This file is not an exported world. Nothing has changed."), files.words);
        case SimulatorFiles.Outcome.TooLarge:
            return qsTr("That is too large for this page. “tikgok-sim ctl” can do it.");
        case SimulatorFiles.Outcome.Refused:
            return qsTr("That did not work. %1").arg(ErrorText.full(files.problem, files.words));
        default:
            return "";
        }
    }

    // What is turned, in one line; empty when nothing is.
    function chaos(watch: SimulatorWatch): string {
        return list([
            watch.scenario.length > 0 ? qsTr("scenario “%1”").arg(watch.scenario) : "",
            watch.rulesOn > 0 ? qsTr("%n fault rules", "", watch.rulesOn) : "",
            watch.insideOn > 0 ? qsTr("%n faults inside", "", watch.insideOn) : "",
            watch.realTime ? "" : qsTr("its clock is turned")
        ]);
    }
}
