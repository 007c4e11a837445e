// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/packet_store.h"

#include <QTest>

namespace tikgok::test {

using Taken = PacketStore::Taken;

class PacketStoreTest : public QObject {
    Q_OBJECT

private:
    // A packet of `bytes`; its pts says which it is.
    static av::PacketPtr packet(int64_t pts, bool key, int bytes = 100) {
        av::PacketPtr made(av_packet_alloc());
        av_new_packet(made.get(), bytes);
        made->pts = pts;
        if (key)
            made->flags |= AV_PKT_FLAG_KEY;
        return made;
    }

    // `count` pictures, 10 ms each, a key frame every fifth; and as much sound.
    static void fill(PacketStore& store, int count, bool sound, int bytes = 100) {
        for (int i = 0; i < count; ++i) {
            store.push(Track::Video, packet(i, i % 5 == 0, bytes), i * 10000);
            if (sound)
                store.push(Track::Audio, packet(i, true, 10), i * 10000);
        }
    }

    static int64_t next(PacketStore& store, Track track = Track::Video, bool looping = true) {
        av::PacketPtr taken;
        switch (store.take(track, looping, taken)) {
            case Taken::Packet:
                return taken->pts;
            case Taken::Loop:
                return -1;
            case Taken::End:
                return -2;
            case Taken::Nothing:
                return -3;
        }
        return -4;
    }

private Q_SLOTS:
    void givesInOrderAndThenNothing() {
        PacketStore store({}, false);
        QCOMPARE(next(store), -3);
        fill(store, 3, false);
        QCOMPARE(store.aheadBytes(), 300);
        QCOMPARE(store.aheadUs(Track::Video), 20000);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(next(store), i);
        QCOMPARE(next(store), -3);
        QCOMPARE(store.aheadBytes(), 0);
        QVERIFY(store.isEmptyAhead(Track::Video));
    }

    void aSmallMediaLoopsFromMemory() {
        PacketStore store({}, true);
        fill(store, 3, true);
        QVERIFY(store.finish(true));
        QVERIFY(store.isComplete() && store.atEnd());
        for (int round = 0; round < 4; ++round) {
            for (int i = 0; i < 3; ++i)
                QCOMPARE(next(store), i);
            QCOMPARE(next(store), -1);
        }
        // The sound has its own place, and its own loops.
        for (int i = 0; i < 3; ++i)
            QCOMPARE(next(store, Track::Audio), i);
        QCOMPARE(next(store, Track::Audio), -1);
        QCOMPARE(store.totalBytes(), 330);
        // Not looping: the end stays the end, until somebody loops again.
        for (int i = 0; i < 3; ++i)
            next(store, Track::Video, false);
        QCOMPARE(next(store, Track::Video, false), -2);
        QCOMPARE(next(store, Track::Video, false), -2);
        QCOMPARE(next(store, Track::Video, true), -1);
    }

    void aMediaWithoutSoundHasNoSoundToLoop() {
        PacketStore store({}, true);
        fill(store, 3, false);
        QVERIFY(store.finish(true));
        QCOMPARE(next(store, Track::Audio), -2);
    }

    void aLargeMediaStreamsThrough() {
        PacketStore store({1000}, true);
        for (int i = 0; i < 200; ++i) {
            store.push(Track::Video, packet(i, i % 5 == 0), i * 10000);
            store.push(Track::Audio, packet(i, true, 10), i * 10000);
            QCOMPARE(next(store), i);
            QCOMPARE(next(store, Track::Audio), i);
            // What is behind goes, but for a little sound.
            QVERIFY2(store.totalBytes() <= 1000 + 100 + 50 * 10,
                     qPrintable(QString::number(store.totalBytes())));
        }
        QVERIFY(!store.finish(true));
        QVERIFY(!store.atEnd());
        QCOMPARE(next(store), -1);
        QCOMPARE(next(store, Track::Audio), -1);
        QCOMPARE(next(store), -3);
        fill(store, 2, true);
        QCOMPARE(next(store), 0);
    }

    void aLargeMediaThatDoesNotLoopEnds() {
        PacketStore store({100}, false);
        fill(store, 5, false);
        QVERIFY(!store.finish(false));
        QVERIFY(store.atEnd());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(next(store, Track::Video, false), i);
        QCOMPARE(next(store, Track::Video, false), -2);
    }

    void aLoopThatBeganInTheMiddleIsKeptFromItsStart() {
        PacketStore store({1000}, false);
        store.restart(false);  // a jump into the middle
        fill(store, 3, false);
        QVERIFY(!store.finish(true));
        fill(store, 4, false);  // from the start of the file now, and it fits
        QVERIFY(store.finish(true));
        for (const int64_t expected : {0, 1, 2, -1, 0, 1, 2, 3, -1, 0, 1, 2, 3, -1})
            QCOMPARE(next(store), expected);
    }

    void itsSoundDoesNotRepeatWhatWasBefore() {
        PacketStore store({1000}, true);
        store.restart(false);
        fill(store, 3, true);
        store.finish(true);
        fill(store, 4, true);
        QVERIFY(store.finish(true));
        for (const int64_t expected : {0, 1, 2, -1, 0, 1, 2, 3, -1, 0, 1, 2, 3, -1})
            QCOMPARE(next(store, Track::Audio), expected);
    }

    void seeks_data() {
        QTest::addColumn<int>("toMs");
        QTest::addColumn<int>("video");
        QTest::addColumn<int>("audioExact");
        QTest::addColumn<int>("audioKey");
        QTest::newRow("start") << 0 << 0 << 0 << 0;
        QTest::newRow("before the start") << -50 << 0 << 0 << 0;
        QTest::newRow("on a key frame") << 100 << 10 << 10 << 10;
        QTest::newRow("between") << 138 << 10 << 13 << 10;
        QTest::newRow("the end") << 190 << 15 << 19 << 15;
        QTest::newRow("beyond") << 5000 << 15 << 19 << 15;
    }
    void seeks() {
        QFETCH(int, toMs);
        QFETCH(int, video);
        QFETCH(int, audioExact);
        QFETCH(int, audioKey);
        for (const bool key : {false, true}) {
            PacketStore store({}, true);
            fill(store, 20, true);
            store.finish(true);
            QVERIFY(store.seek(toMs * 1000, key));
            QCOMPARE(next(store), video);
            QCOMPARE(next(store, Track::Audio), key ? audioKey : audioExact);
        }
    }

    void cannotSeekToWhatIsNotHere() {
        PacketStore store({}, false);
        fill(store, 20, false);
        QVERIFY(!store.seek(5000000, false));  // not read yet
        QVERIFY(store.seek(150000, false));
        PacketStore large({500}, false);
        fill(large, 20, false);
        for (int i = 0; i < 12; ++i)
            next(large);
        QVERIFY(!large.seek(20000, false));  // gone already
        QVERIFY(large.seek(170000, false));
        QCOMPARE(next(large), 15);
    }

    void soundGoesBack() {
        PacketStore store({500}, true);
        fill(store, 100, true, 10);
        for (int i = 0; i < 60; ++i) {
            next(store);
            next(store, Track::Audio);
        }
        store.rewindAudio(505000);
        QCOMPARE(next(store, Track::Audio), 50);
        store.rewindAudio(0);  // as far as it is still here
        const int64_t back = next(store, Track::Audio);
        QVERIFY(back >= 0 && back <= 12);
        QCOMPARE(next(store), 60);
    }

    void aJumpForgetsEverything() {
        PacketStore store({}, true);
        fill(store, 5, true);
        store.restart(true);
        QCOMPARE(store.totalBytes(), 0);
        QCOMPARE(store.aheadBytes(), 0);
        QCOMPARE(next(store), -3);
        fill(store, 2, true);
        QVERIFY(store.finish(true));
        QCOMPARE(next(store), 0);
    }
};

}  // namespace tikgok::test

QTEST_GUILESS_MAIN(tikgok::test::PacketStoreTest)
#include "packet_store_test.moc"
