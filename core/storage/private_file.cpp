// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/storage/private_file.h"

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

}  // namespace tikgok
