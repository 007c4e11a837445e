// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/fault_presets.h"

#include <QJsonArray>

#include <string_view>

namespace tikgok {

namespace {

struct FaultPreset {
    const char* name;
    const char* route;
    const char* kind;
    int number;
    int percent;
};

constexpr FaultPreset kFaultPresets[] = {
    {"feed-500", "/douyin/feed/", "status", 500, 100},
    {"slow", "/douyin/*", "latency", 2'000, 100},
    {"one-in-three", "/douyin/*", "status", 503, 33},
    {"no-answer", "/douyin/*", "reset", 0, 100},
    {"too-many", "/douyin/*", "too_many_requests", 0, 100},
    {"signed-out", "/douyin/*", "expired_token", 0, 100},
    {"lost-answers", "/douyin/*", "drop_answer", 0, 100},
    {"broken-json", "/douyin/*", "malformed_json", 0, 100},
    {"slow-media", "/static/*", "throttle", 50'000, 100},
};

// Which member of an effect the number of the form is.
QString numberMemberOf(const QString& kind) {
    if (kind == QLatin1StringView("status")) {
        return QStringLiteral("status");
    }
    if (kind == QLatin1StringView("envelope")) {
        return QStringLiteral("code");
    }
    if (kind == QLatin1StringView("latency")) {
        return QStringLiteral("ms");
    }
    return kind == QLatin1StringView("throttle") ? QStringLiteral("bytes_per_s") : QString();
}

}  // namespace

QStringList faultPresets() {
    QStringList names;
    for (const FaultPreset& one : kFaultPresets) {
        names.append(QLatin1StringView(one.name));
    }
    return names;
}

std::optional<QJsonObject> faultPreset(const QString& name) {
    for (const FaultPreset& one : kFaultPresets) {
        if (name == QLatin1StringView(one.name)) {
            QJsonObject rule = faultRuleOf(QString::fromLatin1(one.route), QString::fromLatin1(one.kind),
                                           one.number, one.percent, 0);
            if (one.kind == std::string_view("drop_answer")) {
                // Writes only: a question whose answer is lost is the same as no answer.
                QJsonObject match = rule.value(QLatin1StringView("match")).toObject();
                match.insert(QStringLiteral("method"), QStringLiteral("POST"));
                rule.insert(QStringLiteral("match"), match);
            }
            return rule;
        }
    }
    return std::nullopt;
}

QJsonObject faultRuleOf(const QString& route, const QString& kind, int number, int percent, int times) {
    constexpr double kWhole = 100;
    QJsonObject effect{{QStringLiteral("kind"), kind}};
    if (const QString member = numberMemberOf(kind); !member.isEmpty()) {
        effect.insert(member, number);
    }
    QJsonObject limits;
    if (percent != static_cast<int>(kWhole)) {
        limits.insert(QStringLiteral("probability"), percent / kWhole);
    }
    if (times != 0) {
        limits.insert(QStringLiteral("times"), times);
    }
    QJsonObject rule{{QStringLiteral("effects"), QJsonArray{effect}}};
    if (!route.trimmed().isEmpty()) {
        rule.insert(QStringLiteral("match"), QJsonObject{{QStringLiteral("route"), route.trimmed()}});
    }
    if (!limits.isEmpty()) {
        rule.insert(QStringLiteral("limits"), limits);
    }
    return rule;
}

}  // namespace tikgok
