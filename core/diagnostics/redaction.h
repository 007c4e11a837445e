// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Takes out of a text whatever might be somebody's: for logs that are handed to strangers.
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

namespace tikgok {

// Quoted strings (what QDebug prints of texts and paths), tokens, values of parameters that carry texts or
// secrets, what stands before the host and behind the path of an address, and the home folder. `secrets`, in
// addition, wherever they stand.
QString redacted(QString text, const QStringList& secrets = {});

// Scheme, host, port and path.
QString redactedAddress(const QUrl& url);

}  // namespace tikgok
