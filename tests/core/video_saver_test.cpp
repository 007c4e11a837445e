// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cache/video_saver.h"

#include "core/cache/file_cache.h"
#include "tests/core/support/file_server.h"
#include "tests/core/support/wait.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <memory>

namespace tikgok {

using test::FileServer;
using test::waitUntil;

namespace {

constexpr qint64 kPlenty = qint64{1} << 30;

// A server, a cache in front of it, and a folder to save to.
struct Saving {
    explicit Saving(qint64 limit = kPlenty, const QString& folder = {})
        : cache(std::make_unique<FileCache>(
              FileCacheOptions{.directory = directory.filePath(QStringLiteral("cache")),
                               .limit = limit,
                               .received = [this](qint64 bytes) { received += bytes; },
                               .idleTimeout = std::chrono::milliseconds(2'000)})),
          saver(std::make_unique<VideoSaver>(
              *cache, VideoSaverOptions{.directory = folder.isEmpty() ? this->folder() : folder,
                                        .received = [this](qint64 bytes) { received += bytes; }})),
          saved(saver.get(), &VideoSaver::saved),
          failed(saver.get(), &VideoSaver::failed) {}

    [[nodiscard]] QString folder() const { return directory.filePath(QStringLiteral("saved")); }
    [[nodiscard]] bool ends() const {
        return waitUntil([this] { return !saver->saving(); });
    }
    void save(const QByteArray& path, const QString& title = QStringLiteral("rain")) {
        saver->save(server.url(path), QStringLiteral("ann"), title);
        QVERIFY(saver->saving());
    }
    // Also the hidden ones.
    [[nodiscard]] QStringList files() const {
        return QDir(folder()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    [[nodiscard]] QByteArray bytesOf(const QString& name) const {
        QFile file(folder() + QLatin1Char('/') + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] ErrorKind error() const { return failed.value(0).value(0).value<ErrorKind>(); }

    QTemporaryDir directory;
    FileServer server;
    // Over the network, by the cache and the saver; told on their threads.
    std::atomic<qint64> received = 0;
    std::unique_ptr<FileCache> cache;
    std::unique_ptr<VideoSaver> saver;
    QSignalSpy saved;
    QSignalSpy failed;
};

QByteArray film(int size) {
    QByteArray bytes(size, Qt::Uninitialized);
    for (int i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i * 7 + i / 251);
    }
    return bytes;
}

}  // namespace

class VideoSaverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names_data() {
        QTest::addColumn<QString>("author");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* tag, const char* author, const QString& title, const QString& name) {
            QTest::newRow(tag) << QString::fromUtf8(author) << title << name;
        };
        row("both", "ann", QStringLiteral("Rain on the bridge"),
            QStringLiteral("ann - Rain on the bridge.mp4"));
        row("no title", "ann", {}, QStringLiteral("ann.mp4"));
        row("no author", "", QStringLiteral("rain"), QStringLiteral("rain.mp4"));
        row("nothing", "", {}, QStringLiteral("video.mp4"));
        row("only signs", "/", QStringLiteral("???"), QStringLiteral("video.mp4"));
        row("chinese", "林小满", QStringLiteral("面馆的一天"), QStringLiteral("林小满 - 面馆的一天.mp4"));
        row("a way out", "..", QStringLiteral("../../etc/passwd"), QStringLiteral("etc passwd.mp4"));
        row("hidden", ".a", QStringLiteral("b"), QStringLiteral("a - b.mp4"));
        row("lines", "a", QStringLiteral("one\ntwo\tthree"), QStringLiteral("a - one two three.mp4"));
        row("windows", "a", QStringLiteral("b: c|d \"e\" <f>..."), QStringLiteral("a - b c d e f.mp4"));
        row("long", "", QString(500, u'x'), QString(80, u'x') + QStringLiteral(".mp4"));
        row("emoji at the cut", "", QString(79, u'x') + QStringLiteral("🌧🌧"),
            QString(79, u'x') + QStringLiteral(".mp4"));
    }
    void names() {
        QFETCH(QString, author);
        QFETCH(QString, title);
        QFETCH(QString, name);
        QCOMPARE(nameForVideo(author, title, QStringLiteral("mp4")), name);
    }

    void savesWhatTheServerHas_data() {
        QTest::addColumn<qint64>("limit");
        QTest::newRow("through the cache") << kPlenty;
        QTest::newRow("nothing is kept") << qint64{0};
        QTest::newRow("too large to be kept") << qint64{100'000};
    }
    void savesWhatTheServerHas() {
        QFETCH(qint64, limit);
        Saving saving(limit);
        saving.server.add("/a.mp4", film(900'000));
        saving.save("/a.mp4");
        QVERIFY(saving.ends());
        QCOMPARE(saving.failed.count(), 0);
        QCOMPARE(saving.saved.count(), 1);
        const QString name = saving.saved.front().front().toString();
        QCOMPARE(name, QStringLiteral("ann - rain.mp4"));
        QCOMPARE(saving.bytesOf(name), film(900'000));
        QCOMPARE(saving.files(), QStringList{name});
        // Whoever pays for them is told of all of them, and of none twice.
        QVERIFY2(saving.received >= 900'000, qPrintable(QString::number(saving.received)));
        QVERIFY2(saving.received < 2 * 900'000, qPrintable(QString::number(saving.received)));
    }

    void savesWithoutANetworkWhatIsKept() {
        Saving saving;
        saving.server.add("/a.mp4", film(50'000));
        saving.save("/a.mp4");
        QVERIFY(saving.ends());
        QVERIFY(saving.cache->isWhole(saving.server.url("/a.mp4")));
        const QUrl url = saving.server.url("/a.mp4");
        saving.server.stop();
        saving.saver->save(url, QStringLiteral("ann"), QStringLiteral("rain"));
        QVERIFY(saving.ends());
        // The first one is still what it was.
        QCOMPARE(saving.files(),
                 (QStringList{QStringLiteral("ann - rain (2).mp4"), QStringLiteral("ann - rain.mp4")}));
        QCOMPARE(saving.bytesOf(QStringLiteral("ann - rain (2).mp4")), film(50'000));
    }

    void failures_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<ErrorKind>("kind");
        for (const qint64 limit : {kPlenty, qint64{0}}) {
            const char* how = limit == 0 ? "nothing is kept" : "cache";
            QTest::addRow("not there, %s", how) << QStringLiteral("missing") << limit << ErrorKind::NotFound;
            QTest::addRow("in trouble, %s", how) << QStringLiteral("broken") << limit << ErrorKind::Offline;
            QTest::addRow("a page instead, %s", how) << QStringLiteral("page") << limit << ErrorKind::Offline;
            QTest::addRow("broken off, %s", how) << QStringLiteral("cut") << limit << ErrorKind::Offline;
            QTest::addRow("no folder, %s", how) << QStringLiteral("folder") << limit << ErrorKind::Storage;
        }
    }
    void failures() {
        QFETCH(QString, what);
        QFETCH(qint64, limit);
        QFETCH(ErrorKind, kind);
        QTemporaryDir other;
        QFile blocked(other.filePath(QStringLiteral("file")));
        QVERIFY(blocked.open(QIODevice::WriteOnly));
        Saving saving(
            limit, what == QLatin1String("folder") ? blocked.fileName() + QStringLiteral("/in") : QString());
        auto& file = saving.server.add("/a.mp4", film(200'000));
        if (what == QLatin1String("broken")) {
            file.status = 500;
        } else if (what == QLatin1String("page")) {
            file.page = "text/html";
        } else if (what == QLatin1String("cut")) {
            file.cutAfter = 0;
        }
        saving.save(what == QLatin1String("missing") ? "/b.mp4" : "/a.mp4");
        QVERIFY(waitUntil([&] { return !saving.saver->saving(); }, std::chrono::seconds(40)));
        QCOMPARE(saving.saved.count(), 0);
        QCOMPARE(saving.failed.count(), 1);
        QCOMPARE(saving.error(), kind);
        // No half file.
        QCOMPARE(saving.files(), QStringList());
    }

    void cancelLeavesNothing_data() {
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<bool>("destroyed");
        QTest::newRow("cache") << kPlenty << false;
        QTest::newRow("nothing is kept") << qint64{0} << false;
        QTest::newRow("the program ends, cache") << kPlenty << true;
        QTest::newRow("the program ends, nothing is kept") << qint64{0} << true;
    }
    void cancelLeavesNothing() {
        QFETCH(qint64, limit);
        QFETCH(bool, destroyed);
        Saving saving(limit);
        saving.server.add("/a.mp4", film(1'000)).silent = true;
        saving.save("/a.mp4");
        QVERIFY(waitUntil([&] { return saving.server.count("GET") + saving.server.count("HEAD") > 0; }));
        if (destroyed) {
            saving.saver.reset();
        } else {
            saving.saver->cancel();
            QVERIFY(!saving.saver->saving());
        }
        QVERIFY(waitUntil([&] { return saving.files().isEmpty(); }));
        QCOMPARE(saving.saved.count() + saving.failed.count(), 0);
        if (!destroyed) {
            // The next one goes.
            saving.server.add("/b.mp4", film(2'000));
            saving.save("/b.mp4");
            QVERIFY(saving.ends());
            QCOMPARE(saving.saved.count(), 1);
        }
    }

    void oneAtATime() {
        Saving saving;
        saving.server.add("/a.mp4", film(1'000));
        saving.server.add("/b.mp4", film(1'000));
        saving.save("/a.mp4");
        saving.saver->save(saving.server.url("/b.mp4"), QStringLiteral("bo"), {});
        saving.saver->save({}, {}, {});
        QVERIFY(saving.ends());
        QCOMPARE(saving.files(), QStringList{QStringLiteral("ann - rain.mp4")});
        QCOMPARE(saving.saver->folder().toLocalFile(), saving.folder());
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::VideoSaverTest)
#include "video_saver_test.moc"
