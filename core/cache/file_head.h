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
    int status = 0;
    qint64 from = 0;
    qint64 size = -1;
    QByteArray etag;
    QByteArray modified;
};

// A page that stands there instead of a file, as a captive portal or a proxy sends it with status 200: it
// says so, and `first`, the first bytes of the body as far as there are any, look like it. There are servers
// that call their videos text.
bool isPage(const QNetworkReply& reply, const QByteArray& first);
// `status` is 0 where the answer is of no use: for a page, and for a range that cannot be read.
FileHead headOf(const QNetworkReply& reply, const QByteArray& first);
// Whether an answer is about the same bytes as those that are there. What neither side says tells nothing.
bool sameThing(const CachedFile& file, const FileHead& head);
QNetworkRequest fileRequest(const QUrl& url, const FileCacheOptions& options);

}  // namespace tikgok
