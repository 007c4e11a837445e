// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diagnostics/diagnostics.h"

#include "core/storage/private_file.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <utility>

namespace tikgok {

namespace {

// Nothing: it is there. Otherwise why not.
QString writeBundle(const QString& path, const QList<BundlePart>& parts, std::int64_t now) {
    const QByteArray packed = tarGz(parts, now);
    if (packed.isEmpty()) {
        return QStringLiteral("zlib");
    }
    QDir().mkpath(QFileInfo(path).absolutePath());
    return writePrivateFile(path, packed);
}

QString downloadFolder() {
    for (const auto place : {QStandardPaths::DownloadLocation, QStandardPaths::DocumentsLocation}) {
        const QString folder = QStandardPaths::writableLocation(place);
        if (!folder.isEmpty() && QFileInfo(folder).isDir()) {
            return folder;
        }
    }
    return QDir::homePath();
}

}  // namespace

Diagnostics::Diagnostics(Collect collect, Secrets secrets, QObject* parent)
    : QObject(parent), collect_(std::move(collect)), secrets_(std::move(secrets)) {
    disk_.setMaxThreadCount(1);
}

Diagnostics::~Diagnostics() {
    disk_.waitForDone();
}

void Diagnostics::collect() {
    parts_ = collect_();
    preview_.clear();
    const QStringList secrets = secrets_();
    for (BundlePart& part : parts_) {
        for (const QString& secret : secrets) {
            if (!secret.isEmpty()) {
                part.content.replace(secret.toUtf8(), "<removed>");
            }
        }
        preview_ += QStringLiteral("── %1 ──\n").arg(part.name) + QString::fromUtf8(part.content).trimmed() +
                    QStringLiteral("\n\n");
    }
    Q_EMIT previewChanged();
}

void Diagnostics::save() {
    saveIn(downloadFolder());
}

void Diagnostics::saveIn(const QString& folder) {
    if (saving_) {
        return;
    }
    if (parts_.isEmpty()) {
        collect();
    }
    const QString time = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    write(folder + QStringLiteral("/tikgok-diagnostics-%1.tar.gz").arg(time));
}

QCoro::Task<> Diagnostics::write(QString path) {
    const std::stop_token alive = scope_.token();
    saving_ = true;
    Q_EMIT savingChanged();
    const Once<QString> ended;
    disk_.start([ended, path, parts = parts_, now = QDateTime::currentSecsSinceEpoch(), context = &context_] {
        const QString why = writeBundle(path, parts, now);
        QMetaObject::invokeMethod(context, [ended, why] { ended.finish(why); });
    });
    QString why;
    {
        const std::stop_callback gone(alive, [ended] { ended.finish(QString()); });
        why = co_await ended;
    }
    if (alive.stop_requested()) {
        co_return;
    }
    saving_ = false;
    Q_EMIT savingChanged();
    if (alive.stop_requested()) {
        co_return;
    }
    if (why.isEmpty()) {
        Q_EMIT saved(path);
    } else {
        Q_EMIT failed(why);
    }
}

}  // namespace tikgok
