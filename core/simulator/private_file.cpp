// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/private_file.h"

#include <QSaveFile>

namespace tikgok {

QString writePrivateFile(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        return file.errorString();
    }
    file.write(bytes);
    return file.commit() ? QString() : file.errorString();
}

}  // namespace tikgok
