// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/message_text.h"

#include "core/contract/text.h"
#include "core/entities/convert.h"

namespace tikgok {

namespace {

constexpr QChar kFirstStrongIsolate(0x2068);
constexpr QChar kPopIsolate(0x2069);
constexpr qsizetype kMostShown = 2'000;

bool opensIsolate(QChar c) {
    return c >= QChar(0x2066) && c <= kFirstStrongIsolate;
}

QString cut(const QString& text, qsizetype most) {
    if (text.size() <= most) {
        return text;
    }
    QString shown = text.left(text.at(most - 1).isHighSurrogate() ? most - 1 : most);
    shown += QChar(0x2026);
    return shown;
}

// Without a closing mark too many or too few, so that the frame around it holds.
QString balanced(const QString& text) {
    QString result;
    result.reserve(text.size());
    int open = 0;
    for (const QChar c : text) {
        if (opensIsolate(c)) {
            ++open;
        } else if (c == kPopIsolate) {
            if (open == 0) {
                continue;
            }
            --open;
        } else if (c == QChar(0) || (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t')) {
            continue;
        }
        result += c;
    }
    return result + QString(open, kPopIsolate);
}

}  // namespace

QString isolatedText(const QString& text) {
    return kFirstStrongIsolate + balanced(cut(text, kMostShown)) + kPopIsolate;
}

QString previewText(const QString& text) {
    constexpr qsizetype kMostPreview = 120;
    return kFirstStrongIsolate + balanced(cut(text, kMostPreview).simplified()) + kPopIsolate;
}

QString chatDraftTarget(contract::Id peer) {
    return QStringLiteral("chat/") + (peer > 0 ? QString::number(peer) : QString());
}

QDateTime momentOf(const ChatMessage& message) {
    return message.key.time <= 0 ? QDateTime()
                                 : QDateTime::fromMSecsSinceEpoch(contract::toMilliseconds(message.key.time));
}

QString clockText(const QDateTime& moment, const QLocale& locale) {
    return moment.isValid() ? locale.toString(moment.time(), QStringLiteral("HH:mm")) : QString();
}

QString dayText(const QDate& day, const QDate& today, const QLocale& locale) {
    const bool withYear = day.year() != today.year();
    if (locale.language() == QLocale::Chinese) {
        return locale.toString(day, withYear ? QStringLiteral("yyyy年M月d日") : QStringLiteral("M月d日"));
    }
    return locale.toString(day, withYear ? QStringLiteral("d MMM yyyy") : QStringLiteral("d MMM"));
}

QString shortMoment(const QDateTime& moment, const QDateTime& now, const QLocale& locale) {
    if (!moment.isValid()) {
        return {};
    }
    return moment.date() == now.date() ? clockText(moment, locale)
                                       : dayText(moment.date(), now.date(), locale);
}

}  // namespace tikgok
