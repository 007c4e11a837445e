// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/file_head.h"

namespace tikgok {

namespace {

// "bytes 0-99/1000"
bool readContentRange(const QByteArray& value, FileHead& head) {
    if (!value.startsWith("bytes ")) {
        return false;
    }
    const qsizetype dash = value.indexOf('-');
    const qsizetype slash = value.indexOf('/');
    bool fine = false;
    head.from = value.mid(6, dash - 6).trimmed().toLongLong(&fine);
    if (!fine || dash < 0 || slash < dash) {
        return false;
    }
    const QByteArray size = value.mid(slash + 1).trimmed();
    if (size != "*") {
        head.size = size.toLongLong(&fine);
    }
    return fine;
}

}  // namespace

bool isPage(const QNetworkReply& reply, const QByteArray& first) {
    const QByteArray type = reply.rawHeader("Content-Type").split(';').constFirst().trimmed().toLower();
    const bool called = type == "text/html" || type == "application/xhtml+xml" || type == "application/json";
    const QByteArrayView mark("\xEF\xBB\xBF");  // of UTF-8
    const QByteArray begins = first.mid(first.startsWith(mark) ? mark.size() : 0).trimmed().left(1);
    const bool whole = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200;
    return called && whole && (begins.isEmpty() || QByteArrayView("<{[").contains(begins.front()));
}

FileHead headOf(const QNetworkReply& reply, const QByteArray& first) {
    FileHead head;
    if (isPage(reply, first)) {
        return head;
    }
    head.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    head.etag = reply.rawHeader("ETag");
    head.modified = reply.rawHeader("Last-Modified");
    if (head.status == 206) {
        if (!readContentRange(reply.rawHeader("Content-Range"), head)) {
            head.status = 0;
        }
    } else if (head.status == 200) {
        bool fine = false;
        const qint64 size = reply.rawHeader("Content-Length").toLongLong(&fine);
        head.size = fine ? size : -1;
    }
    return head;
}

bool sameThing(const CachedFile& file, const FileHead& head) {
    if (file.size >= 0 && head.size >= 0 && file.size != head.size) {
        return false;
    }
    if (!file.etag.isEmpty() && !head.etag.isEmpty()) {
        return file.etag == head.etag;
    }
    return file.modified.isEmpty() || head.modified.isEmpty() || file.modified == head.modified;
}

QNetworkRequest fileRequest(const QUrl& url, const FileCacheOptions& options) {
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::UserAgentHeader, QString::fromLatin1(options.userAgent));
    // Ranges are counted in the bytes of the file.
    request.setRawHeader("Accept-Encoding", "identity");
    request.setTransferTimeout(static_cast<int>(options.idleTimeout.count()));
    return request;
}

}  // namespace tikgok
