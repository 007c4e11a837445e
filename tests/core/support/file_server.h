// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A server of files for caches: ranges, validators, and ways of going wrong. For one thread.
#pragma once

#include "tests/core/support/raw_server.h"

#include <QHash>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace tikgok::test {

class FileServer final {
public:
    struct File {
        QByteArray bytes;
        QByteArray etag;
        QByteArray modified;
        QByteArray type;  // empty: it says none
        // Each request sends at most so many bytes of the body and breaks off; negative: all.
        qint64 cutAfter = -1;
        int cuts = 1 << 20;
        // Then only when this is true, asked again and again: what is on its way when a connection breaks off
        // may be lost (Qt 6.8) or not (6.4). Empty: at once.
        std::function<bool()> mayCut;
        int status = 0;   // instead of the file
        QByteArray page;  // of this type instead of the file, with 200, as a captive portal does
        QByteArray pageText = "<html>No</html>";
        bool ranges = true;   // false: always all of it
        bool length = true;   // false: nobody knows it before the end has come
        bool silent = false;  // takes the request and says nothing
        bool ignoresIfRange = false;
        bool badRange = false;
    };

    FileServer() { start(); }

    void start() {
        raw = std::make_unique<RawServer>();
        raw->then([this](QTcpSocket& socket, const RawServer::Request& request) { answer(socket, request); });
    }
    // Nobody there any more; start() again has another port.
    void stop() { raw.reset(); }

    File& add(const QByteArray& path, const QByteArray& bytes, const QByteArray& etag = "\"1\"") {
        File& file = files[path];
        file.bytes = bytes;
        file.etag = etag;
        return file;
    }
    [[nodiscard]] QUrl base() const { return raw->url(); }
    [[nodiscard]] QUrl url(const QByteArray& path) const {
        return QUrl(base().toString() + QString::fromLatin1(path));
    }
    [[nodiscard]] int count(const QByteArray& method) const {
        return static_cast<int>(std::ranges::count(raw->requests, method, &RawServer::Request::method));
    }
    static QByteArray header(const RawServer::Request& request, const QByteArray& name) {
        const auto at = request.head.toLower().indexOf("\r\n" + name.toLower() + ":");
        if (at < 0) {
            return {};
        }
        const auto from = at + 3 + name.size();
        return request.head.mid(from, request.head.indexOf("\r\n", from) - from).trimmed();
    }
    // Of the GET requests, in order.
    [[nodiscard]] QList<QByteArray> rangesAsked() const {
        QList<QByteArray> all;
        for (const auto& request : raw->requests) {
            if (request.method == "GET") {
                all.append(header(request, "Range"));
            }
        }
        return all;
    }

    QHash<QByteArray, File> files;
    std::unique_ptr<RawServer> raw;
    qint64 bodyBytesSent = 0;

private:
    void answer(QTcpSocket& socket, const RawServer::Request& request) {
        const auto found = files.find(request.target);
        if (found == files.end() || found->status != 0) {
            const int status = found == files.end() ? 404 : found->status;
            socket.write("HTTP/1.1 " + QByteArray::number(status) +
                         " No\r\nContent-Length: 15\r\n\r\n<html>No</html>");
            return;
        }
        File& file = *found;
        if (!file.page.isEmpty()) {
            const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: " + file.page +
                                    "\r\nContent-Length: " + QByteArray::number(file.pageText.size()) +
                                    "\r\n\r\n";
            socket.write(request.method == "HEAD" ? head : head + file.pageText);
            return;
        }
        if (file.silent) {
            return;
        }
        QByteArray head = file.type.isEmpty() ? QByteArray() : "Content-Type: " + file.type + "\r\n";
        if (!file.etag.isEmpty()) {
            head += "ETag: " + file.etag + "\r\n";
        }
        if (!file.modified.isEmpty()) {
            head += "Last-Modified: " + file.modified + "\r\n";
        }
        const qint64 size = file.bytes.size();
        qint64 from = 0;
        qint64 to = size;
        const QByteArray range = header(request, "Range");
        const QByteArray condition = header(request, "If-Range");
        const bool current = condition.isEmpty() || condition == file.etag || condition == file.modified ||
                             file.ignoresIfRange;
        const bool partial = file.ranges && current && range.startsWith("bytes=") && request.method == "GET";
        if (partial) {
            from = range.mid(6, range.indexOf('-') - 6).toLongLong();
            if (const QByteArray last = range.mid(range.indexOf('-') + 1); !last.isEmpty()) {
                to = std::min(size, last.toLongLong() + 1);
            }
            if (from >= size) {
                socket.write("HTTP/1.1 416 No\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            const qint64 shown = file.badRange ? from + 7 : from;
            head += "Content-Range: bytes " + QByteArray::number(shown) + '-' + QByteArray::number(to - 1) +
                    '/' + QByteArray::number(size) + "\r\n";
        }
        head = (partial ? "HTTP/1.1 206 Part\r\n" : "HTTP/1.1 200 OK\r\n") + head +
               (file.length ? "Content-Length: " + QByteArray::number(to - from) + "\r\n"
                            : "Transfer-Encoding: chunked\r\n") +
               "\r\n";
        if (request.method == "HEAD") {
            socket.write(head);
            return;
        }
        QByteArray body = file.bytes.mid(from, to - from);
        if (file.cutAfter >= 0 && file.cutAfter < body.size() && file.cuts-- > 0) {
            socket.write(head + body.left(file.cutAfter));
            bodyBytesSent += file.cutAfter;
            breakOff(socket, file.mayCut);
            return;
        }
        bodyBytesSent += body.size();
        if (!file.length) {
            body = QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n";
        }
        socket.write(head + body);
    }

    static void breakOff(QTcpSocket& socket, const std::function<bool()>& may) {
        if (!may) {
            socket.disconnectFromHost();
            return;
        }
        auto* ask = new QTimer(&socket);
        QObject::connect(ask, &QTimer::timeout, &socket, [&socket, ask, may] {
            if (may()) {
                ask->stop();
                socket.disconnectFromHost();
            }
        });
        ask->start(std::chrono::milliseconds(2));
    }
};

}  // namespace tikgok::test
