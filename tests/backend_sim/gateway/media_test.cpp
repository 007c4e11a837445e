// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Media: whole files, ranges, conditions, and paths that must lead nowhere.

#include "backend-sim/gateway/http_date.h"
#include "tests/backend_sim/gateway/stage.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

using namespace tikgok;
using namespace tikgok::sim;
using namespace tikgok::sim::gatewaytest;

namespace {

constexpr std::size_t kSize = 1000;

std::string content(std::size_t size = kSize) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) {
        bytes += static_cast<char>('a' + i * 7 % 26);
    }
    return bytes;
}

void put(const Stage& stage, const std::string& name, const std::string& bytes) {
    const std::filesystem::path path = std::filesystem::path(stage.directory.path().toStdString()) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

class MediaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whole();
    void head();
    void ranges_data();
    void ranges();
    void conditions();
    void nowhere_data();
    void nowhere();
    void largeFileDoesNotBlockOthers();
    void clientLeavesInTheMiddle();
    void fileThatShrinks();
    void parallelRanges();
    void dates_data();
    void dates();
};

void MediaTest::whole() {
    Stage stage;
    put(stage, "media/a/b c.mp4", content());
    put(stage, "media/p.png", "png");
    put(stage, "media/empty.mp4", "");
    Wire wire(stage.port());
    for (int i = 0; i < 3; ++i) {
        const Reply reply =
            wire.ask("GET /static/a/b%20c.mp4 HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, content());
        QCOMPARE(reply.header("content-type"), std::string("video/mp4"));
        QCOMPARE(reply.header("accept-ranges"), std::string("bytes"));
        QVERIFY(reply.header("content-encoding").empty());
        QVERIFY(http::parseHttpDate(reply.header("last-modified")));
        QVERIFY(reply.header("etag").starts_with('"') && reply.header("etag").ends_with('"'));
    }
    QCOMPARE(wire.ask("GET /static/p.png HTTP/1.1\r\nHost: localhost\r\n\r\n").header("content-type"),
             std::string("image/png"));
    const Reply empty =
        wire.ask("GET /static/empty.mp4 HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-\r\n\r\n");
    QCOMPARE(empty.status, 416);
    QCOMPARE(wire.ask("GET /static/empty.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
}

void MediaTest::head() {
    Stage stage;
    put(stage, "media/a.mp4", content());
    Wire wire(stage.port());
    wire.send("HEAD /static/a.mp4 HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-9\r\n\r\n");
    const Reply reply = wire.read(true);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("content-length"), std::string("1000"));
    wire.send("HEAD /static/none.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(wire.read(true).status, 404);
    QCOMPARE(wire.ask("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n").body,
             std::string(R"({"message":"pong"})"));
}

void MediaTest::ranges_data() {
    QTest::addColumn<QString>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("length");
    const auto row = [](const char* range, int status, int first, int length) {
        QTest::newRow(range) << QString::fromLatin1(range) << status << first << length;
    };
    row("bytes=0-0", 206, 0, 1);
    row("bytes=0-99", 206, 0, 100);
    row("bytes=100-199", 206, 100, 100);
    row("bytes=999-999", 206, 999, 1);
    row("bytes=500-", 206, 500, 500);
    row("bytes=0-", 206, 0, 1000);
    row("bytes=0-999", 206, 0, 1000);
    row("bytes=0-99999", 206, 0, 1000);
    row("bytes=900-99999999999999999999999", 206, 900, 100);
    row("bytes=-1", 206, 999, 1);
    row("bytes=-100", 206, 900, 100);
    row("bytes=-5000", 206, 0, 1000);
    row("bytes=1000-", 416, 0, 0);
    row("bytes=1000-1001", 416, 0, 0);
    row("bytes=99999999999999999999-", 416, 0, 0);
    row("bytes=-0", 416, 0, 0);
    for (const char* ignored : {"bytes=0-1,5-6", "bytes=5-4", "bytes=", "bytes=-", "bytes=a-b", "bytes=1-b",
                                "bytes", "lines=0-1", "bytes=--1", "bytes=0x1-2", "bytes= 0-1", "0-1"}) {
        row(ignored, 200, 0, 1000);
    }
}

void MediaTest::ranges() {
    QFETCH(QString, range);
    QFETCH(int, status);
    QFETCH(int, first);
    QFETCH(int, length);
    Stage stage;
    put(stage, "media/a.mp4", content());
    const Reply reply = stage.get("/static/a.mp4", "Range: " + range.toStdString() + "\r\n");
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.body, content().substr(static_cast<std::size_t>(first), static_cast<std::size_t>(length)));
    if (status == 206) {
        QCOMPARE(reply.header("content-range"),
                 "bytes " + std::to_string(first) + "-" + std::to_string(first + length - 1) + "/1000");
    } else if (status == 416) {
        QCOMPARE(reply.header("content-range"), std::string("bytes */1000"));
    } else {
        QVERIFY(reply.header("content-range").empty());
    }
}

void MediaTest::conditions() {
    Stage stage;
    put(stage, "media/a.mp4", content());
    const Reply first = stage.get("/static/a.mp4");
    const std::string tag = first.header("etag");
    const std::string modified = first.header("last-modified");
    const std::int64_t time = *http::parseHttpDate(modified);
    const auto status = [&](const std::string& headers) {
        const Reply reply = stage.get("/static/a.mp4", headers);
        if (reply.status == 304 && (!reply.body.empty() || reply.header("etag") != tag)) {
            return -1;
        }
        return reply.status;
    };
    QCOMPARE(status("If-None-Match: " + tag + "\r\n"), 304);
    QCOMPARE(status("If-None-Match: \"x\", W/" + tag + " , \"y\"\r\n"), 304);
    QCOMPARE(status("If-None-Match: *\r\n"), 304);
    QCOMPARE(status("If-None-Match: \"other\"\r\n"), 200);
    QCOMPARE(status("If-None-Match: \"other\"\r\nIf-Modified-Since: " + modified + "\r\n"), 200);
    QCOMPARE(status("If-None-Match: " + tag + "\r\nRange: bytes=0-1\r\n"), 304);
    QCOMPARE(status("If-Modified-Since: " + modified + "\r\n"), 304);
    QCOMPARE(status("If-Modified-Since: " + http::httpDate(time + 10) + "\r\n"), 304);
    QCOMPARE(status("If-Modified-Since: " + http::httpDate(time - 10) + "\r\n"), 200);
    QCOMPARE(status("If-Modified-Since: yesterday\r\n"), 200);
    QCOMPARE(status("Range: bytes=0-1\r\nIf-Range: " + tag + "\r\n"), 206);
    QCOMPARE(status("Range: bytes=0-1\r\nIf-Range: " + modified + "\r\n"), 206);
    QCOMPARE(status("Range: bytes=0-1\r\nIf-Range: \"other\"\r\n"), 200);
    QCOMPARE(status("Range: bytes=0-1\r\nIf-Range: W/" + tag + "\r\n"), 200);
    QCOMPARE(status("Range: bytes=0-1\r\nIf-Range: " + http::httpDate(time - 10) + "\r\n"), 200);
    QCOMPARE(status("Range: bytes=5000-\r\nIf-Range: \"other\"\r\n"), 200);
    // Another file has another tag.
    put(stage, "media/a.mp4", content(kSize + 1));
    QVERIFY(stage.get("/static/a.mp4").header("etag") != tag);
}

void MediaTest::nowhere_data() {
    QTest::addColumn<QString>("target");
    for (const char* target : {"/static/none.mp4",
                               "/static/a",
                               "/static/a/",
                               "/static/",
                               "/static",
                               "/static/../secret",
                               "/static/a/../../secret",
                               "/static/..%2fsecret",
                               "/static/%2e%2e/secret",
                               "/static/%2e%2e%2fsecret",
                               "/static/a/%2e%2e/%2e%2e/secret",
                               "/static//secret",
                               "/static/%2fetc/passwd",
                               "/static//etc/passwd",
                               "/static/./a/b.mp4",
                               "/static/a//b.mp4",
                               "/static/a%5cb.mp4",
                               "/static/..%5csecret",
                               "/static/a/b.mp4%00",
                               "/static/a/b.mp4%00.png",
                               "/static/%zz",
                               "/static/a/b.mp4%",
                               "/static/.hidden",
                               "/static/a/b.mp4/",
                               "/static/%252e%252e/secret",
                               "/static/link.mp4",
                               "/static/fifo.mp4",
                               "/%73tatic/../secret",
                               "/static%2fa%2fb.mp4x",
                               "/static/..;/secret"}) {
        QTest::newRow(target) << QString::fromLatin1(target);
    }
    QTest::newRow("long") << QStringLiteral("/static/") + QString(3000, QLatin1Char('a'));
}

void MediaTest::nowhere() {
    QFETCH(QString, target);
    Stage stage;
    put(stage, "secret", "the secret");
    put(stage, "media/.hidden", "hidden");
    put(stage, "media/a/b.mp4", content());
    const std::filesystem::path root = stage.directory.path().toStdString();
    std::filesystem::create_symlink(root / "secret", root / "media/link.mp4");
    QCOMPARE(::mkfifo((root / "media/fifo.mp4").c_str(), 0600), 0);
    const Reply reply = stage.get(target.toStdString());
    QCOMPARE(reply.status, 404);
    QCOMPARE(reply.body, std::string("404 page not found"));
    QCOMPARE(stage.get("/static/a/b.mp4").status, 200);
}

void MediaTest::largeFileDoesNotBlockOthers() {
    Stage stage({}, {}, 1);
    put(stage, "media/large.mp4", content(30'000'000));
    Wire slow(stage.port());
    slow.receiveLittle(4096);
    slow.send("GET /static/large.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(slow.receiveSome(100) > 0);
    // One thread, and it is not stuck with the slow client.
    QCOMPARE(stage.get("/ping").status, 200);
    const Reply quick = stage.get("/static/large.mp4");
    QVERIFY(quick.body == content(30'000'000));
}

void MediaTest::clientLeavesInTheMiddle() {
    Stage stage;
    put(stage, "media/large.mp4", content(30'000'000));
    for (int i = 0; i < 10; ++i) {
        Wire wire(stage.port());
        wire.send("GET /static/large.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QVERIFY(wire.receiveSome(100) > 0);
        if (i % 2 == 0) {
            wire.reset();
        }
    }
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 0; }));
    QCOMPARE(stage.get("/ping").status, 200);
}

void MediaTest::fileThatShrinks() {
    Stage stage;
    put(stage, "media/large.mp4", content(30'000'000));
    Wire wire(stage.port());
    wire.send("GET /static/large.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(wire.receiveSome(100) > 0);
    std::filesystem::resize_file(
        std::filesystem::path(stage.directory.path().toStdString()) / "media/large.mp4", 10);
    // The promised length cannot be kept, so the connection ends instead of waiting for ever.
    while (wire.receiveSome(1'000'000) > 0) {
    }
    QVERIFY(Stage::eventually([&] { return stage.server->counters().connections == 0; }));
}

void MediaTest::parallelRanges() {
    Stage stage;
    const std::string all = content(2'000'000);
    put(stage, "media/large.mp4", all);
    std::atomic<int> good = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 20; ++i) {
        clients.emplace_back([&, i] {
            Wire wire(stage.port());
            for (int k = 0; k < 20; ++k) {
                const std::size_t first = static_cast<std::size_t>(i * 77'777 + k * 3'333);
                const std::size_t last = first + 250'000;
                const Reply reply =
                    wire.ask("GET /static/large.mp4 HTTP/1.1\r\nHost: localhost\r\nRange: bytes=" +
                             std::to_string(first) + "-" + std::to_string(last) + "\r\n\r\n");
                good += reply.status == 206 && reply.body == all.substr(first, last - first + 1) ? 1 : 0;
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    QCOMPARE(good.load(), 400);
}

void MediaTest::dates_data() {
    QTest::addColumn<qint64>("second");
    QTest::addColumn<QString>("text");
    QTest::newRow("epoch") << qint64{0} << QStringLiteral("Thu, 01 Jan 1970 00:00:00 GMT");
    QTest::newRow("example") << qint64{784111777} << QStringLiteral("Sun, 06 Nov 1994 08:49:37 GMT");
    QTest::newRow("leap day") << qint64{1709210096} << QStringLiteral("Thu, 29 Feb 2024 12:34:56 GMT");
}

void MediaTest::dates() {
    QFETCH(qint64, second);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(http::httpDate(second)), text);
    QCOMPARE(http::parseHttpDate(text.toStdString()).value_or(-1), std::int64_t{second});
    for (const char* bad : {"", "Sun, 06 Nov 1994 08:49:37", "Sun, 31 Feb 1994 08:49:37 GMT",
                            "Sun, 06 Nix 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                            "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, xx Nov 1994 08:49:37 GMT"}) {
        QVERIFY(!http::parseHttpDate(bad));
    }
}

QTEST_GUILESS_MAIN(MediaTest)
#include "media_test.moc"
