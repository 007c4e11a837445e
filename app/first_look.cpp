// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/first_look.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace tikgok {

namespace {

QJsonObject settingsIn(const QString& settingsFile) {
    QFile file(settingsFile);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

}  // namespace

QVariantMap firstLook(const QString& settingsFile) {
    QVariantMap look;
    const QJsonObject settings = settingsIn(settingsFile);
    const QString theme = settings.value(QLatin1StringView("theme")).toString();
    if (theme == QLatin1StringView("light") || theme == QLatin1StringView("dark")) {
        look.insert(QStringLiteral("theme"), theme);
    }
    const double scale = settings.value(QLatin1StringView("textScale")).toDouble();
    if (scale >= 1 && scale <= 2) {
        look.insert(QStringLiteral("textScale"), scale);
    }
    return look;
}

QString firstLanguage(const QString& settingsFile) {
    const QString language = settingsIn(settingsFile).value(QLatin1StringView("language")).toString();
    const bool known = language == QLatin1StringView("en") || language == QLatin1StringView("zh_CN");
    return known ? language : QStringLiteral("system");
}

}  // namespace tikgok
