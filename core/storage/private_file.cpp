// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/storage/private_file.h"

#include <QFileInfo>
#include <QSaveFile>

namespace tikgok {

QString writePrivateFile(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        return file.errorString();
    }
    // commit() does not look whether what was buffered reached a full disk.
    const bool whole = file.write(bytes) == bytes.size() && file.flush() && file.size() == bytes.size();
    return whole && file.commit() ? QString() : file.errorString();
}

QString freeAsideName(const QString& path) {
    QString name = path + QStringLiteral(".bad");
    for (int i = 1; QFileInfo::exists(name); ++i) {
        name = path + QStringLiteral(".bad.%1").arg(i);
    }
    return name;
}

}  // namespace tikgok
