// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The limit on failed logins as a structure: windows, clocks that jump, bounded memory, many threads.

#include "backend-sim/services/login_limit.h"

#include "tests/backend_sim/services/doubles.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace tikgok::sim;
using namespace tikgok::sim::test;

class LoginLimitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void slides();
    void rightGuessesDoNotCount();
    void spellingsShare();
    void zeroMeansNoLimit();
    void clockJumps_data();
    void clockJumps();
    void aMillionNames();
    void changedLimits();
    void oneGuessTooMany();

private:
    FakeClock clock_;
};

void LoginLimitTest::slides() {
    LoginLimit limit(clock_, {.perAccount = 3});
    for (int i = 0; i < 3; ++i) {
        QVERIFY(limit.begin("ann", "p"));
        clock_.now += 10'000;
    }
    // The first one is 30 s old.
    QCOMPARE(limit.wait("ann", "p"), 30);
    QCOMPARE(limit.begin("ann", "p").error(), 30);
    QCOMPARE(limit.wait("bob", "p"), 0);
    clock_.now += 30'000;
    QVERIFY(limit.begin("ann", "p"));
    QCOMPARE(limit.wait("ann", "p"), 10);
    clock_.now += 60'000;
    QCOMPARE(limit.wait("ann", "p"), 0);
}

void LoginLimitTest::rightGuessesDoNotCount() {
    LoginLimit limit(clock_, {.perAccount = 2, .perPeer = 2});
    for (int i = 0; i < 100; ++i) {
        auto guess = limit.begin("ann", "p");
        QVERIFY(guess);
        guess->takeBack();
        guess->takeBack();
    }
    QCOMPARE(limit.remembered(), std::size_t{0});
    QVERIFY(limit.begin("ann", "p"));
    auto right = limit.begin("ann", "p");
    QVERIFY(!limit.begin("ann", "p"));
    right->takeBack();
    QVERIFY(limit.begin("ann", "p"));
}

void LoginLimitTest::spellingsShare() {
    LoginLimit limit(clock_, {.perAccount = 2});
    QVERIFY(limit.begin("Ann", "p"));
    QVERIFY(limit.begin("aNN", "q"));
    QVERIFY(!limit.begin("ann", "r"));
}

void LoginLimitTest::zeroMeansNoLimit() {
    LoginLimit limit(clock_, {.perAccount = 0, .perPeer = 0});
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(limit.begin("ann", "p"));
    }
    QCOMPARE(limit.remembered(), std::size_t{0});
}

void LoginLimitTest::clockJumps_data() {
    QTest::addColumn<qint64>("jump");
    QTest::addColumn<int>("wait");
    QTest::newRow("a day back") << qint64{-86'400'000} << 60;
    QTest::newRow("a second back") << qint64{-1000} << 60;
    QTest::newRow("a day on") << qint64{86'400'000} << 0;
}

void LoginLimitTest::clockJumps() {
    QFETCH(qint64, jump);
    QFETCH(int, wait);
    LoginLimit limit(clock_, {.perAccount = 2});
    auto first = limit.begin("ann", "p");
    QVERIFY(limit.begin("ann", "p"));
    clock_.now += jump;
    QCOMPARE(limit.wait("ann", "p"), wait);
    clock_.now += 59'000;
    QCOMPARE(limit.wait("ann", "p"), wait == 0 ? 0 : 1);
    first->takeBack();
    QCOMPARE(limit.wait("ann", "p"), 0);
}

void LoginLimitTest::aMillionNames() {
    LoginLimit limit(clock_, {.perAccount = 2, .perPeer = 0, .accounts = 1000});
    for (int i = 0; i < 1'000'000; ++i) {
        QVERIFY(limit.begin("name" + std::to_string(i), "p"));
    }
    QCOMPARE(limit.remembered(), std::size_t{1000});
    // The newest are remembered.
    QVERIFY(limit.begin("name999999", "p"));
    QVERIFY(!limit.begin("name999999", "p"));
    // And what is past goes away by itself.
    clock_.now += 60'000;
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(limit.begin("other" + std::to_string(i % 500), "p"));
    }
    QCOMPARE(limit.remembered(), std::size_t{500});
}

void LoginLimitTest::changedLimits() {
    LoginLimit limit(clock_, {.perAccount = 5});
    for (int i = 0; i < 4; ++i) {
        QVERIFY(limit.begin("ann", "p"));
        clock_.now += 1000;
    }
    limit.set({.perAccount = 2});
    // Two of the four must be out of the window, the third second from now.
    QCOMPARE(limit.wait("ann", "p"), 58);
    limit.set({.perAccount = 5});
    QVERIFY(limit.begin("ann", "p"));
}

void LoginLimitTest::oneGuessTooMany() {
    LoginLimit limit(clock_, {.perAccount = 20});
    std::atomic<bool> go = false;
    std::atomic<int> admitted = 0;
    std::vector<std::thread> attackers;
    for (int i = 0; i < 20; ++i) {
        attackers.emplace_back([&, i] {
            while (!go) {
                std::this_thread::yield();
            }
            for (int k = 0; k < 100; ++k) {
                admitted += limit.begin("ann", "peer" + std::to_string(i)) ? 1 : 0;
            }
        });
    }
    go = true;
    for (std::thread& attacker : attackers) {
        attacker.join();
    }
    QCOMPARE(admitted.load(), 20);
}

QTEST_GUILESS_MAIN(LoginLimitTest)
#include "login_limit_test.moc"
