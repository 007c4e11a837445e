// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sends files. Each upload has a connection and a thread of its own, on which libcurl reads the file and
// writes to the network, so that neither the disk nor the network is ever waited for on the GUI thread.
//
// A body is put on the wire at most once, whatever happens to the connection.
#pragma once

#include "core/api/error.h"
#include "core/api/transport.h"

#include <QByteArray>
#include <QUrl>
#include <qcoro/qcorotask.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace tikgok {

struct UploadOrder {
    QUrl url;
    MultipartBody body;
    // Longest time in which the other side acknowledges no byte and sends none.
    std::chrono::milliseconds idleTimeout{60'000};
    qint64 maxAnswerBytes = 0;
    // See HttpRequest::progress.
    std::function<void(qint64 acknowledged, qint64 total)> progress;
};

struct UploadAnswer {
    int status = 0;
    QByteArray body;
    // As sent; empty when there was none.
    QByteArray location;
    QByteArray retryAfter;
};

// The value of a Retry-After header, in either of its forms; nothing when it makes no sense.
std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray& value);

// GUI thread only.
class Uploader {
public:
    Uploader();
    // Ends all uploads; waits a bounded time for their threads.
    ~Uploader();
    Uploader(const Uploader&) = delete;
    Uploader& operator=(const Uploader&) = delete;

    // Errors as Transport::send(). maybeDone only when the whole body was handed to the network.
    QCoro::Task<Result<UploadAnswer>> send(UploadOrder order, std::stop_token alive);

    // For tests and diagnostics.
    [[nodiscard]] int runningThreads() const;

private:
    struct Threads;
    std::shared_ptr<Threads> threads_;
};

}  // namespace tikgok
