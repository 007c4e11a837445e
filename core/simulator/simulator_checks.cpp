// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SimulatorDesk: what the simulator gave up, what it found wrong, what was met, and recordings to replay.

#include "core/simulator/simulator_desk.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

// The newest, as many as one reads on a page.
constexpr qsizetype kMostLetters = 20;
constexpr qsizetype kMostFindings = 20;

// A recording is replayed as fast as it goes, and may be long.
constexpr std::chrono::milliseconds kReplayPatience{600'000};
// The world is put aside first.
constexpr std::chrono::milliseconds kTapePatience{60'000};

}  // namespace

void SimulatorDesk::forgetChecks() {
    replayScope_.restart();
    deadLetters_.setRows({});
    findings_.setRows({});
    coverage_.setRows({});
    olderLetters_ = 0;
    validation_ = {};
    covering_ = false;
    tape_ = {};
    replaying_ = false;
    replayed_ = Replayed::NotYet;
    Q_EMIT checksChanged();
    Q_EMIT replayChanged();
}

// --- dead letters

QCoro::Task<> SimulatorDesk::readDeadLetters(std::stop_token alive) {
    const auto letters = co_await client_.call(AdminCall::get(QStringLiteral("dead-letters")), alive);
    if (alive.stop_requested() || !letters) {
        co_return;
    }
    QList<DeadLetterRow> rows = deadLetterRowsFrom(*letters);
    std::ranges::reverse(rows);
    const int older = static_cast<int>(std::max<qsizetype>(0, rows.size() - kMostLetters));
    rows.resize(std::min(rows.size(), kMostLetters));
    deadLetters_.setRows(rows);
    if (std::exchange(olderLetters_, older) != older) {
        Q_EMIT checksChanged();
    }
}

void SimulatorDesk::resend(const QString& which) {
    move(AdminCall::post(QStringLiteral("dead-letters/%1/resend").arg(AdminCall::piece(which))),
         [this](const QJsonObject& said) {
             Q_EMIT lettersResent(said.value(QLatin1StringView("resent")).toInt());
         });
}

void SimulatorDesk::resendLetter(const QString& letter) {
    resend(letter);
}

void SimulatorDesk::resendAllLetters() {
    resend(QStringLiteral("all"));
}

// --- validation and coverage

QCoro::Task<> SimulatorDesk::readChecks(std::stop_token alive) {
    const auto validation = co_await client_.call(AdminCall::get(QStringLiteral("validation")), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    if (validation) {
        takeValidation(*validation);
    }
    if (alive.stop_requested()) {
        co_return;
    }
    const auto coverage = co_await client_.call(AdminCall::get(QStringLiteral("coverage")), alive);
    if (!alive.stop_requested() && coverage) {
        takeCoverage(*coverage);
    }
}

void SimulatorDesk::takeValidation(const QJsonObject& said) {
    QList<FindingRow> rows = findingRowsFrom(said);
    rows.resize(std::min(rows.size(), kMostFindings));
    findings_.setRows(rows);
    if (const ValidationState now = validationStateFrom(said); now != validation_) {
        validation_ = now;
        Q_EMIT checksChanged();
    }
}

void SimulatorDesk::takeCoverage(const QJsonObject& said) {
    coverage_.setRows(coverageRowsFrom(said));
    if (const bool on = said.value(QLatin1StringView("on")).toBool(); std::exchange(covering_, on) != on) {
        Q_EMIT checksChanged();
    }
}

void SimulatorDesk::setValidating(bool on) {
    move(AdminCall::put(QStringLiteral("validation"), {{QStringLiteral("on"), on}}),
         [this](const QJsonObject& said) {
             validation_.on = said.value(QLatin1StringView("on")).toBool();
             Q_EMIT checksChanged();
         });
}

void SimulatorDesk::clearFindings() {
    move(AdminCall::remove(QStringLiteral("validation")),
         [this](const QJsonObject& said) { takeValidation(said); });
}

void SimulatorDesk::setCovering(bool on) {
    move(AdminCall::put(QStringLiteral("coverage"), {{QStringLiteral("on"), on}}),
         [this](const QJsonObject& said) {
             covering_ = said.value(QLatin1StringView("on")).toBool();
             Q_EMIT checksChanged();
         });
}

void SimulatorDesk::clearCoverage() {
    move(AdminCall::remove(QStringLiteral("coverage")),
         [this](const QJsonObject& said) { takeCoverage(said); });
}

// --- replay

QCoro::Task<> SimulatorDesk::readReplay(std::stop_token alive) {
    const auto tape = co_await client_.call(AdminCall::get(QStringLiteral("recording")), alive);
    if (!alive.stop_requested() && tape) {
        takeTape(*tape);
    }
}

void SimulatorDesk::takeTape(const QJsonObject& said) {
    const RecordingState now = recordingStateFrom(said);
    if (now == tape_) {
        return;
    }
    // Another recording, or more of it: what was compared was something else.
    if (now.on || now.entries != tape_.entries || now.bytes != tape_.bytes) {
        replayed_ = Replayed::NotYet;
    }
    tape_ = now;
    Q_EMIT replayChanged();
}

void SimulatorDesk::startReplay() {
    AdminCall call = AdminCall::put(QStringLiteral("recording"));
    call.patience = kTapePatience;
    move(std::move(call), [this](const QJsonObject& said) {
        forgetVerdict();
        takeTape(said);
    });
}

void SimulatorDesk::stopReplay() {
    move(AdminCall::post(QStringLiteral("recording/stop")),
         [this](const QJsonObject& said) { takeTape(said); });
}

void SimulatorDesk::forgetVerdict() {
    // One that is still to come is about a recording that is gone.
    replayScope_.restart();
    replaying_ = false;
    replayed_ = Replayed::NotYet;
    Q_EMIT replayChanged();
}

void SimulatorDesk::forgetReplay() {
    forgetVerdict();
    move(AdminCall::remove(QStringLiteral("recording")), [this](const QJsonObject& said) { takeTape(said); });
}

void SimulatorDesk::checkReplay() {
    if (!replaying_) {
        replay();
    }
}

QCoro::Task<> SimulatorDesk::replay() {
    const std::stop_token alive = replayScope_.token();
    const std::stop_token mine = scope_.token();
    setProblem(ErrorKind::None);
    replaying_ = true;
    replayed_ = Replayed::NotYet;
    Q_EMIT replayChanged();
    AdminCall call = AdminCall::post(QStringLiteral("recording/replay"));
    call.patience = kReplayPatience;
    const auto report = co_await client_.call(std::move(call), alive);
    if (alive.stop_requested() || mine.stop_requested()) {
        co_return;
    }
    replaying_ = false;
    if (report) {
        replayed_ = report->value(QLatin1StringView("same")).toBool() ? Replayed::Same : Replayed::Different;
        replayCompared_ = QString::number(report->value(QLatin1StringView("compared")).toInteger());
        replayDifference_ = differenceTextFrom(*report);
    } else {
        setProblem(report.error().kind, report.error().serverWords);
    }
    Q_EMIT replayChanged();
}

}  // namespace tikgok
