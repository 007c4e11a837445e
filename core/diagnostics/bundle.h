// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A few texts in one file that every system can open.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <cstdint>

namespace tikgok {

struct BundlePart {
    // Plain ASCII, no folders, at most 99 characters.
    QString name;
    QByteArray content;
};

// A .tar.gz of the parts. `now`: seconds of the Unix epoch. Empty when the library gave up.
QByteArray tarGz(const QList<BundlePart>& parts, std::int64_t now);

}  // namespace tikgok
