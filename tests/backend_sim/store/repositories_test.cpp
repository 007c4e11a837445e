// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One suite over both implementations of the repositories: what holds for one holds for the other. Several
// changes as one, and at the same time, are in unit_of_work_test.cpp.

#include "tests/backend_sim/store/each_store.h"

#include <limits>

using namespace tikgok::sim;

namespace {

template <class Rows>
std::vector<Id> idsOf(const Rows& rows) {
    std::vector<Id> ids;
    ids.reserve(rows.size());
    for (const auto& row : rows) {
        ids.push_back(row.id);
    }
    return ids;
}

}  // namespace

class RepositoriesTest : public QObject, private EachStore {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { listStores(); }
    void init() { openStore(); }
    void cleanup() { closeStore(); }

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
    void idBound();
    void textsSurvive();
};

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
