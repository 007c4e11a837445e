// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the client keeps what.
#pragma once

#include <QString>

namespace tikgok {

// Where a client keeps its files. Folders are made when they are not there.
struct ClientPaths {
    QString settingsFile;
    QString draftsFile;
    // What people did and what is not on a server yet.
    QString databaseFile;
    // Conversations as they were read last.
    QString conversationsFile;
    // Copies of files that wait to be published.
    QString publishDirectory;
    QString simulatorDirectory;
    // What can be fetched again.
    QString cacheDirectory;
    // Where videos are saved that people want as a file.
    QString moviesDirectory;
    // Only used when the person wants tokens in plain text.
    QString tokensFile;

    // In the places of the desktop (XDG), or all below `directory` when one is given.
    static ClientPaths in(const QString& directory);
    // Where the settings would be; makes no directory.
    static QString settingsFileIn(const QString& directory);
};

}  // namespace tikgok
