// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A camera that ffmpeg itself makes up (lavfi), in place of a device.
#pragma once

#include "core/camera/camera_recorder.h"

#include <QDir>
#include <QFile>

#include <mutex>
#include <utility>

namespace tikgok::test {

inline Camera madeUpCamera(const QString& id, const QString& picture) {
    return {.id = id,
            .name = QStringLiteral("Camera ") + id,
            .input = {QStringLiteral("-re"), QStringLiteral("-f"), QStringLiteral("lavfi"),
                      QStringLiteral("-i"), picture}};
}

// A moving test picture with a clock.
inline Camera testCamera(const QString& id = QStringLiteral("front")) {
    return madeUpCamera(id, QStringLiteral("testsrc2=size=320x240:rate=25"));
}

inline QStringList testSound() {
    return {QStringLiteral("-re"), QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
            QStringLiteral("sine=frequency=440")};
}

class TestCameras final : public CameraSource {
public:
    explicit TestCameras(CameraLook look) : look_(std::move(look)) {}

    CameraLook look() override {
        const std::scoped_lock lock(mutex_);
        return look_;
    }
    [[nodiscard]] QString watchedFolder() const override { return folder; }
    void set(CameraLook look) {
        const std::scoped_lock lock(mutex_);
        look_ = std::move(look);
    }

    QString folder;

private:
    std::mutex mutex_;
    CameraLook look_;
};

// The processes that a process has started and that still run, as numbers.
inline QList<qint64> childrenOf(qint64 parent) {
    QList<qint64> children;
    const QStringList all = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& name : all) {
        bool number = false;
        const qint64 pid = name.toLongLong(&number);
        QFile stat(QStringLiteral("/proc/%1/stat").arg(name));
        if (!number || !stat.open(QIODevice::ReadOnly)) {
            continue;
        }
        // "12 (name) S 3 ...": the name may hold anything.
        const QByteArray line = stat.readAll();
        const QList<QByteArray> rest = line.mid(line.lastIndexOf(')') + 2).split(' ');
        if (rest.size() > 1 && rest.at(0) != "Z" && rest.at(1).toLongLong() == parent) {
            children.append(pid);
        }
    }
    return children;
}

}  // namespace tikgok::test
