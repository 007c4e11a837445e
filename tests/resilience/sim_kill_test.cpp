// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Kills tikgok-sim with SIGKILL at random moments while several writers write, starts it again on the same
// directory, and asks over HTTP whether everything that was answered is there, once.
//
// TIKGOK_KILLS and TIKGOK_KILL_SEED change the number of kills and the seed.

#include "tests/conformance/embedded.h"
#include "tests/resilience/ledger.h"
#include "tests/support/sim_process.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

using tikgok::resilience::Ledger;
using tikgok::resilience::Stage;
using tikgok::resilience::Tally;
using tikgok::resilience::WorldClient;
using tikgok::test::SimProcess;

namespace {

constexpr std::size_t kWriters = 4;

// Wakes when so many writes were answered or all writers are gone.
class Meter {
public:
    void answered() {
        const std::scoped_lock lock(mutex_);
        ++count_;
        changed_.notify_all();
    }
    void gone() {
        const std::scoped_lock lock(mutex_);
        ++gone_;
        changed_.notify_all();
    }
    bool wait(std::size_t count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(20), [&] {
            return count_ >= count || gone_ == kWriters;
        }) && count_ >= count;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t count_ = 0;
    std::size_t gone_ = 0;
};

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise) {
    bool good = false;
    const std::uint64_t value = qEnvironmentVariable(name).toULongLong(&good);
    return good ? value : otherwise;
}

}  // namespace

class SimKillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItAnswered() {
        const std::uint64_t kills = fromEnvironment("TIKGOK_KILLS", 100);
        const std::uint64_t seed = fromEnvironment("TIKGOK_KILL_SEED", 20'261'120);
        QElapsedTimer clock;
        clock.start();

        QTemporaryDir data;
        SimProcess sim(QStringLiteral(TIKGOK_SIM));
        const QStringList arguments{QStringLiteral("--data"),  data.path(),
                                    QStringLiteral("--port"),  QStringLiteral("0"),
                                    QStringLiteral("--world"), QStringLiteral("empty")};
        std::vector<Ledger> ledgers;
        ledgers.reserve(kWriters);
        for (std::size_t i = 0; i < kWriters; ++i) {
            ledgers.emplace_back(i);
        }
        std::mt19937_64 moments(seed);
        const std::string clip(tikgok::conformance::embeddedClip());

        for (std::uint64_t round = 0; round < kills; ++round) {
            const auto ready = sim.serve(arguments);
            QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
            const std::string url = ready->url.toStdString();
            Stage stage{.videos = {}, .people = {}, .clip = clip};
            {
                WorldClient judge(url);
                for (Ledger& each : ledgers) {
                    each.audit(judge, stage, false);
                    each.appear(stage);
                }
            }
            Meter meter;
            {
                std::vector<std::jthread> writers;
                writers.reserve(kWriters);
                for (std::size_t i = 0; i < kWriters; ++i) {
                    writers.emplace_back([&, i] {
                        std::seed_seq mixed{seed, round, std::uint64_t{i}};
                        std::mt19937_64 random(mixed);
                        WorldClient client(url);
                        while (ledgers[i].act(client, stage, random)) {
                            meter.answered();
                        }
                        meter.gone();
                    });
                }
                const bool wrote = meter.wait(1 + moments() % 60);
                // Somewhere in the middle of what is under way now.
                std::this_thread::sleep_for(std::chrono::microseconds(moments() % 3'000));
                const bool alive = sim.running();
                sim.signal(SIGKILL);
                QVERIFY2(wrote && alive, "it answered writes until it was killed");
            }
        }

        const auto ready = sim.serve(arguments);
        QVERIFY2(ready.has_value(), ready ? "" : qPrintable(ready.error()));
        WorldClient judge(ready->url.toStdString());
        const Stage stage{.videos = {}, .people = {}, .clip = clip};
        Tally total;
        std::map<std::int64_t, std::size_t> likes;
        for (Ledger& each : ledgers) {
            each.audit(judge, stage, true);
            each.likes(likes);
        }
        for (Ledger& each : ledgers) {
            each.count(judge, likes);
            total += each.tally();
        }
        const auto ended = sim.signal(SIGTERM);
        QVERIFY(ended.exitCode == 0);

        for (std::size_t i = 0; i < total.troubles.size() && i < 30; ++i) {
            qWarning("%s", total.troubles[i].c_str());
        }
        qInfo(
            "kills=%llu acknowledged=%llu lost=%llu doubled=%llu seed=%llu miscounted=%llu unanswered=%llu "
            "applied=%llu seconds=%.1f",
            static_cast<unsigned long long>(kills), static_cast<unsigned long long>(total.acknowledged),
            static_cast<unsigned long long>(total.lost), static_cast<unsigned long long>(total.doubled),
            static_cast<unsigned long long>(seed), static_cast<unsigned long long>(total.miscounted),
            static_cast<unsigned long long>(total.unanswered), static_cast<unsigned long long>(total.applied),
            static_cast<double>(clock.elapsed()) / 1000.0);
        QCOMPARE(total.lost, 0U);
        QCOMPARE(total.doubled, 0U);
        QCOMPARE(total.miscounted, 0U);
        QVERIFY2(total.troubles.empty(), "nothing was refused, and everything could be read");
        QVERIFY2(total.acknowledged > kills, "inconclusive: hardly anything was written");
        QVERIFY2(total.unanswered > 0, "inconclusive: no kill fell into a write");
    }
};

QTEST_GUILESS_MAIN(SimKillTest)
#include "sim_kill_test.moc"
