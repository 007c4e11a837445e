// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QHash>
#include <QObject>
#include <QString>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <algorithm>

namespace tikgok::test {

// Serves the files of a directory over HTTP on the loopback, well or badly: the first part of the path says
// how. For one thread.
//   /ok/F        with Range                    /norange/F  always the whole file
//   /missing/F   404                           /broken/F   500
//   /silent/F    takes the request, no answer  /stall/F    never more than the first quarter
//   /cut/F       breaks off after a quarter of what was asked, the first two times
//   /slow/F      64 kB now and then: about as fast as large.mp4 plays
//   /gone/F      breaks off after a quarter, and refuses from then on
class MediaServer : public QObject {
public:
    explicit MediaServer(QString directory) : directory_(std::move(directory)) {
        server_.listen(QHostAddress::LocalHost, 0);
        connect(&server_, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = server_.nextPendingConnection())
                serve(socket);
        });
    }

    QUrl url(const QString& path) const {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/%2").arg(server_.serverPort()).arg(path));
    }
    int requests() const { return requests_; }
    int rangeRequests() const { return rangeRequests_; }
    qint64 bytes() const { return bytes_; }
    int openConnections() const { return int(server_.findChildren<QTcpSocket*>().size()); }
    // How the next requests to stall and gone are answered: well.
    void heal() { healed_ = true; }

private:
    void serve(QTcpSocket* socket) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        // What the client does not read shall stay here, and not in the system's buffers.
        socket->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 1 << 20);
        connect(socket, &QTcpSocket::bytesWritten, this, [this](qint64 count) { bytes_ += count; });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            QByteArray& head = heads_[socket];
            head += socket->readAll();
            if (!head.contains("\r\n\r\n"))
                return;
            const QByteArray request = std::exchange(head, {});
            answer(socket, request);
        });
        connect(socket, &QObject::destroyed, this, [this, socket] { heads_.remove(socket); });
    }

    void answer(QTcpSocket* socket, const QByteArray& head) {
        ++requests_;
        const QString path = QString::fromUtf8(head.mid(5, head.indexOf(' ', 5) - 5));
        const QString how = healed_ ? QStringLiteral("ok") : path.section(QLatin1Char('/'), 0, 0);
        QFile file(directory_ + QLatin1Char('/') + path.section(QLatin1Char('/'), 1));
        if (how == QLatin1StringView("silent"))
            return;
        if (how == QLatin1StringView("broken") || (how == QLatin1StringView("gone") && ++goneRequests_ > 1))
            return finish(
                socket,
                "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        if (how == QLatin1StringView("missing") || !file.open(QIODevice::ReadOnly))
            return finish(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        const QByteArray all = file.readAll();
        qint64 from = 0;
        qint64 to = all.size() - 1;
        bool partial = false;
        if (const qsizetype at = head.toLower().indexOf("\r\nrange: bytes=");
            at >= 0 && how != QLatin1StringView("norange")) {
            const QByteArray range = head.mid(at + 15, head.indexOf("\r\n", at + 2) - at - 15);
            from = range.left(range.indexOf('-')).toLongLong();
            if (const QByteArray last = range.mid(range.indexOf('-') + 1); !last.isEmpty())
                to = std::min(to, last.toLongLong());
            partial = true;
            ++rangeRequests_;
        }
        if (from > to)
            return finish(
                socket,
                "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        QByteArray reply = partial ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " +
                                         QByteArray::number(from) + '-' + QByteArray::number(to) + '/' +
                                         QByteArray::number(all.size()) + "\r\n"
                                   : QByteArray("HTTP/1.1 200 OK\r\n");
        if (how != QLatin1StringView("norange"))
            reply += "Accept-Ranges: bytes\r\n";
        reply += "Content-Type: video/mp4\r\nContent-Length: " + QByteArray::number(to - from + 1) +
                 "\r\nConnection: close\r\n\r\n";
        QByteArray body = all.mid(from, to - from + 1);
        const bool stalls = how == QLatin1StringView("stall");
        const bool cuts =
            (how == QLatin1StringView("cut") && ++cutRequests_ <= 2) || how == QLatin1StringView("gone");
        if (stalls)
            body.truncate(std::max<qsizetype>(0, all.size() / 4 - from));
        else if (cuts)
            body.truncate(std::max<qsizetype>(1, body.size() / 4));
        if (how == QLatin1StringView("slow"))
            trickle(socket, reply + body);
        else if (stalls)
            socket->write(reply + body);
        else
            finish(socket, reply + body);
    }

    static void trickle(QTcpSocket* socket, QByteArray bytes) {
        auto* timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [socket, timer, bytes = std::move(bytes)]() mutable {
            socket->write(bytes.left(65536));
            bytes.remove(0, 65536);
            if (bytes.isEmpty()) {
                timer->stop();
                socket->disconnectFromHost();
            }
        });
        timer->start(26);
    }

    static void finish(QTcpSocket* socket, const QByteArray& bytes) {
        socket->write(bytes);
        socket->disconnectFromHost();
    }

    QString directory_;
    QHash<QTcpSocket*, QByteArray> heads_;
    int requests_ = 0;
    int rangeRequests_ = 0;
    int cutRequests_ = 0;
    int goneRequests_ = 0;
    qint64 bytes_ = 0;
    bool healed_ = false;
    QTcpServer server_;  // goes first: its sockets tell the others of their end
};

}  // namespace tikgok::test
