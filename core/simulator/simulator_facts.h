// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a simulator tells of itself, as values. Read from the JSON of its admin API; what is missing or of
// another type becomes the default, so that an older or newer simulator is still of use.
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

namespace tikgok {

// GET /_sim/
struct SimulatorState {
    QString version;
    QString world;
    QString dialect;
    // What somebody turned on purpose.
    int rulesOn = 0;
    int insideOn = 0;
    bool realTime = true;
    // Empty: none.
    QString scenario;

    [[nodiscard]] bool chaotic() const {
        return rulesOn > 0 || insideOn > 0 || !realTime || !scenario.isEmpty();
    }
    bool operator==(const SimulatorState&) const = default;
};

struct SimulatorClock {
    // Milliseconds of the Unix epoch.
    qint64 nowMs = 0;
    bool frozen = false;
    double scale = 1;
    qint64 skewMs = 0;
    bool real = true;

    bool operator==(const SimulatorClock&) const = default;
};

struct FaultRow {
    QString name;
    bool on = false;
    QString method;
    QString route;
    // The kinds of its effects, in their order.
    QStringList kinds;
    // The first effect's number: a status, a code, milliseconds, bytes a second. 0: it has none.
    qint64 number = 0;
    double chance = 1;
    // Strikes so often; 0: always.
    qint64 times = 0;
    qint64 matched = 0;
    qint64 struck = 0;
    // Why it ended by itself; see docs/admin-api.md.
    QString ended;

    [[nodiscard]] QString key() const { return name; }
    bool operator==(const FaultRow&) const = default;
};

struct InsideRow {
    QString name;
    // In English: the simulator's.
    QString summary;
    bool on = false;
    qint64 struck = 0;

    [[nodiscard]] QString key() const { return name; }
    bool operator==(const InsideRow&) const = default;
};

struct SimPersonRow {
    qint64 id = 0;
    QString name;

    [[nodiscard]] QString key() const { return QString::number(id); }
    bool operator==(const SimPersonRow&) const = default;
};

struct SnapshotRow {
    QString name;
    QString world;
    qint64 madeMs = 0;
    qint64 bytes = 0;

    [[nodiscard]] QString key() const { return name; }
    bool operator==(const SnapshotRow&) const = default;
};

struct ScenarioRow {
    QString name;
    // In English: the scenario's own.
    QString title;
    QString description;

    [[nodiscard]] QString key() const { return name; }
    bool operator==(const ScenarioRow&) const = default;
};

struct JournalRow {
    qint64 number = 0;
    qint64 timeMs = 0;
    QString method;
    QString path;
    QString query;
    // 0: the connection ended before the head.
    int status = 0;
    // How a fault ended the connection: "close" or "reset"; empty: none did.
    QString cut;
    // Of the envelope; -1: none.
    int code = -1;
    qint64 spentUs = 0;
    // Rules that struck; empty: none did.
    QString fault;

    [[nodiscard]] QString key() const { return QString::number(number); }
    bool operator==(const JournalRow&) const = default;
};

// What the simulator gave up.
struct DeadLetterRow {
    qint64 id = 0;
    // Else a write.
    bool upload = false;
    // In English: the simulator's.
    QString reason;
    qint64 failures = 0;
    qint64 deadMs = 0;

    [[nodiscard]] QString key() const { return QString::number(id); }
    bool operator==(const DeadLetterRow&) const = default;
};

// An exchange that is not as the description of the contract has it.
struct FindingRow {
    // Counted from the oldest that is kept.
    qint64 number = 0;
    // Of the journal; 0: it is not in there.
    qint64 entry = 0;
    QString method;
    QString path;
    int status = 0;
    // What is wrong with either side. In English: the simulator's.
    QStringList request;
    QStringList answer;
    // Rules that made it wrong on purpose; empty: it is wrong by mistake.
    QString deliberate;

    [[nodiscard]] QString key() const {
        return entry > 0 ? QStringLiteral("e") + QString::number(entry) : QString::number(number);
    }
    bool operator==(const FindingRow&) const = default;
};

struct ValidationState {
    bool on = false;
    qint64 checked = 0;
    qint64 unchecked = 0;
    qint64 badRequests = 0;
    qint64 badAnswers = 0;
    qint64 deliberate = 0;

    bool operator==(const ValidationState&) const = default;
};

// A kind of answer that a client has met.
struct MetAnswer {
    int status = 0;
    // -1: none.
    int code = -1;
    qint64 count = 0;
    // The kinds of faults that struck it; empty: none did.
    QString faults;

    bool operator==(const MetAnswer&) const = default;
};

struct CoverageRow {
    QString route;
    qint64 requests = 0;
    QList<MetAnswer> met;
    // Digits.
    QStringList unmetCodes;
    QStringList unmetFaults;

    [[nodiscard]] QString key() const { return route; }
    bool operator==(const CoverageRow&) const = default;
};

struct RecordingState {
    bool on = false;
    // It ended because there was no more room.
    bool full = false;
    qint64 entries = 0;
    qint64 bytes = 0;

    bool operator==(const RecordingState&) const = default;
};

// Nothing can be made of it: version stays empty.
SimulatorState simulatorStateFrom(const QJsonObject& object);
SimulatorClock simulatorClockFrom(const QJsonObject& object);
QList<FaultRow> faultRowsFrom(const QJsonObject& object);
QList<InsideRow> insideRowsFrom(const QJsonObject& object);
QList<SimPersonRow> simPersonRowsFrom(const QJsonObject& object);
QList<SnapshotRow> snapshotRowsFrom(const QJsonObject& object);
QList<ScenarioRow> scenarioRowsFrom(const QJsonObject& object);
// As they came: the oldest first.
QList<JournalRow> journalRowsFrom(const QJsonObject& object);
QList<DeadLetterRow> deadLetterRowsFrom(const QJsonObject& object);
// The newest first.
QList<FindingRow> findingRowsFrom(const QJsonObject& object);
ValidationState validationStateFrom(const QJsonObject& object);
QList<CoverageRow> coverageRowsFrom(const QJsonObject& object);
RecordingState recordingStateFrom(const QJsonObject& object);
// Where a replay was different first (POST recording/replay), as text to read.
QString differenceTextFrom(const QJsonObject& object);
// One entry whole (GET journal/N/explain), as text to read.
QString journalTextFrom(const QJsonObject& object);

}  // namespace tikgok
