// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Texts of messages as people see them. How servers count them is in core/api/server_facts.h.
#pragma once

#include "core/api/server_facts.h"
#include "core/chat/chat_message.h"

#include <QDateTime>
#include <QLocale>
#include <QString>

namespace tikgok {

// Cut to what can be laid out at once, and closed in itself: what it says about the direction of text ends
// with it, so that it can stand within other words. Line breaks stay.
QString isolatedText(const QString& text);
// The same in one line.
QString previewText(const QString& text);

// What a message to somebody that was not sent yet is called among the drafts.
QString chatDraftTarget(contract::Id peer);

// The moment on this device's clock and in its time zone; invalid when the server gave no number. For showing
// only.
QDateTime momentOf(const ChatMessage& message);
// "14:05"
QString clockText(const QDateTime& moment, const QLocale& locale);
// "27 Nov", "11月27日"; with the year when it is another one than that of `today`.
QString dayText(const QDate& day, const QDate& today, const QLocale& locale);
// For a list: the clock for today, the day for others.
QString shortMoment(const QDateTime& moment, const QDateTime& now, const QLocale& locale);

}  // namespace tikgok
