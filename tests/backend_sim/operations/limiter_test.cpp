// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The adaptive limiter over a clock and a processor that the test moves by hand.

#include "backend-sim/gateway/limiter.h"

#include "backend-sim/adapters/system/proc_cpu_meter.h"
#include "tests/backend_sim/operations/fakes.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using tikgok::sim::Limiter;
using tikgok::sim::LimiterConfig;
using tikgok::test::HandClock;
using tikgok::test::HandCpu;

namespace {

// No smoothing, so that a table can say what the limiter sees.
LimiterConfig direct() {
    LimiterConfig config;
    config.enabled = true;
    config.cpuMemory = 0;
    return config;
}

struct Rig {
    explicit Rig(LimiterConfig config = direct()) : limiter(config, clock, cpu) {}

    // `passes` in one bucket, each `each` long, one after the other in time as far as the clock goes.
    void serve(int passes, std::chrono::microseconds each) {
        for (int i = 0; i < passes; ++i) {
            QVERIFY(limiter.admit());
            limiter.passed(clock.steadyNow() - each);
        }
    }
    // How many of `requests` that stay under way get in.
    int fill(int requests) {
        int in = 0;
        for (int i = 0; i < requests; ++i) {
            in += limiter.admit() ? 1 : 0;
        }
        return in;
    }
    void empty() {
        while (limiter.state().inFlight > 0) {
            limiter.abandoned();
        }
    }

    HandClock clock;
    HandCpu cpu;
    Limiter limiter;
};

}  // namespace

class LimiterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bestLoad_data() {
        QTest::addColumn<int>("passes");
        QTest::addColumn<int>("micros");
        QTest::addColumn<int>("best");
        // passes per 100 ms bucket * whole milliseconds / 100 ms, rounded
        QTest::newRow("nothing seen") << 0 << 0 << 0;
        QTest::newRow("one pass of a millisecond") << 1 << 1'000 << 0;
        QTest::newRow("fifty passes") << 50 << 1'000 << 1;
        QTest::newRow("just under the half") << 49 << 1'000 << 0;
        QTest::newRow("many short ones count as a millisecond") << 1'000 << 20 << 10;
        QTest::newRow("a mean is rounded up") << 1'000 << 1'001 << 20;
        QTest::newRow("long ones") << 200 << 30'000 << 60;
        QTest::newRow("free of charge") << 300 << 0 << 3;
    }
    void bestLoad() {
        QFETCH(int, passes);
        QFETCH(int, micros);
        QFETCH(int, best);
        Rig rig;
        rig.serve(passes, std::chrono::microseconds(micros));
        rig.clock.advance(100ms);
        QCOMPARE(rig.limiter.state().bestLoad, best);
    }

    void theWindowSlides() {
        Rig rig;
        rig.serve(1'000, 5ms);
        QCOMPARE(rig.limiter.state().bestLoad, 0);  // the bucket is not full yet
        rig.clock.advance(100ms);
        QCOMPARE(rig.limiter.state().bestLoad, 50);
        // The most passes of one bucket and the shortest time of another.
        rig.serve(10, 2ms);
        rig.clock.advance(100ms);
        QCOMPARE(rig.limiter.state().bestLoad, 20);
        rig.clock.advance(9'800ms);
        QCOMPARE(rig.limiter.state().bestLoad, 0);  // 10 passes of 2 ms: the first bucket is out
        rig.clock.advance(10s);
        QCOMPARE(rig.limiter.state().bestLoad, 0);
        // A bucket's place is used again without what was in it.
        rig.serve(500, 1ms);
        rig.clock.advance(100ms);
        QCOMPARE(rig.limiter.state().bestLoad, 5);
    }

    void limits_data() {
        QTest::addColumn<double>("cpu");
        QTest::addColumn<int>("sinceDropMs");  // -1: never dropped
        QTest::addColumn<int>("wanted");
        QTest::addColumn<int>("in");
        // The best load is 20: up to 21 are let in, since "more than" is looked at before.
        QTest::newRow("idle") << 0.0 << -1 << 100 << 100;
        QTest::newRow("just below") << 0.899 << -1 << 100 << 100;
        QTest::newRow("busy") << 0.9 << -1 << 100 << 21;
        QTest::newRow("very busy") << 1.0 << -1 << 100 << 21;
        QTest::newRow("busy, few under way") << 1.0 << -1 << 15 << 15;
        QTest::newRow("idle, dropped within a second") << 0.1 << 1'000 << 100 << 21;
        QTest::newRow("idle, dropped longer ago") << 0.1 << 1'001 << 100 << 100;
        QTest::newRow("idle, dropped, few under way") << 0.1 << 500 << 20 << 20;
    }
    void limits() {
        QFETCH(double, cpu);
        QFETCH(int, sinceDropMs);
        QFETCH(int, wanted);
        QFETCH(int, in);
        Rig rig;
        rig.serve(2'000, 1ms);
        rig.clock.advance(100ms);
        QCOMPARE(rig.limiter.state().bestLoad, 20);
        if (sinceDropMs >= 0) {
            rig.clock.advance(250ms);
            rig.cpu.busy = 1;
            QCOMPARE(rig.fill(100), 21);
            QCOMPARE(rig.limiter.state().turnedAway, 79U);
            rig.empty();
            // The processors are seen as idle before the clock moves on to the row's moment.
            rig.cpu.busy = cpu;
            rig.clock.advance(std::chrono::milliseconds(sinceDropMs));
        } else {
            rig.cpu.busy = cpu;
            rig.clock.advance(250ms);
        }
        QCOMPARE(rig.fill(wanted), in);
    }

    // Below the mark the moment of the last drop does not move, however many are turned away: the guard ends.
    void theGuardEnds() {
        Rig rig;
        rig.serve(2'000, 1ms);
        rig.clock.advance(350ms);
        rig.cpu.busy = 1;
        QCOMPARE(rig.fill(100), 21);
        rig.cpu.busy = 0.2;
        rig.clock.advance(600ms);
        QCOMPARE(rig.fill(10), 0);
        rig.clock.advance(500ms);
        QCOMPARE(rig.fill(10), 10);
    }

    // Without any pass in the window two are let in all the same, so that it can learn again.
    void neverShut() {
        Rig rig;
        rig.cpu.busy = 1;
        QCOMPARE(rig.fill(10), 2);
        rig.limiter.abandoned();
        QCOMPARE(rig.fill(10), 1);
    }

    void smooths() {
        LimiterConfig config;
        config.enabled = true;
        Rig rig(config);
        rig.cpu.busy = 1;
        const auto look = [&rig](int times) {
            for (int i = 0; i < times; ++i) {
                rig.clock.advance(250ms);
                if (rig.limiter.admit()) {
                    rig.limiter.abandoned();
                }
            }
        };
        look(1);
        QVERIFY(std::abs(rig.limiter.state().cpu - 0.05) < 1e-9);
        look(9);
        QVERIFY(std::abs(rig.limiter.state().cpu - (1 - std::pow(0.95, 10))) < 1e-9);
        const int looks = rig.cpu.looks;
        // More requests do not look more often.
        rig.clock.advance(249ms);
        rig.fill(2);
        QCOMPARE(rig.cpu.looks, looks);
        rig.empty();
        // Forty looks that nobody made are made up for at once.
        rig.clock.advance(250ms * 40 + 1ms);
        rig.fill(1);
        QCOMPARE(rig.cpu.looks, looks + 1);
        QVERIFY(rig.limiter.state().cpu > 1 - std::pow(0.95, 50));
    }

    void liveSettings() {
        Rig rig;
        rig.cpu.busy = 0.7;
        QCOMPARE(rig.fill(50), 50);
        rig.empty();
        rig.limiter.setBusyCpu(0.6);
        rig.clock.advance(1s);
        QCOMPARE(rig.fill(50), 2);
        rig.limiter.setEnabled(false);
        QVERIFY(!rig.limiter.state().enabled);
    }

    // What was let in comes out, whatever the threads do.
    void countsFromManyThreads() {
        Rig rig;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&rig] {
                for (int i = 0; i < 20'000; ++i) {
                    if (rig.limiter.admit()) {
                        if (i % 3 == 0) {
                            rig.limiter.abandoned();
                        } else {
                            rig.limiter.passed(rig.clock.steadyNow());
                        }
                    }
                    if (i % 1'000 == 0) {
                        rig.clock.advance(20ms);
                    }
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        QCOMPARE(rig.limiter.state().inFlight, 0);
    }

    void readsProcStat_data() {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<double>("busy");
        const QByteArray start = "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 2 3\n";
        QTest::newRow("half") << start << QByteArray("cpu  150 0 150 800 100 0 0 0 0 0\n") << 0.5;
        QTest::newRow("waiting for the disk is idle")
            << start << QByteArray("cpu  100 0 100 700 200 0 0 0 0 0\n") << 0.0;
        QTest::newRow("stolen is busy") << start << QByteArray("cpu  100 0 100 700 100 0 0 100 0 0\n") << 1.0;
        QTest::newRow("nothing passed") << start << start << 0.0;
        QTest::newRow("went back") << start << QByteArray("cpu  50 0 50 700 100 0 0 0 0 0\n") << 0.0;
        QTest::newRow("rubbish") << start << QByteArray("cpu a b\n") << 0.0;
        QTest::newRow("empty") << start << QByteArray() << 0.0;
    }
    void readsProcStat() {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        QFETCH(double, busy);
        QTemporaryDir place;
        const QString name = place.filePath(QStringLiteral("stat"));
        const auto put = [&name](const QByteArray& text) {
            QFile file(name);
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        tikgok::sim::ProcCpuMeter meter(name.toStdString());
        QVERIFY(put(first));
        QCOMPARE(meter.busySinceLast(), 0.0);
        QVERIFY(put(second));
        QCOMPARE(meter.busySinceLast(), busy);
        tikgok::sim::ProcCpuMeter missing(place.filePath(QStringLiteral("none")).toStdString());
        QCOMPARE(missing.busySinceLast(), 0.0);
    }
};

QTEST_GUILESS_MAIN(LimiterTest)
#include "limiter_test.moc"
