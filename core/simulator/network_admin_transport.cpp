// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulator/network_admin_transport.h"

#include "core/api/end_reply.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

#include <memory>

namespace tikgok {

namespace {

enum class AdminEnding { Finished, Idle, TooLarge, Stopped };

Error adminError(ErrorKind kind, const QString& detail, LinkProblem link = LinkProblem::None) {
    return {.kind = kind,
            .serverWords = {},
            .retryable = true,
            .maybeDone = true,
            .retryAfter = {},
            .link = link,
            .detail = detail};
}

QUrl adminAddress(const QUrl& server, const AdminRequest& request) {
    QUrl url = server;
    QString prefix = url.path(QUrl::FullyEncoded);
    while (prefix.endsWith(QLatin1Char('/'))) {
        prefix.chop(1);
    }
    url.setPath(prefix + request.path, QUrl::StrictMode);
    QByteArray query;
    for (const auto& [name, value] : request.query) {
        query += (query.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(name) + '=' +
                 QUrl::toPercentEncoding(value);
    }
    url.setQuery(query.isEmpty() ? QString() : QString::fromLatin1(query), QUrl::StrictMode);
    url.setFragment(QString());
    return url;
}

}  // namespace

NetworkAdminTransport::NetworkAdminTransport() {
    manager_.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    manager_.setAutoDeleteReplies(false);
}

void NetworkAdminTransport::setServer(const QUrl& server) {
    if (server != server_) {
        server_ = server;
        scope_.restart();
    }
}

QNetworkReply* NetworkAdminTransport::start(const AdminRequest& request) {
    QNetworkRequest head(adminAddress(server_, request));
    head.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    head.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    head.setRawHeader("Accept", "application/json");
    head.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("TikGok/" TIKGOK_VERSION));
    if (!request.token.isEmpty()) {
        head.setRawHeader("Authorization", "Bearer " + request.token.toUtf8());
    }
    if (request.verb == AdminVerb::Put || request.verb == AdminVerb::Post) {
        head.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    }
    switch (request.verb) {
        case AdminVerb::Get:
            break;
        case AdminVerb::Put:
            return manager_.put(head, request.body);
        case AdminVerb::Post:
            return manager_.post(head, request.body);
        case AdminVerb::Delete:
            return manager_.deleteResource(head);
    }
    return manager_.get(head);
}

QCoro::Task<Result<HttpAnswer>> NetworkAdminTransport::send(AdminRequest request, std::stop_token alive) {
    if (!server_.isValid() || server_.host().isEmpty()) {
        co_return std::unexpected(adminError(ErrorKind::Offline, QStringLiteral("no server")));
    }
    if (alive.stop_requested()) {
        co_return std::unexpected(cancelledError());
    }
    QNetworkReply* const reply = start(request);
    auto* const idle = new QTimer(reply);
    idle->setSingleShot(true);
    idle->setInterval(request.idleTimeout);
    const Once<AdminEnding> ended;
    const auto body = std::make_shared<QByteArray>();
    // Queued: whoever is woken may destroy this transport, and must not do so inside a signal of Qt's.
    QObject::connect(
        reply, &QNetworkReply::finished, idle, [ended] { ended.finish(AdminEnding::Finished); },
        Qt::QueuedConnection);
    QObject::connect(
        idle, &QTimer::timeout, idle, [ended] { ended.finish(AdminEnding::Idle); }, Qt::QueuedConnection);
    QObject::connect(
        reply, &QNetworkReply::readyRead, idle, [reply, idle, body, ended, most = request.mostBytes] {
            idle->start();
            *body += reply->readAll();
            if (body->size() > most) {
                QMetaObject::invokeMethod(
                    idle, [ended] { ended.finish(AdminEnding::TooLarge); }, Qt::QueuedConnection);
            }
        });
    // A slow way up is no silence. Qt reports one such step more when there is nothing to send.
    QObject::connect(reply, &QNetworkReply::uploadProgress, idle, [idle](qint64 sent, qint64 /*all*/) {
        if (sent > 0) {
            idle->start();
        }
    });
    idle->start();
    AdminEnding ending{};
    {
        const auto stop = [ended] { ended.finish(AdminEnding::Stopped); };
        const std::stop_callback callerGone(alive, stop);
        const std::stop_callback transportGone(scope_.token(), stop);
        ending = co_await ended;
    }
    // From here on nothing of this object is touched: it may be gone.
    QObject::disconnect(reply, nullptr, idle, nullptr);
    endReply(*reply);
    switch (ending) {
        case AdminEnding::Finished:
            break;
        case AdminEnding::Idle:
            co_return std::unexpected(
                adminError(ErrorKind::Timeout, QStringLiteral("no byte moved for too long")));
        case AdminEnding::TooLarge:
            co_return std::unexpected(
                adminError(ErrorKind::TooLarge, QStringLiteral("the answer is too large")));
        case AdminEnding::Stopped:
            co_return std::unexpected(cancelledError());
    }
    *body += reply->readAll();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto error = reply->error();
    // Errors above these stem from an HTTP status, and then there is an answer.
    if (error != QNetworkReply::NoError && (error <= QNetworkReply::UnknownProxyError || status < 400)) {
        const bool nobody = error == QNetworkReply::ConnectionRefusedError;
        const bool cut = error == QNetworkReply::RemoteHostClosedError ||
                         error == QNetworkReply::ProxyConnectionClosedError;
        co_return std::unexpected(adminError(cut ? ErrorKind::Cut : ErrorKind::Offline,
                                             QStringLiteral("network error %1").arg(error),
                                             nobody ? LinkProblem::Refused : LinkProblem::None));
    }
    if (status == 0) {
        co_return std::unexpected(
            adminError(ErrorKind::ServerBroken, QStringLiteral("not HTTP"), LinkProblem::NotHttp));
    }
    co_return HttpAnswer{.status = status, .body = std::move(*body), .retryAfter = {}};
}

}  // namespace tikgok
