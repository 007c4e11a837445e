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

}  // namespace tikgok
