// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files on their way, against a server whose every byte the test decides.

#include "core/api/uploader.h"

#include "core/api/network_transport.h"
#include "core/api/request_body.h"
#include "tests/core/support/wait.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QScopeGuard>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

namespace tikgok {

using test::storeInto;
using test::waitUntil;

namespace {

constexpr qint64 kMiB = qint64{1024} * 1024;

constexpr qint64 kReadBuffer = 128 * 1024;

// Takes connections, and reads of them what it is told to. Its system buffers next to nothing.
class SlowReader final : public QObject {
public:
    SlowReader() {
        server_.listen(QHostAddress::LocalHost);
        connect(&server_, &QTcpServer::newConnection, this, [this] {
            socket = server_.nextPendingConnection();
            socket->setReadBufferSize(kReadBuffer);
            socket->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, kReadBuffer);
        });
    }
    [[nodiscard]] QUrl url() const {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/up/").arg(server_.serverPort()));
    }
    // Reads on; at most `bytes` of them.
    void take(qint64 bytes) {
        const QByteArray got = socket->read(bytes);
        if (head.size() < 4096) {
            head += got;
        }
        taken += got.size();
    }
    void answer(const QByteArray& bytes) {
        socket->write(bytes);
        socket->flush();
    }

    QTcpSocket* socket = nullptr;
    qint64 taken = 0;
    QByteArray head;

private:
    QTcpServer server_;
};

const QByteArray kYes = "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"status_code\":0}";

// One upload and what becomes of it.
struct OneUpload {
    explicit OneUpload(qint64 size, const QUrl& url,
                       std::chrono::milliseconds idle = std::chrono::seconds(20)) {
        QFile file(path());
        if (file.open(QIODevice::WriteOnly)) {
            file.resize(size);
        }
        order.url = url;
        order.idleTimeout = idle;
        order.maxAnswerBytes = kMiB;
        order.body = {.fields = {{QStringLiteral("title"), QStringLiteral("a \"b\" 海")}},
                      .fileField = QStringLiteral("data"),
                      .filePath = path(),
                      .fileName = QStringLiteral("clip.mp4")};
        order.progress = [this](qint64 at, qint64 all) {
            seen.push_back(at);
            total = all;
        };
    }
    [[nodiscard]] QString path() const { return directory.filePath(QStringLiteral("clip.mp4")); }
    void start(Uploader& uploader) { storeInto(uploader.send(order, stop.get_token()), result); }
    [[nodiscard]] bool done() const { return result->has_value(); }
    [[nodiscard]] const Result<UploadAnswer>& value() const { return **result; }
    [[nodiscard]] qint64 last() const { return seen.empty() ? 0 : seen.back(); }

    QTemporaryDir directory;
    UploadOrder order;
    std::vector<qint64> seen;
    qint64 total = 0;
    std::stop_source stop;
    std::shared_ptr<std::optional<Result<UploadAnswer>>> result =
        std::make_shared<std::optional<Result<UploadAnswer>>>();
};

}  // namespace

class UploaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A proxy of the environment is not asked for a server on this computer: nothing else of this program
    // does.
    void environmentsProxyIsNotForThisComputer() {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        const QByteArray nobody = "http://127.0.0.1:" + QByteArray::number(gone.serverPort());
        gone.close();
        const auto before = qEnvironmentVariable("http_proxy");
        const auto restore = qScopeGuard(
            [&] { before.isNull() ? qunsetenv("http_proxy") : qputenv("http_proxy", before.toLocal8Bit()); });
        qputenv("http_proxy", nobody);
        SlowReader server;
        Uploader uploader;
        OneUpload upload(1000, server.url());
        upload.start(uploader);
        QVERIFY(waitUntil([&] { return server.socket != nullptr || upload.done(); }));
        QVERIFY(!upload.done());
        server.answer(kYes);
        QVERIFY(waitUntil([&] { return upload.done(); }));
        QCOMPARE(upload.value().value_or(UploadAnswer()).status, 200);
    }

    void goesByTheProxyOfTheProgram() {
        SlowReader proxy;
        QNetworkProxy::setApplicationProxy(QNetworkProxy(
            QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), static_cast<quint16>(proxy.url().port()),
            QStringLiteral("mei"), QStringLiteral("secret")));
        const auto restore = qScopeGuard([] { QNetworkProxyFactory::setUseSystemConfiguration(true); });
        Uploader uploader;
        OneUpload upload(1000, QUrl(QStringLiteral("http://server.test/up/")));
        upload.start(uploader);
        QVERIFY(waitUntil([&] { return proxy.socket != nullptr || upload.done(); }));
        QVERIFY(!upload.done());
        QVERIFY(waitUntil([&] {
            proxy.take(kMiB);
            return proxy.head.contains("\r\n\r\n");
        }));
        QVERIFY2(proxy.head.startsWith("POST http://server.test/up/ HTTP/1.1\r\n"), proxy.head.constData());
        QVERIFY(proxy.head.contains("Proxy-Authorization: Basic " + QByteArray("mei:secret").toBase64()));
        proxy.answer(kYes);
        QVERIFY(waitUntil([&] { return upload.done(); }));
        QCOMPARE(upload.value().value_or(UploadAnswer()).status, 200);
    }

    // The bar shows what the other side has, not what this system has taken from the program.
    void progressDoesNotRunAhead() {
        SlowReader server;
        Uploader uploader;
        OneUpload upload(24 * kMiB, server.url());
        upload.start(uploader);
        QVERIFY(waitUntil([&] { return server.socket != nullptr; }));
        // Until nothing moves any more: the sending system's buffers are full then.
        qint64 before = -1;
        QVERIFY(waitUntil([&] {
            const qint64 now = server.socket->bytesAvailable() + upload.last();
            const bool still = now == before && !upload.seen.empty();
            before = now;
            QTest::qWait(300);
            return still;
        }));
        QVERIFY2(upload.last() < kMiB / 2, qPrintable(QString::number(upload.last())));
        // It follows the reader, and is never far in front of it.
        qint64 ahead = 0;
        QVERIFY(waitUntil([&] {
            server.take(kMiB);
            ahead = std::max(ahead, upload.last() - server.taken);
            return upload.total > 0 && server.taken >= upload.total;
        }));
        QVERIFY2(ahead < kMiB, qPrintable(QString::number(ahead)));
        server.answer(kYes);
        QVERIFY(waitUntil([&] { return upload.done(); }));
        QVERIFY2(upload.value(), qPrintable(upload.value() ? QString() : upload.value().error().detail));
        QCOMPARE(upload.value()->status, 200);
        QCOMPARE(upload.value()->body, QByteArray("{\"status_code\":0}"));
        QCOMPARE(upload.last(), upload.total);
        QVERIFY(std::ranges::is_sorted(upload.seen));
    }

    // What the system holds drains without the program writing anything: that is no standstill.
    void drainingIsNotIdle() {
        SlowReader server;
        Uploader uploader;
        // Small enough not to be asked for with "100-continue".
        OneUpload upload(900'000, server.url(), std::chrono::milliseconds(700));
        upload.start(uploader);
        QVERIFY(waitUntil([&] { return server.socket != nullptr; }));
        QElapsedTimer clock;
        clock.start();
        QVERIFY(waitUntil([&] {
            QTest::qWait(50);
            server.take(30'000);
            return upload.done() || (upload.total > 0 && server.taken >= upload.total);
        }));
        QVERIFY(!upload.done());
        QVERIFY(clock.elapsed() > 1000);  // longer than the limit
        server.answer(kYes);
        QVERIFY(waitUntil([&] { return upload.done(); }));
        QVERIFY(upload.value());
    }

    void standstillTimesOut() {
        SlowReader server;
        Uploader uploader;
        OneUpload upload(24 * kMiB, server.url(), std::chrono::milliseconds(1500));
        upload.start(uploader);
        QVERIFY(waitUntil([&] { return upload.done(); }));
        QVERIFY(upload.last() > 0);
        QVERIFY(!upload.value());
        QCOMPARE(upload.value().error().kind, ErrorKind::Timeout);
        QVERIFY(upload.value().error().retryable);
        // The server cannot have made anything of a part.
        QVERIFY(!upload.value().error().maybeDone);
    }

    void lostAnswerMayBeDone() {
        SlowReader server;
        Uploader uploader;
        OneUpload upload(100'000, server.url(), std::chrono::milliseconds(400));
        upload.start(uploader);
        QVERIFY(waitUntil([&] {
            if (server.socket != nullptr) {
                server.take(kMiB);
            }
            return upload.done();
        }));
        QVERIFY(!upload.value());
        QCOMPARE(upload.value().error().kind, ErrorKind::Timeout);
        QVERIFY(upload.value().error().maybeDone);
    }

    void cut_data() {
        QTest::addColumn<bool>("atEnd");
        QTest::newRow("in the middle") << false;
        QTest::newRow("instead of the answer") << true;
    }
    void cut() {
        QFETCH(bool, atEnd);
        SlowReader server;
        Uploader uploader;
        OneUpload upload(atEnd ? 100'000 : 24 * kMiB, server.url());
        upload.start(uploader);
        QVERIFY(waitUntil([&] {
            if (server.socket != nullptr) {
                server.take(kMiB);
            }
            return atEnd ? upload.total > 0 && server.taken >= upload.total : server.taken > 100'000;
        }));
        server.socket->abort();
        QVERIFY(waitUntil([&] { return upload.done(); }));
        QVERIFY(!upload.value());
        QCOMPARE(upload.value().error().kind, ErrorKind::Cut);
        QVERIFY(upload.value().error().retryable);
        QCOMPARE(upload.value().error().maybeDone, atEnd);
        QVERIFY(!upload.value().error().detail.contains(QLatin1String("127.0.0.1")));
    }

    // As the reference server: the answer comes at once, nobody reads the body, the line closes.
    void early413_data() {
        QTest::addColumn<qint64>("size");
        QTest::newRow("asked before the body") << 24 * kMiB;
        QTest::newRow("with the body under way") << qint64{900'000};
    }
    void early413() {
        QFETCH(qint64, size);
        SlowReader server;
        Uploader uploader;
        OneUpload upload(size, server.url());
        upload.start(uploader);
        QVERIFY(waitUntil([&] { return server.socket != nullptr && server.socket->bytesAvailable() > 0; }));
        server.answer(
            "HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 24\r\nConnection: close\r\n\r\n"
            "Request Entity Too Large");
        server.socket->disconnectFromHost();
        QVERIFY(waitUntil([&] { return upload.done(); }));
        QVERIFY2(upload.value(), qPrintable(upload.value() ? QString() : upload.value().error().detail));
        QCOMPARE(upload.value()->status, 413);
    }

    void headersOfTheAnswer() {
        SlowReader server;
        Uploader uploader;
        OneUpload upload(1000, server.url());
        upload.start(uploader);
        QVERIFY(waitUntil([&] {
            if (server.socket != nullptr) {
                server.take(kMiB);
            }
            return upload.total > 0 && server.taken >= upload.total;
        }));
        server.answer(
            "HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nLocation: /x\r\nContent-Length: 2\r\n\r\nno");
        QVERIFY(waitUntil([&] { return upload.done(); }));
        QVERIFY(upload.value());
        QCOMPARE(upload.value()->status, 429);
        QCOMPARE(upload.value()->retryAfter, QByteArray("7"));
        QCOMPARE(upload.value()->location, QByteArray("/x"));
        QVERIFY(server.head.contains("User-Agent: TikGok/"));
        QVERIFY(server.head.contains("name=\"title\"\r\n\r\na \"b\" 海\r\n"));
    }

    void fileThatShrinksIsSaid() {
        SlowReader server;
        Uploader uploader;
        OneUpload upload(24 * kMiB, server.url());
        upload.start(uploader);
        QVERIFY(waitUntil([&] { return upload.total > 0; }));
        QVERIFY(QFile::resize(upload.path(), 20'000));
        QVERIFY(waitUntil([&] {
            server.take(kMiB);
            return upload.done();
        }));
        QVERIFY(!upload.value());
        QCOMPARE(upload.value().error().kind, ErrorKind::Storage);
        QVERIFY(!upload.value().error().maybeDone);
    }

    void stops_data() {
        QTest::addColumn<bool>("byDestruction");
        QTest::newRow("by its caller") << false;
        QTest::newRow("with the uploader") << true;
    }
    void stops() {
        QFETCH(bool, byDestruction);
        SlowReader server;
        auto uploader = std::make_unique<Uploader>();
        OneUpload upload(24 * kMiB, server.url());
        upload.start(*uploader);
        QVERIFY(waitUntil([&] { return upload.total > 0; }));
        if (byDestruction) {
            uploader.reset();
            QVERIFY(waitUntil([&] { return upload.done(); }));
        } else {
            upload.stop.request_stop();
            QVERIFY(upload.done());  // at once
            QVERIFY(waitUntil([&] { return uploader->runningThreads() == 0; }));
        }
        QVERIFY(!upload.value());
        QCOMPARE(upload.value().error().kind, ErrorKind::Cancelled);
    }

    void endlessAnswerIsRefused() {
        SlowReader server;
        Uploader uploader;
        OneUpload upload(1000, server.url());
        upload.start(uploader);
        QVERIFY(waitUntil([&] { return server.socket != nullptr && server.socket->bytesAvailable() > 0; }));
        server.answer("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + QByteArray(3'000'000, 'x'));
        QVERIFY(waitUntil([&] {
            server.take(kMiB);
            return upload.done();
        }));
        QVERIFY(!upload.value());
        QCOMPARE(upload.value().error().kind, ErrorKind::ServerBroken);
    }

    void smallFilesFollowTheLargeOne() {
        QTemporaryDir directory;
        const QString path = directory.filePath(QStringLiteral("a.mp4"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("film");
        file.close();
        RequestBody body({.fields = {{QStringLiteral("token"), QStringLiteral("t")}},
                          .fileField = QStringLiteral("data"),
                          .filePath = path,
                          .fileName = QStringLiteral("a.mp4"),
                          .more = {{.field = QStringLiteral("cover"),
                                    .fileName = QStringLiteral("cover.png"),
                                    .contentType = "image/png",
                                    .bytes = QByteArray("pic\0ture", 8)}}});
        QVERIFY(body.ok());
        const QByteArray all = body.readAll();
        QCOMPARE(all.size(), body.total());
        const QByteArray boundary = "--" + body.contentType().split('=').last();
        QCOMPARE(all.count(boundary), 4);
        QVERIFY(all.contains("\r\n\r\nfilm\r\n" + boundary +
                             "\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"cover.png\"\r\n"
                             "Content-Type: image/png\r\n\r\n" +
                             QByteArray("pic\0ture", 8) + "\r\n" + boundary + "--\r\n"));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::UploaderTest)
#include "uploader_test.moc"
