// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures on their way to QML, from the cache and past it, of servers that mean no good.
#include "core/cache/picture_access.h"

#include "tests/core/support/raw_server.h"
#include "tests/core/support/wait.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <memory>

namespace tikgok {

using test::RawServer;
using test::waitUntil;

namespace {

// Writes without end, as fast as it is read.
void writeWithoutEnd(QTcpSocket& socket, const RawServer::Request&) {
    socket.write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n");
    const auto more = [&socket] {
        if (socket.bytesToWrite() < (1 << 20) && socket.state() == QAbstractSocket::ConnectedState) {
            socket.write(QByteArray(1 << 20, 'x'));
        }
    };
    QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, more);
    more();
}

struct Rig {
    explicit Rig(qint64 limit, std::chrono::milliseconds remembers = std::chrono::minutes(10),
                 std::chrono::milliseconds unusableAgain = std::chrono::minutes(10)) {
        FileCacheOptions options;
        options.directory = directory.filePath(QStringLiteral("files"));
        options.limit = limit;
        options.idleTimeout = std::chrono::milliseconds(400);
        options.askAgainAfter = remembers;
        options.unusableAgainAfter = unusableAgain;
        options.received = [this](qint64 bytes) { received += bytes; };
        cache = std::make_unique<FileCache>(options);
        access = std::make_unique<PictureAccess>(*cache);
    }
    QNetworkReply* get(bool unusable = false, const QString& path = QStringLiteral("/p.png")) {
        QNetworkRequest request(QUrl(server.url().toString() + path));
        request.setAttribute(PictureAccess::kUnusable, unusable);
        reply.reset(access->get(request));
        return reply.get();
    }
    bool ends() {
        return waitUntil([&] { return reply->isFinished(); });
    }

    QTemporaryDir directory;
    std::atomic<qint64> received = 0;
    RawServer server;
    std::unique_ptr<FileCache> cache;
    std::unique_ptr<PictureAccess> access;
    std::unique_ptr<QNetworkReply> reply;
};

// As every PNG does.
const QByteArray kBegin = QByteArrayLiteral("\x89PNG\r\n\x1a\n");
constexpr qint64 kKeeps = qint64{64} << 20;
constexpr qint64 kKeepsNothing = 0;

}  // namespace

class PictureAccessTest : public QObject {
    Q_OBJECT

    static void bothWays() {
        QTest::addColumn<qint64>("limit");
        QTest::newRow("through the cache") << kKeeps;
        QTest::newRow("past it") << kKeepsNothing;
    }

private Q_SLOTS:
    void comes_data() {
        bothWays();
        QTest::newRow("larger than what may be kept") << qint64{100'000};
    }
    void comes() {
        QFETCH(qint64, limit);
        Rig rig(limit);
        const QByteArray picture = kBegin + QByteArray(300'000, 'p');
        rig.server.thenSend("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(picture.size()) +
                            "\r\n\r\n" + picture);
        rig.get();
        QVERIFY(rig.ends());
        QCOMPARE(rig.reply->error(), QNetworkReply::NoError);
        QCOMPARE(rig.reply->readAll(), picture);
        QCOMPARE(rig.server.requests.size(), 1);
        // Counted, whichever way it came.
        QVERIFY(waitUntil([&] { return rig.received == picture.size(); }));
    }

    // It begins to be kept, and then turns out to be too large for that.
    void comesWithoutSayingHowLargeItIs_data() {
        bothWays();
        QTest::newRow("larger than what may be kept") << qint64{100'000};
    }
    void comesWithoutSayingHowLargeItIs() {
        QFETCH(qint64, limit);
        Rig rig(limit);
        const QByteArray picture = kBegin + QByteArray(300'000, 'p');
        rig.server.thenSend("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
                            QByteArray::number(picture.size(), 16) + "\r\n" + picture + "\r\n0\r\n\r\n");
        for (int time = 1; time <= 2; ++time) {
            rig.get();
            QVERIFY(rig.ends());
            QCOMPARE(rig.reply->error(), QNetworkReply::NoError);
            QCOMPARE(rig.reply->readAll(), picture);
            QCOMPARE(rig.server.requests.size(), limit > picture.size() ? 1 : time);
        }
        if (limit < picture.size()) {
            QVERIFY(waitUntil([&] { return rig.cache->bytes() == 0; }));
        }
    }

    // What is no picture, or could not be shown, is not kept for ever; nor is it fetched again and again.
    void comesAnewWhenItCouldNotBeShown_data() {
        QTest::addColumn<QByteArray>("first");
        QTest::newRow("no picture") << QByteArray("damaged");
        QTest::newRow("damaged further on") << kBegin + "damaged";
    }
    void comesAnewWhenItCouldNotBeShown() {
        QFETCH(const QByteArray, first);
        const bool picture = first.startsWith(kBegin);
        Rig rig(kKeeps);
        const auto answer = [](const QByteArray& bytes) {
            return "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: " +
                   QByteArray::number(bytes.size()) + "\r\n\r\n" + bytes;
        };
        const auto asked = [&rig] {
            return std::ranges::count(rig.server.requests, "GET", &RawServer::Request::method);
        };
        const auto gets = [&](bool unusable) {
            rig.get(unusable);
            return rig.ends() && rig.reply->error() == QNetworkReply::NoError ? rig.reply->readAll()
                                                                              : QByteArray();
        };
        rig.server.thenSend(answer(first)).thenSend(answer(kBegin + "good"));
        QCOMPARE(gets(false), picture ? first : QByteArray());
        QCOMPARE(gets(picture), kBegin + "good");
        QCOMPARE(gets(false), kBegin + "good");
        QCOMPARE(asked(), 2);
        // Whoever cannot show what the server has, as one of a new kind, does not fetch it with each try.
        QCOMPARE(gets(true), kBegin + "good");
        QCOMPARE(asked(), 2);
    }

    // An Image of QML has only the address to say it with. After a while it is fetched once more.
    void comesAnewByItsAddress() {
        Rig rig(kKeeps, std::chrono::minutes(10), std::chrono::milliseconds(0));
        const auto gets = [&](const char* path) {
            rig.get(false, QLatin1StringView(path));
            return rig.ends() && rig.reply->error() == QNetworkReply::NoError ? rig.reply->readAll()
                                                                              : QByteArray();
        };
        for (const char* bytes : {"first", "second", "third"}) {
            const QByteArray body = kBegin + bytes;
            rig.server.thenSend("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) +
                                "\r\n\r\n" + body);
        }
        QCOMPARE(gets("/p.png"), kBegin + "first");
        QCOMPARE(gets("/p.png#other"), kBegin + "first");
        QCOMPARE(gets("/p.png#again"), kBegin + "second");
        QCOMPARE(gets("/p.png"), kBegin + "second");
        QCOMPARE(gets("/p.png#again"), kBegin + "third");
        QVERIFY(std::ranges::all_of(rig.server.requests,
                                    [](const auto& request) { return request.target == "/p.png"; }));
    }

    // Qt takes any text of XML for a drawing.
    void textIsNoDrawing_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("drawing");
        QTest::newRow("xml") << QByteArray("<?xml version='1.0'?><error>No</error>") << false;
        QTest::newRow("comment") << QByteArray("<!-- a page --><html></html>") << false;
        const QByteArray drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'></svg>";
        QTest::newRow("drawing") << drawing << true;
        QTest::newRow("drawing, as a file has it")
            << "<?xml version='1.0'?>\n<!-- by hand -->\n" + drawing << true;
    }
    void textIsNoDrawing() {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, drawing);
        Rig rig(kKeeps);
        rig.server.thenSend("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(text.size()) +
                            "\r\n\r\n" + text);
        rig.get();
        QVERIFY(rig.ends());
        QCOMPARE(rig.reply->error() == QNetworkReply::NoError, drawing);
    }

    void isNotThere_data() { bothWays(); }
    void isNotThere() {
        QFETCH(qint64, limit);
        Rig rig(limit);
        rig.server.thenSend("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
        rig.get();
        QVERIFY(rig.ends());
        QCOMPARE(rig.reply->error(), QNetworkReply::ContentNotFoundError);
    }

    void doesNotEnd_data() { bothWays(); }
    void doesNotEnd() {
        QFETCH(qint64, limit);
        Rig rig(limit);
        rig.server.then(writeWithoutEnd);
        rig.get();
        QVERIFY(rig.ends());
        QCOMPARE(rig.reply->error(), QNetworkReply::UnknownContentError);
        QCOMPARE(rig.reply->bytesAvailable(), 0);
        QCOMPARE(rig.server.requests.size(), 1);
        // That is remembered.
        rig.get();
        QVERIFY(rig.ends());
        QCOMPARE(rig.reply->error(), QNetworkReply::UnknownContentError);
        QCOMPARE(rig.server.requests.size(), 1);
    }

    // A smaller one may be there later.
    void isTriedAgainAfterAWhile_data() { bothWays(); }
    void isTriedAgainAfterAWhile() {
        QFETCH(qint64, limit);
        Rig rig(limit, std::chrono::milliseconds(0));
        rig.server
            .thenSend("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(FileCache::kMostWhole + 1) +
                      "\r\n\r\nx")
            .thenSend("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + kBegin);
        rig.get();
        QVERIFY(rig.ends());
        QCOMPARE(rig.reply->error(), QNetworkReply::UnknownContentError);
        rig.get();
        QVERIFY(rig.ends());
        QCOMPARE(rig.reply->error(), QNetworkReply::NoError);
        QCOMPARE(rig.server.requests.size(), 2);
    }

    void saysThatItIsTooLarge_data() { bothWays(); }
    void saysThatItIsTooLarge() {
        QFETCH(qint64, limit);
        Rig rig(limit);
        rig.server.thenSend("HTTP/1.1 200 OK\r\nContent-Length: " +
                            QByteArray::number(FileCache::kMostWhole + 1) + "\r\n\r\nx");
        rig.get();
        QVERIFY(rig.ends());
        QCOMPARE(rig.reply->error(), QNetworkReply::UnknownContentError);
        QCOMPARE(rig.server.requests.size(), 1);
    }

    void stops_data() { bothWays(); }
    void stops() {
        QFETCH(qint64, limit);
        Rig rig(limit);
        rig.server.thenSend("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe beginning");
        rig.get();
        QVERIFY(rig.ends());
        QVERIFY(rig.reply->error() != QNetworkReply::NoError);
    }

    // Nothing of it is kept, so it is asked for anew, three times.
    void stopsWhileItGoesBy() {
        Rig rig(100'000);
        const QByteArray half =
            "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + QByteArray(150'000, 'p');
        rig.server.thenSend(half);
        rig.get();
        QVERIFY(rig.ends());
        QVERIFY(rig.reply->error() != QNetworkReply::NoError);
        QCOMPARE(rig.cache->bytes(), 0);
    }

    // Ten bytes, it says, and sends a thousand: once more past the cache, and no more.
    void sendsMoreThanItSays() {
        Rig rig(kKeeps);
        rig.server.thenSend(
            "HTTP/1.1 206 Part\r\nContent-Range: bytes 0-9/10\r\nContent-Length: 1000\r\n\r\n" +
            QByteArray(1000, 'x'));
        rig.get();
        QVERIFY(rig.ends());
        QVERIFY(rig.server.requests.size() <= 2);
    }

    void isGivenUp_data() { bothWays(); }
    void isGivenUp() {
        QFETCH(qint64, limit);
        Rig rig(limit);
        rig.server.thenHang();
        rig.get();
        QVERIFY(waitUntil([&] { return !rig.server.requests.isEmpty(); }));
        rig.reply->abort();
        QVERIFY(rig.reply->isFinished());
        QCOMPARE(rig.reply->error(), QNetworkReply::OperationCanceledError);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::PictureAccessTest)
#include "picture_access_test.moc"
