// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Stands between a client and a server on this machine, and sometimes cuts the line: before a request gets
// through, or after it did and before its answer does.
#pragma once

#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <random>

namespace tikgok::resilience {

class CuttingProxy final : public QObject {
public:
    CuttingProxy(std::uint16_t serverPort, std::uint64_t seed) : serverPort_(serverPort), random_(seed) {
        listener_.listen(QHostAddress::LocalHost);
        connect(&listener_, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* client = listener_.nextPendingConnection()) {
                join(client);
            }
        });
    }

    [[nodiscard]] QUrl url() const {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(listener_.serverPort()));
    }
    // Of a hundred pieces that travel in each direction, so many are cut instead.
    void setCuts(int percent) { percent_ = percent; }

    int requestsCut = 0;
    int answersCut = 0;

private:
    bool strikes() { return static_cast<int>(random_() % 100) < percent_; }

    void join(QTcpSocket* client) {
        auto* server = new QTcpSocket(client);
        server->connectToHost(QHostAddress::LocalHost, serverPort_);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
        connect(client, &QTcpSocket::readyRead, server, [this, client, server] {
            const QByteArray bytes = client->readAll();
            if (strikes()) {
                ++requestsCut;
                client->abort();
                return;
            }
            server->write(bytes);
        });
        connect(server, &QTcpSocket::readyRead, client, [this, client, server] {
            const QByteArray bytes = server->readAll();
            if (strikes()) {
                ++answersCut;
                client->abort();
                return;
            }
            client->write(bytes);
        });
    }

    std::uint16_t serverPort_;
    std::mt19937_64 random_;
    int percent_ = 0;
    QTcpServer listener_;
};

}  // namespace tikgok::resilience
