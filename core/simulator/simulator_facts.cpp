// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/simulator_facts.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLatin1StringView>

#include <algorithm>

namespace tikgok {

namespace {

using Name = QLatin1StringView;

QString textAt(const QJsonObject& object, Name name) {
    return object.value(name).toString();
}

qint64 numberAt(const QJsonObject& object, Name name, qint64 otherwise = 0) {
    return object.value(name).toInteger(otherwise);
}

// Numbers become digits.
QStringList textsAt(const QJsonObject& object, Name name) {
    QStringList texts;
    for (const auto& one : object.value(name).toArray()) {
        texts.append(one.isDouble() ? QString::number(one.toInteger()) : one.toString());
    }
    return texts;
}

template <class Row, class Read>
QList<Row> rowsAt(const QJsonObject& object, Name name, Read read) {
    QList<Row> rows;
    const QJsonArray list = object.value(name).toArray();
    rows.reserve(list.size());
    for (const auto& one : list) {
        rows.append(read(one.toObject()));
    }
    return rows;
}

qint64 firstNumberOf(const QJsonObject& effect) {
    for (const auto name : {Name("status"), Name("code"), Name("ms"), Name("bytes_per_s"), Name("at")}) {
        if (const QJsonValue value = effect.value(name); value.isDouble()) {
            // Milliseconds may have a fraction.
            return value.toInteger(qRound64(value.toDouble()));
        }
    }
    return numberAt(effect.value(Name("lognormal_ms")).toObject(), Name("median"));
}

QString headersOf(const QJsonObject& side) {
    QString text;
    for (const auto& one : side.value(Name("headers")).toArray()) {
        const QJsonObject header = one.toObject();
        text += textAt(header, Name("name")) + QStringLiteral(": ") + textAt(header, Name("value")) +
                QLatin1Char('\n');
    }
    return text;
}

QString bodyOf(const QJsonObject& side) {
    QString body = textAt(side, Name("body"));
    const QJsonDocument json = QJsonDocument::fromJson(body.toUtf8());
    if (!json.isNull()) {
        body = QString::fromUtf8(json.toJson(QJsonDocument::Indented)).trimmed();
    }
    if (side.value(Name("clipped")).toBool()) {
        body += QStringLiteral("\n…");
    }
    return body.isEmpty() ? body : QLatin1Char('\n') + body + QLatin1Char('\n');
}

}  // namespace

SimulatorState simulatorStateFrom(const QJsonObject& object) {
    const QJsonObject chaos = object.value(Name("chaos")).toObject();
    return {.version = textAt(object, Name("version")),
            .world = textAt(object, Name("world")),
            .dialect = textAt(object, Name("dialect")),
            .rulesOn = chaos.value(Name("rules")).toInt(),
            .insideOn = chaos.value(Name("inside")).toInt(),
            .realTime = chaos.value(Name("real_time")).toBool(true),
            .scenario = textAt(chaos, Name("scenario"))};
}

SimulatorClock simulatorClockFrom(const QJsonObject& object) {
    return {.nowMs = numberAt(object, Name("now_ms")),
            .frozen = object.value(Name("frozen")).toBool(),
            .scale = object.value(Name("scale")).toDouble(1),
            .skewMs = numberAt(object, Name("skew_ms")),
            .real = object.value(Name("real")).toBool(true)};
}

QList<FaultRow> faultRowsFrom(const QJsonObject& object) {
    return rowsAt<FaultRow>(object, Name("rules"), [](const QJsonObject& one) {
        const QJsonObject match = one.value(Name("match")).toObject();
        const QJsonObject limits = one.value(Name("limits")).toObject();
        const QJsonArray effects = one.value(Name("effects")).toArray();
        FaultRow row{.name = textAt(one, Name("rule")),
                     .on = one.value(Name("on")).toBool(true),
                     .method = textAt(match, Name("method")),
                     .route = textAt(match, Name("route")),
                     .kinds = {},
                     .number = firstNumberOf(effects.first().toObject()),
                     .chance = limits.value(Name("probability")).toDouble(1),
                     .times = numberAt(limits, Name("times")),
                     .matched = numberAt(one, Name("matched")),
                     .struck = numberAt(one, Name("struck")),
                     .ended = textAt(one, Name("ended"))};
        for (const auto& effect : effects) {
            row.kinds.append(textAt(effect.toObject(), Name("kind")));
        }
        return row;
    });
}

QList<InsideRow> insideRowsFrom(const QJsonObject& object) {
    return rowsAt<InsideRow>(object, Name("inside"), [](const QJsonObject& one) {
        return InsideRow{.name = textAt(one, Name("name")),
                         .summary = textAt(one, Name("summary")),
                         .on = one.value(Name("on")).toBool(),
                         .struck = numberAt(one, Name("struck"))};
    });
}

QList<SimPersonRow> simPersonRowsFrom(const QJsonObject& object) {
    return rowsAt<SimPersonRow>(object, Name("people"), [](const QJsonObject& one) {
        return SimPersonRow{.id = numberAt(one, Name("id")), .name = textAt(one, Name("name"))};
    });
}

QList<SnapshotRow> snapshotRowsFrom(const QJsonObject& object) {
    return rowsAt<SnapshotRow>(object, Name("snapshots"), [](const QJsonObject& one) {
        return SnapshotRow{.name = textAt(one, Name("name")),
                           .world = textAt(one, Name("world")),
                           .madeMs = numberAt(one, Name("made_ms")),
                           .bytes = numberAt(one, Name("bytes"))};
    });
}

QList<ScenarioRow> scenarioRowsFrom(const QJsonObject& object) {
    return rowsAt<ScenarioRow>(object, Name("scenarios"), [](const QJsonObject& one) {
        return ScenarioRow{.name = textAt(one, Name("name")),
                           .title = textAt(one, Name("title")),
                           .description = textAt(one, Name("description"))};
    });
}

QList<JournalRow> journalRowsFrom(const QJsonObject& object) {
    return rowsAt<JournalRow>(object, Name("entries"), [](const QJsonObject& one) {
        return JournalRow{.number = numberAt(one, Name("entry")),
                          .timeMs = numberAt(one, Name("time_ms")),
                          .method = textAt(one, Name("method")),
                          .path = textAt(one, Name("path")),
                          .query = textAt(one, Name("query")),
                          .status = one.value(Name("status")).toInt(),
                          .cut = textAt(one, Name("cut")),
                          .code = one.value(Name("code")).toInt(-1),
                          .spentUs = numberAt(one, Name("us")),
                          .fault = textAt(one, Name("fault"))};
    });
}

QList<DeadLetterRow> deadLetterRowsFrom(const QJsonObject& object) {
    return rowsAt<DeadLetterRow>(object, Name("dead_letters"), [](const QJsonObject& one) {
        return DeadLetterRow{.id = numberAt(one, Name("id")),
                             .upload = textAt(one, Name("topic")) == QLatin1StringView("upload"),
                             .reason = textAt(one, Name("reason")),
                             .failures = numberAt(one, Name("failures")),
                             .deadMs = numberAt(one, Name("dead_ms"))};
    });
}

QList<FindingRow> findingRowsFrom(const QJsonObject& object) {
    qint64 number = 0;
    QList<FindingRow> rows =
        rowsAt<FindingRow>(object, Name("violations"), [&number](const QJsonObject& one) {
            return FindingRow{.number = ++number,
                              .entry = numberAt(one, Name("entry")),
                              .method = textAt(one, Name("method")),
                              .path = textAt(one, Name("path")),
                              .status = one.value(Name("status")).toInt(),
                              .request = textsAt(one, Name("request")),
                              .answer = textsAt(one, Name("answer")),
                              .deliberate = textAt(one, Name("deliberate"))};
        });
    std::ranges::reverse(rows);
    return rows;
}

ValidationState validationStateFrom(const QJsonObject& object) {
    return {.on = object.value(Name("on")).toBool(),
            .checked = numberAt(object, Name("checked")),
            .unchecked = numberAt(object, Name("unchecked")),
            .badRequests = numberAt(object, Name("bad_requests")),
            .badAnswers = numberAt(object, Name("bad_answers")),
            .deliberate = numberAt(object, Name("deliberate"))};
}

QList<CoverageRow> coverageRowsFrom(const QJsonObject& object) {
    QHash<QString, QList<MetAnswer>> met;
    for (const auto& each : object.value(Name("met")).toArray()) {
        const QJsonObject one = each.toObject();
        met[textAt(one, Name("route"))].append({.status = one.value(Name("status")).toInt(),
                                                .code = one.value(Name("code")).toInt(-1),
                                                .count = numberAt(one, Name("count")),
                                                .faults = textAt(one, Name("faults"))});
    }
    return rowsAt<CoverageRow>(object, Name("routes"), [&met](const QJsonObject& one) {
        const QString route = textAt(one, Name("route"));
        return CoverageRow{.route = route,
                           .requests = numberAt(one, Name("requests")),
                           .met = met.value(route),
                           .unmetCodes = textsAt(one, Name("unmet_codes")),
                           .unmetFaults = textsAt(one, Name("unmet_faults"))};
    });
}

RecordingState recordingStateFrom(const QJsonObject& object) {
    return {.on = object.value(Name("on")).toBool(),
            .full = object.value(Name("full")).toBool(),
            .entries = numberAt(object, Name("entries")),
            .bytes = numberAt(object, Name("bytes"))};
}

QString differenceTextFrom(const QJsonObject& object) {
    const QJsonObject difference = object.value(Name("difference")).toObject();
    return difference.isEmpty()
               ? QString()
               : QString::fromUtf8(QJsonDocument(difference).toJson(QJsonDocument::Indented)).trimmed();
}

QString journalTextFrom(const QJsonObject& object) {
    const QString query = textAt(object, Name("query"));
    const QJsonObject request = object.value(Name("request")).toObject();
    const QJsonObject answer = object.value(Name("answer")).toObject();
    QString text = textAt(object, Name("method")) + QLatin1Char(' ') + textAt(object, Name("path"));
    text += query.isEmpty() ? QStringLiteral("\n") : QLatin1Char('?') + query + QLatin1Char('\n');
    text += headersOf(request) + bodyOf(request);
    const QString cut = textAt(object, Name("cut"));
    text += QStringLiteral("\n→ %1%2\n")
                .arg(object.value(Name("status")).toInt())
                .arg(cut.isEmpty() ? QString() : QStringLiteral(" (cut: %1)").arg(cut));
    text += headersOf(answer) + bodyOf(answer);
    QJsonObject why;
    for (const auto name : {Name("rules"), Name("clock"), Name("queues"), Name("validation")}) {
        if (object.contains(name)) {
            why.insert(name, object.value(name));
        }
    }
    if (!why.isEmpty()) {
        text += QLatin1Char('\n') +
                QString::fromUtf8(QJsonDocument(why).toJson(QJsonDocument::Indented)).trimmed();
    }
    return text.trimmed();
}

}  // namespace tikgok
