// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The language of the words, ours and Qt's own.
#pragma once

#include <QLocale>
#include <QString>
#include <QTranslator>

namespace tikgok {

// As long as it lives. One at a time; needs the resources of the QML module TikGok.
class UiLanguage final {
public:
    // `chosen`: see Settings::language(). Returns what it is, for numbers and times.
    QLocale use(const QString& chosen);

private:
    QTranslator translator_;
    QTranslator qtTranslator_;
};

}  // namespace tikgok
