// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chat/push_link.h"

#include "core/contract/codec.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QUrlQuery>
#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace tikgok {

namespace {

Q_LOGGING_CATEGORY(pushLog, "tikgok.push")

// A message has a few hundred bytes. More is not one.
constexpr quint64 kMostFrameBytes = quint64{256} * 1024;
constexpr int kTokenExpired = 4401;

}  // namespace

PushLink::PushLink(Transport& transport, Session& session, ChatBook& book, PushOptions options,
                   QObject* parent)
    : QObject(parent), transport_(transport), session_(session), book_(book), options_(options) {
    again_.setSingleShot(true);
    ping_.setInterval(options_.pingEvery);
    pong_.setSingleShot(true);
    pong_.setInterval(options_.pongWithin);
    handshake_.setSingleShot(true);
    handshake_.setInterval(options_.upWithin);
    connect(&again_, &QTimer::timeout, this, &PushLink::reconsider);
    connect(&ping_, &QTimer::timeout, this, [this] {
        if (socket_ && up_) {
            socket_->ping();
            if (!pong_.isActive()) {
                pong_.start();
            }
        }
    });
    connect(&pong_, &QTimer::timeout, this, &PushLink::ended);
    connect(&handshake_, &QTimer::timeout, this, &PushLink::ended);
    connect(&session_, &Session::signedInChanged, this, &PushLink::restart);
    connect(&session_, &Session::serverChanged, this, &PushLink::restart);
    connect(&book_, &ChatBook::loadedChanged, this, &PushLink::reconsider);
    connect(&book_, &ChatBook::awakeChanged, this, &PushLink::restart);
}

PushLink::~PushLink() {
    drop();
}

void PushLink::setServer(const QUrl& server) {
    if (std::exchange(server_, server) != server) {
        token_.clear();  // the line that there is leads to the former one
        restart();
    }
}

bool PushLink::isWanted() const {
    return book_.awake() && book_.canRead() && !server_.isEmpty();
}

// From the beginning, for whoever is signed in now.
void PushLink::restart() {
    const bool same = socket_ && isWanted() && token_ == session_.token();
    if (same) {
        return;
    }
    scope_.restart();
    busy_ = false;
    failures_ = 0;
    again_.stop();
    drop();
    reconsider();
}

void PushLink::reconsider() {
    if (isWanted() && !socket_ && !busy_ && !again_.isActive()) {
        lookForOffer();
    }
}

void PushLink::again() {
    constexpr int kMostDoublings = 10;
    const auto longest =
        std::min(options_.firstDelay * (1 << std::min(failures_, kMostDoublings)), options_.longestDelay);
    ++failures_;
    again_.start(static_cast<int>(longest.count() / 2 +
                                  QRandomGenerator::global()->bounded(qint64{longest.count() / 2 + 1})));
}

QCoro::Task<> PushLink::lookForOffer() {
    const std::stop_token alive = scope_.token();
    busy_ = true;
    HttpRequest ping;
    ping.path = QStringLiteral("/ping");
    const auto answer = co_await transport_.send(std::move(ping), alive);
    if (alive.stop_requested()) {
        co_return;
    }
    busy_ = false;
    if (!answer) {
        again();
        co_return;
    }
    const QString path =
        QJsonDocument::fromJson(answer->body).object().value(QLatin1StringView("push")).toString();
    // A path of the same server, and nothing else.
    if (!path.startsWith(u'/') || path.startsWith(QLatin1StringView("//"))) {
        again_.start(options_.offerAgain);
        co_return;
    }
    token_ = session_.token();
    QUrl url = server_;
    url.setScheme(server_.scheme() == QLatin1StringView("https") ? QStringLiteral("wss")
                                                                 : QStringLiteral("ws"));
    QString prefix = server_.path();
    while (prefix.endsWith(u'/')) {
        prefix.chop(1);
    }
    url.setPath(prefix + path);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("token"), QString::fromLatin1(QUrl::toPercentEncoding(token_)));
    url.setQuery(query);
    connectTo(url);
}

void PushLink::connectTo(const QUrl& url) {
    socket_ = std::make_unique<QWebSocket>();
    socket_->setMaxAllowedIncomingFrameSize(kMostFrameBytes);
    socket_->setMaxAllowedIncomingMessageSize(kMostFrameBytes);
    connect(socket_.get(), &QWebSocket::connected, this, [this] {
        failures_ = 0;
        handshake_.stop();
        ping_.start();
        setUp(true);
    });
    connect(socket_.get(), &QWebSocket::textMessageReceived, this, &PushLink::take);
    connect(socket_.get(), &QWebSocket::pong, &pong_, &QTimer::stop);
    connect(socket_.get(), &QWebSocket::stateChanged, this, [this](QAbstractSocket::SocketState state) {
        if (state == QAbstractSocket::UnconnectedState) {
            ended();
        }
    });
    handshake_.start();
    socket_->open(url);
}

void PushLink::drop() {
    ping_.stop();
    pong_.stop();
    handshake_.stop();
    if (QWebSocket* const socket = socket_.release()) {
        // It may be telling us something right now.
        socket->disconnect(this);
        socket->disconnect(&pong_);
        socket->abort();
        socket->deleteLater();
    }
    setUp(false);
}

void PushLink::ended() {
    if (!socket_) {
        return;
    }
    const int code = socket_->closeCode();
    qCDebug(pushLog) << "the line ended with" << code;
    drop();
    if (!isWanted()) {
        return;
    }
    if (code == kTokenExpired) {
        // The next question to the server says so, and raises the sheet.
        again_.start(options_.offerAgain);
    } else {
        again();
    }
}

void PushLink::setUp(bool up) {
    if (std::exchange(up_, up) != up) {
        Q_EMIT upChanged(up);
    }
}

void PushLink::take(const QString& frame) {
    // The codec reads lists; so a frame is read as the list of one that it stands for.
    const QByteArray list = R"({"status_code":0,"message_list":[)" + frame.toUtf8() + "]}";
    const auto read = contract::readMessages({list.constData(), static_cast<std::size_t>(list.size())});
    if (read && read->payload.size() == 1) {
        book_.takePushed(read->payload.front());
    }
}

}  // namespace tikgok
