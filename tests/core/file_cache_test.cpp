// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What comes over the network, and in which order. What the disk has to do with it is in
// file_cache_disk_test.cpp.

#include "core/cache/file_cache.h"

#include "core/cache/byte_ranges.h"
#include "tests/core/file_cache_rig.h"
#include "tests/core/support/network_noise.h"

#include <QTest>

#include <algorithm>
#include <future>
#include <memory>
#include <span>

namespace tikgok {

using test::elsewhere;
using test::FileServer;
using test::kImpatient;
using test::kPatient;
using test::kRoom;
using test::noise;
using test::readFrom;
using test::waitUntil;
using Read = test::CacheRead;
using Rig = test::CacheRig;
using Failure = MediaBytes::Failure;

class FileCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rangesJoin() {
        ByteRanges ranges;
        ranges.add(10, 20);
        ranges.add(30, 40);
        ranges.add(5, 5);
        QCOMPARE(ranges.total(), 20);
        QCOMPARE(ranges.endFrom(15), 20);
        QCOMPARE(ranges.endFrom(20), 20);
        QCOMPARE(ranges.nextStart(20).value(), 30);
        ranges.add(20, 30);
        QCOMPARE(ranges.endFrom(10), 40);
        ranges.add(0, 100);
        QVERIFY(ranges.covers(100) && !ranges.covers(101));
        QCOMPARE(ByteRanges::fromJson(ranges.toJson(), 100).value(), ranges);
        QVERIFY(!ByteRanges::fromJson(ranges.toJson(), 99));
        QVERIFY(!ByteRanges::fromJson({QStringLiteral("5"), QStringLiteral("4")}, 99));
        QVERIFY(!ByteRanges::fromJson({QStringLiteral("5")}, 99));
    }

    void whatWasReadIsThereWithoutANetwork() {
        Rig rig;
        const QByteArray film = noise(700'000);
        rig.server.add("/a.mp4", film);
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        QVERIFY(rig.cache->isWhole(rig.server.url("/a.mp4")));
        const int gets = rig.server.count("GET");
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        QCOMPARE(rig.server.count("GET"), gets);
        rig.stopServer();
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        rig.open();
        rig.cache->setServer(QUrl(rig.gone), QStringLiteral("here"));
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        QCOMPARE(rig.cache->bytes(), film.size());
    }

    void anotherPortIsTheSameServer() {
        Rig rig;
        const QByteArray film = noise(50'000);
        rig.server.add("/a.mp4", film);
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        rig.server.stop();
        rig.server.start();
        rig.cache->setServer(rig.server.base(), QStringLiteral("here"));
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        QCOMPARE(rig.server.count("GET"), 0);
        // And another server is another server.
        rig.cache->setServer(rig.server.base(), QStringLiteral("there"));
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        QCOMPARE(rig.server.count("GET"), 1);
    }

    void readsTheEndFirst() {
        Rig rig;
        const QByteArray film = noise(4'000'000);
        rig.server.add("/a.mp4", film);
        QCOMPARE(rig.part("/a.mp4", 3'900'000, 1'000'000).bytes, film.mid(3'900'000));
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        // What was there was not fetched again: the last request ends where it begins.
        QVERIFY(rig.server.rangesAsked().last().endsWith("-3899999"));
        QVERIFY(rig.cache->isWhole(rig.server.url("/a.mp4")));
    }

    void doesNotRunFarAhead() {
        Rig rig;
        rig.server.add("/a.mp4", noise(30'000'000));
        QCOMPARE(rig.part("/a.mp4", 0, 1000).bytes.size(), 1000);
        QVERIFY(rig.cache->bytesFetched() < 3'000'000);
    }

    void resumesAfterACut() {
        Rig rig;
        const QByteArray film = noise(600'000);
        auto& file = rig.server.add("/a.mp4", film);
        file.cutAfter = 200'000;
        file.cuts = 2;
        file.mayCut = [&rig] { return rig.cache->bytesFetched() == rig.server.bodyBytesSent; };
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        // On a busy computer Qt 6.4 sends a request again by itself; what we ask goes on where the line broke
        // off.
        const QList<QByteArray> asked = rig.server.rangesAsked();
        QCOMPARE(asked.first(), QByteArray("bytes=0-"));
        QVERIFY(std::ranges::is_sorted(asked));
        QVERIFY2(asked.last() == "bytes=400000-" || asked.last() == "bytes=200000-",
                 asked.last().constData());
        QCOMPARE(FileServer::header(rig.server.raw->requests.last(), "If-Range"), QByteArray("\"1\""));
    }

    void resumesInAnotherRun() {
        Rig rig;
        const QByteArray film = noise(600'000);
        auto& file = rig.server.add("/a.mp4", film);
        file.cutAfter = 250'000;
        QCOMPARE(rig.part("/a.mp4", 0, 100'000).bytes, film.left(100'000));
        rig.cache.reset();
        // A server of its own: a request of the former run may still be on its way.
        rig.server.stop();
        rig.server.start();
        rig.open();
        file.cutAfter = -1;
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        const QList<QByteArray> ranges = rig.server.rangesAsked();
        QVERIFY2(!ranges.contains("bytes=0-"), qPrintable(QString::fromLatin1(ranges.join(' '))));
    }

    void failures_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("silent");
        QTest::addColumn<int>("failure");
        QTest::newRow("not there") << 404 << false << int(Failure::NotFound);
        QTest::newRow("gone") << 410 << false << int(Failure::NotFound);
        QTest::newRow("broken") << 500 << false << int(Failure::Network);
        QTest::newRow("forbidden") << 403 << false << int(Failure::Network);
        QTest::newRow("unsatisfiable") << 416 << false << int(Failure::Network);
        QTest::newRow("silent") << 0 << true << int(Failure::Network);
        QTest::newRow("nobody there") << -1 << false << int(Failure::Network);
    }
    void failures() {
        QFETCH(int, status);
        QFETCH(bool, silent);
        QFETCH(int, failure);
        const test::NetworkNoise heard;
        Rig rig(kRoom, silent ? kImpatient : kPatient);
        auto& file = rig.server.add("/a.mp4", noise(1000));
        file.status = std::max(status, 0);
        file.silent = silent;
        if (status < 0) {
            rig.stopServer();
        }
        const Read read = rig.all("/a.mp4");
        QVERIFY(read.failure);
        QCOMPARE(int(*read.failure), failure);
        if (status >= 0) {
            // It recovers, without a new cache.
            file.status = 0;
            file.silent = false;
            QCOMPARE(rig.all("/a.mp4").bytes.size(), 1000);
        }
        rig.cache.reset();
        QCOMPARE(heard.count(), 0);
    }

    void aReaderCanStop() {
        Rig rig;
        rig.server.add("/a.mp4", noise(1000)).silent = true;
        const auto result = elsewhere([&] {
            const auto bytes = rig.cache->open(rig.server.url("/a.mp4"));
            char one = 0;
            return bytes->read(0, std::span(&one, 1), [] { return true; });
        });
        QVERIFY(!result && result.error() == Failure::Stopped);
    }

    void readersOutliveTheCache() {
        Rig rig;
        rig.server.add("/a.mp4", noise(1000)).silent = true;
        auto bytes = std::shared_ptr<MediaBytes>(rig.cache->open(rig.server.url("/a.mp4")));
        auto future = std::async(std::launch::async, [bytes] { return readFrom(*bytes, 0, 10); });
        QVERIFY(waitUntil([&] { return rig.server.raw->requests.size() == 1; }));
        rig.cache.reset();
        QCOMPARE(int(future.get().failure.value()), int(Failure::Unavailable));
        bytes.reset();
    }

    void serversWithoutRanges() {
        Rig rig;
        const QByteArray film = noise(3'000'000);
        rig.server.add("/a.mp4", film).ranges = false;
        QCOMPARE(rig.part("/a.mp4", 2'900'000, 1'000'000).bytes, film.mid(2'900'000));
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        QVERIFY(rig.server.count("GET") <= 2);
    }

    void aRangeThatWasNotAskedFor() {
        Rig rig;
        rig.server.add("/a.mp4", noise(1000)).badRange = true;
        QCOMPARE(int(rig.all("/a.mp4").failure.value()), int(Failure::Unavailable));
    }

    void aPageInsteadOfAFile_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("html") << QByteArray("text/html") << QByteArray("<html>No</html>");
        QTest::newRow("html with its letters")
            << QByteArray("Text/HTML; charset=utf-8") << QByteArray("\n\n <!doctype html>");
        QTest::newRow("xhtml") << QByteArray("application/xhtml+xml") << QByteArray("<?xml version='1.0'?>");
        QTest::newRow("json") << QByteArray("application/json") << QByteArray("{\"status_code\":1}");
        QTest::newRow("with a byte order mark")
            << QByteArray("text/html") << QByteArray("\xEF\xBB\xBF<html>No</html>");
        QTest::newRow("nothing") << QByteArray("text/html") << QByteArray();
    }
    void aPageInsteadOfAFile() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, text);
        Rig rig;
        auto& file = rig.server.add("/a.mp4", noise(1000));
        file.page = type;
        file.pageText = text;
        const Read read = rig.all("/a.mp4");
        QVERIFY(read.failure);
        QCOMPARE(int(*read.failure), int(Failure::Network));
        QCOMPARE(rig.cache->bytes(), 0);
        file.page.clear();
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
    }

    // By a server that does not know better, or a script that says nothing else.
    void aFilmThatIsCalledAPage() {
        Rig rig;
        auto& file = rig.server.add("/a.mp4", QByteArray(4, '\0') + "ftypisom" + noise(100'000));
        file.type = "text/html";
        file.ranges = false;
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
        // Its head looks like that of a page. It is asked for once, not with each reading.
        rig.open();
        for (int time = 0; time < 2; ++time) {
            QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
            QTRY_COMPARE(rig.server.count("HEAD"), 1);
        }
        QCOMPARE(rig.server.count("GET"), 1);
    }

    // What is there is better than the page of a captive portal, and is not taken for another one.
    void aPageChangesNothing() {
        Rig rig;
        auto& file = rig.server.add("/a.mp4", noise(100'000));
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
        rig.open();
        file.page = "text/html";
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
        QVERIFY(rig.server.count("HEAD") > 0);
        file.page.clear();
        rig.open();
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
        QCOMPARE(rig.server.count("GET"), 1);
    }

    void seesThatTheServerHasAnother_data() {
        QTest::addColumn<QByteArray>("etag");
        QTest::addColumn<QByteArray>("modified");
        QTest::addColumn<int>("size");
        QTest::newRow("etag") << QByteArray("\"2\"") << QByteArray() << 100'000;
        QTest::newRow("date") << QByteArray() << QByteArray("Thu, 02 Jan 2025 00:00:00 GMT") << 100'000;
        QTest::newRow("size") << QByteArray() << QByteArray() << 99'999;
    }
    void seesThatTheServerHasAnother() {
        QFETCH(QByteArray, etag);
        QFETCH(QByteArray, modified);
        QFETCH(int, size);
        Rig rig;
        auto& file = rig.server.add("/a.mp4", noise(100'000), etag.isEmpty() ? etag : "\"1\"");
        file.modified = modified.isEmpty() ? modified : "Wed, 01 Jan 2025 00:00:00 GMT";
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
        rig.open();
        file.bytes = noise(size, 2);
        file.etag = etag;
        file.modified = modified;
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
        rig.open();
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
    }

    void changesBetweenTwoParts() {
        Rig rig;
        auto& file = rig.server.add("/a.mp4", noise(3'000'000));
        QCOMPARE(rig.part("/a.mp4", 0, 1000).bytes, file.bytes.left(1000));
        file.bytes = noise(2'000'000, 2);
        file.etag = "\"2\"";
        const Read read = rig.all("/a.mp4");
        // Never a mixture: either it noticed before, or the reader was told.
        QVERIFY(read.failure || read.bytes == file.bytes);
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
    }

    void picturesComeAsAWhole() {
        Rig rig;
        auto& file = rig.server.add("/p.png", noise(20'000));
        const auto fetch = [&] {
            QFuture<WholeFile> future = rig.cache->fetch(
                rig.server.raw ? rig.server.url("/p.png") : QUrl(rig.gone + QStringLiteral("/p.png")));
            waitUntil([&] { return future.isFinished(); });
            return future.result();
        };
        QCOMPARE(fetch().value(), noise(20'000));
        QCOMPARE(fetch().value(), noise(20'000));
        QCOMPARE(rig.server.count("GET"), 1);
        // Another picture is seen the second time: the first is shown at once, and asked about meanwhile.
        rig.open();
        file.bytes = noise(20'000, 2);
        file.etag = "\"2\"";
        QCOMPARE(fetch().value(), noise(20'000));
        QVERIFY(waitUntil([&] { return !rig.cache->isWhole(rig.server.url("/p.png")); }));
        QCOMPARE(fetch().value(), noise(20'000, 2));
        rig.stopServer();
        QCOMPARE(fetch().value(), noise(20'000, 2));
        rig.cache->clear();
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 0; }));
        QCOMPARE(int(fetch().error()), int(Failure::Network));
    }

    void tooLargeForAPicture() {
        Rig rig;
        rig.server.add("/p.png", noise(int(FileCache::kMostWhole) + 1));
        QFuture<WholeFile> future = rig.cache->fetch(rig.server.url("/p.png"));
        QVERIFY(waitUntil([&] { return future.isFinished(); }));
        QCOMPARE(int(future.result().error()), int(Failure::TooLarge));
    }

    void prefetchesTheBeginning() {
        Rig rig(kRoom, kImpatient);
        rig.server.add("/a.mp4", noise(3'000'000, 1));
        rig.server.add("/b.mp4", noise(40'000, 2));
        rig.server.add("/c.mp4", noise(40'000, 3));
        rig.cache->setPrefetch({{rig.server.url("/a.mp4"), 500'000},
                                {rig.server.url("/missing.mp4"), 500'000},
                                {rig.server.url("/b.mp4"), 500'000}});
        QVERIFY(waitUntil([&] { return rig.cache->isWhole(rig.server.url("/b.mp4")); }));
        QVERIFY(rig.cache->bytes() >= 540'000);
        QVERIFY(!rig.cache->isWhole(rig.server.url("/a.mp4")));
        QVERIFY(!rig.cache->isWhole(rig.server.url("/c.mp4")));
        // Wishes that are taken back end.
        rig.cache->setPrefetch({});
        rig.stopServer();
        QCOMPARE(rig.part("/a.mp4", 0, 400'000).bytes, noise(3'000'000, 1).left(400'000));
    }

    void whoReadsComesFirst() {
        Rig rig(kRoom, kImpatient);
        rig.server.add("/a.mp4", noise(100'000)).silent = true;
        rig.server.add("/b.mp4", noise(100'000, 2));
        auto reader = std::async(std::launch::async, [&, url = rig.server.url("/a.mp4")] {
            const auto bytes = rig.cache->open(url);
            char one = 0;
            return bytes->read(0, std::span(&one, 1), [] { return false; }).has_value();
        });
        QVERIFY(waitUntil([&] { return rig.server.raw->requests.size() == 1; }));
        rig.cache->setPrefetch({{rig.server.url("/b.mp4"), 100'000}});
        QVERIFY(
            waitUntil([&] { return reader.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }));
        QVERIFY(!reader.get());
        QVERIFY(waitUntil([&] { return rig.cache->isWhole(rig.server.url("/b.mp4")); }));
        QCOMPARE(rig.server.raw->requests.at(1).target, QByteArray("/b.mp4"));
    }

    void onlyTheWeb() {
        Rig rig;
        for (const char* url : {"file:///etc/passwd", "ftp://x/y", "data:,x", "", "http:///x"}) {
            QVERIFY(!rig.cache->open(QUrl(QString::fromLatin1(url))));
            QVERIFY(!rig.cache->fetch(QUrl(QString::fromLatin1(url))).result());
        }
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::FileCacheTest)
#include "file_cache_test.moc"
