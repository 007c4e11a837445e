// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks for words in the bytes of a client's files.
#pragma once

#include "app/client_paths.h"

#include <QByteArray>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QString>
#include <QStringList>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace tikgok::test {

// The files below a folder in which these bytes stand, but for those of the simulator inside: that is a
// server, and keeps what people sent.
inline QStringList filesWith(const QByteArray& bytes, const QString& folder, const ClientPaths& paths) {
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        // Closing a lock's file would drop SQLite's locks; it holds nothing else.
        if (file.fileName().endsWith(QLatin1String("-shm"))) {
            continue;
        }
        if (!file.fileName().startsWith(paths.simulatorDirectory) && file.open(QIODevice::ReadOnly) &&
            file.readAll().contains(bytes)) {
            found.append(QDir(folder).relativeFilePath(file.fileName()));
        }
    }
    return found;
}

// As if it had been read from a server. Throws when the file does not take it.
inline void keepMessage(const ClientPaths& paths, const QString& account, const QByteArray& words) {
    SQLite::Database database(paths.conversationsFile.toStdString(), SQLite::OPEN_READWRITE, 5'000);
    SQLite::Statement put(database,
                          "INSERT INTO chat_messages (account, peer, id, time, time_text, own, side_known, "
                          "content) VALUES (?, 1, 1, 1, '', 0, 1, ?)");
    put.bind(1, account.toStdString());
    put.bind(2, words.toStdString());
    put.exec();
}

// As if it had been sent to a server that names no authors.
inline void keepOwnComment(const ClientPaths& paths, const QString& account) {
    SQLite::Database database(paths.databaseFile.toStdString(), SQLite::OPEN_READWRITE, 5'000);
    SQLite::Statement put(database, "INSERT INTO own_comments (account, video, comment) VALUES (?, 1, 1)");
    put.bind(1, account.toStdString());
    put.exec();
}

}  // namespace tikgok::test
