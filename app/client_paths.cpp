// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/client_paths.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace tikgok {

QString ClientPaths::settingsFileIn(const QString& directory) {
    const QString config = directory.isEmpty()
                               ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation)
                               : QDir(directory).absolutePath();
    return config + QStringLiteral("/settings.json");
}

ClientPaths ClientPaths::in(const QString& directory) {
    const QString settings = settingsFileIn(directory);
    const QString data = directory.isEmpty()
                             ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                             : QDir(directory).absolutePath();
    const QString cache = directory.isEmpty()
                              ? QStandardPaths::writableLocation(QStandardPaths::CacheLocation)
                              : QDir(directory).absoluteFilePath(QStringLiteral("cache"));
    const QString movies = directory.isEmpty()
                               ? QStandardPaths::writableLocation(QStandardPaths::MoviesLocation)
                               : QDir(directory).absoluteFilePath(QStringLiteral("movies"));
    QDir().mkpath(QFileInfo(settings).path());
    QDir().mkpath(data);
    return {.settingsFile = settings,
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
