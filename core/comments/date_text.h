// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Dates of comments as people write them.
#pragma once

#include <QDateTime>
#include <QLocale>
#include <QString>

namespace tikgok {

// Reads what servers of this contract send as create_date (contract.md section 5, row 14): MM-dd, M-d,
// yyyy-MM-dd with or without a time, the same with slashes, or an epoch of 10, 13, 16 or 19 digits. Anything
// else comes back as it is. `now` decides what "today" and "this year" are.
QString dateText(const QString& raw, const QDateTime& now, const QLocale& locale);

}  // namespace tikgok
