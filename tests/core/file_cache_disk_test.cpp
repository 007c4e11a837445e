// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is on the disk: damaged, too much, in the way, of servers that were left, and of nobody.

#include "core/cache/file_cache.h"
#include "tests/core/file_cache_rig.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <memory>
#include <sys/resource.h>

namespace tikgok {

using test::elsewhere;
using test::noise;
using test::readFrom;
using test::waitUntil;
using Read = test::CacheRead;
using Rig = test::CacheRig;
using Failure = MediaBytes::Failure;

class FileCacheDiskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

QTEST_GUILESS_MAIN(tikgok::FileCacheDiskTest)
#include "file_cache_disk_test.moc"
