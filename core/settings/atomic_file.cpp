// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSaveFile>

#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(fileLog, "tikgok.file")

void writeWhole(const QString& path, const QByteArray& bytes) {
    if (!QDir().mkpath(QFileInfo(path).absolutePath())) {
        qCWarning(fileLog) << "cannot make the folder of" << path;
        return;
    }
    QSaveFile file(path);
    // commit() syncs before it renames.
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
        file.write(bytes) != bytes.size() || !file.commit()) {
        qCWarning(fileLog) << "cannot write" << path << file.errorString();
    }
}

}  // namespace

AtomicFile::AtomicFile(QString path) : path_(std::move(path)) {
    writer_.setMaxThreadCount(1);
}

AtomicFile::~AtomicFile() {
    waitForWritten();
}

std::optional<QByteArray> AtomicFile::read() const {
    QFile file(path_);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    return file.readAll();
}

void AtomicFile::write(QByteArray bytes) {
    writer_.start([path = path_, bytes = std::move(bytes)] { writeWhole(path, bytes); });
}

void AtomicFile::waitForWritten() {
    writer_.waitForDone();
}

void AtomicFile::putAside() const {
    const QString bad = path_ + QStringLiteral(".bad");
    QFile::remove(bad);
    if (!QFile::rename(path_, bad)) {
        qCWarning(fileLog) << "cannot put aside" << path_;
        return;
    }
    qCWarning(fileLog) << path_ << "cannot be understood; it is now" << bad;
}

}  // namespace tikgok
