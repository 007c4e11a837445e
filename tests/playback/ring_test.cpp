// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playback/ring.h"

#include "core/playback/prefetch.h"

#include <QTest>

#include <set>

namespace tikgok::test {

using Held = std::array<std::optional<int>, ring::kSlots>;

class RingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prefetch_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("current");
        QTest::addColumn<bool>("active");
        QTest::addColumn<bool>("saver");
        QTest::addColumn<int>("metered");  // negative: not known
        QTest::addColumn<QList<int>>("indices");

        const auto row = [](const char* name, int count, int current, bool active, bool saver, int metered,
                            const QList<int>& indices) {
            QTest::newRow(name) << count << current << active << saver << metered << indices;
        };
        row("empty list", 0, 0, true, false, -1, {});
        row("no current one", 9, -1, true, false, -1, {});
        row("behind the end", 9, 9, true, false, -1, {});
        row("the next ones", 9, 2, true, false, -1, {3, 4, 5});
        row("free of charge", 9, 2, true, false, 0, {3, 4, 5});
        row("metered: one", 9, 2, true, false, 1, {3});
        row("near the end", 9, 7, true, false, -1, {8});
        row("last", 9, 8, true, false, -1, {});
        row("data saver", 9, 2, true, true, -1, {});
        row("data saver, free of charge", 9, 2, true, true, 0, {});
        row("hidden", 9, 2, false, false, 0, {});
    }
    void prefetch() {
        QFETCH(int, count);
        QFETCH(int, current);
        QFETCH(bool, active);
        QFETCH(bool, saver);
        QFETCH(int, metered);
        QFETCH(QList<int>, indices);
        tikgok::prefetch::Rules rules{.active = active, .dataSaver = saver, .metered = {}};
        if (metered >= 0)
            rules.metered = metered > 0;
        QList<int> wanted;
        for (const tikgok::prefetch::Want& want : tikgok::prefetch::plan(count, current, rules)) {
            QVERIFY(want.bytes > 0);
            wanted.append(want.index);
        }
        QCOMPARE(wanted, indices);
    }

    void wanted_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("current");
        QTest::addColumn<bool>("active");
        QTest::addColumn<bool>("saver");
        QTest::addColumn<QList<int>>("indices");  // most important first
        QTest::addColumn<QList<int>>("loads");    // those of them that may be loaded

        const auto row = [](const char* name, int count, int current, bool active, bool saver,
                            const QList<int>& indices, const QList<int>& loads) {
            QTest::newRow(name) << count << current << active << saver << indices << loads;
        };
        row("empty list", 0, 0, true, false, {}, {});
        row("no current one", 5, -1, true, false, {}, {});
        row("behind the end", 5, 5, true, false, {}, {});
        row("only one", 1, 0, true, false, {0}, {0});
        row("first", 5, 0, true, false, {0, 1}, {0, 1});
        row("middle", 5, 2, true, false, {2, 3, 1}, {2, 3});
        row("last", 5, 4, true, false, {4, 3}, {4});
        row("data saver loads no neighbour", 5, 2, true, true, {2, 3, 1}, {2});
        row("hidden loads nothing", 5, 2, false, false, {2, 3, 1}, {});
        row("hidden with data saver", 5, 2, false, true, {2, 3, 1}, {});
    }
    void wanted() {
        QFETCH(int, count);
        QFETCH(int, current);
        QFETCH(bool, active);
        QFETCH(bool, saver);
        QFETCH(QList<int>, indices);
        QFETCH(QList<int>, loads);
        QList<int> gotIndices;
        QList<int> gotLoads;
        for (const ring::Want& want : ring::wanted(count, current, {active, saver})) {
            gotIndices.append(want.index);
            if (want.load)
                gotLoads.append(want.index);
        }
        QCOMPARE(gotIndices, indices);
        QCOMPARE(gotLoads, loads);
    }

    // The one before is loaded, too, where that was asked for, and never against the data saver.
    void bothNeighbours() {
        const auto loadsBehind = [](const ring::Rules& rules) {
            return ring::wanted(5, 2, rules) == std::vector<ring::Want>{{2, true}, {3, true}, {1, true}};
        };
        QVERIFY(loadsBehind({.active = true, .dataSaver = false, .behind = true}));
        QVERIFY(!loadsBehind({.active = true, .dataSaver = false, .behind = false}));
        QVERIFY(!loadsBehind({.active = true, .dataSaver = true, .behind = true}));
        QVERIFY(!loadsBehind({.active = false, .dataSaver = false, .behind = true}));
    }

    void preloadsAfterTheCurrentOne() {
        QVERIFY(!ring::mayPreload(false, false));
        QVERIFY(ring::mayPreload(true, false));
        QVERIFY(ring::mayPreload(false, true));
    }

    void assign_data() {
        QTest::addColumn<QList<int>>("indices");
        QTest::addColumn<QList<int>>("held");  // -1: empty
        QTest::addColumn<int>("current");
        QTest::addColumn<QList<int>>("slots_");
        const auto row = [](const char* name, const QList<int>& indices, const QList<int>& held, int current,
                            const QList<int>& expected) {
            QTest::newRow(name) << indices << held << current << expected;
        };
        row("nothing wanted", {}, {-1, -1, -1}, 0, {});
        row("start", {0, 1}, {-1, -1, -1}, 0, {0, 1});
        row("all kept", {4, 5, 3}, {3, 4, 5}, 4, {1, 2, 0});
        row("forward: the one behind goes", {5, 6, 4}, {3, 4, 5}, 5, {2, 0, 1});
        row("back: the one ahead goes", {3, 4, 2}, {3, 4, 5}, 3, {0, 1, 2});
        row("a jump: what is nearest stays longest", {9}, {3, 4, 5}, 9, {0});
        row("empty slots first", {7, 8}, {7, -1, 6}, 7, {0, 1});
        row("a wanted one is never thrown out", {2, 0}, {0, 9, 1}, 2, {1, 0});
    }
    void assign() {
        QFETCH(QList<int>, indices);
        QFETCH(QList<int>, held);
        QFETCH(int, current);
        QFETCH(QList<int>, slots_);
        Held array;
        for (int i = 0; i < ring::kSlots; ++i) {
            if (held[i] >= 0)
                array[std::size_t(i)] = held[i];
        }
        const std::vector<int> got =
            ring::assign(std::vector<int>(indices.begin(), indices.end()), array, current);
        QCOMPARE(QList<int>(got.begin(), got.end()), slots_);
    }

    void anyWalkKeepsTheRules() {
        // A long, irregular walk: the current one always has a slot, no slot has two owners, and a step to a
        // neighbour that was wanted before loads nothing for the current one.
        Held held;
        int current = 0;
        unsigned random = 12345;
        for (int step = 0; step < 5000; ++step) {
            random = random * 1103515245U + 12345U;
            const int move = int(random >> 16) % 5 - 2;
            const int next = std::clamp(current + move, 0, 29);
            const bool wasThere = std::ranges::find(held, std::optional(next)) != held.end();
            const auto before = held;
            std::vector<int> indices;
            for (const ring::Want& want : ring::wanted(30, next, {})) {
                if (want.load || std::ranges::find(held, std::optional(want.index)) != held.end())
                    indices.push_back(want.index);
            }
            const auto places = ring::assign(indices, held, next);
            QCOMPARE(std::set<int>(places.begin(), places.end()).size(), places.size());
            for (std::size_t i = 0; i < places.size(); ++i) {
                QVERIFY(places[i] >= 0 && places[i] < ring::kSlots);
                held[std::size_t(places[i])] = indices[i];
            }
            QCOMPARE(indices.front(), next);
            if (wasThere)
                QCOMPARE(before[std::size_t(places.front())], std::optional(next));
            current = next;
        }
    }
};

}  // namespace tikgok::test

QTEST_GUILESS_MAIN(tikgok::test::RingTest)
#include "ring_test.moc"
