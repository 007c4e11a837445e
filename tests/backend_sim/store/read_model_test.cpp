// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What readers see of the memory store, and that a store rebuilt from SQLite looks the same.

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>
#include <type_traits>
#include <utility>

using namespace tikgok::sim;

namespace {

constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();

// Users 1 to 4; videos 10, 11 by 1 and 12 by 2; 1 likes 12 and 10, follows 2; 2 follows 1 and 3; 3 follows 2.
std::vector<Change> someWorld() {
    std::vector<Change> changes;
    for (Id id = 1; id <= 4; ++id) {
        UserRow row;
        row.id = id;
        row.name = "user" + std::to_string(id);
        row.passwordHash = "hash" + std::to_string(id);
        changes.emplace_back(row);
    }
    for (const auto& [id, author, at] :
         {std::tuple<Id, Id, std::int64_t>{10, 1, 5000}, {11, 1, 6000}, {12, 2, 7000}}) {
        VideoRow row;
        row.id = id;
        row.author = author;
        row.publishedAt = at;
        changes.emplace_back(row);
    }
    changes.emplace_back(FavoriteChange{1, 12, true, 1});
    changes.emplace_back(FavoriteChange{1, 10, true, 1});
    changes.emplace_back(FavoriteChange{3, 10, true, 1});
    changes.emplace_back(CommentRow{20, 2, 10, "old", 100});
    changes.emplace_back(CommentRow{21, 1, 10, "new", 200});
    changes.emplace_back(FollowChange{1, 2, true, 1});
    changes.emplace_back(FollowChange{2, 1, true, 1});
    changes.emplace_back(FollowChange{2, 3, true, 1});
    changes.emplace_back(FollowChange{3, 2, true, 1});
    changes.emplace_back(FollowChange{2, 4, true, 1});
    changes.emplace_back(FollowChange{4, 2, true, 1});
    changes.emplace_back(MessageRow{30, 1, 2, "hi", 300});
    changes.emplace_back(MessageRow{31, 3, 2, "later", 400});
    return changes;
}

std::vector<std::string> feedOf(const MemoryStore& store, Id caller, std::int64_t bound, std::size_t limit) {
    std::vector<std::string> seen;
    store.readFeed(caller, bound, limit, [&](const VideoSight& sight) {
        seen.push_back(std::to_string(sight.video.id) + (sight.liked ? " liked" : "") +
                       (sight.author.followed ? " followed" : "") + " by " + sight.author.user.name);
    });
    return seen;
}

// The ways in which rows come into the model.
enum class Way : std::uint8_t { Applied, Replayed, Filled, ReadAll };

// Videos, comments and messages from new to old, which is not what the bulk path hopes for. Likes and follows
// keep their order, which means something.
StoreResult<void> addAll(BulkRows& rows, std::vector<Change> changes) {
    const auto rank = [](const Change& change) {
        return std::holds_alternative<UserRow>(change) ? 0
               : std::holds_alternative<FavoriteChange>(change) ||
                       std::holds_alternative<FollowChange>(change)
                   ? 1
                   : 2;
    };
    std::ranges::stable_sort(changes, {}, rank);
    std::reverse(std::ranges::find(changes, 2, rank), changes.end());
    for (const Change& change : changes) {
        const StoreResult<void> added = std::visit(
            [&rows]<class Row>(const Row& row) -> StoreResult<void> {
                if constexpr (std::is_same_v<Row, CommentRemoval>) {
                    return {};
                } else {
                    return rows.add(row);
                }
            },
            change);
        if (!added) {
            return added;
        }
    }
    return {};
}

}  // namespace

class ReadModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void init();
    void feed();
    void usersAreSeenByTheCaller();
    void lists();
    void friends();
    void conversation();
    void unknownPeople();
    void namesWithoutCase();
    void namesWithoutCaseOfManyRows();
    void namesThatGoAgain();
    void orderedById();
    void messageWindows();
    void messagesOfLater();
    void whatPointsToNothing();
    void rowsThatComeLater();
    void badBulkRows();
    void readersSeeWholeUnitsOfWork();

private:
    // On the way of this run.
    static std::unique_ptr<MemoryStore> storeOf(const std::vector<Change>& changes);

    std::unique_ptr<MemoryStore> store_;
};

void ReadModelTest::initTestCase_data() {
    QTest::addColumn<int>("way");
    QTest::newRow("applied") << static_cast<int>(Way::Applied);
    QTest::newRow("rebuilt from sqlite") << static_cast<int>(Way::Replayed);
    QTest::newRow("filled") << static_cast<int>(Way::Filled);
    QTest::newRow("read from sqlite at once") << static_cast<int>(Way::ReadAll);
}

std::unique_ptr<MemoryStore> ReadModelTest::storeOf(const std::vector<Change>& changes) {
    QFETCH_GLOBAL(int, way);
    const auto applyAll = [&changes](Store& to) -> StoreResult<void> {
        for (const Change& change : changes) {
            if (auto applied = applyChange(to, change); !applied) {
                return applied;
            }
        }
        return {};
    };
    auto store = std::make_unique<MemoryStore>();
    const auto fill = [&]() -> StoreResult<void> {
        if (way == static_cast<int>(Way::Applied)) {
            return applyAll(*store);
        }
        if (way == static_cast<int>(Way::Filled)) {
            return store->fill([&changes](BulkRows& rows) { return addAll(rows, changes); });
        }
        const QTemporaryDir directory;
        auto durable = SqliteStore::open(directory.filePath(QStringLiteral("s")).toStdString());
        if (!durable) {
            return std::unexpected(StoreError{StoreError::Kind::Io, "not opened"});
        }
        if (auto kept = (*durable)->atomically([&] { return applyAll(**durable); }); !kept) {
            return kept;
        }
        if (way == static_cast<int>(Way::ReadAll)) {
            return store->fill([&](BulkRows& rows) { return (*durable)->readAll(rows); });
        }
        return (*durable)->replay([&](const Change& change) { return applyChange(*store, change); });
    };
    return fill() ? std::move(store) : nullptr;
}

void ReadModelTest::init() {
    store_ = storeOf(someWorld());
    QVERIFY(store_ != nullptr);
}

void ReadModelTest::feed() {
    using Lines = std::vector<std::string>;
    QCOMPARE(feedOf(*store_, 0, kNoBound, 30), (Lines{"12 by user2", "11 by user1", "10 by user1"}));
    QCOMPARE(feedOf(*store_, 1, kNoBound, 30),
             (Lines{"12 liked followed by user2", "11 by user1", "10 liked by user1"}));
    QCOMPARE(feedOf(*store_, 99, kNoBound, 1), (Lines{"12 by user2"}));
    QCOMPARE(feedOf(*store_, 0, 6000, 30), (Lines{"10 by user1"}));
    QVERIFY(feedOf(*store_, 0, 5000, 30).empty());
}

void ReadModelTest::usersAreSeenByTheCaller() {
    UserRow seen;
    bool followed = false;
    const auto take = [&](const UserSight& sight) {
        seen = sight.user;
        followed = sight.followed;
    };
    QVERIFY(store_->readUser(1, 2, take));
    QCOMPARE(seen.name, std::string("user2"));
    QCOMPARE(seen.followerCount, 3);
    QCOMPARE(seen.followCount, 3);
    QCOMPARE(seen.totalFavorited, 1);
    QCOMPARE(seen.workCount, 1);
    QVERIFY(followed);
    QVERIFY(store_->readUser(2, 2, take));
    QVERIFY(!followed);
    const auto known = store_->credentials("user3", false);
    QVERIFY(known.has_value());
    QCOMPARE(known->user, Id{3});
    QCOMPARE(known->passwordHash, std::string("hash3"));
    QVERIFY(!store_->credentials("USER3", false));
    QVERIFY(!store_->credentials("nobody", true));
    QCOMPARE(store_->credentials("USER3", true).value_or(Credentials()).user, Id{3});
    QCOMPARE(store_->firstUser(), Id{1});
    QCOMPARE(MemoryStore().firstUser(), Id{0});
}

void ReadModelTest::lists() {
    std::vector<Id> ids;
    const auto takeVideo = [&](const VideoSight& sight) { ids.push_back(sight.video.id); };
    QVERIFY(store_->readFavorites(0, 1, takeVideo));
    QCOMPARE(ids, (std::vector<Id>{10, 12}));
    ids.clear();
    QVERIFY(store_->readPublished(0, 1, takeVideo));
    QCOMPARE(ids, (std::vector<Id>{11, 10}));
    std::vector<std::string> texts;
    QVERIFY(store_->readComments(1, 10, {}, [&](const CommentSight& sight) {
        texts.push_back(sight.comment.text + (sight.author.followed ? " followed" : ""));
    }));
    QCOMPARE(texts, (std::vector<std::string>{"new", "old followed"}));
    ids.clear();
    const auto takeUser = [&](const UserSight& sight) { ids.push_back(sight.user.id); };
    QVERIFY(store_->readFollowed(0, 2, {}, takeUser));
    QCOMPARE(ids, (std::vector<Id>{4, 3, 1}));
    ids.clear();
    QVERIFY(store_->readFollowers(0, 2, {}, takeUser));
    QCOMPARE(ids, (std::vector<Id>{4, 3, 1}));
}

void ReadModelTest::friends() {
    std::vector<std::string> lines;
    const auto take = [&](const FriendSight& sight) {
        lines.push_back(sight.user.user.name + (sight.newest != nullptr ? ": " + sight.newest->text : ""));
    };
    // By newest message with the caller, then by id.
    QVERIFY(store_->readFriends(2, 2, {}, take));
    QCOMPARE(lines, (std::vector<std::string>{"user3: later", "user1: hi", "user4"}));
    lines.clear();
    // Somebody else's friends, but the caller's messages.
    QVERIFY(store_->readFriends(1, 2, {}, take));
    QCOMPARE(lines, (std::vector<std::string>{"user1", "user3", "user4"}));
    lines.clear();
    QVERIFY(store_->readFriends(2, 1, {}, take));
    QCOMPARE(lines, (std::vector<std::string>{"user2"}));
}

void ReadModelTest::conversation() {
    std::vector<Id> ids;
    const auto take = [&](const MessageRow& row) { ids.push_back(row.id); };
    QVERIFY(store_->readConversation(2, 1, {.after = 0}, take));
    QCOMPARE(ids, (std::vector<Id>{30}));
    ids.clear();
    QVERIFY(store_->readConversation(2, 1, {.after = 300}, take));
    QVERIFY(store_->readConversation(1, 4, {.after = 0}, take));
    QVERIFY(ids.empty());
}

void ReadModelTest::unknownPeople() {
    const auto never = [](const auto&) { QFAIL("nothing to visit"); };
    QVERIFY(!store_->readUser(1, 99, never));
    QVERIFY(!store_->readUser(0, 0, never));
    QVERIFY(!store_->readPublished(1, 99, never));
    QVERIFY(!store_->readFavorites(1, -1, never));
    QVERIFY(!store_->readComments(1, 99, {}, never));
    QVERIFY(!store_->readFollowed(1, 99, {}, never));
    QVERIFY(!store_->readFollowers(1, 99, {}, never));
    QVERIFY(!store_->readFriends(1, 99, {}, never));
    QVERIFY(!store_->readConversation(1, 99, {}, never));
}

void ReadModelTest::namesWithoutCase() {
    for (const auto& [id, name] :
         {std::pair<Id, const char*>{50, "Bob"}, {40, "BOB"}, {60, "bob"}, {70, "Ä"}}) {
        UserRow row;
        row.id = id;
        row.name = name;
        QVERIFY(store_->users().add(row).value_or(false));
    }
    const auto who = [&](const char* name) {
        return store_->credentials(name, true).value_or(Credentials()).user;
    };
    // The exact one, else the eldest.
    QCOMPARE(who("bob"), Id{60});
    QCOMPARE(who("Bob"), Id{50});
    QCOMPARE(who("bOb"), Id{40});
    // ASCII only.
    QCOMPARE(who("ä"), Id{0});
    QCOMPARE(who(""), Id{0});
}

// The same whichever way they came, and in whatever order.
void ReadModelTest::namesWithoutCaseOfManyRows() {
    std::vector<Change> changes;
    for (const auto& [id, name] : std::initializer_list<std::pair<Id, const char*>>{
             {50, "Bob"}, {40, "BOB"}, {60, "bob"}, {30, "Zoe@"}, {31, "ZOE`"}, {70, "ann"}, {20, "ANN"}}) {
        UserRow row;
        row.id = id;
        row.name = name;
        changes.emplace_back(row);
    }
    const auto check = [](const MemoryStore& store) {
        const auto who = [&](const char* name, bool fold = true) {
            return store.credentials(name, fold).value_or(Credentials()).user;
        };
        QCOMPARE(who("bob"), Id{60});
        QCOMPARE(who("bOb"), Id{40});
        QCOMPARE(who("bOb", false), Id{0});
        QCOMPARE(who("Ann"), Id{20});
        // Letters only: these differ by the same bit.
        QCOMPARE(who("zoe@"), Id{30});
        QCOMPARE(who("zoe`"), Id{31});
        QCOMPARE(who("bo"), Id{0});
        QCOMPARE(store.firstUser(), Id{20});
    };
    for (int round = 0; round < 2; ++round) {
        const auto store = storeOf(changes);
        QVERIFY(store != nullptr);
        check(*store);
        std::ranges::reverse(changes);
    }
}

// A name that was taken back is nobody's, and those that it had displaced are back.
void ReadModelTest::namesThatGoAgain() {
    const auto add = [this](Id id, const char* name) {
        UserRow row;
        row.id = id;
        row.name = name;
        return store_->users().add(row).value_or(false);
    };
    const auto who = [&](const char* name) {
        return store_->credentials(name, true).value_or(Credentials()).user;
    };
    QVERIFY(add(50, "Bob"));
    const auto undone = store_->atomically([&]() -> StoreResult<void> {
        if (!add(-1, "bob") || !add(-2, "BOB") || !add(60, "bOB") || !add(61, "eve") || !add(62, "EVE") ||
            who("BoB") != Id{-2} || who("Eve") != Id{61} || store_->firstUser() != Id{-2}) {
            return {};
        }
        return std::unexpected(StoreError{StoreError::Kind::Conflict, "back"});
    });
    QVERIFY(!undone);
    QCOMPARE(who("bob"), Id{50});
    QCOMPARE(who("BOB"), Id{50});
    QCOMPARE(who("eve"), Id{0});
    QCOMPARE(store_->firstUser(), Id{1});
    QVERIFY(add(70, "bob"));
    QCOMPARE(who("boB"), Id{50});
    QVERIFY(add(71, "Eve"));
    QCOMPARE(who("eve"), Id{71});
}

void ReadModelTest::orderedById() {
    const ListOptions byId{.order = ListOptions::Order::ById};
    std::vector<Id> ids;
    const auto take = [&](const UserSight& sight) { ids.push_back(sight.user.id); };
    QVERIFY(store_->readFollowed(0, 2, byId, take));
    QCOMPARE(ids, (std::vector<Id>{1, 3, 4}));
    ids.clear();
    QVERIFY(store_->readFollowers(0, 2, byId, take));
    QCOMPARE(ids, (std::vector<Id>{1, 3, 4}));
    ids.clear();
    QVERIFY(store_->readFriends(2, 2, byId, [&](const FriendSight& sight) { take(sight.user); }));
    QCOMPARE(ids, (std::vector<Id>{1, 3, 4}));
}

void ReadModelTest::messageWindows() {
    for (Id id = 40; id < 45; ++id) {
        QVERIFY(store_->messages().add({id, 3, 4, "m", id * 100}).value_or(false));
    }
    const auto seen = [&](const MessageWindow& window) {
        std::vector<Id> ids;
        store_->readConversation(4, 3, window, [&](const MessageRow& row) { ids.push_back(row.id); });
        return ids;
    };
    using Ids = std::vector<Id>;
    QCOMPARE(seen({}), (Ids{40, 41, 42, 43, 44}));
    QCOMPARE(seen({.newestFirst = true}), (Ids{44, 43, 42, 41, 40}));
    QCOMPARE(seen({.after = 4100}), (Ids{42, 43, 44}));
    QCOMPARE(seen({.before = 4200, .newestFirst = true}), (Ids{41, 40}));
    QCOMPARE(seen({.after = 4000, .before = 4400}), (Ids{41, 42, 43}));
    QCOMPARE(seen({.after = 4100, .before = 4101}), (Ids{}));
    QCOMPARE(seen({.after = 4400, .before = 4000}), (Ids{}));
    QCOMPARE(seen({.before = std::numeric_limits<std::int64_t>::min(), .newestFirst = true}), (Ids{}));
}

// Friends are told by messages that have been seen.
void ReadModelTest::messagesOfLater() {
    std::vector<std::string> lines;
    const auto take = [&](const FriendSight& sight) {
        lines.push_back(sight.user.user.name + (sight.newest != nullptr ? ": " + sight.newest->text : ""));
    };
    QVERIFY(store_->readFriends(2, 2, {.messagesBefore = 400}, take));
    QCOMPARE(lines, (std::vector<std::string>{"user1: hi", "user3", "user4"}));
}

// Rows may point to users and videos that do not exist.
void ReadModelTest::whatPointsToNothing() {
    QVERIFY(store_->favorites().set(1, 99, true, 1).value_or(false));
    QVERIFY(store_->favorites().set(77, 10, true, 1).value_or(false));
    QVERIFY(store_->comments().add({50, 77, 10, "nobody", 900}).has_value());
    QVERIFY(store_->comments().add({51, 1, 99, "nowhere", 900}).has_value());
    QVERIFY(store_->relations().set(1, 77, true, 1).value_or(false));
    QVERIFY(store_->relations().set(77, 1, true, 1).value_or(false));
    QVERIFY(store_->messages().add({52, 1, 77, "hello?", 900}).value_or(false));
    QVERIFY(store_->messages().add({53, 1, 1, "me", 900}).value_or(false));

    std::vector<Id> ids;
    const auto takeVideo = [&](const VideoSight& sight) { ids.push_back(sight.video.id); };
    const auto takeUser = [&](const UserSight& sight) { ids.push_back(sight.user.id); };
    const auto seen = [&ids] { return std::exchange(ids, {}); };
    using Ids = std::vector<Id>;
    constexpr ListOptions kShow{.showMissing = true};

    ListFacts facts = store_->readFavorites(1, 1, takeVideo);
    QVERIFY(facts.owner);
    QCOMPARE(facts.missing, std::size_t{1});
    QCOMPARE(seen(), (Ids{10, 12}));
    facts = store_->readFavorites(1, 77, takeVideo);
    QVERIFY(!facts.owner);
    QCOMPARE(seen(), (Ids{10}));

    facts = store_->readFollowed(1, 1, {}, takeUser);
    QCOMPARE(facts.missing, std::size_t{1});
    QCOMPARE(seen(), (Ids{2}));
    store_->readFollowed(1, 1, kShow, takeUser);
    QCOMPARE(seen(), (Ids{0, 2}));
    store_->readFollowers(1, 1, {.order = ListOptions::Order::ById, .showMissing = true}, takeUser);
    QCOMPARE(seen(), (Ids{2, 0}));
    facts = store_->readFollowers(1, 77, {}, takeUser);
    QVERIFY(!facts.owner);
    QCOMPARE(seen(), (Ids{1}));
    store_->readFriends(1, 1, kShow, [&](const FriendSight& sight) {
        ids.push_back(sight.user.user.id);
        ids.push_back(sight.newest == nullptr ? 0 : sight.newest->id);
    });
    QCOMPARE(seen(), (Ids{0, 52, 2, 30}));

    std::vector<std::string> texts;
    const auto takeComment = [&](const CommentSight& sight) {
        texts.push_back(sight.comment.text + " by " + sight.author.user.name);
    };
    facts = store_->readComments(1, 10, {}, takeComment);
    QCOMPARE(facts.missing, std::size_t{1});
    QCOMPARE(std::exchange(texts, {}), (std::vector<std::string>{"new by user1", "old by user2"}));
    store_->readComments(1, 10, kShow, takeComment);
    QCOMPARE(std::exchange(texts, {}),
             (std::vector<std::string>{"nobody by ", "new by user1", "old by user2"}));
    facts = store_->readComments(1, 99, {}, takeComment);
    QVERIFY(!facts.owner);
    QCOMPARE(texts, (std::vector<std::string>{"nowhere by user1"}));

    const auto takeMessage = [&](const MessageRow& row) { ids.push_back(row.id); };
    facts = store_->readConversation(1, 77, {}, takeMessage);
    QVERIFY(!facts.owner);
    QCOMPARE(seen(), (Ids{52}));
    QVERIFY(store_->readConversation(1, 1, {}, takeMessage));
    QCOMPARE(seen(), (Ids{53}));

    QVERIFY(!store_->readUser(1, 77, takeUser));
    QVERIFY(!store_->users().exists(77).value_or(true));
    QVERIFY(!store_->videos().exists(99).value_or(true));
    QCOMPARE(feedOf(*store_, 0, kNoBound, 30).size(), std::size_t{3});
}

// What was pointed at before it came has its counters at once, and loses nothing when it goes again.
void ReadModelTest::rowsThatComeLater() {
    QVERIFY(store_->favorites().set(1, 99, true, 1).value_or(false));
    QVERIFY(store_->comments().add({51, 1, 99, "early", 900}).has_value());
    QVERIFY(store_->relations().set(1, 77, true, 1).value_or(false));
    const auto come = [&] {
        UserRow user;
        user.id = 77;
        user.name = "late";
        VideoRow video;
        video.id = 99;
        video.author = 77;
        video.publishedAt = 9000;
        return store_->users().add(user).value_or(false) && store_->videos().add(video).value_or(false);
    };
    const auto goAgain = store_->atomically([&]() -> StoreResult<void> {
        static_cast<void>(come());
        return std::unexpected(StoreError{StoreError::Kind::Conflict, "back"});
    });
    QVERIFY(!goAgain);
    QVERIFY(!store_->videos().exists(99).value_or(true));
    QVERIFY(!store_->credentials("late", false));
    QCOMPARE(store_->users().all()->size(), std::size_t{4});
    QVERIFY(come());
    const UserRow user = **store_->users().find(77);
    QCOMPARE(user.followerCount, 1);
    QCOMPARE(user.totalFavorited, 1);
    QCOMPARE(user.workCount, 1);
    const VideoRow video = **store_->videos().find(99);
    QCOMPARE(video.favoriteCount, 1);
    QCOMPARE(video.commentCount, 1);
    QCOMPARE(feedOf(*store_, 1, kNoBound, 1), (std::vector<std::string>{"99 liked followed by late"}));
    QVERIFY(store_->favorites().set(1, 99, false, 1).value_or(false));
    QCOMPARE((**store_->users().find(77)).totalFavorited, 0);
}

// What contradicts itself is refused, not swallowed.
void ReadModelTest::badBulkRows() {
    UserRow ann;
    ann.id = 1;
    ann.name = "ann";
    UserRow sameName = ann;
    sameName.id = 2;
    UserRow sameId = ann;
    sameId.name = "bob";
    VideoRow video;
    video.id = 10;
    video.author = 1;
    video.publishedAt = 5;
    VideoRow sameTime = video;
    sameTime.id = 11;
    VideoRow byNobody = video;
    byNobody.author = 9;
    const FavoriteChange like{1, 10, true, 1};
    const FollowChange follow{1, 2, true, 1};
    const CommentRow comment{20, 1, 10, "c", 1};
    const MessageRow message{30, 1, 2, "m", 1};
    const MessageRow sameMoment{31, 2, 1, "m", 1};
    const std::vector<std::vector<Change>> wrong{
        {ann, sameName},         {ann, sameId},
        {ann, video, video},     {ann, video, sameTime},
        {ann, byNobody},         {ann, like, like},
        {ann, follow, follow},   {ann, FollowChange{1, 1, true, 1}},
        {ann, comment, comment}, {message, sameMoment},
    };
    for (std::size_t i = 0; i < wrong.size(); ++i) {
        MemoryStore store;
        const auto filled = store.fill([&](BulkRows& rows) { return addAll(rows, wrong[i]); });
        QVERIFY2(!filled, std::to_string(i).c_str());
        QCOMPARE(filled.error().kind, StoreError::Kind::Conflict);
    }
}

// A reader never sees a like without its counter, nor half of a unit of work.
void ReadModelTest::readersSeeWholeUnitsOfWork() {
    std::atomic<bool> stop = false;
    std::atomic<bool> torn = false;
    std::vector<std::jthread> readers;
    readers.reserve(3);
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!stop) {
                store_->readFeed(4, kNoBound, 30, [&](const VideoSight& sight) {
                    if (sight.video.id == 11) {
                        // User 4 likes it exactly when both of the two likers do.
                        torn = torn || sight.video.favoriteCount != (sight.liked ? 2 : 0);
                    }
                });
            }
        });
    }
    for (int round = 0; round < 2000; ++round) {
        const bool on = round % 2 == 0;
        QVERIFY(store_
                    ->atomically([&]() -> StoreResult<void> {
                        static_cast<void>(store_->favorites().set(4, 11, on, 1));
                        static_cast<void>(store_->favorites().set(3, 11, on, 1));
                        return {};
                    })
                    .has_value());
    }
    stop = true;
    readers.clear();
    QVERIFY(!torn);
}

QTEST_GUILESS_MAIN(ReadModelTest)
#include "read_model_test.moc"
