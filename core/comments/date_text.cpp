// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/comments/date_text.h"

#include "core/contract/text.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace tikgok {

namespace {

bool isChinese(const QLocale& locale) {
    return locale.language() == QLocale::Chinese;
}

QString dayText(const QDate& date, bool withYear, const QLocale& locale) {
    if (isChinese(locale)) {
        return locale.toString(date, withYear ? QStringLiteral("yyyy年M月d日") : QStringLiteral("M月d日"));
    }
    return locale.toString(date, withYear ? QStringLiteral("d MMM yyyy") : QStringLiteral("d MMM"));
}

QString momentText(const QDateTime& moment, const QDateTime& now, const QLocale& locale) {
    if (moment.date() == now.date()) {
        return locale.toString(moment.time(), QStringLiteral("HH:mm"));
    }
    return dayText(moment.date(), moment.date().year() != now.date().year(), locale);
}

bool isEpoch(const QString& text) {
    const auto length = text.size();
    return (length == 10 || length == 13 || length == 16 || length == 19) &&
           std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

}  // namespace

QString dateText(const QString& raw, const QDateTime& now, const QLocale& locale) {
    QString text = raw.trimmed();
    if (isEpoch(text)) {
        const auto epoch = contract::parseInteger(text.toStdString());
        if (!epoch) {
            return text;
        }
        const QDateTime moment = QDateTime::fromMSecsSinceEpoch(contract::toMilliseconds(*epoch));
        return momentText(moment.toTimeZone(now.timeZone()), now, locale);
    }
    static const QRegularExpression kShort(QStringLiteral(R"(^(\d{1,2})-(\d{1,2})$)"));
    if (const auto match = kShort.match(text); match.hasMatch()) {
        // No year: the 29th of February has to be a date too.
        constexpr int kLeapYear = 2024;
        const QDate date(kLeapYear, match.captured(1).toInt(), match.captured(2).toInt());
        return date.isValid() ? dayText(date, false, locale) : text;
    }
    static const QRegularExpression kLong(QStringLiteral(
        R"(^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?$)"));
    if (const auto match = kLong.match(text); match.hasMatch()) {
        const QDate date(match.captured(1).toInt(), match.captured(3).toInt(), match.captured(4).toInt());
        if (!date.isValid()) {
            return text;
        }
        if (match.captured(5).isEmpty()) {
            return dayText(date, date.year() != now.date().year(), locale);
        }
        const QTime time(match.captured(5).toInt(), match.captured(6).toInt(), match.captured(7).toInt());
        return time.isValid() ? momentText(QDateTime(date, time, now.timeZone()), now, locale) : text;
    }
    return text;
}

}  // namespace tikgok
