// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/task_scope.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

namespace tikgok {

namespace {

struct Owner {
    explicit Owner(QStringList& journal) : log(journal) {}

    QCoro::Task<> work(Once<int> value) {
        const std::stop_token alive = scope.token();
        const std::stop_callback stopped(alive, [value] { value.finish(-1); });
        const int got = co_await value;
        if (alive.stop_requested()) {
            log.append(QStringLiteral("stopped"));
            co_return;
        }
        count += got;
        log.append(QStringLiteral("got %1").arg(got));
    }

    QCoro::Task<> nap(std::chrono::milliseconds time) {
        const std::stop_token alive = scope.token();
        co_await sleepFor(time, alive);
        log.append(alive.stop_requested() ? QStringLiteral("woken") : QStringLiteral("slept"));
    }

    QStringList& log;
    int count = 0;
    TaskScope scope;
};

// The frame of a coroutine that never ends would keep this.
struct Witness {
    explicit Witness(int& count) : alive(count) { ++alive; }
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;
    ~Witness() { --alive; }
    int& alive;
};

}  // namespace

class TaskScopeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valueArrives() {
        QStringList log;
        Owner owner(log);
        const Once<int> value;
        owner.work(value);
        QVERIFY(log.isEmpty());
        QVERIFY(value.finish(4));
        QVERIFY(!value.finish(5));
        QCOMPARE(log, QStringList{QStringLiteral("got 4")});
        QCOMPARE(owner.count, 4);
    }

    void valueIsThereAlready() {
        QStringList log;
        Owner owner(log);
        const Once<int> value;
        value.finish(2);
        owner.work(value);
        QCOMPARE(log, QStringList{QStringLiteral("got 2")});
    }

    void ownerGoesFirst() {
        QStringList log;
        const Once<int> value;
        {
            Owner owner(log);
            owner.work(value);
        }
        QCOMPARE(log, QStringList{QStringLiteral("stopped")});
        value.finish(4);  // too late, and harmless
        QCOMPARE(log.size(), 1);
    }

    void restartStopsOnlyWhatWasStarted() {
        QStringList log;
        Owner owner(log);
        const Once<int> first;
        const Once<int> second;
        owner.work(first);
        owner.scope.restart();
        QCOMPARE(log, QStringList{QStringLiteral("stopped")});
        owner.work(second);
        second.finish(1);
        QCOMPARE(log.last(), QStringLiteral("got 1"));
    }

    void sleepEndsInTime() {
        QStringList log;
        Owner owner(log);
        owner.nap(std::chrono::milliseconds(1));
        QTRY_COMPARE(log, QStringList{QStringLiteral("slept")});
    }

    void sleepIsCutShort() {
        QStringList log;
        QElapsedTimer clock;
        clock.start();
        {
            Owner owner(log);
            owner.nap(std::chrono::hours(1));
        }
        QCOMPARE(log, QStringList{QStringLiteral("woken")});
        QVERIFY(clock.elapsed() < 10'000);
    }

    void sleepOfStoppedOwnerReturnsAtOnce() {
        QStringList log;
        std::stop_source source;
        source.request_stop();
        bool done = false;
        const auto run = [](std::stop_token token, bool& flag) -> QCoro::Task<> {
            co_await sleepFor(std::chrono::hours(1), token);
            flag = true;
        };
        run(source.get_token(), done);
        QVERIFY(done);
    }

    void nothingIsLeftBehind() {
        int frames = 0;
        const auto run = [](std::stop_token token, int& count) -> QCoro::Task<> {
            const Witness witness(count);
            co_await sleepFor(std::chrono::hours(1), token);
        };
        {
            TaskScope scope;
            for (int i = 0; i < 10; ++i) {
                run(scope.token(), frames);
            }
            QCOMPARE(frames, 10);
        }
        QCOMPARE(frames, 0);
    }

    void ownerDestroyedByWhatItWaitsFor() {
        // finish() resumes the coroutine, and that destroys the owner and the Once with it.
        int frames = 0;
        struct Holder {
            Once<int> value;
            TaskScope scope;
        };
        auto holder = std::make_unique<Holder>();
        const auto run = [](std::unique_ptr<Holder>& held, int& count) -> QCoro::Task<> {
            const Witness witness(count);
            const std::stop_token alive = held->scope.token();
            const Once<int> value = held->value;
            co_await value;
            held.reset();
            Q_ASSERT(alive.stop_requested());
        };
        run(holder, frames);
        QCOMPARE(frames, 1);
        holder->value.finish(1);
        QVERIFY(!holder);
        QCOMPARE(frames, 0);
    }
};

}  // namespace tikgok

QTEST_GUILESS_MAIN(tikgok::TaskScopeTest)
#include "task_scope_test.moc"
