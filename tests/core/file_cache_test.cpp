// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/file_cache.h"

#include "core/cache/byte_ranges.h"
#include "core/cache/cached_file.h"
#include "tests/core/support/file_server.h"
#include "tests/core/support/network_noise.h"
#include "tests/core/support/wait.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <future>
#include <memory>
#include <sys/resource.h>

namespace tikgok {

using test::FileServer;
using test::waitUntil;
using Failure = MediaBytes::Failure;

namespace {

QByteArray noise(int size, quint32 seed = 1) {
    QRandomGenerator random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char& byte : bytes) {
        byte = static_cast<char>(random.generate());
    }
    return bytes;
}

struct Read {
    QByteArray bytes;
    std::optional<Failure> failure;
};

Read readFrom(MediaBytes& bytes, qint64 at, qint64 most) {
    Read read;
    QByteArray step(30'000, Qt::Uninitialized);
    while (read.bytes.size() < most) {
        const auto room = static_cast<std::size_t>(std::min<qint64>(step.size(), most - read.bytes.size()));
        const auto count = bytes.read(at, std::span(step.data(), room), [] { return false; });
        if (!count) {
            read.failure = count.error();
            break;
        }
        if (*count == 0) {
            break;
        }
        read.bytes.append(step.constData(), *count);
        at += *count;
    }
    return read;
}

// Reads on a thread of its own, as players do, while the server of the test answers on this one.
template <class Work>
auto elsewhere(Work work) {
    auto future = std::async(std::launch::async, std::move(work));
    waitUntil([&] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
    return future.get();
}

constexpr qint64 kRoom = qint64{64} << 20;
// Of a server that is there, however busy the computer is; and of one that says nothing.
constexpr std::chrono::milliseconds kPatient{20'000};
constexpr std::chrono::milliseconds kImpatient{400};

struct Rig {
    explicit Rig(qint64 limit = kRoom, std::chrono::milliseconds idle = kPatient) : patience(idle) {
        open(limit);
    }

    void open(qint64 limit = kRoom, const QString& place = {}) {
        cache.reset();
        FileCacheOptions options;
        options.directory = place.isEmpty() ? folder() : place;
        options.limit = limit;
        options.idleTimeout = patience;
        options.askPatience = std::chrono::seconds(5);
        cache = std::make_unique<FileCache>(options);
        if (server.raw) {
            cache->setServer(server.base(), QStringLiteral("here"));
        }
    }
    [[nodiscard]] QString folder() const { return directory.filePath(QStringLiteral("files")); }
    [[nodiscard]] Read all(const QByteArray& path) { return part(path, 0, 1 << 30); }
    [[nodiscard]] Read part(const QByteArray& path, qint64 at, qint64 most) {
        const QUrl url = server.raw ? server.url(path) : QUrl(gone + QString::fromLatin1(path));
        return elsewhere([&] {
            const auto bytes = cache->open(url);
            return bytes ? readFrom(*bytes, at, most) : Read{.bytes = {}, .failure = Failure::Unavailable};
        });
    }
    void stopServer() {
        gone = server.base().toString();
        server.stop();
    }
    [[nodiscard]] QString dataFile(const QByteArray& path) const {
        return dataPath(folder(), cachedFileName(QStringLiteral("here") + QString::fromLatin1(path)));
    }

    std::chrono::milliseconds patience;
    QTemporaryDir directory;
    FileServer server;
    QString gone;
    std::unique_ptr<FileCache> cache;
};

}  // namespace

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

    void damageOnDisk_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"flipped", "cut", "longer", "no data", "no meta", "meta cut", "meta garbage",
                                 "meta of another", "meta negative", "meta is a folder"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }
    void damageOnDisk() {
        QFETCH(QString, what);
        Rig rig;
        const QByteArray film = noise(100'000);
        rig.server.add("/a.mp4", film);
        rig.server.add("/b.mp4", noise(10, 3));
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        QCOMPARE(rig.all("/b.mp4").bytes.size(), 10);
        rig.cache.reset();
        QFile data(rig.dataFile("/a.mp4"));
        QFile meta(rig.dataFile("/a.mp4").replace(QStringLiteral(".data"), QStringLiteral(".json")));
        const QFile other(rig.dataFile("/b.mp4").replace(QStringLiteral(".data"), QStringLiteral(".json")));
        QVERIFY(data.exists() && meta.exists() && other.exists());
        if (what == QLatin1String("flipped")) {
            QVERIFY(data.open(QIODevice::ReadWrite));
            data.seek(50'000);
            data.write(QByteArray(1, static_cast<char>(film.at(50'000) ^ 1)));
        } else if (what == QLatin1String("cut")) {
            QVERIFY(data.resize(99'999));
        } else if (what == QLatin1String("longer")) {
            QVERIFY(data.resize(100'001));
        } else if (what == QLatin1String("no data")) {
            QVERIFY(data.remove());
        } else if (what == QLatin1String("no meta")) {
            QVERIFY(meta.remove());
        } else if (what == QLatin1String("meta cut")) {
            QVERIFY(meta.resize(meta.size() / 2));
        } else if (what == QLatin1String("meta garbage")) {
            QVERIFY(meta.open(QIODevice::WriteOnly));
            meta.write(noise(3000));
        } else if (what == QLatin1String("meta of another")) {
            QVERIFY(meta.remove());
            QVERIFY(QFile::copy(other.fileName(), meta.fileName()));
        } else if (what == QLatin1String("meta negative")) {
            QVERIFY(meta.open(QIODevice::ReadWrite));
            QByteArray json = meta.readAll();
            json.replace("\"0\",\"100000\"", "\"-5\",\"100000\"");
            meta.resize(0);
            meta.seek(0);
            meta.write(json);
        } else {
            QVERIFY(meta.remove());
            QVERIFY(QDir().mkpath(meta.fileName()));
        }
        data.close();
        meta.close();
        rig.open();
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        QVERIFY(waitUntil([&] { return rig.cache->bytes() >= film.size(); }));
    }

    void isCutWhileItIsRead() {
        Rig rig;
        const QByteArray film = noise(400'000);
        rig.server.add("/a.mp4", film);
        QCOMPARE(rig.all("/a.mp4").bytes, film);
        const auto read = elsewhere([&] {
            const auto bytes = rig.cache->open(rig.server.url("/a.mp4"));
            Read first = readFrom(*bytes, 0, 1000);
            QFile::resize(rig.dataFile("/a.mp4"), 2000);
            Read second = readFrom(*bytes, 1000, 1 << 30);
            second.bytes.prepend(first.bytes);
            return second;
        });
        QCOMPARE(read.bytes, film);
    }

    void reportedDamageIsFetchedAgain() {
        Rig rig;
        auto& file = rig.server.add("/a.mp4", noise(10'000));
        elsewhere([&] {
            const auto bytes = rig.cache->open(rig.server.url("/a.mp4"));
            readFrom(*bytes, 0, 1 << 20);
            bytes->reportDamaged();
            return 0;
        });
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 0; }));
        file.bytes = noise(10'000, 2);
        QCOMPARE(rig.all("/a.mp4").bytes, file.bytes);
    }

    void dropsWhatWasUsedLongestAgo() {
        Rig rig(350'000);
        for (int i = 0; i < 6; ++i) {
            rig.server.add("/" + QByteArray::number(i), noise(100'000, quint32(i)));
        }
        for (const char* path : {"/0", "/1", "/2", "/0", "/3", "/4"}) {
            QCOMPARE(rig.all(path).bytes.size(), 100'000);
        }
        QVERIFY(rig.cache->bytes() <= 350'000);
        QVERIFY(rig.cache->isWhole(rig.server.url("/0")));
        QVERIFY(!rig.cache->isWhole(rig.server.url("/1")));
        QVERIFY(!rig.cache->isWhole(rig.server.url("/2")));
        QVERIFY(rig.cache->isWhole(rig.server.url("/4")));
        QVERIFY(!QFile::exists(rig.dataFile("/1")));
        // The order is remembered, whatever the clock says.
        rig.open(350'000);
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 300'000; }));
        QCOMPARE(rig.all("/5").bytes.size(), 100'000);
        QVERIFY(rig.cache->bytes() <= 350'000);
        QVERIFY(!QFile::exists(rig.dataFile("/0")));
        QVERIFY(QFile::exists(rig.dataFile("/4")));
        rig.cache->setLimit(150'000);
        QVERIFY(waitUntil([&] { return rig.cache->bytes() <= 150'000; }));
        QVERIFY(QFile::exists(rig.dataFile("/5")));
    }

    void neverDropsWhatPlays() {
        Rig rig(250'000);
        for (int i = 0; i < 4; ++i) {
            rig.server.add("/" + QByteArray::number(i), noise(100'000, quint32(i)));
        }
        auto playing = std::shared_ptr<MediaBytes>(rig.cache->open(rig.server.url("/0")));
        QCOMPARE(elsewhere([&] { return readFrom(*playing, 0, 1 << 20); }).bytes.size(), 100'000);
        for (const char* path : {"/1", "/2", "/3"}) {
            QCOMPARE(rig.all(path).bytes.size(), 100'000);
        }
        rig.cache->clear();
        rig.stopServer();
        QCOMPARE(elsewhere([&] { return readFrom(*playing, 0, 1 << 20); }).bytes, noise(100'000, 0));
        playing.reset();
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 0; }));
        QVERIFY(QDir(rig.folder()).entryList({QStringLiteral("*.data")}, QDir::Files).isEmpty());
    }

    void keepsNothingWhenNothingMayBeKept() {
        Rig rig;
        rig.server.add("/0", noise(100'000, 0));
        rig.server.add("/1", noise(50'000, 1));
        auto playing = std::shared_ptr<MediaBytes>(rig.cache->open(rig.server.url("/0")));
        QCOMPARE(elsewhere([&] { return readFrom(*playing, 0, 1 << 20); }).bytes.size(), 100'000);
        rig.cache->setPrefetch({{rig.server.url("/1"), 500'000}});
        QVERIFY(waitUntil([&] { return rig.cache->isWhole(rig.server.url("/1")); }));
        rig.cache->setLimit(0);
        // What was fetched ahead goes at once, what plays plays on.
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 100'000; }));
        rig.stopServer();
        QCOMPARE(elsewhere([&] { return readFrom(*playing, 0, 1 << 20); }).bytes, noise(100'000, 0));
        playing.reset();
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 0; }));
        QVERIFY(QDir(rig.folder()).entryList({QStringLiteral("*.data")}, QDir::Files).isEmpty());
    }

    void forgetsAServer_data() {
        QTest::addColumn<bool>("ofAnEarlierRun");
        QTest::newRow("of this run") << false;
        QTest::newRow("of an earlier run") << true;
    }
    void forgetsAServer() {
        QFETCH(bool, ofAnEarlierRun);
        Rig rig;
        rig.server.add("/a.jpg", noise(50'000, 1));
        rig.server.add("/b.jpg", noise(60'000, 2));
        // Its name only begins the same.
        rig.cache->setServer(rig.server.base(), QStringLiteral("here2"));
        QCOMPARE(rig.all("/b.jpg").bytes.size(), 60'000);
        rig.cache->setServer(rig.server.base(), QStringLiteral("here"));
        QCOMPARE(rig.all("/a.jpg").bytes.size(), 50'000);
        QCOMPARE(rig.all("/b.jpg").bytes.size(), 60'000);
        QCOMPARE(rig.cache->bytes(), 170'000);
        if (ofAnEarlierRun) {
            rig.open();
        }
        rig.cache->forgetServer(QStringLiteral("here"));
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 60'000; }));
        QVERIFY(waitUntil([&] { return !QFile::exists(rig.dataFile("/a.jpg")); }));
        QVERIFY(waitUntil([&] { return !QFile::exists(rig.dataFile("/b.jpg")); }));
        rig.cache->setServer(rig.server.base(), QStringLiteral("here2"));
        const int gets = rig.server.count("GET");
        QCOMPARE(rig.all("/b.jpg").bytes, noise(60'000, 2));
        QCOMPARE(rig.server.count("GET"), gets);
    }

    void largerThanAllThatMayBeKept() {
        Rig rig(50'000);
        auto& known = rig.server.add("/a.mp4", noise(100'000));
        QCOMPARE(int(rig.all("/a.mp4").failure.value()), int(Failure::Unavailable));
        known.ranges = false;
        QCOMPARE(int(rig.all("/a.mp4").failure.value()), int(Failure::Unavailable));
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 0; }));
        rig.cache->setLimit(0);
        QVERIFY(!rig.cache->open(rig.server.url("/a.mp4")));
    }

    // Nothing said so before, and once is enough to know it.
    void turnsOutLargerThanAllThatMayBeKept() {
        Rig rig(50'000);
        auto& file = rig.server.add("/a.mp4", noise(300'000));
        file.ranges = false;
        file.length = false;
        QCOMPARE(int(rig.all("/a.mp4").failure.value()), int(Failure::Unavailable));
        QVERIFY(waitUntil([&] { return rig.cache->bytes() == 0; }));
        const int asked = rig.server.count("GET");
        QVERIFY(!rig.cache->open(rig.server.url("/a.mp4")));
        rig.cache->setPrefetch({{rig.server.url("/a.mp4"), 10'000}, {rig.server.url("/b.mp4"), 10'000}});
        QVERIFY(waitUntil([&] { return rig.server.raw->requests.last().target == "/b.mp4"; }));
        QCOMPARE(rig.server.count("GET"), asked + 1);
        // More may be kept now.
        rig.cache->setLimit(1'000'000);
        QCOMPARE(rig.all("/a.mp4").bytes, noise(300'000));
    }

    void noPlaceToWrite_data() {
        QTest::addColumn<QString>("what");
        for (const char* what : {"full", "a file in the way", "no such device"}) {
            QTest::newRow(what) << QString::fromLatin1(what);
        }
    }
    void noPlaceToWrite() {
        QFETCH(QString, what);
        const auto unlimited = qScopeGuard([] {
            rlimit limit{};
            getrlimit(RLIMIT_FSIZE, &limit);
            limit.rlim_cur = limit.rlim_max;
            setrlimit(RLIMIT_FSIZE, &limit);
        });
        Rig rig;
        rig.server.add("/a.mp4", noise(100'000));
        if (what == QLatin1String("full")) {
            // No file of this process grows beyond this: writing stops half-way, as on a full disk.
            std::signal(SIGXFSZ, SIG_IGN);
            rlimit limit{};
            QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
            limit.rlim_cur = 50'000;
            QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
        } else if (what == QLatin1String("a file in the way")) {
            QFile file(rig.directory.filePath(QStringLiteral("file")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            rig.open(1 << 30, file.fileName() + QStringLiteral("/files"));
        } else {
            rig.open(1 << 30, QStringLiteral("/proc/no/such/place"));
        }
        QSignalSpy trouble(rig.cache.get(), &FileCache::diskTroubleChanged);
        const Read read = rig.all("/a.mp4");
        QVERIFY(read.failure);
        QCOMPARE(int(*read.failure), int(Failure::Unavailable));
        QVERIFY(waitUntil([&] { return rig.cache->diskTrouble() == DiskTrouble::Refused; }));
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

    void foreignFilesGo() {
        Rig rig;
        rig.cache.reset();
        QFile left(rig.folder() + QStringLiteral("/0123.data"));
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        rig.open();
        QVERIFY(waitUntil([&] { return !left.exists(); }));
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::FileCacheTest)
#include "file_cache_test.moc"
