// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/cached_file.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <filesystem>
#include <system_error>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace tikgok {

namespace {

constexpr qint64 kDigestStep = qint64{1} << 20;
// What is known of a file takes some hundred bytes; more is no work of ours.
constexpr qint64 kMostMeta = qint64{256} << 10;

std::optional<qint64> numberIn(const QJsonObject& json, const char* name) {
    bool fine = false;
    const qint64 number = json.value(QLatin1String(name)).toString().toLongLong(&fine);
    return fine ? std::optional(number) : std::nullopt;
}

std::shared_ptr<CachedFile> readMeta(const QString& directory, const QString& name) {
    QFile meta(metaPath(directory, name));
    if (!meta.open(QIODevice::ReadOnly) || meta.size() > kMostMeta) {
        return nullptr;
    }
    const QJsonObject json = QJsonDocument::fromJson(meta.readAll()).object();
    const auto size = numberIn(json, "size");
    const auto used = numberIn(json, "used");
    auto file = std::make_shared<CachedFile>();
    file->name = name;
    file->key = json.value(QLatin1String("key")).toString();
    if (!size || !used || cachedFileName(file->key) != name) {
        return nullptr;
    }
    auto have = ByteRanges::fromJson(json.value(QLatin1String("have")).toArray(), *size);
    if (!have) {
        return nullptr;
    }
    file->size = *size;
    file->have = std::move(*have);
    file->used = static_cast<std::uint64_t>(*used);
    file->etag = json.value(QLatin1String("etag")).toString().toUtf8();
    file->modified = json.value(QLatin1String("modified")).toString().toUtf8();
    file->digest = QByteArray::fromHex(json.value(QLatin1String("digest")).toString().toLatin1());
    return file;
}

}  // namespace

QString cachedFileName(const QString& key) {
    return QString::fromLatin1(
        QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex().left(40));
}

QString dataPath(const QString& directory, const QString& name) {
    return directory + QLatin1Char('/') + name + QStringLiteral(".data");
}

QString metaPath(const QString& directory, const QString& name) {
    return directory + QLatin1Char('/') + name + QStringLiteral(".json");
}

std::shared_ptr<CachedFile> loadCachedFile(const QString& directory, const QString& name) {
    auto file = readMeta(directory, name);
    // A file that is shorter than what it should hold was cut by somebody, or by a loss of power.
    if (file) {
        const qint64 there = QFile(dataPath(directory, name)).size();
        const qint64 last = file->size >= 0 && file->isWhole() ? file->size : file->have.end();
        if (there < last || (file->isWhole() && there != file->size)) {
            file = nullptr;
        }
    }
    if (!file) {
        removeCachedFile(directory, name);
    }
    return file;
}

bool saveCachedFile(const QString& directory, const CachedFile& file) {
#ifdef Q_OS_UNIX
    if (!file.isWhole()) {
        QFile data(dataPath(directory, file.name));
        if (data.open(QIODevice::ReadOnly)) {
            fdatasync(data.handle());
        }
    }
#endif
    const QJsonObject json{
        {QStringLiteral("key"), file.key},
        {QStringLiteral("size"), QString::number(file.size)},
        {QStringLiteral("have"), file.have.toJson()},
        {QStringLiteral("etag"), QString::fromUtf8(file.etag)},
        {QStringLiteral("modified"), QString::fromUtf8(file.modified)},
        {QStringLiteral("digest"), QString::fromLatin1(file.digest.toHex())},
        {QStringLiteral("used"), QString::number(file.used)},
    };
    const QString path = metaPath(directory, file.name);
    QFile fresh(path + QStringLiteral(".new"));
    const QByteArray bytes = QJsonDocument(json).toJson(QJsonDocument::Compact);
    if (!fresh.open(QIODevice::WriteOnly | QIODevice::Truncate) || fresh.write(bytes) != bytes.size() ||
        !fresh.flush()) {
        fresh.remove();
        return false;
    }
    fresh.close();
    // Not QFile::rename, which does not replace.
    std::error_code problem;
    std::filesystem::rename(fresh.fileName().toStdString(), path.toStdString(), problem);
    return !problem;
}

void removeCachedFile(const QString& directory, const QString& name) {
    QFile::remove(metaPath(directory, name));
    QFile::remove(dataPath(directory, name));
}

QByteArray digestOf(const QString& path, const std::function<bool()>& stopped) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return {};
    }
    QCryptographicHash hash(QCryptographicHash::Sha1);
    QByteArray step(kDigestStep, Qt::Uninitialized);
    for (;;) {
        if (stopped && stopped()) {
            return {};
        }
        const qint64 count = file.read(step.data(), step.size());
        if (count < 0) {
            return {};
        }
        if (count == 0) {
            return hash.result();
        }
        hash.addData(QByteArrayView(step.constData(), count));
    }
}

}  // namespace tikgok
