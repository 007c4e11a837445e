// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the head of an answer says about a file. Inside of this folder.
#pragma once

#include "core/cache/cached_file.h"
#include "core/cache/file_cache.h"

#include <QNetworkReply>
#include <QNetworkRequest>

namespace tikgok {

struct FileHead {
    // 0: not an answer about a file. A page that stands there instead of it, as a captive portal or a proxy
    // sends with status 200, is none.
    int status = 0;
    qint64 from = 0;
    qint64 size = -1;
    QByteArray etag;
    QByteArray modified;
};

FileHead headOf(const QNetworkReply& reply);
// Whether an answer is about the same bytes as those that are there. What neither side says tells nothing.
bool sameThing(const CachedFile& file, const FileHead& head);
QNetworkRequest fileRequest(const QUrl& url, const FileCacheOptions& options);

}  // namespace tikgok
