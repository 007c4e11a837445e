// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The only way out of the client: a request goes in, an HTTP answer of any status comes back.
#pragma once

#include "core/api/error.h"
#include "core/contract/endpoints.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <qcoro/qcorotask.h>

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <utility>

namespace tikgok {

// A small file of a form that is in memory.
struct FormFile {
    QString field;
    QString fileName;
    QByteArray contentType;
    QByteArray bytes;
};

// A multipart/form-data body: text fields first, then one file that is streamed from disk, then small ones.
struct MultipartBody {
    QList<std::pair<QString, QString>> fields;
    // Name of the form field that carries the file.
    QString fileField;
    QString filePath;
    // File name as told to the server. Never a path.
    QString fileName;
    QList<FormFile> more = {};
};

struct HttpRequest {
    contract::Method method = contract::Method::Get;
    // Absolute path on the server, with the trailing slash.
    QString path;
    // Names and values, not encoded.
    QList<std::pair<QString, QString>> query;
    std::optional<MultipartBody> body;
    // Longest time in which no byte moves in either direction.
    std::chrono::milliseconds idleTimeout{15'000};
    // Bytes of the body that the other side has acknowledged (of TCP; what the system buffers is not counted)
    // and the body's size. Only grows; about ten times a second while it does. Called on the GUI thread.
    std::function<void(qint64 acknowledged, qint64 total)> progress;
    // The caller will not try again: whoever knows an older answer may give it in the place of an error.
    bool lastTry = true;
};

struct HttpAnswer {
    int status = 0;
    QByteArray body;
    std::optional<std::chrono::milliseconds> retryAfter;
    // Not from the server now: what it said at this moment (milliseconds of the Unix epoch).
    std::optional<qint64> savedAt = std::nullopt;
};

// GUI thread only.
class Transport {
public:
    Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;
    virtual ~Transport() = default;

    // An HTTP answer of any status is a value. Errors: Offline, Timeout, TooLarge (the answer), ServerBroken
    // (no HTTP, endless redirects), Storage (the file cannot be read), Cancelled. Ends at once with Cancelled
    // when `alive` is stopped or the transport is destroyed.
    virtual QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) = 0;
};

}  // namespace tikgok
