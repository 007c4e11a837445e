// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real player on a real store of files.
#include "core/cache/file_cache.h"
#include "tests/playback/engine_rig.h"
#include "tests/playback/media_server.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tikgok {

using test::Kind;
using test::kPatienceMs;
using test::MediaServer;
using test::quiet;
using test::Rig;
using test::State;

namespace {

struct Kept {
    explicit Kept(qint64 limit = qint64{1} << 30, const QString& sub = QStringLiteral("files")) {
        FileCacheOptions options;
        options.directory = QDir(directory.path()).absoluteFilePath(sub);
        options.limit = limit;
        options.idleTimeout = std::chrono::milliseconds(600);
        cache = std::make_unique<FileCache>(options);
        cache->setServer(server->url({}), QStringLiteral("here"));
    }
    [[nodiscard]] EngineOptions engine() const {
        EngineOptions options = quiet();
        options.source = cache.get();
        return options;
    }
    bool playsThrough(const QUrl& url) const {
        Rig rig(engine());
        int loops = 0;
        QObject::connect(rig.player.get(), &Player::looped, rig.player.get(), [&loops] { ++loops; });
        rig.player->setSource(url);
        rig.player->play();
        rig.player->setRate(2);
        return QTest::qWaitFor([&] { return loops > 0 || rig.player->state() == State::Failed; },
                               kPatienceMs) &&
               loops > 0;
    }

    QTemporaryDir directory;
    std::unique_ptr<MediaServer> server = std::make_unique<MediaServer>(QStringLiteral(TIKGOK_CLIPS));
    std::unique_ptr<FileCache> cache;
};

}  // namespace

class KeptMediaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void playsAgainWithoutANetwork_data() {
        QTest::addColumn<QString>("clip");
        for (const char* clip : {"portrait.mp4", "landscape.mp4", "vp9.webm"}) {
            QTest::newRow(clip) << QStringLiteral("ok/") + QLatin1String(clip);
        }
    }
    void playsAgainWithoutANetwork() {
        QFETCH(QString, clip);
        Kept kept;
        const QUrl url = kept.server->url(clip);
        QVERIFY(kept.playsThrough(url));
        QVERIFY(kept.cache->isWhole(url));
        kept.server.reset();
        QVERIFY(kept.playsThrough(url));
    }

    void badServers_data() {
        QTest::addColumn<QString>("how");
        QTest::addColumn<bool>("plays");
        QTest::newRow("no ranges") << QStringLiteral("norange") << true;
        QTest::newRow("cut twice") << QStringLiteral("cut") << true;
        QTest::newRow("missing") << QStringLiteral("missing") << false;
        QTest::newRow("broken") << QStringLiteral("broken") << false;
        QTest::newRow("silent") << QStringLiteral("silent") << false;
    }
    void badServers() {
        QFETCH(QString, how);
        QFETCH(bool, plays);
        Kept kept;
        const QUrl url = kept.server->url(how + QStringLiteral("/portrait.mp4"));
        if (plays) {
            QVERIFY(kept.playsThrough(url));
            return;
        }
        Rig rig(kept.engine());
        rig.player->setSource(url);
        QVERIFY(rig.waitFor(State::Failed));
        QCOMPARE(rig.player->error().kind, how == QLatin1String("missing") ? Kind::NotFound : Kind::Network);
        kept.server->heal();
        if (how != QLatin1String("missing")) {
            rig.player->retry();
            QVERIFY(rig.waitFor(State::Ready));
        }
    }

    void noFilm() {
        Kept kept;
        Rig rig(kept.engine());
        rig.player->setSource(kept.server->url(QStringLiteral("ok/text.mp4")));
        QVERIFY(rig.waitFor(State::Failed));
        QVERIFY(rig.player->error().kind == Kind::Damaged || rig.player->error().kind == Kind::Unsupported);
        rig.player->setSource({});
        QTRY_COMPARE(kept.cache->bytes(), 0);
    }

    void playsOnFromTheNetwork_data() {
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<QString>("sub");
        QTest::newRow("nothing may be kept") << qint64{0} << QStringLiteral("files");
        QTest::newRow("larger than the limit") << qint64{20'000} << QStringLiteral("files");
        QTest::newRow("no folder") << (qint64{1} << 30) << QStringLiteral("/proc/no/such/place");
    }
    void playsOnFromTheNetwork() {
        QFETCH(qint64, limit);
        QFETCH(QString, sub);
        Kept kept(limit, sub);
        QVERIFY(kept.playsThrough(kept.server->url(QStringLiteral("ok/portrait.mp4"))));
        QVERIFY(kept.playsThrough(kept.server->url(QStringLiteral("norange/portrait.mp4"))));
    }

    void endsWithTheCacheBeforeThePlayer() {
        Kept kept;
        Rig rig(kept.engine());
        rig.player->setSource(kept.server->url(QStringLiteral("stall/portrait.mp4")));
        QTRY_VERIFY_WITH_TIMEOUT(kept.server->requests() > 0, kPatienceMs);
        kept.cache.reset();
        rig.player->setSource({});
        QTRY_COMPARE_WITH_TIMEOUT(rig.engine.runningThreads(), 0, kPatienceMs);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::KeptMediaTest)
#include "kept_media_test.moc"
