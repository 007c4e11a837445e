// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diagnostics/redaction.h"

#include <QDir>
#include <QRegularExpression>

namespace tikgok {

namespace {

const QString kGone = QStringLiteral("<removed>");

}  // namespace

QString redacted(QString text, const QStringList& secrets) {
    for (const QString& secret : secrets) {
        if (!secret.isEmpty()) {
            text.replace(secret, kGone);
        }
    }
    // "..." with escapes; one that is not closed goes to the end of the line.
    static const QRegularExpression quoted(QStringLiteral(R"re("(?:\\.|[^"\\\n])*(?:"|$))re"),
                                           QRegularExpression::MultilineOption);
    // A JSON Web Token, and other opaque strings that are too long to be words.
    static const QRegularExpression opaque(QStringLiteral(R"re([A-Za-z0-9_\-+/=.]{40,})re"));
    static const QRegularExpression webToken(
        QStringLiteral(R"re(eyJ[A-Za-z0-9_\-]*(?:\.[A-Za-z0-9_\-]*)*)re"));
    static const QRegularExpression parameter(
        QStringLiteral(
            R"re(\b(token|password|passwd|secret|authorization|username|content|comment_text|comment|)re"
            R"re(message|title|draft|text|query)(\s*[=:]\s*+)(?!<removed>)[^\n]*?(?=[&,;)\]}]|$))re"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    static const QRegularExpression user(QStringLiteral(R"re(://[^/\s@]+@)re"));
    static const QRegularExpression query(QStringLiteral(R"re((://[^\s?#]*)[?#][^\s]*)re"));
    text.replace(quoted, kGone);
    text.replace(user, QStringLiteral("://") + kGone + QLatin1Char('@'));
    text.replace(query, QStringLiteral("\\1?") + kGone);
    text.replace(parameter, QStringLiteral("\\1\\2") + kGone);
    text.replace(webToken, kGone);
    text.replace(QDir::homePath(), QStringLiteral("~"));
    text.replace(opaque, kGone);
    return text;
}

QString redactedAddress(const QUrl& url) {
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

}  // namespace tikgok
