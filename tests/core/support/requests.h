// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Requests to send over a line, and how one waits for their end.
#pragma once

#include "core/api/transport.h"
#include "tests/core/support/wait.h"

#include <QString>
#include <qcoro/qcorotask.h>

#include <optional>
#include <stop_token>
#include <utility>

namespace tikgok::test {

inline HttpRequest get(const QString& path = QStringLiteral("/douyin/feed/")) {
    HttpRequest request;
    request.path = path;
    return request;
}

inline HttpRequest post(const QString& path = QStringLiteral("/douyin/comment/action/")) {
    HttpRequest request = get(path);
    request.method = contract::Method::Post;
    return request;
}

inline QCoro::Task<> store(Transport& transport, HttpRequest request, std::stop_token alive,
                           std::optional<Result<HttpAnswer>>& into) {
    auto answer = co_await transport.send(std::move(request), alive);
    into = std::move(answer);
}

// Sends and waits for the end.
inline Result<HttpAnswer> sendAndWait(Transport& transport, HttpRequest request) {
    std::optional<Result<HttpAnswer>> answer;
    store(transport, std::move(request), {}, answer);
    if (!waitUntil([&] { return answer.has_value(); })) {
        return std::unexpected(
            Error{.serverWords = {}, .retryAfter = {}, .detail = QStringLiteral("no end")});
    }
    return *answer;
}

// A form with one file in it.
inline MultipartBody fileBody(const QString& path) {
    return {.fields = {},
            .fileField = QStringLiteral("data"),
            .filePath = path,
            .fileName = QStringLiteral("a.mp4")};
}

}  // namespace tikgok::test
