// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Several changes as one, taken back as one, and twenty workers who want the same: on both implementations of
// the repositories.

#include "tests/backend_sim/store/each_store.h"

#include <atomic>
#include <barrier>
#include <limits>
#include <new>
#include <thread>
#include <vector>

using namespace tikgok::sim;

namespace {

constexpr int kWorkers = 20;

StoreError aborted() {
    return {StoreError::Kind::Conflict, "taken back on purpose"};
}

// Releases the workers at once; gives how many of them won.
template <class Attempt>
int race(Attempt attempt) {
    std::barrier start(kWorkers);
    std::atomic<int> winners = 0;
    std::vector<std::jthread> workers;
    workers.reserve(kWorkers);
    for (int i = 0; i < kWorkers; ++i) {
        workers.emplace_back([&, i] {
            start.arrive_and_wait();
            if (attempt(i)) {
                ++winners;
            }
        });
    }
    workers.clear();
    return winners;
}

// Everything that can be seen, for comparing before and after.
struct Picture {
    std::vector<UserRow> users;
    std::vector<VideoRow> videos;
    std::vector<Id> likes;
    std::vector<CommentRow> comments;
    std::vector<Id> followed;
    std::vector<Id> followers;
    std::vector<MessageRow> messages;
    Id idBound = 0;
    bool operator==(const Picture&) const = default;
};

Picture pictureOf(Store& store) {
    return {*store.users().all(),
            *store.videos().before(std::numeric_limits<std::int64_t>::max(), 1000),
            *store.favorites().videosOf(1),
            *store.comments().on(10),
            *store.relations().followedBy(1),
            *store.relations().followersOf(2),
            *store.messages().between(1, 2, 0),
            *store.idBound()};
}

}  // namespace

class UnitOfWorkTest : public QObject, private EachStore {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { listStores(); }
    void init() { openStore(); }
    void cleanup() { closeStore(); }

    void rollBack();
    void throwingWork();
    void innerRollBack();
    void innerFailureCanBeSurvived();
    void raceForAName();
    void raceForAPublishTime();
    void raceForALike();
    void raceForAFollow();
    void raceForAMessageTime();
    void raceForADeletion();
    void racesWithinUnitsOfWork();
};

// An exception out of the work, at any depth, undoes it; the store goes on as before.
void UnitOfWorkTest::throwingWork() {
    fill();
    const Picture before = pictureOf(store());
    const auto thrower = [this]() -> StoreResult<void> {
        static_cast<void>(store().users().add(userRow(5, "eve")));
        throw std::bad_alloc();
    };
    QVERIFY_THROWS_EXCEPTION(std::bad_alloc, static_cast<void>(store().atomically(thrower)));
    QVERIFY(pictureOf(store()) == before);
    QVERIFY_THROWS_EXCEPTION(std::bad_alloc, static_cast<void>(store().atomically([&]() -> StoreResult<void> {
                                 static_cast<void>(store().users().add(userRow(6, "fay")));
                                 return store().atomically(thrower);
                             })));
    QVERIFY(pictureOf(store()) == before);
    QVERIFY(store().atomically([&]() -> StoreResult<void> {
        return *store().users().add(userRow(5, "eve")) ? StoreResult<void>() : std::unexpected(aborted());
    }));
    // Another thread sees it: nothing is held, and it was committed.
    bool seen = false;
    std::thread([&] { seen = *store().users().exists(5); }).join();
    QVERIFY(seen);
}

void UnitOfWorkTest::rollBack() {
    fill();
    QVERIFY(*store().favorites().set(1, 10, true, 1));
    QVERIFY(*store().favorites().set(1, 12, true, 1));
    QVERIFY(*store().relations().set(1, 2, true, 1));
    QVERIFY(store().comments().add({20, 2, 10, "stays", 1}).has_value());
    QVERIFY(*store().messages().add({30, 1, 2, "stays", 1}));
    const Picture before = pictureOf(store());
    const auto result = store().atomically([this]() -> StoreResult<void> {
        if (!*store().users().add(userRow(5, "eve")) || !*store().videos().add(videoRow(50, 5, 5001)) ||
            !*store().favorites().set(5, 50, true, 1) || !*store().favorites().set(1, 10, false, 1) ||
            !*store().favorites().set(1, 11, true, 1) || !store().comments().add({25, 5, 10, "x", 2}) ||
            !*store().comments().remove(20) || !*store().relations().set(1, 2, false, 1) ||
            !*store().relations().set(1, 5, true, 1) || !*store().messages().add({35, 1, 2, "x", 2}) ||
            !store().setIdBound(77)) {
            return {};
        }
        return std::unexpected(aborted());
    });
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().what, aborted().what);
    QVERIFY(pictureOf(store()) == before);
    QVERIFY(!*store().users().exists(5));
    // And it can be done again after that.
    QVERIFY(store()
                .atomically([this]() -> StoreResult<void> {
                    return *store().users().add(userRow(5, "eve"))
                               ? StoreResult<void>()
                               : StoreResult<void>(std::unexpected(aborted()));
                })
                .has_value());
    QVERIFY(*store().users().exists(5));
}

void UnitOfWorkTest::innerRollBack() {
    fill();
    const auto result = store().atomically([this]() -> StoreResult<void> {
        static_cast<void>(store().favorites().set(1, 10, true, 1));
        static_cast<void>(store().atomically([this]() -> StoreResult<void> {
            static_cast<void>(store().favorites().set(1, 11, true, 1));
            return std::unexpected(aborted());
        }));
        return store().atomically([this]() -> StoreResult<void> {
            static_cast<void>(store().favorites().set(1, 12, true, 1));
            return {};
        });
    });
    QVERIFY(result.has_value());
    QCOMPARE(*store().favorites().videosOf(1), (std::vector<Id>{12, 10}));
    // An inner success goes with its outer failure.
    const auto undone = store().atomically([this]() -> StoreResult<void> {
        static_cast<void>(store().atomically([this]() -> StoreResult<void> {
            static_cast<void>(store().favorites().set(1, 11, true, 1));
            return {};
        }));
        return std::unexpected(aborted());
    });
    QVERIFY(!undone.has_value());
    QCOMPARE(*store().favorites().videosOf(1), (std::vector<Id>{12, 10}));
}

void UnitOfWorkTest::innerFailureCanBeSurvived() {
    fill();
    QVERIFY(store()
                .atomically([this]() -> StoreResult<void> {
                    for (Id user = 1; user <= 3; ++user) {
                        static_cast<void>(store().atomically([this, user]() -> StoreResult<void> {
                            const auto set = store().favorites().set(user, user == 2 ? 99 : 10, true, 1);
                            return set ? StoreResult<void>() : std::unexpected(set.error());
                        }));
                    }
                    return {};
                })
                .has_value());
    QCOMPARE((**store().videos().find(10)).favoriteCount, 2);
}

void UnitOfWorkTest::raceForAName() {
    QCOMPARE(race([this](int i) { return *store().users().add(userRow(100 + i, "same")); }), 1);
    QCOMPARE(store().users().all()->size(), std::size_t{1});
}

void UnitOfWorkTest::raceForAPublishTime() {
    fill();
    QCOMPARE(race([this](int i) { return *store().videos().add(videoRow(100 + i, 1, 9000)); }), 1);
    QCOMPARE((**store().users().find(1)).workCount, 3);
}

void UnitOfWorkTest::raceForALike() {
    fill();
    QCOMPARE(race([this](int) { return *store().favorites().set(1, 10, true, 1); }), 1);
    QCOMPARE((**store().videos().find(10)).favoriteCount, 1);
    QCOMPARE(race([this](int) { return *store().favorites().set(1, 10, false, 1); }), 1);
    QCOMPARE((**store().videos().find(10)).favoriteCount, 0);
}

void UnitOfWorkTest::raceForAFollow() {
    fill();
    QCOMPARE(race([this](int) { return *store().relations().set(1, 2, true, 1); }), 1);
    QCOMPARE((**store().users().find(2)).followerCount, 1);
    QCOMPARE(race([this](int) { return *store().relations().set(1, 2, false, 1); }), 1);
    QCOMPARE((**store().users().find(1)).followCount, 0);
}

void UnitOfWorkTest::raceForAMessageTime() {
    fill();
    QCOMPARE(race([this](int i) {
                 return *store().messages().add({100 + i, i % 2 == 0 ? 1 : 2, i % 2 == 0 ? 2 : 1, "m", 500});
             }),
             1);
    QCOMPARE(store().messages().between(1, 2, 0)->size(), std::size_t{1});
}

void UnitOfWorkTest::raceForADeletion() {
    fill();
    QVERIFY(store().comments().add({20, 1, 10, "c", 1}).has_value());
    QCOMPARE(race([this](int) { return *store().comments().remove(20); }), 1);
    QCOMPARE((**store().videos().find(10)).commentCount, 0);
}

// Read, then write: within a unit of work nobody comes in between.
void UnitOfWorkTest::racesWithinUnitsOfWork() {
    fill();
    QCOMPARE(race([this](int i) {
                 bool won = false;
                 const auto result = store().atomically([&]() -> StoreResult<void> {
                     if (store().comments().on(10)->empty()) {
                         won = store().comments().add({100 + i, 1, 10, "only one", 1}).has_value();
                     }
                     return {};
                 });
                 return result.has_value() && won;
             }),
             1);
    QCOMPARE(store().comments().on(10)->size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(UnitOfWorkTest)
#include "unit_of_work_test.moc"
