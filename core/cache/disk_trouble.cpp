// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/disk_trouble.h"

#include <QFileInfo>
#include <QStorageInfo>

namespace tikgok {

DiskTrouble diskTroubleOf(const QString& directory) {
    // With less than this a portion of a video may not fit.
    constexpr qint64 kRoom = qint64{4} << 20;
    const QFileInfo folder(directory);
    if (!folder.isDir() || !folder.isWritable()) {
        return DiskTrouble::Refused;
    }
    const QStorageInfo disk(directory);
    return disk.isValid() && !disk.isReadOnly() && disk.bytesAvailable() < kRoom ? DiskTrouble::Full
                                                                                 : DiskTrouble::Refused;
}

}  // namespace tikgok
