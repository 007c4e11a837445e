// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where a test keeps what need not outlive the computer. A simulator syncs a dozen times before it is ready;
// on a busy disk that takes longer than all that is tested with it.
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>
#include <QString>

namespace tikgok::test {

// For QTemporaryDir: in memory, where the system has a place for files there and much room in it, else where
// temporary files go (also when TMPDIR says where that is). For tests that do not look at what a disk does.
inline QString quickDirectory() {
    constexpr qint64 kEnough = qint64{1} << 30;
    const QString memory = QStringLiteral("/dev/shm");
    const QStorageInfo storage(memory);
    const bool good = !qEnvironmentVariableIsSet("TMPDIR") && storage.isValid() &&
                      storage.fileSystemType() == "tmpfs" && storage.bytesAvailable() >= kEnough &&
                      QFileInfo(memory).isWritable();
    return (good ? memory : QDir::tempPath()) + QStringLiteral("/tikgok-test-XXXXXX");
}

}  // namespace tikgok::test
