// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/admin_client.h"

#include <QJsonDocument>
#include <QUrl>

#include <utility>

namespace tikgok {

namespace {

Error refusalOf(const HttpAnswer& answer) {
    constexpr int kUnauthorized = 401;
    constexpr int kNotFound = 404;
    const QJsonObject said =
        QJsonDocument::fromJson(answer.body).object().value(QLatin1StringView("error")).toObject();
    Error error{.kind = ErrorKind::ServerBroken,
                .code = answer.status,
                .serverWords = said.value(QLatin1StringView("message")).toString(),
                .retryAfter = {},
                .detail = said.value(QLatin1StringView("code")).toString()};
    if (error.detail.isEmpty()) {
        // Whoever answers like this has no admin API: a redirect, a page, the contract's "not found".
        error.kind = ErrorKind::NotFound;
        error.serverWords.clear();
    } else if (answer.status == kUnauthorized) {
        error.kind = ErrorKind::SignedOut;
    } else if (answer.status == kNotFound) {
        error.kind = ErrorKind::NotFound;
    } else {
        error.kind = ErrorKind::Refused;
    }
    return error;
}

bool isSuccess(int status) {
    return status >= 200 && status < 300;
}

}  // namespace

AdminCall AdminCall::get(const QString& path, QList<std::pair<QString, QString>> query) {
    return {.verb = AdminVerb::Get, .path = path, .query = std::move(query)};
}

AdminCall AdminCall::put(const QString& path, QJsonObject body) {
    return {.verb = AdminVerb::Put, .path = path, .body = std::move(body)};
}

AdminCall AdminCall::post(const QString& path, QJsonObject body) {
    return {.verb = AdminVerb::Post, .path = path, .body = std::move(body)};
}

AdminCall AdminCall::remove(const QString& path) {
    return {.verb = AdminVerb::Delete, .path = path};
}

QString AdminCall::piece(const QString& name) {
    // An empty one would be another path.
    return name.isEmpty() ? QStringLiteral("%20") : QString::fromLatin1(QUrl::toPercentEncoding(name));
}

AdminClient::Call<HttpAnswer> AdminClient::raw(AdminCall call, std::stop_token alive) {
    AdminRequest request{.verb = call.verb,
                         .path = QStringLiteral("/_sim/") + call.path,
                         .query = std::move(call.query),
                         .token = token_,
                         .idleTimeout = call.patience,
                         .mostBytes = call.mostBytes};
    if (call.verb == AdminVerb::Put || call.verb == AdminVerb::Post) {
        request.body = QJsonDocument(call.body).toJson(QJsonDocument::Compact);
    }
    auto answer = co_await transport_.send(std::move(request), std::move(alive));
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    if (!isSuccess(answer->status)) {
        co_return std::unexpected(refusalOf(*answer));
    }
    co_return std::move(*answer);
}

AdminClient::Call<QJsonObject> AdminClient::call(AdminCall call, std::stop_token alive) {
    const auto answer = co_await raw(std::move(call), std::move(alive));
    if (!answer) {
        co_return std::unexpected(answer.error());
    }
    const QJsonDocument document = QJsonDocument::fromJson(answer->body);
    if (!document.isObject()) {
        co_return std::unexpected(Error{.kind = ErrorKind::ServerBroken,
                                        .serverWords = {},
                                        .retryAfter = {},
                                        .detail = QStringLiteral("not a JSON object")});
    }
    co_return document.object();
}

AdminClient::Call<HttpAnswer> AdminClient::metrics(std::stop_token alive) {
    AdminRequest request;
    request.path = QStringLiteral("/metrics");
    auto answer = co_await transport_.send(std::move(request), std::move(alive));
    if (!answer) {
        co_return std::unexpected(std::move(answer.error()));
    }
    if (!isSuccess(answer->status)) {
        co_return std::unexpected(refusalOf(*answer));
    }
    co_return std::move(*answer);
}

}  // namespace tikgok
