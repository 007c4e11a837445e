// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that only their owner reads: what a simulator gives out is about people. Any thread but the GUI's.
#pragma once

#include <QByteArray>
#include <QString>

namespace tikgok {

// Whole, or what was there before is left as it is. Nothing: it is there. Otherwise the system's words.
QString writePrivateFile(const QString& path, const QByteArray& bytes);

}  // namespace tikgok
