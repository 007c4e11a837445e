// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A film that is as large as a test needs it, and takes no room on the disk.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QtEndian>

namespace tikgok::test {

// Puts an MP4 box of `bytes` of nothing (less than 4 GiB) behind the film, which may be read-only. False when
// that does not work.
inline bool growFilm(const QString& path, qint64 bytes) {
    QFile film(path);
    if (!film.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || !film.open(QIODevice::Append)) {
        return false;
    }
    QByteArray box(8, '\0');
    qToBigEndian(quint32(bytes), box.data());
    box.replace(4, 4, "free");
    const qint64 end = film.size() + bytes;
    return film.write(box) == box.size() && film.resize(end);
}

}  // namespace tikgok::test
