// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One suite over both implementations of the repositories: what holds for one holds for the other.

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"

#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <barrier>
#include <limits>
#include <thread>

using namespace tikgok::sim;

namespace {

constexpr int kWorkers = 20;

UserRow userRow(Id id, const std::string& name) {
    UserRow row;
    row.id = id;
    row.name = name;
    row.passwordHash = "hash of " + name;
    row.avatarKey = "a/" + name;
    row.backgroundKey = "b/" + name;
    row.signature = "s";
    row.createdAt = 1000 + id;
    return row;
}

VideoRow videoRow(Id id, Id author, std::int64_t at) {
    VideoRow row;
    row.id = id;
    row.author = author;
    row.title = "title " + std::to_string(id);
    row.playKey = "p/" + std::to_string(id);
    row.coverKey = "c/" + std::to_string(id);
    row.publishedAt = at;
    return row;
}

StoreError aborted() {
    return {StoreError::Kind::Conflict, "taken back on purpose"};
}

template <class Rows>
std::vector<Id> idsOf(const Rows& rows) {
    std::vector<Id> ids;
    ids.reserve(rows.size());
    for (const auto& row : rows) {
        ids.push_back(row.id);
    }
    return ids;
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

class RepositoriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();

    void users();
    void namesAreExact();
    void videosByTime();
    void pagingNeverRepeatsOrLoses();
    void likes();
    void likesOfTheUnknown();
    void rowsThatPointToNothing();
    void comments();
    void follows();
    void messages();
    void countersFollowTheRows();
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
    void idBound();
    void textsSurvive();

private:
    Store& store() { return *store_; }
    // Users 1 to 3, videos 10 to 12 by user 1, 1 and 2.
    void fill();

    std::unique_ptr<QTemporaryDir> directory_;
    std::unique_ptr<Store> store_;
};

void RepositoriesTest::initTestCase_data() {
    QTest::addColumn<bool>("durable");
    QTest::newRow("memory") << false;
    QTest::newRow("sqlite") << true;
}

void RepositoriesTest::init() {
    QFETCH_GLOBAL(bool, durable);
    if (durable) {
        directory_ = std::make_unique<QTemporaryDir>();
        auto opened = SqliteStore::open(directory_->filePath(QStringLiteral("s")).toStdString());
        QVERIFY(opened.has_value());
        store_ = std::move(*opened);
    } else {
        store_ = std::make_unique<MemoryStore>();
    }
}

void RepositoriesTest::cleanup() {
    store_.reset();
    directory_.reset();
}

void RepositoriesTest::fill() {
    for (const auto& [id, name] : {std::pair<Id, const char*>{1, "ann"}, {2, "bob"}, {3, "cleo"}}) {
        QVERIFY(*store().users().add(userRow(id, name)));
    }
    QVERIFY(*store().videos().add(videoRow(10, 1, 5000)));
    QVERIFY(*store().videos().add(videoRow(11, 1, 6000)));
    QVERIFY(*store().videos().add(videoRow(12, 2, 7000)));
}

void RepositoriesTest::users() {
    fill();
    UserRow bob = userRow(2, "bob");
    bob.workCount = 1;
    QCOMPARE(**store().users().find(2), bob);
    QCOMPARE(**store().users().findByName("cleo"), userRow(3, "cleo"));
    QVERIFY(!store().users().find(4)->has_value());
    QVERIFY(!store().users().find(-1)->has_value());
    QVERIFY(!store().users().findByName("")->has_value());
    QVERIFY(*store().users().exists(1));
    QVERIFY(!*store().users().exists(0));
    // A name that is taken is an answer, an id that is taken is a bug.
    QCOMPARE(*store().users().add(userRow(4, "bob")), false);
    const auto again = store().users().add(userRow(2, "dora"));
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().kind, StoreError::Kind::Conflict);
    QCOMPARE(idsOf(*store().users().all()), (std::vector<Id>{1, 2, 3}));
}

void RepositoriesTest::namesAreExact() {
    // The fourth and fifth look the same: one letter, or a letter and its dots.
    const std::vector<std::string> names{
        "a", "A", "a ", "\u00e4", "a\u0308", "小明", "小明 ", std::string("a\0b", 3),
    };
    for (std::size_t i = 0; i < names.size(); ++i) {
        QVERIFY(*store().users().add(userRow(static_cast<Id>(i) + 1, names[i])));
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        QCOMPARE((**store().users().findByName(names[i])).id, static_cast<Id>(i) + 1);
    }
}

void RepositoriesTest::videosByTime() {
    fill();
    // Not in the order of adding.
    QVERIFY(*store().videos().add(videoRow(13, 2, 5500)));
    QCOMPARE(idsOf(*store().videos().before(7001, 10)), (std::vector<Id>{12, 11, 13, 10}));
    // Strictly below.
    QCOMPARE(idsOf(*store().videos().before(7000, 10)), (std::vector<Id>{11, 13, 10}));
    QCOMPARE(idsOf(*store().videos().before(7000, 2)), (std::vector<Id>{11, 13}));
    QVERIFY(store().videos().before(5000, 10)->empty());
    QVERIFY(store().videos().before(7000, 0)->empty());
    QCOMPARE(idsOf(*store().videos().byAuthor(2)), (std::vector<Id>{12, 13}));
    QVERIFY(store().videos().byAuthor(3)->empty());
    QCOMPARE(**store().videos().find(11), videoRow(11, 1, 6000));
    QVERIFY(!store().videos().find(99)->has_value());
    QVERIFY(*store().videos().exists(12));
    QVERIFY(!*store().videos().exists(99));
    // A tie is an answer; an unknown author is a bug.
    QCOMPARE(*store().videos().add(videoRow(14, 3, 7000)), false);
    QVERIFY(!store().videos().add(videoRow(14, 99, 8000)).has_value());
    QCOMPARE((**store().users().find(3)).workCount, 0);
}

void RepositoriesTest::pagingNeverRepeatsOrLoses() {
    QVERIFY(*store().users().add(userRow(1, "ann")));
    constexpr Id kCount = 95;
    // A scattered order of adding.
    for (Id i = 0; i < kCount; ++i) {
        const Id place = i * 37 % kCount;
        QVERIFY(*store().videos().add(videoRow(100 + place, 1, 1000 + place)));
    }
    std::vector<Id> seen;
    std::int64_t bound = std::numeric_limits<std::int64_t>::max();
    for (;;) {
        const auto page = *store().videos().before(bound, 30);
        if (page.empty()) {
            break;
        }
        const auto ids = idsOf(page);
        seen.insert(seen.end(), ids.begin(), ids.end());
        bound = page.back().publishedAt;
    }
    std::vector<Id> expected;
    for (Id id = 100 + kCount - 1; id >= 100; --id) {
        expected.push_back(id);
    }
    QCOMPARE(seen, expected);
}

void RepositoriesTest::likes() {
    fill();
    auto& favorites = store().favorites();
    QVERIFY(*favorites.set(1, 10, true, 100));
    // The order of liking counts, even when the clock went back.
    QVERIFY(*favorites.set(1, 12, true, 50));
    QVERIFY(*favorites.set(1, 11, true, 50));
    QCOMPARE(*favorites.set(1, 10, true, 200), false);
    QCOMPARE(*favorites.videosOf(1), (std::vector<Id>{11, 12, 10}));
    QVERIFY(*favorites.contains(1, 12));
    QVERIFY(!*favorites.contains(2, 12));
    QVERIFY(*favorites.set(1, 12, false, 300));
    QCOMPARE(*favorites.set(1, 12, false, 300), false);
    QCOMPARE(*favorites.videosOf(1), (std::vector<Id>{11, 10}));
    // Liked again: it is the latest now.
    QVERIFY(*favorites.set(1, 10, false, 300));
    QVERIFY(*favorites.set(1, 10, true, 300));
    QCOMPARE(*favorites.videosOf(1), (std::vector<Id>{10, 11}));
}

void RepositoriesTest::likesOfTheUnknown() {
    fill();
    QCOMPARE(*store().favorites().set(1, 99, false, 1), false);
    QCOMPARE(*store().favorites().set(99, 10, false, 1), false);
    QVERIFY(store().favorites().videosOf(99)->empty());
    QVERIFY(!*store().favorites().contains(99, 10));
}

// A dialect may take any id.
void RepositoriesTest::rowsThatPointToNothing() {
    fill();
    QCOMPARE(*store().favorites().set(1, 99, true, 1), true);
    QCOMPARE(*store().favorites().set(1, 99, true, 1), false);
    QCOMPARE(*store().favorites().set(77, 10, true, 1), true);
    QVERIFY(*store().favorites().contains(1, 99));
    QCOMPARE(*store().favorites().videosOf(1), (std::vector<Id>{99}));
    QCOMPARE(*store().favorites().videosOf(77), (std::vector<Id>{10}));
    QVERIFY(store().comments().add({20, 77, 99, "who, where", 1}).has_value());
    QCOMPARE(idsOf(*store().comments().on(99)), (std::vector<Id>{20}));
    QCOMPARE(*store().relations().set(1, 77, true, 1), true);
    QCOMPARE(*store().relations().set(77, 1, true, 1), true);
    QVERIFY(*store().relations().contains(77, 1));
    QCOMPARE(*store().relations().followersOf(77), (std::vector<Id>{1}));
    QVERIFY(*store().messages().add({30, 1, 77, "hello?", 5}));
    QVERIFY(*store().messages().add({31, 1, 1, "me", 5}));
    QCOMPARE(idsOf(*store().messages().between(1, 77, 0)), (std::vector<Id>{30}));
    QCOMPARE(idsOf(*store().messages().between(1, 1, 0)), (std::vector<Id>{31}));
    QVERIFY(!*store().users().exists(77));
    QVERIFY(!store().users().find(77)->has_value());
    QVERIFY(!*store().videos().exists(99));
    QVERIFY(!store().videos().find(99)->has_value());
    QCOMPARE(idsOf(*store().users().all()), (std::vector<Id>{1, 2, 3}));

    // They count once what they point to is there.
    QCOMPARE((**store().users().find(1)).favoriteCount, 1);
    QCOMPARE((**store().users().find(1)).followerCount, 1);
    QCOMPARE((**store().users().find(1)).totalFavorited, 1);
    QVERIFY(*store().users().add(userRow(77, "late")));
    QVERIFY(*store().videos().add(videoRow(99, 77, 999)));
    const UserRow late = **store().users().find(77);
    QCOMPARE(late.followerCount, 1);
    QCOMPARE(late.followCount, 1);
    QCOMPARE(late.favoriteCount, 1);
    QCOMPARE(late.totalFavorited, 1);
    QCOMPARE((**store().videos().find(99)).favoriteCount, 1);
    QCOMPARE((**store().videos().find(99)).commentCount, 1);
    QVERIFY(*store().comments().remove(20));
    QCOMPARE(*store().favorites().set(1, 99, false, 1), true);
    QCOMPARE(*store().relations().set(1, 77, false, 1), true);
    QCOMPARE((**store().videos().find(99)).favoriteCount, 0);
    QCOMPARE((**store().users().find(77)).followerCount, 0);
}

void RepositoriesTest::comments() {
    fill();
    auto& comments = store().comments();
    const CommentRow first{20, 1, 10, "first", 100};
    const CommentRow second{21, 2, 10, "second", 100};
    const CommentRow third{22, 1, 10, "third", 90};
    for (const CommentRow& row : {first, second, third}) {
        QVERIFY(comments.add(row).has_value());
    }
    QVERIFY(comments.add({23, 1, 11, "elsewhere", 100}).has_value());
    // Newest first; ties by id.
    QCOMPARE(*comments.on(10), (std::vector<CommentRow>{second, first, third}));
    QCOMPARE(**comments.find(21), second);
    QVERIFY(!comments.find(99)->has_value());
    QVERIFY(*comments.remove(21));
    QCOMPARE(*comments.remove(21), false);
    QCOMPARE(*comments.on(10), (std::vector<CommentRow>{first, third}));
    QVERIFY(comments.on(99)->empty());
    QVERIFY(!comments.add({20, 1, 10, "id taken", 1}).has_value());
    QCOMPARE((**store().videos().find(10)).commentCount, 2);
}

void RepositoriesTest::follows() {
    fill();
    auto& relations = store().relations();
    QVERIFY(*relations.set(1, 2, true, 10));
    QVERIFY(*relations.set(1, 3, true, 5));
    QVERIFY(*relations.set(3, 2, true, 5));
    QCOMPARE(*relations.set(1, 2, true, 20), false);
    QCOMPARE(*relations.followedBy(1), (std::vector<Id>{3, 2}));
    QCOMPARE(*relations.followersOf(2), (std::vector<Id>{3, 1}));
    QVERIFY(*relations.contains(1, 2));
    QVERIFY(!*relations.contains(2, 1));
    QVERIFY(*relations.set(1, 2, false, 20));
    QCOMPARE(*relations.set(1, 2, false, 20), false);
    QCOMPARE(*relations.followersOf(2), (std::vector<Id>{3}));
    QVERIFY(!relations.set(1, 1, true, 1).has_value());
    QCOMPARE(*relations.set(1, 99, false, 1), false);
    QVERIFY(relations.followedBy(99)->empty());
    QVERIFY(relations.followersOf(99)->empty());
}

void RepositoriesTest::messages() {
    fill();
    auto& messages = store().messages();
    const MessageRow first{30, 1, 2, "hi", 100};
    const MessageRow second{31, 2, 1, "ho", 101};
    QVERIFY(*messages.add(second));
    QVERIFY(*messages.add(first));
    QVERIFY(*messages.add({32, 1, 3, "other talk, same time", 101}));
    // One conversation, whoever sends; times are unique in it.
    QCOMPARE(*messages.add({33, 1, 2, "tie", 101}), false);
    QCOMPARE(*messages.between(1, 2, 0), (std::vector<MessageRow>{first, second}));
    QCOMPARE(*messages.between(2, 1, 0), (std::vector<MessageRow>{first, second}));
    QCOMPARE(*messages.between(1, 2, 100), (std::vector<MessageRow>{second}));
    QVERIFY(messages.between(1, 2, 101)->empty());
    QCOMPARE(**messages.newestBetween(2, 1), second);
    QVERIFY(!messages.newestBetween(2, 3)->has_value());
    QVERIFY(messages.between(2, 3, 0)->empty());
}

void RepositoriesTest::countersFollowTheRows() {
    fill();
    QVERIFY(*store().favorites().set(2, 10, true, 1));
    QVERIFY(*store().favorites().set(2, 11, true, 1));
    QVERIFY(*store().favorites().set(3, 10, true, 1));
    QVERIFY(*store().favorites().set(1, 10, true, 1));
    QVERIFY(*store().favorites().set(1, 10, false, 1));
    QVERIFY(*store().relations().set(2, 1, true, 1));
    QVERIFY(*store().relations().set(3, 1, true, 1));
    QVERIFY(store().comments().add({20, 3, 10, "c", 1}).has_value());
    UserRow ann = userRow(1, "ann");
    ann.workCount = 2;
    ann.totalFavorited = 3;
    ann.followerCount = 2;
    QCOMPARE(**store().users().find(1), ann);
    UserRow bob = userRow(2, "bob");
    bob.workCount = 1;
    bob.favoriteCount = 2;
    bob.followCount = 1;
    QCOMPARE(**store().users().findByName("bob"), bob);
    VideoRow video = videoRow(10, 1, 5000);
    video.favoriteCount = 2;
    video.commentCount = 1;
    QCOMPARE(**store().videos().find(10), video);
    QCOMPARE(store().videos().before(5001, 1)->front(), video);
    QCOMPARE(store().videos().byAuthor(1)->back(), video);
    // What add() is given in these members is not taken over.
    UserRow boaster = userRow(4, "dan");
    boaster.followerCount = boaster.totalFavorited = 1000;
    QVERIFY(*store().users().add(boaster));
    QCOMPARE(**store().users().find(4), userRow(4, "dan"));
}

// An exception out of the work, at any depth, undoes it; the store goes on as before.
void RepositoriesTest::throwingWork() {
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

void RepositoriesTest::rollBack() {
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

void RepositoriesTest::innerRollBack() {
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

void RepositoriesTest::innerFailureCanBeSurvived() {
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

void RepositoriesTest::raceForAName() {
    QCOMPARE(race([this](int i) { return *store().users().add(userRow(100 + i, "same")); }), 1);
    QCOMPARE(store().users().all()->size(), std::size_t{1});
}

void RepositoriesTest::raceForAPublishTime() {
    fill();
    QCOMPARE(race([this](int i) { return *store().videos().add(videoRow(100 + i, 1, 9000)); }), 1);
    QCOMPARE((**store().users().find(1)).workCount, 3);
}

void RepositoriesTest::raceForALike() {
    fill();
    QCOMPARE(race([this](int) { return *store().favorites().set(1, 10, true, 1); }), 1);
    QCOMPARE((**store().videos().find(10)).favoriteCount, 1);
    QCOMPARE(race([this](int) { return *store().favorites().set(1, 10, false, 1); }), 1);
    QCOMPARE((**store().videos().find(10)).favoriteCount, 0);
}

void RepositoriesTest::raceForAFollow() {
    fill();
    QCOMPARE(race([this](int) { return *store().relations().set(1, 2, true, 1); }), 1);
    QCOMPARE((**store().users().find(2)).followerCount, 1);
    QCOMPARE(race([this](int) { return *store().relations().set(1, 2, false, 1); }), 1);
    QCOMPARE((**store().users().find(1)).followCount, 0);
}

void RepositoriesTest::raceForAMessageTime() {
    fill();
    QCOMPARE(race([this](int i) {
                 return *store().messages().add({100 + i, i % 2 == 0 ? 1 : 2, i % 2 == 0 ? 2 : 1, "m", 500});
             }),
             1);
    QCOMPARE(store().messages().between(1, 2, 0)->size(), std::size_t{1});
}

void RepositoriesTest::raceForADeletion() {
    fill();
    QVERIFY(store().comments().add({20, 1, 10, "c", 1}).has_value());
    QCOMPARE(race([this](int) { return *store().comments().remove(20); }), 1);
    QCOMPARE((**store().videos().find(10)).commentCount, 0);
}

// Read, then write: within a unit of work nobody comes in between.
void RepositoriesTest::racesWithinUnitsOfWork() {
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

void RepositoriesTest::idBound() {
    QCOMPARE(*store().idBound(), Id{1});
    QVERIFY(store().setIdBound(9007199254740991).has_value());
    QCOMPARE(*store().idBound(), Id{9007199254740991});
}

void RepositoriesTest::textsSurvive() {
    fill();
    using namespace std::string_literals;
    const std::string odd = "quote ' \" ; DROP TABLE users; -- \0 \n \t 表情 😀"s;
    QVERIFY(store().comments().add({20, 1, 10, odd, 1}).has_value());
    QCOMPARE((**store().comments().find(20)).text, odd);
    QVERIFY(store().comments().add({21, 1, 10, std::string(100'000, 'x'), 2}).has_value());
    QCOMPARE((**store().comments().find(21)).text.size(), std::size_t{100'000});
}

QTEST_GUILESS_MAIN(RepositoriesTest)
#include "repositories_test.moc"
