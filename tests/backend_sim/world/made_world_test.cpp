// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Worlds of size: one seed makes one world, byte for byte; and what is in them is as a world has to be.

#include "backend-sim/world/made_world.h"

#include "backend-sim/adapters/memory/memory_store.h"
#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "backend-sim/world/dice.h"
#include "backend-sim/world/phrases.h"
#include "core/contract/text.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace tikgok;
using namespace tikgok::sim;

namespace {

constexpr WorldSize kSize{300, 2'000, 20'000, 4'000, 5'000, 2'000, 90};
constexpr std::int64_t kNow = 1'800'000'000'000;

std::filesystem::path resources() {
    return qEnvironmentVariable("TIKGOK_TEST_RESOURCES").toStdString();
}

const World& stock() {
    static const World world = readWorld(resources() / "worlds" / "small.json").value_or(World());
    return world;
}

// Writes down everything, in its order.
class Notes final : public BulkRows {
public:
    void expect(const RowCounts& counts) override { expected = counts; }
    StoreResult<void> add(UserRow row) override {
        users.push_back(std::move(row));
        return verdict();
    }
    StoreResult<void> add(VideoRow row) override {
        videos.push_back(std::move(row));
        return verdict();
    }
    StoreResult<void> add(CommentRow row) override {
        comments.push_back(std::move(row));
        return verdict();
    }
    StoreResult<void> add(MessageRow row) override {
        messages.push_back(std::move(row));
        return verdict();
    }
    StoreResult<void> add(const FavoriteChange& like) override {
        likes.push_back(like);
        return verdict();
    }
    StoreResult<void> add(const FollowChange& follow) override {
        follows.push_back(follow);
        return verdict();
    }

    // With times relative to `now`.
    std::string text(std::int64_t now) const {
        std::ostringstream out;
        for (const UserRow& row : users) {
            out << row.id << row.name << row.passwordHash << row.avatarKey << row.backgroundKey
                << row.signature << now - row.createdAt << '\n';
        }
        for (const VideoRow& row : videos) {
            out << row.id << ' ' << row.author << row.title << row.playKey << row.coverKey
                << now - row.publishedAt << '\n';
        }
        for (const FavoriteChange& like : likes) {
            out << like.user << ' ' << like.video << ' ' << now - like.at << '\n';
        }
        for (const CommentRow& row : comments) {
            out << row.id << ' ' << row.user << ' ' << row.video << row.text << now - row.createdAt << '\n';
        }
        for (const FollowChange& follow : follows) {
            out << follow.follower << ' ' << follow.followed << ' ' << now - follow.at << '\n';
        }
        for (const MessageRow& row : messages) {
            out << row.id << ' ' << row.from << ' ' << row.to << row.text << now - row.createdAt << '\n';
        }
        return out.str();
    }
    std::size_t all() const {
        return users.size() + videos.size() + likes.size() + comments.size() + follows.size() +
               messages.size();
    }

    RowCounts expected;
    std::vector<UserRow> users;
    std::vector<VideoRow> videos;
    std::vector<CommentRow> comments;
    std::vector<MessageRow> messages;
    std::vector<FavoriteChange> likes;
    std::vector<FollowChange> follows;
    // The row with this number is refused.
    std::size_t refused = std::numeric_limits<std::size_t>::max();

private:
    StoreResult<void> verdict() const {
        if (all() == refused) {
            return std::unexpected(StoreError{StoreError::Kind::Io, "full"});
        }
        return {};
    }
};

Notes made(std::uint64_t seed, const WorldSize& size = kSize, std::int64_t now = kNow, Id firstId = 1) {
    Notes notes;
    const auto end = makeSizedWorld({size, seed, firstId, now, "hash"}, stock(), notes);
    if (!end) {
        qFatal("not made: %s", end.error().what.c_str());
    }
    return notes;
}

// How many of the entries belong to the tenth of the keys that has most.
template <class Rows, class KeyOf>
double topTenth(const Rows& rows, std::size_t keys, KeyOf keyOf) {
    std::map<Id, std::size_t> counts;
    for (const auto& row : rows) {
        ++counts[keyOf(row)];
    }
    std::vector<std::size_t> sorted;
    for (const auto& [key, count] : counts) {
        sorted.push_back(count);
    }
    std::ranges::sort(sorted, std::greater<>());
    std::size_t top = 0;
    for (std::size_t i = 0; i < std::min(sorted.size(), keys / 10); ++i) {
        top += sorted[i];
    }
    return static_cast<double>(top) / static_cast<double>(rows.size());
}

}  // namespace

class MadeWorldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneSeedOneWorld();
    void anotherSeedAnotherWorld();
    void diceAreTheSameEverywhere();
    void names();
    void sizes();
    void peopleAreOfTheStock();
    void texts();
    void everythingFits();
    void heavyTails();
    void friendsTalk();
    void smallestSizes();
    void errorsEndIt();
    void bothStoresTakeIt();

private:
    Notes world_ = made(1);
};

void MadeWorldTest::oneSeedOneWorld() {
    QCOMPARE(made(1).text(kNow), world_.text(kNow));
    // At another time all is shifted by the same.
    QCOMPARE(made(1, kSize, kNow + 123'456'789).text(kNow + 123'456'789), world_.text(kNow));
}

void MadeWorldTest::anotherSeedAnotherWorld() {
    const Notes other = made(2);
    QVERIFY(other.text(kNow) != world_.text(kNow));
    const auto differs = [](const auto& one, const auto& two, auto member) {
        std::size_t same = 0;
        const std::size_t count = std::min(one.size(), two.size());
        for (std::size_t i = 0; i < count; ++i) {
            same += one[i].*member == two[i].*member ? 1 : 0;
        }
        return same * 4 < count;
    };
    QVERIFY(differs(world_.users, other.users, &UserRow::name));
    QVERIFY(differs(world_.videos, other.videos, &VideoRow::title));
    QVERIFY(differs(world_.videos, other.videos, &VideoRow::author));
    QVERIFY(differs(world_.videos, other.videos, &VideoRow::publishedAt));
    QVERIFY(differs(world_.likes, other.likes, &FavoriteChange::video));
    QVERIFY(differs(world_.comments, other.comments, &CommentRow::user));
    QVERIFY(differs(world_.follows, other.follows, &FollowChange::followed));
    QVERIFY(made(std::numeric_limits<std::uint64_t>::max()).text(kNow) != made(0).text(kNow));
}

// The world of a seed must not change with the platform. These are splitmix64's own numbers.
void MadeWorldTest::diceAreTheSameEverywhere() {
    Dice dice(1234567);
    for (const std::uint64_t expected : {6457827717110365317U, 3203168211198807973U, 9817491932198370423U}) {
        QCOMPARE(dice.next(), expected);
    }
    for (const std::uint64_t size : {1U, 2U, 3U, 12U, 300U, 1000U}) {
        const Shuffle shuffle(size, Dice(size));
        std::set<std::uint64_t> seen;
        for (std::uint64_t i = 0; i < size; ++i) {
            seen.insert(shuffle(i));
        }
        QCOMPARE(seen.size(), std::size_t{size});
        QVERIFY(*seen.rbegin() < size);
    }
}

void MadeWorldTest::names() {
    QCOMPARE(sizeOfWorld("busy"), std::optional(kBusyWorld));
    QCOMPARE(sizeOfWorld("huge"), std::optional(kHugeWorld));
    for (const char* other : {"", "small", "empty", "Busy", "huge.json"}) {
        QVERIFY(!sizeOfWorld(other));
    }
    QCOMPARE(kBusyWorld.people, std::size_t{1'000});
    QCOMPARE(kBusyWorld.videos, std::size_t{10'000});
    QVERIFY(kBusyWorld.likes >= 100'000);
    QCOMPARE(kHugeWorld.people, std::size_t{100'000});
    QCOMPARE(kHugeWorld.videos, std::size_t{1'000'000});
}

void MadeWorldTest::sizes() {
    const auto near = [](std::size_t is, std::size_t aim) { return is > aim * 8 / 10 && is < aim * 12 / 10; };
    QCOMPARE(world_.users.size(), kSize.people);
    QCOMPARE(world_.videos.size(), kSize.videos);
    QCOMPARE(world_.comments.size(), kSize.comments);
    // Many want to like what they like already.
    QVERIFY2(near(world_.likes.size(), kSize.likes * 8 / 10), std::to_string(world_.likes.size()).c_str());
    QVERIFY2(near(world_.follows.size(), kSize.follows), std::to_string(world_.follows.size()).c_str());
    QVERIFY2(near(world_.messages.size(), kSize.messages), std::to_string(world_.messages.size()).c_str());
    QCOMPARE(world_.expected.users, kSize.people);
    QCOMPARE(world_.expected.videos, kSize.videos);
}

void MadeWorldTest::peopleAreOfTheStock() {
    for (std::size_t i = 0; i < stock().people.size(); ++i) {
        QCOMPARE(world_.users[i].name, stock().people[i].name);
        QCOMPARE(world_.users[i].avatarKey, stock().people[i].avatarKey);
    }
    for (const UserRow& user : world_.users) {
        QCOMPARE(user.passwordHash, std::string("hash"));
    }
    // Few files, and all of them are there.
    std::set<std::string> keys;
    for (const VideoRow& video : world_.videos) {
        keys.insert(video.playKey);
        keys.insert(video.coverKey);
    }
    for (const UserRow& user : world_.users) {
        keys.insert(user.avatarKey);
        keys.insert(user.backgroundKey);
    }
    QCOMPARE(keys.size(), 2 * stock().videos.size() + 2 * stock().people.size());
    for (const std::string& key : keys) {
        QVERIFY2(
            std::filesystem::is_regular_file(resources() / "media" / key.substr(kWorldMediaPrefix.size())),
            key.c_str());
    }
}

void MadeWorldTest::texts() {
    const auto good = [](const std::string& text, std::size_t least, std::size_t most) {
        const std::size_t length = contract::characterCount(text).value_or(most + 1);
        return length >= least && length <= most &&
               (text.empty() || (text.front() != ' ' && text.back() != ' '));
    };
    for (std::uint64_t seed = 1; seed < 4; ++seed) {
        Dice dice(seed);
        for (std::size_t i = 0; i < 20'000; ++i) {
            const std::string name = phrases::withNumber(phrases::name(dice), dice);
            QVERIFY2(good(name, 2, 32), name.c_str());
            const std::string title = phrases::title(i, dice);
            QVERIFY2(good(title, 2, 32), title.c_str());
            const std::string signature = phrases::signature(dice);
            QVERIFY2(good(signature, 0, 60), signature.c_str());
            QVERIFY(good(std::string(phrases::comment(dice)), 1, 60));
        }
    }
    for (std::size_t topic = 0; topic < phrases::conversations(); ++topic) {
        QVERIFY(phrases::turns(topic) >= 2);
        for (std::size_t turn = 0; turn < phrases::turns(topic); ++turn) {
            QVERIFY(good(std::string(phrases::message(topic, turn)), 1, 60));
        }
    }
    // Both languages.
    const auto chinese = [](const std::string& text) {
        return static_cast<unsigned char>(text.front()) >= 0xE0;
    };
    const auto share =
        std::ranges::count_if(world_.videos, [&](const VideoRow& row) { return chinese(row.title); });
    QVERIFY(share > 400 && share < 1600);
}

void MadeWorldTest::everythingFits() {
    std::set<std::string> names;
    std::map<Id, std::int64_t> born;
    for (const UserRow& user : world_.users) {
        QVERIFY2(names.insert(user.name).second, user.name.c_str());
        QVERIFY(born.emplace(user.id, user.createdAt).second);
    }
    std::map<Id, std::int64_t> published;
    std::int64_t before = 0;
    for (const VideoRow& video : world_.videos) {
        QVERIFY(born.contains(video.author));
        QVERIFY(video.publishedAt > before && video.publishedAt < kNow);
        QVERIFY(video.publishedAt > born[video.author]);
        QVERIFY(video.publishedAt >= kNow - (kSize.days + 1) * 86'400'000);
        before = video.publishedAt;
        QVERIFY(published.emplace(video.id, video.publishedAt).second);
        QVERIFY(!born.contains(video.id));
    }
    std::set<std::pair<Id, Id>> liked;
    for (const FavoriteChange& like : world_.likes) {
        QVERIFY(like.on && born.contains(like.user) && published.contains(like.video));
        QVERIFY(liked.emplace(like.user, like.video).second);
        QVERIFY(like.at >= published[like.video] && like.at <= kNow);
    }
    std::set<Id> ids;
    for (const CommentRow& comment : world_.comments) {
        QVERIFY(ids.insert(comment.id).second);
        QVERIFY(born.contains(comment.user) && published.contains(comment.video));
        QVERIFY(comment.createdAt >= published[comment.video] && comment.createdAt < kNow);
    }
    std::set<std::pair<Id, Id>> followed;
    for (const FollowChange& follow : world_.follows) {
        QVERIFY(follow.on && follow.follower != follow.followed);
        QVERIFY(born.contains(follow.follower) && born.contains(follow.followed));
        QVERIFY(followed.emplace(follow.follower, follow.followed).second);
    }
    std::set<std::tuple<Id, Id, std::int64_t>> times;
    for (const MessageRow& message : world_.messages) {
        QVERIFY(ids.insert(message.id).second);
        QVERIFY(followed.contains({message.from, message.to}) &&
                followed.contains({message.to, message.from}));
        QVERIFY(times
                    .emplace(std::min(message.from, message.to), std::max(message.from, message.to),
                             message.createdAt)
                    .second);
        QVERIFY(message.createdAt < kNow);
    }
    QVERIFY(*ids.begin() > published.rbegin()->first);
}

void MadeWorldTest::heavyTails() {
    const double likesOfVideos =
        topTenth(world_.likes, kSize.videos, [](const auto& row) { return row.video; });
    const double likesOfPeople =
        topTenth(world_.likes, kSize.people, [](const auto& row) { return row.user; });
    const double followers =
        topTenth(world_.follows, kSize.people, [](const auto& row) { return row.followed; });
    const double works = topTenth(world_.videos, kSize.people, [](const auto& row) { return row.author; });
    for (const double part : {likesOfVideos, likesOfPeople, followers, works}) {
        QVERIFY2(part > 0.3 && part < 0.9, std::to_string(part).c_str());
    }
}

// The first people, who are signed in as, have friends, and messages with them.
void MadeWorldTest::friendsTalk() {
    std::set<std::pair<Id, Id>> followed;
    for (const FollowChange& follow : world_.follows) {
        followed.emplace(follow.follower, follow.followed);
    }
    std::set<Id> talkers;
    for (const MessageRow& message : world_.messages) {
        talkers.insert(message.from);
        talkers.insert(message.to);
    }
    for (Id id = 1; id <= static_cast<Id>(stock().people.size()); ++id) {
        QVERIFY(std::ranges::any_of(followed, [&](const auto& pair) {
            return pair.first == id && followed.contains({pair.second, id});
        }));
        QVERIFY(talkers.contains(id));
    }
}

void MadeWorldTest::smallestSizes() {
    QCOMPARE(made(1, {1, 1, 1, 1, 1, 1, 1}).videos.size(), std::size_t{1});
    const Notes some = made(1, {20, 3, 0, 0, 0, 0, 1}, kNow, 1000);
    QCOMPARE(some.users.front().id, Id{1000});
    QCOMPARE(some.videos.front().id, Id{1020});
    QVERIFY(some.messages.empty());
    QVERIFY(some.comments.empty());
}

void MadeWorldTest::errorsEndIt() {
    // One in each table.
    const std::size_t videos = kSize.people + kSize.videos;
    const std::size_t likes = videos + world_.likes.size();
    const std::size_t comments = likes + world_.comments.size();
    const std::size_t follows = comments + world_.follows.size();
    for (const std::size_t at : {std::size_t{5}, videos, likes, comments, follows, follows + 3}) {
        Notes notes;
        notes.refused = at;
        const auto end = makeSizedWorld({kSize, 1, 1, kNow, "hash"}, stock(), notes);
        QVERIFY(!end);
        QCOMPARE(end.error().what, std::string("full"));
        QCOMPARE(notes.all(), at);
    }
}

// Into SQLite and from there into memory, or into memory at once: the same is seen.
void MadeWorldTest::bothStoresTakeIt() {
    const QTemporaryDir directory;
    auto durable = SqliteStore::open(directory.filePath(QStringLiteral("s")).toStdString());
    QVERIFY(durable.has_value());
    const MakingOf making{kSize, 1, 1, kNow, "hash"};
    const auto make = [&](BulkRows& rows) -> StoreResult<void> {
        const auto end = makeSizedWorld(making, stock(), rows);
        return end ? StoreResult<void>() : StoreResult<void>(std::unexpected(end.error()));
    };
    const auto filled = (*durable)->fill(make);
    QVERIFY2(filled.has_value(), filled ? "" : filled.error().what.c_str());
    QCOMPARE(*(*durable)->integrity(), std::string("ok"));
    MemoryStore read;
    QVERIFY(read.fill([&](BulkRows& rows) { return (*durable)->readAll(rows); }).has_value());
    MemoryStore direct;
    QVERIFY(direct.fill(make).has_value());
    Store& store = **durable;
    constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
    QCOMPARE(*read.users().all(), *direct.users().all());
    QCOMPARE(*read.videos().before(kAll, 10'000), *direct.videos().before(kAll, 10'000));
    // With SQLite's own counters.
    QCOMPARE(*read.users().all(), *store.users().all());
    QCOMPARE(*read.videos().before(kAll, 10'000), *store.videos().before(kAll, 10'000));
    for (Id user = 1; user <= 300; user += 7) {
        QCOMPARE(*read.favorites().videosOf(user), *store.favorites().videosOf(user));
        QCOMPARE(*read.favorites().videosOf(user), *direct.favorites().videosOf(user));
        QCOMPARE(*read.relations().followedBy(user), *store.relations().followedBy(user));
        QCOMPARE(*read.relations().followersOf(user), *store.relations().followersOf(user));
        QCOMPARE(*read.videos().byAuthor(user), *store.videos().byAuthor(user));
        QCOMPARE(*read.messages().between(user, user + 1, 0), *store.messages().between(user, user + 1, 0));
        QCOMPARE(*read.comments().on(300 + user), *store.comments().on(300 + user));
    }
    // It is a store like any other afterwards.
    QVERIFY(*store.favorites().set(1, 301, !*store.favorites().contains(1, 301), 1));
    MemoryStore again;
    QVERIFY(!again.fill([&](BulkRows& rows) {
        const auto first = make(rows);
        return first ? make(rows) : first;
    }));
}

QTEST_GUILESS_MAIN(MadeWorldTest)
#include "made_world_test.moc"
