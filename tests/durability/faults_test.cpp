// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A medium that refuses: every request gets an answer, nothing that was answered is lost, and work goes on
// afterwards.

#include "tests/durability/inventory.h"
#include "tests/durability/write_path.h"
#include "tests/support/patience.h"

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace tikgok::sim;
using namespace tikgok::sim::durability;

namespace {

// Collects answers.
class Answers {
public:
    void ask() {
        const std::lock_guard lock(mutex_);
        ++open_;
    }
    void answer(const std::string& text, bool yes) {
        const std::lock_guard lock(mutex_);
        if (yes) {
            taken_.push_back(text);
        }
        --open_;
        changed_.notify_all();
    }
    // Whether all questions have been answered in time.
    bool all(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [this] { return open_ == 0; });
    }
    std::vector<std::string> taken() {
        const std::lock_guard lock(mutex_);
        return taken_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> taken_;
    int open_ = 0;
};

void submit(WritePath& path, Answers& answers, const std::string& text) {
    answers.ask();
    path.comments().submit(
        AddComment{kFirstUser, kFirstVideo, text},
        [&answers, text](const Outcome<CommentRow>& outcome) { answers.answer(text, outcome.has_value()); });
}

}  // namespace

class DurabilityFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRequestIsAnswered_data();
    void everyRequestIsAnswered();
};

void DurabilityFaultsTest::everyRequestIsAnswered_data() {
    QTest::addColumn<bool>("forEver");
    QTest::newRow("one error") << false;
    QTest::newRow("errors for ever") << true;
}

// D5
void DurabilityFaultsTest::everyRequestIsAnswered() {
    QFETCH(bool, forEver);
    const std::chrono::seconds limit(2 * tikgok::test::patience());
    int refusals = 0;
    for (std::uint64_t operation = 1; operation <= 60; ++operation) {
        const QTemporaryDir temporary;
        const std::filesystem::path directory = temporary.path().toStdString();
        const WatchPage watch = mapWatch(directory / "watch");
        Disk disk({.seed = operation}, watch.get());
        Answers answers;
        {
            auto path = WritePath::open({.directory = directory}, *watch);
            QVERIFY2(path, path ? "" : path.error().c_str());
            disk.arm(0, operation, forEver);
            std::vector<std::jthread> threads;
            threads.reserve(20);
            std::atomic<bool> go = false;
            for (int thread = 0; thread < 20; ++thread) {
                threads.emplace_back([&, thread] {
                    go.wait(false);
                    submit(**path, answers, "1-" + std::to_string(thread) + "-1");
                    submit(**path, answers, "1-" + std::to_string(thread) + "-2");
                });
            }
            go = true;
            go.notify_all();
            threads.clear();
            QVERIFY2(answers.all(limit), qPrintable(QString::number(operation)));
            refusals += 40 - static_cast<int>(answers.taken().size());
            // The medium is well again.
            disk.arm(0, 0, false);
            const auto end = std::chrono::steady_clock::now() + limit;
            const std::size_t before = answers.taken().size();
            for (int number = 3; answers.taken().size() == before; ++number) {
                QVERIFY2(std::chrono::steady_clock::now() < end, "does not recover");
                submit(**path, answers, "1-1-" + std::to_string(number));
                QVERIFY(answers.all(limit));
            }
        }
        Ledger ledger;
        Tally tally;
        ledger.newLife(1);
        for (const std::string& text : answers.taken()) {
            ledger.hear("a " + text, tally);
        }
        takeInventory(directory, ledger, tally);
        QVERIFY2(!tally.damaged(), tally.troubles.empty() ? "" : tally.troubles.front().c_str());
    }
    QVERIFY2(refusals > 0, "inconclusive: no error met a request");
}

QTEST_GUILESS_MAIN(DurabilityFaultsTest)
#include "faults_test.moc"
