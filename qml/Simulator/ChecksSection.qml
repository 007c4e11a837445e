// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import TikGok.Controls
import TikGok.Core

// What was wrong, and what was never met.
Column {
    id: root

    required property SimulatorDesk desk

    signal notice(string text)

    spacing: Theme.space5

    function findings(request: var, answer: var, deliberate: string): string {
        const parts = request.map(words => qsTr("Request: %1").arg(words)).concat(answer.map(words => qsTr("Answer: %1").arg(words)));
        if (deliberate.length > 0)
            parts.push(qsTr("On purpose, by %1").arg(deliberate));
        return parts.join("\n");
    }

    function coverage(requests: string, met: var): string {
        return requests === "0" ? qsTr("Never asked") : qsTr("%n requests: %1", "", parseInt(requests)).arg(SimulatorWords.list(met.map(one => SimulatorWords.answer(one.status, one.code))));
    }

    Card {
        width: parent.width
        title: qsTr("Against the contract")

        SwitchRow {
            width: parent.width
            name: "validation"
            iconName: "check"
            on: root.desk.validating
            text: qsTr("Look at every request and answer")
            detail: qsTr("%1 looked at. Wrong: %2 requests, %3 answers; %4 on purpose.").arg(root.desk.checked).arg(root.desk.badRequests).arg(root.desk.badAnswers).arg(root.desk.deliberate)
            onSwitched: on => root.desk.setValidating(on)
        }

        TextLabel {
            objectName: "unchecked"
            x: Theme.space4
            width: parent.width - 2 * x
            bottomPadding: Theme.space3
            text: qsTr("%1 more came too fast to be looked at.").arg(root.desk.unchecked)
            color: Theme.warning
            wrapMode: Text.Wrap
            visible: root.desk.unchecked !== "0"
        }

        Repeater {
            id: findingRows

            model: root.desk.findings

            ListRow {
                required property var model
                required property int index

                objectName: "finding_" + index
                width: parent ? parent.width : 0
                iconName: model.deliberate.length > 0 ? "flask" : "warning"
                text: qsTr("%1 %2: %3").arg(model.method).arg(model.path).arg(model.status > 0 ? model.status : qsTr("no answer"))
                detail: root.findings(model.request, model.answer, model.deliberate)
                chevron: model.entry.length > 0
                onClicked: {
                    if (model.entry.length === 0) {
                        root.notice(qsTr("This one is not in the journal"));
                        return;
                    }
                    root.desk.openEntry(model.entry);
                    entry.open();
                }
            }
        }

        TextLabel {
            objectName: "noFindings"
            x: Theme.space4
            width: parent.width - 2 * x
            topPadding: Theme.space2
            bottomPadding: Theme.space3
            text: root.desk.validating ? qsTr("Nothing wrong so far.") : qsTr("Nothing is looked at. Switch it on above.")
            muted: true
            wrapMode: Text.Wrap
            visible: findingRows.count === 0
        }

        ListRow {
            objectName: "clearFindings"
            width: parent.width
            iconName: "trash"
            text: qsTr("Clear")
            detail: qsTr("Counts from nothing")
            visible: root.desk.checked !== "0"
            onClicked: root.desk.clearFindings()
        }
    }

    Card {
        width: parent.width
        title: qsTr("Which failures a client has met")

        SwitchRow {
            width: parent.width
            name: "coverage"
            iconName: "eye"
            on: root.desk.covering
            text: qsTr("Count what clients meet")
            detail: qsTr("By call: answers, error codes and faults, and those that never came.")
            onSwitched: on => root.desk.setCovering(on)
        }

        Repeater {
            model: root.desk.coverage

            ListRow {
                required property var model

                objectName: "coverage_" + model.route
                width: parent ? parent.width : 0
                visible: root.desk.covering || model.requests !== "0"
                text: model.route
                detail: root.coverage(model.requests, model.met)
                chevron: true
                onClicked: gaps.show(model.route, model.met, model.unmetCodes, model.unmetFaults)
            }
        }

        ListRow {
            objectName: "clearCoverage"
            width: parent.width
            iconName: "trash"
            text: qsTr("Begin again")
            detail: qsTr("Counts from nothing")
            visible: root.desk.covering
            onClicked: root.desk.clearCoverage()
        }
    }

    EntrySheet {
        id: entry

        objectName: "findingSheet"
        desk: root.desk
        onNotice: text => root.notice(text)
    }

    CoverageSheet {
        id: gaps

        objectName: "coverageSheet"
        onBreakWanted: route => form.begin(route)
    }

    RuleSheet {
        id: form

        objectName: "coverageRule"
        desk: root.desk
    }
}
