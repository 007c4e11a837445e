// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/network_transport.h"

#include "core/api/end_reply.h"
#include "core/api/request_body.h"

#include <QMetaEnum>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <utility>

namespace tikgok {

namespace {

constexpr qint64 kReadAhead = qint64{4} * 1024 * 1024;

enum class Ending { Finished, Idle, TooLarge, Stopped };

// One request on the wire. Parents itself to the reply, so that both go together.
struct Exchange {
    QNetworkReply* reply = nullptr;
    QTimer* idle = nullptr;
    QByteArray body;
    QString tlsWords;
    Once<Ending> ended;
};

Error transportError(ErrorKind kind, bool retryable, bool maybeDone, const QString& detail) {
    return {.kind = kind,
            .serverWords = {},
            .retryable = retryable,
            .maybeDone = maybeDone,
            .retryAfter = {},
            .detail = detail};
}

Error linkError(LinkProblem link, ErrorKind kind, bool retryable, bool maybeDone, const QString& detail) {
    Error error = transportError(kind, retryable, maybeDone, detail);
    error.link = link;
    return error;
}

// Qt's own error texts quote the address with its query, and so the token. The enum's name is all we take.
QString nameOf(QNetworkReply::NetworkError error) {
    const char* name = QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(error);
    return name == nullptr ? QString::number(error) : QString::fromLatin1(name);
}

Error errorOf(QNetworkReply::NetworkError error) {
    const QString detail = nameOf(error);
    switch (error) {
        case QNetworkReply::ConnectionRefusedError:
            return linkError(LinkProblem::Refused, ErrorKind::Offline, true, false, detail);
        case QNetworkReply::HostNotFoundError:
            return linkError(LinkProblem::NoSuchHost, ErrorKind::Offline, true, false, detail);
        case QNetworkReply::SslHandshakeFailedError:
            return linkError(LinkProblem::Tls, ErrorKind::Offline, true, false, detail);
        case QNetworkReply::NetworkSessionFailedError:
        case QNetworkReply::BackgroundRequestNotAllowedError:
        case QNetworkReply::ProxyConnectionRefusedError:
        case QNetworkReply::ProxyNotFoundError:
        case QNetworkReply::ProxyTimeoutError:
        case QNetworkReply::ProxyAuthenticationRequiredError:
        case QNetworkReply::UnknownProxyError:
            return transportError(ErrorKind::Offline, true, false, detail);
        case QNetworkReply::TemporaryNetworkFailureError:
        case QNetworkReply::UnknownNetworkError:
            return transportError(ErrorKind::Offline, true, true, detail);
        // The connection was there and broke. ContentReSendError is what comes of a body that cannot be sent
        // twice.
        case QNetworkReply::RemoteHostClosedError:
        case QNetworkReply::ProxyConnectionClosedError:
        case QNetworkReply::ContentReSendError:
            return transportError(ErrorKind::Cut, true, true, detail);
        case QNetworkReply::TimeoutError:
        case QNetworkReply::OperationCanceledError:
            return transportError(ErrorKind::Timeout, true, true, detail);
        case QNetworkReply::ProtocolUnknownError:
        case QNetworkReply::ProtocolInvalidOperationError:
            return transportError(ErrorKind::Offline, false, false, detail);
        default:
            return transportError(ErrorKind::ServerBroken, true, true, detail);
    }
}

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

QUrl addressOf(const QUrl& server, const HttpRequest& request) {
    QUrl url = server;
    QString prefix = url.path();
    while (prefix.endsWith(QLatin1Char('/'))) {
        prefix.chop(1);
    }
    url.setPath(prefix + request.path);
    QByteArray query;
    for (const auto& [name, value] : request.query) {
        // Not QUrlQuery: it leaves '+', which servers read as a space.
        query += (query.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(name) + '=' +
                 QUrl::toPercentEncoding(value);
    }
    url.setQuery(query.isEmpty() ? QString() : QString::fromLatin1(query), QUrl::StrictMode);
    url.setFragment(QString());
    return url;
}

// The query may hold a token, so it goes nowhere but to the host that the person chose. The same host may ask
// for https instead of http.
bool sameHost(const QUrl& from, const QUrl& to) {
    if (from.host() != to.host()) {
        return false;
    }
    if (from.scheme() == to.scheme()) {
        return from.port(0) == to.port(0);
    }
    return from.scheme() == QLatin1String("http") && to.scheme() == QLatin1String("https");
}

}  // namespace

NetworkTransport::NetworkTransport(QUrl server, NetworkOptions options)
    : server_(std::move(server)), options_(std::move(options)) {
    manager_.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    manager_.setAutoDeleteReplies(false);
}

void NetworkTransport::setServer(const QUrl& server) {
    if (server == server_) {
        return;
    }
    server_ = server;
    scope_.restart();
}

QCoro::Task<Result<HttpAnswer>> NetworkTransport::send(HttpRequest request, std::stop_token alive) {
    if (!server_.isValid() || server_.host().isEmpty()) {
        co_return std::unexpected(
            transportError(ErrorKind::Offline, true, false, QStringLiteral("no server")));
    }
    // Ends when the caller goes and when this transport goes, whichever is first.
    std::stop_source either;
    const auto stop = [either] {
        // A copy: the coroutine, and with it this lambda and its source, may end inside.
        std::stop_source(either).request_stop();
    };
    const std::stop_callback callerGone(alive, stop);
    const std::stop_callback transportGone(scope_.token(), stop);
    const std::stop_token both = either.get_token();

    QUrl url = addressOf(server_, request);
    bool asGet = request.method == contract::Method::Get;
    const int maxRedirects = options_.maxRedirects;
    for (int hop = 0; hop <= maxRedirects; ++hop) {
        if (both.stop_requested()) {
            co_return std::unexpected(cancelledError());
        }
        // Two ways on: a file goes by the uploader, which does not read the disk on this thread.
        Result<Hop> sent;
        if (request.body && !asGet) {
            sent = co_await upload(url, request, both);
        } else {
            sent = co_await exchange(url, request, asGet, both);
        }
        if (!sent || !sent->redirect) {
            if (!sent) {
                co_return std::unexpected(std::move(sent.error()));
            }
            co_return std::move(sent->answer);
        }
        const QUrl next = url.resolved(*sent->redirect);
        const int status = sent->answer.status;
        if (!sameHost(url, next)) {
            co_return std::unexpected(linkError(LinkProblem::Elsewhere, ErrorKind::ServerBroken, false, false,
                                                QStringLiteral("redirected to another host")));
        }
        if (status == 303) {
            asGet = true;
        } else if (status == 302 && !asGet) {
            // Means two different things to different servers; guessing could write twice.
            co_return std::unexpected(transportError(ErrorKind::ServerBroken, false, false,
                                                     QStringLiteral("302 in answer to a POST")));
        }
        url = next;
    }
    co_return std::unexpected(
        transportError(ErrorKind::ServerBroken, false, false, QStringLiteral("too many redirects")));
}

QCoro::Task<Result<NetworkTransport::Hop>> NetworkTransport::upload(QUrl url, const HttpRequest& request,
                                                                    std::stop_token alive) {
    UploadOrder order{.url = std::move(url),
                      .body = *request.body,
                      .idleTimeout = request.idleTimeout,
                      .maxAnswerBytes = options_.maxAnswerBytes,
                      .progress = request.progress};
    if (const auto count = options_.moved) {
        order.progress = [count, counted = qint64{0}, progress = request.progress](qint64 acknowledged,
                                                                                   qint64 total) mutable {
            if (acknowledged > counted) {
                count(acknowledged - std::exchange(counted, acknowledged));
            }
            if (progress) {
                progress(acknowledged, total);
            }
        };
    }
    auto sent = co_await uploader_.send(std::move(order), std::move(alive));
    if (!sent) {
        co_return std::unexpected(std::move(sent.error()));
    }
    Hop hop;
    hop.answer = {.status = sent->status,
                  .body = std::move(sent->body),
                  .retryAfter = parseRetryAfter(sent->retryAfter)};
    if (!sent->location.isEmpty() && isRedirect(sent->status)) {
        hop.redirect = QUrl::fromEncoded(sent->location);
    }
    co_return std::move(hop);
}

QCoro::Task<Result<NetworkTransport::Hop>> NetworkTransport::exchange(QUrl url, const HttpRequest& request,
                                                                      bool asGet, std::stop_token alive) {
    QNetworkRequest head(url);
    head.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    head.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    head.setRawHeader("Accept", "application/json");
    head.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("TikGok/" TIKGOK_VERSION));

    const auto state = std::make_shared<Exchange>();
    if (asGet) {
        state->reply = manager_.get(head);
    } else {
        auto body = std::make_unique<RequestBody>();
        head.setHeader(QNetworkRequest::ContentTypeHeader, body->contentType());
        head.setHeader(QNetworkRequest::ContentLengthHeader, body->total());
        head.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        state->reply = manager_.post(head, body.get());
        body.release()->setParent(state->reply);
    }
    QNetworkReply* const reply = state->reply;
    // Qt reads on its own thread, and a server that never ends would be faster than ours.
    reply->setReadBufferSize(kReadAhead);
    state->idle = new QTimer(reply);
    state->idle->setSingleShot(true);
    state->idle->setInterval(request.idleTimeout);
    const std::weak_ptr<Exchange> weak = state;
    const auto end = [weak](Ending ending) {
        if (const auto strong = weak.lock()) {
            strong->ended.finish(ending);
        }
    };
    const auto moved = [weak] {
        if (const auto strong = weak.lock(); strong && !strong->ended.isFinished()) {
            strong->idle->start();
        }
    };
    const qint64 limit = options_.maxAnswerBytes;
    // Queued: whoever is woken may destroy this transport, and must not do so inside a signal of Qt's.
    QObject::connect(
        reply, &QNetworkReply::finished, state->idle, [end] { end(Ending::Finished); }, Qt::QueuedConnection);
    QObject::connect(
        state->idle, &QTimer::timeout, state->idle, [end] { end(Ending::Idle); }, Qt::QueuedConnection);
    QObject::connect(reply, &QNetworkReply::metaDataChanged, state->idle, moved);
    QObject::connect(reply, &QNetworkReply::downloadProgress, state->idle, moved);
    const auto count = options_.moved;
    QObject::connect(reply, &QNetworkReply::readyRead, state->idle, [weak, limit, moved, count] {
        const auto strong = weak.lock();
        if (!strong || strong->ended.isFinished()) {
            return;
        }
        moved();
        const QByteArray bytes = strong->reply->readAll();
        if (count) {
            count(bytes.size());
        }
        strong->body += bytes;
        if (strong->body.size() > limit) {
            QMetaObject::invokeMethod(
                strong->idle, [ended = strong->ended] { ended.finish(Ending::TooLarge); },
                Qt::QueuedConnection);
        }
    });
    QObject::connect(reply, &QNetworkReply::sslErrors, state->idle, [weak](const QList<QSslError>& errors) {
        const auto strong = weak.lock();
        if (strong && !errors.isEmpty()) {
            strong->tlsWords = errors.constFirst().errorString();
        }
    });
    state->idle->start();

    Ending ending{};
    {
        const std::stop_callback stopped(alive, [ended = state->ended] { ended.finish(Ending::Stopped); });
        ending = co_await state->ended;
    }
    QObject::disconnect(reply, nullptr, state->idle, nullptr);
    state->idle->stop();
    // Also deletes the timer and the body.
    endReply(*reply);
    switch (ending) {
        case Ending::Finished:
            break;
        case Ending::Idle:
            co_return std::unexpected(
                transportError(ErrorKind::Timeout, true, true, QStringLiteral("no byte moved for too long")));
        case Ending::TooLarge:
            co_return std::unexpected(transportError(ErrorKind::ServerBroken, false, true,
                                                     QStringLiteral("the answer is too large")));
        case Ending::Stopped:
            co_return std::unexpected(cancelledError());
    }
    const QByteArray rest = reply->readAll();
    if (options_.moved) {
        options_.moved(rest.size());
    }
    state->body += rest;
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto error = reply->error();
    const QByteArray location = reply->rawHeader("Location");
    const bool redirected = !location.isEmpty() && isRedirect(status);
    // Errors above 200 stem from the HTTP status, and then there is an answer. So there is when Qt wanted to
    // send a body again because of a redirect or a login and could not. A body that was cut off is no answer.
    const bool fromStatus = error > QNetworkReply::UnknownProxyError && (status >= 400 || redirected);
    if (error != QNetworkReply::NoError && !fromStatus) {
        Error why = errorOf(error);
        if (why.link == LinkProblem::Tls) {
            // The one text of Qt's that we take: it is about certificates and quotes no address.
            why.detail = state->tlsWords.isEmpty() ? reply->errorString() : state->tlsWords;
        }
        co_return std::unexpected(std::move(why));
    }
    if (status == 0) {
        co_return std::unexpected(
            linkError(LinkProblem::NotHttp, ErrorKind::ServerBroken, true, true, QStringLiteral("not HTTP")));
    }
    Hop hop;
    hop.answer = {.status = status,
                  .body = std::move(state->body),
                  .retryAfter = parseRetryAfter(reply->rawHeader("Retry-After").trimmed())};
    if (redirected) {
        hop.redirect = QUrl::fromEncoded(location);
    }
    co_return std::move(hop);
}

}  // namespace tikgok
