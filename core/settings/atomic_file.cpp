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

bool writeWhole(const QString& path, const QByteArray& bytes) {
    if (!QDir().mkpath(QFileInfo(path).absolutePath())) {
        qCWarning(fileLog) << "cannot make the folder of" << path;
        return false;
    }
    QSaveFile file(path);
    // commit() syncs before it renames.
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
        file.write(bytes) != bytes.size() || !file.commit()) {
        qCWarning(fileLog) << "cannot write" << path << file.errorString();
        return false;
    }
    return true;
}

}  // namespace

AtomicFile::AtomicFile(QString path, std::chrono::milliseconds again) : path_(std::move(path)) {
    writer_.setMaxThreadCount(1);
    again_.setSingleShot(true);
    again_.setInterval(again);
    QObject::connect(&again_, &QTimer::timeout, &again_, [this] { start(); });
}

AtomicFile::~AtomicFile() {
    waitForWritten();
    if (refused_) {
        start();
        waitForWritten();
    }
}

std::optional<QByteArray> AtomicFile::read() const {
    QFile file(path_);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    return file.readAll();
}

void AtomicFile::write(QByteArray bytes) {
    newest_ = std::move(bytes);
    start();
}

void AtomicFile::start() {
    again_.stop();
    writer_.start([this, bytes = newest_] {
        refused_ = !writeWhole(path_, bytes);
        if (refused_) {
            QMetaObject::invokeMethod(&again_, qOverload<>(&QTimer::start), Qt::QueuedConnection);
        }
    });
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
