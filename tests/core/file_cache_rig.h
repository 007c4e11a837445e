// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the tests of the file cache share: a cache with its server, and reading from it as players do.
#pragma once

#include "core/cache/cached_file.h"
#include "core/cache/file_cache.h"
#include "tests/core/support/file_server.h"
#include "tests/core/support/wait.h"

#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace tikgok::test {

inline QByteArray noise(int size, quint32 seed = 1) {
    QRandomGenerator random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char& byte : bytes) {
        byte = static_cast<char>(random.generate());
    }
    return bytes;
}

struct CacheRead {
    QByteArray bytes;
    std::optional<MediaBytes::Failure> failure;
};

inline CacheRead readFrom(MediaBytes& bytes, qint64 at, qint64 most) {
    CacheRead read;
    QByteArray step(30'000, Qt::Uninitialized);
    while (read.bytes.size() < most) {
        const auto room = static_cast<std::size_t>(std::min<qint64>(step.size(), most - read.bytes.size()));
        const auto count = bytes.read(at, std::span(step.data(), room), [] { return false; });
        if (!count) {
            read.failure = count.error();
            break;
        }
        if (*count == 0) {
            break;
        }
        read.bytes.append(step.constData(), *count);
        at += *count;
    }
    return read;
}

// Reads on a thread of its own, as players do, while the server of the test answers on this one.
template <class Work>
auto elsewhere(Work work) {
    auto future = std::async(std::launch::async, std::move(work));
    waitUntil([&] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
    return future.get();
}

inline constexpr qint64 kRoom = qint64{64} << 20;
// Of a server that is there, however busy the computer is; and of one that says nothing.
inline constexpr std::chrono::milliseconds kPatient{20'000};
inline constexpr std::chrono::milliseconds kImpatient{400};

struct CacheRig {
    explicit CacheRig(qint64 limit = kRoom, std::chrono::milliseconds idle = kPatient) : patience(idle) {
        open(limit);
    }

    void open(qint64 limit = kRoom, const QString& place = {}) {
        cache.reset();
        FileCacheOptions options;
        options.directory = place.isEmpty() ? folder() : place;
        options.limit = limit;
        options.idleTimeout = patience;
        options.askPatience = std::chrono::seconds(5);
        cache = std::make_unique<FileCache>(options);
        if (server.raw) {
            cache->setServer(server.base(), QStringLiteral("here"));
        }
    }
    [[nodiscard]] QString folder() const { return directory.filePath(QStringLiteral("files")); }
    [[nodiscard]] CacheRead all(const QByteArray& path) { return part(path, 0, 1 << 30); }
    [[nodiscard]] CacheRead part(const QByteArray& path, qint64 at, qint64 most) {
        const QUrl url = server.raw ? server.url(path) : QUrl(gone + QString::fromLatin1(path));
        return elsewhere([&] {
            const auto bytes = cache->open(url);
            return bytes ? readFrom(*bytes, at, most)
                         : CacheRead{.bytes = {}, .failure = MediaBytes::Failure::Unavailable};
        });
    }
    void stopServer() {
        gone = server.base().toString();
        server.stop();
    }
    [[nodiscard]] QString dataFile(const QByteArray& path) const {
        return dataPath(folder(), cachedFileName(QStringLiteral("here") + QString::fromLatin1(path)));
    }

    std::chrono::milliseconds patience;
    QTemporaryDir directory;
    FileServer server;
    QString gone;
    std::unique_ptr<FileCache> cache;
};

}  // namespace tikgok::test
