// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/atomic_file.h"

#include "core/storage/private_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(fileLog, "tikgok.file")

bool writeWhole(const QString& path, const QByteArray& bytes) {
    if (!QDir().mkpath(QFileInfo(path).absolutePath())) {
        qCWarning(fileLog) << "cannot make the folder of" << path;
        return false;
    }
    const QString trouble = writePrivateFile(path, bytes);
    if (!trouble.isEmpty()) {
        qCWarning(fileLog) << "cannot write" << path << trouble;
    }
    return trouble.isEmpty();
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

std::optional<QByteArray> AtomicFile::read() {
    QFile file(path_);
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray bytes = file.readAll();
        if (file.error() == QFileDevice::NoError) {
            return bytes;
        }
    }
    const QFileInfo there(path_);
    if (!there.exists() && !there.isSymLink()) {
        return std::nullopt;
    }
    file.close();
    moveAside("cannot be read");
    return std::nullopt;
}

void AtomicFile::write(QByteArray bytes) {
    if (untouchable_) {
        qCWarning(fileLog) << "not written, so that what is there stays:" << path_;
        return;
    }
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

void AtomicFile::putAside() {
    moveAside("cannot be understood");
}

void AtomicFile::moveAside(const char* why) {
    const QString aside = freeAsideName(path_);
    // Not QFile's, which would copy where it cannot rename.
    if (!QDir().rename(path_, aside)) {
        untouchable_ = true;
        qCWarning(fileLog) << path_ << why << "and cannot be put aside";
        return;
    }
    qCWarning(fileLog) << path_ << why << "and is now" << aside;
}

}  // namespace tikgok
