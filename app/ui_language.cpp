// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ui_language.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace tikgok {

QLocale UiLanguage::use(const QString& chosen) {
    const QLocale locale = chosen == QLatin1StringView("system") ? QLocale::system() : QLocale(chosen);
    QLocale::setDefault(locale);
    QCoreApplication::removeTranslator(&translator_);
    QCoreApplication::removeTranslator(&qtTranslator_);
    // A language that we do not speak gets English, whose file holds the plural forms.
    const auto folder = QStringLiteral(":/i18n");
    if (translator_.load(locale, QStringLiteral("tikgok"), QStringLiteral("_"), folder) ||
        translator_.load(QStringLiteral("tikgok_en"), folder)) {
        QCoreApplication::installTranslator(&translator_);
    }
    if (qtTranslator_.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                           QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&qtTranslator_);
    }
    return locale;
}

}  // namespace tikgok
