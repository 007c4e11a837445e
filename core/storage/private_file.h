// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that only their owner reads. Any thread but the GUI's.
#pragma once

#include <QByteArray>
#include <QString>

namespace tikgok {

// Whole and on the disk, or what was there before is left as it is. Its folder must be there. Nothing: it is
// there. Otherwise the system's words.
QString writePrivateFile(const QString& path, const QByteArray& bytes);

// Where a file is put that nobody can make sense of: "<path>.bad", or "<path>.bad.1" and so on, so that none
// replaces another.
QString freeAsideName(const QString& path);

}  // namespace tikgok
