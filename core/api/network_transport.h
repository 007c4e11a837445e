// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The Transport over the network.
#pragma once

#include "core/api/task_scope.h"
#include "core/api/transport.h"
#include "core/api/uploader.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>
#include <optional>

namespace tikgok {

struct NetworkOptions {
    // Largest answer that is read, after decompression. Media do not come this way.
    qint64 maxAnswerBytes = qint64{32} * 1024 * 1024;
    int maxRedirects = 5;
    // Told of bytes of bodies that went out or came in, unpacked. May be empty.
    std::function<void(qint64 bytes)> moved{};
};

// Keeps method and body on 301, 307 and 308. Follows redirects on the same host only: the query may carry a
// token. A POST is put on the wire at most once, whatever happens to the connection.
class NetworkTransport final : public Transport {
public:
    explicit NetworkTransport(QUrl server = {}, NetworkOptions options = {});

    // Scheme, host, port and an optional path prefix. Requests in flight to another server are cancelled.
    // While it is empty, every request ends as Offline.
    void setServer(const QUrl& server);
    [[nodiscard]] QUrl server() const { return server_; }

    QCoro::Task<Result<HttpAnswer>> send(HttpRequest request, std::stop_token alive) override;

private:
    // One request and its answer, which may be a redirect.
    struct Hop {
        HttpAnswer answer;
        std::optional<QUrl> redirect;
    };
    QCoro::Task<Result<Hop>> upload(QUrl url, const HttpRequest& request, std::stop_token alive);
    QCoro::Task<Result<Hop>> exchange(QUrl url, const HttpRequest& request, bool asGet,
                                      std::stop_token alive);

    QNetworkAccessManager manager_;
    Uploader uploader_;
    QUrl server_;
    NetworkOptions options_;
    TaskScope scope_;
};

}  // namespace tikgok
