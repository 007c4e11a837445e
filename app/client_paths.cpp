// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/client_paths.h"

#include <QDir>
#include <QStandardPaths>

namespace tikgok {

ClientPaths ClientPaths::in(const QString& directory) {
    const QString config = directory.isEmpty()
                               ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                               : QDir(directory).absolutePath();
    const QString data = directory.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                             : QDir(directory).absolutePath();
    const QString cache = directory.isEmpty()
                              ? QStandardPaths::writableLocation(QStandardPaths::CacheLocation)
                              : QDir(directory).absoluteFilePath(QStringLiteral("cache"));
    const QString movies = directory.isEmpty()
                               ? QStandardPaths::writableLocation(QStandardPaths::MoviesLocation)
                               : QDir(directory).absoluteFilePath(QStringLiteral("movies"));
    QDir().mkpath(config);
    QDir().mkpath(data);
    return {.settingsFile = config + QStringLiteral("/settings.json"),
            .draftsFile = data + QStringLiteral("/drafts.json"),
            .databaseFile = data + QStringLiteral("/client.sqlite"),
            .conversationsFile = data + QStringLiteral("/conversations.sqlite"),
            .publishDirectory = data + QStringLiteral("/publish"),
            .simulatorDirectory = data + QStringLiteral("/simulator"),
            .cacheDirectory = cache,
            .moviesDirectory = movies + QStringLiteral("/TikGok"),
            .tokensFile = data + QStringLiteral("/tokens.json")};
}

}  // namespace tikgok
