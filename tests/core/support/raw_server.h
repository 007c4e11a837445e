// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A TCP server that answers each request with bytes of the test's choice, to the letter.
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <deque>
#include <functional>

namespace tikgok::test {

class RawServer final : public QObject {
public:
    struct Request {
        QByteArray method;
        // As on the wire, with the query.
        QByteArray target;
        QByteArray head;
        QByteArray body;

        [[nodiscard]] bool hasHeader(const QByteArray& name) const {
            return head.toLower().contains("\r\n" + name.toLower() + ":");
        }
    };
    using Answer = std::function<void(QTcpSocket&, const Request&)>;

    RawServer() {
        server_.listen(QHostAddress::LocalHost);
        connect(&server_, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = server_.nextPendingConnection()) {
                if (hangsUp) {
                    socket->close();
                    socket->deleteLater();
                    ++disconnects;
                    continue;
                }
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, this, [this] { ++disconnects; });
            }
        });
    }

    [[nodiscard]] QUrl url() const {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server_.serverPort()));
    }

    // Answers in order; the last one is used again.
    RawServer& then(Answer answer) {
        answers_.push_back(std::move(answer));
        return *this;
    }
    RawServer& thenSend(const QByteArray& bytes) {
        return then([bytes](QTcpSocket& socket, const Request&) { socket.write(bytes); });
    }
    RawServer& thenJson(const QByteArray& json, const QByteArray& status = "200 OK") {
        return thenSend("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " +
                        QByteArray::number(json.size()) + "\r\n\r\n" + json);
    }
    RawServer& thenRedirect(const QByteArray& status, const QByteArray& location) {
        return thenSend("HTTP/1.1 " + status + "\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }
    RawServer& thenHang() {
        return then([](QTcpSocket&, const Request&) {});
    }
    RawServer& thenCut() {
        return then([](QTcpSocket& socket, const Request&) { socket.abort(); });
    }

    // Takes connections and closes them without reading.
    bool hangsUp = false;
    QList<Request> requests;
    int disconnects = 0;

private:
    void read(QTcpSocket* socket) {
        QByteArray bytes = socket->property("bytes").toByteArray() + socket->readAll();
        while (true) {
            const auto end = bytes.indexOf("\r\n\r\n");
            if (end < 0) {
                break;
            }
            const QByteArray head = bytes.left(end + 2);
            qsizetype length = 0;
            const auto at = head.toLower().indexOf("\r\ncontent-length:");
            if (at >= 0) {
                length = head.mid(at + 17, head.indexOf("\r\n", at + 2) - at - 17).trimmed().toLongLong();
            }
            if (bytes.size() < end + 4 + length) {
                break;
            }
            const QList<QByteArray> words = head.left(head.indexOf("\r\n")).split(' ');
            const Request request{words.value(0), words.value(1), head, bytes.mid(end + 4, length)};
            bytes.remove(0, end + 4 + length);
            requests.append(request);
            if (!answers_.empty()) {
                const Answer answer = answers_.front();
                if (answers_.size() > 1) {
                    answers_.pop_front();
                }
                answer(*socket, request);
            }
        }
        socket->setProperty("bytes", bytes);
    }

    QTcpServer server_;
    std::deque<Answer> answers_;
};

}  // namespace tikgok::test
