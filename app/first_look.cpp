// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/first_look.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace tikgok {

QVariantMap firstLook(const QString& settingsFile) {
    QVariantMap look;
    QFile file(settingsFile);
    if (!file.open(QIODevice::ReadOnly)) {
        return look;
    }
    const QJsonObject settings = QJsonDocument::fromJson(file.readAll()).object();
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

}  // namespace tikgok
