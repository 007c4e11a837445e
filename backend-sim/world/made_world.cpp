// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/world/made_world.h"

#include "backend-sim/world/dice.h"
#include "backend-sim/world/phrases.h"

#include <algorithm>
#include <set>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tikgok::sim {

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = std::int64_t{24} * 60 * kMinute;

enum Purpose : std::uint64_t { People, Fame, Talent, Clips, Taste, Likes, Talk, Ties, Chats };

class Maker {
public:
    Maker(const MakingOf& making, const World& stock, BulkRows& rows)
        : making_(making),
          size_(making.size),
          stock_(stock),
          rows_(rows),
          dice_(making.seed),
          famous_(size_.people, dice_.fork(Fame)),
          hit_(size_.videos, dice_.fork(Taste)) {}

    StoreResult<Id> make() {
        rows_.expect({size_.people, size_.videos, size_.comments, size_.messages});
        for (const auto step : {&Maker::people, &Maker::videos, &Maker::likes, &Maker::comments,
                                &Maker::follows, &Maker::messages}) {
            if (StoreResult<void> done = (this->*step)(); !done) {
                return std::unexpected(std::move(done.error()));
            }
        }
        return nextId_;
    }

private:
    // People are told by their place, and their ids go up with it.
    [[nodiscard]] Id person(std::uint64_t place) const { return making_.firstId + static_cast<Id>(place); }
    // Videos too, from old to new.
    [[nodiscard]] Id video(std::uint64_t place) const {
        return person(size_.people) + static_cast<Id>(place);
    }
    // Milliseconds before now. No two are the same, and the smaller the place the older.
    [[nodiscard]] std::int64_t ageOf(std::uint64_t place) const {
        const auto step = static_cast<std::uint64_t>(size_.days * kDay) / size_.videos;
        const std::uint64_t jitter = Dice::mix(making_.seed ^ place) % step;
        return kMinute + static_cast<std::int64_t>((size_.videos - 1 - place) * step + jitter);
    }

    StoreResult<void> people() {
        Dice dice = dice_.fork(People);
        std::unordered_set<std::string> taken;
        for (const World::Person& person : stock_.people) {
            taken.insert(person.name);
        }
        for (std::size_t i = 0; i < size_.people; ++i) {
            const World::Person& look =
                stock_.people[i < stock_.people.size() ? i : dice.below(stock_.people.size())];
            UserRow row;
            row.id = person(i);
            row.passwordHash = making_.passwordHash;
            row.avatarKey = look.avatarKey;
            row.backgroundKey = look.backgroundKey;
            row.createdAt =
                making_.nowMs - (size_.days + 1) * kDay - static_cast<std::int64_t>(dice.below(100)) * kDay;
            if (i < stock_.people.size()) {
                row.name = look.name;
                row.signature = look.signature;
            } else {
                const std::string plain = phrases::name(dice);
                for (row.name = plain; !taken.insert(row.name).second;) {
                    row.name = phrases::withNumber(plain, dice);
                }
                row.signature = phrases::signature(dice);
            }
            if (StoreResult<void> added = rows_.add(std::move(row)); !added) {
                return added;
            }
        }
        return {};
    }

    StoreResult<void> videos() {
        Dice dice = dice_.fork(Clips);
        // Those who publish much are not those whom many follow.
        const Shuffle busy(size_.people, dice_.fork(Talent));
        for (std::size_t i = 0; i < size_.videos; ++i) {
            const std::size_t clip = dice.below(stock_.videos.size());
            VideoRow row;
            row.id = video(i);
            row.author = person(busy(dice.skewed(size_.people)));
            row.title = phrases::title(clip, dice);
            row.playKey = stock_.videos[clip].playKey;
            row.coverKey = stock_.videos[clip].coverKey;
            row.publishedAt = making_.nowMs - ageOf(i);
            if (StoreResult<void> added = rows_.add(std::move(row)); !added) {
                return added;
            }
        }
        return {};
    }

    StoreResult<void> likes() {
        Dice dice = dice_.fork(Likes);
        std::vector<std::uint64_t> liked;
        for (std::size_t i = 0; i < size_.people; ++i) {
            liked.clear();
            for (std::size_t left = share(size_.likes, dice); left > 0; --left) {
                liked.push_back(someVideo(dice));
            }
            unique(liked);
            // Later likes are for later videos.
            for (const std::uint64_t place : liked) {
                const FavoriteChange like{person(i), video(place), true, making_.nowMs - ageOf(place) / 2};
                if (StoreResult<void> added = rows_.add(like); !added) {
                    return added;
                }
            }
        }
        return {};
    }

    StoreResult<void> comments() {
        Dice dice = dice_.fork(Talk);
        std::vector<std::uint64_t> places;
        places.reserve(size_.comments);
        for (std::size_t i = 0; i < size_.comments; ++i) {
            places.push_back(someVideo(dice));
        }
        std::ranges::sort(places);
        nextId_ = video(size_.videos);
        for (const std::uint64_t place : places) {
            // Most come soon after the video.
            const auto later = static_cast<std::int64_t>(dice.skewed(1'000'000));
            const std::int64_t age = ageOf(place);
            CommentRow row{nextId_++, person(famous_(dice.skewed(size_.people))), video(place),
                           std::string(phrases::comment(dice)),
                           making_.nowMs - age + age / 1'000'000 * later};
            if (StoreResult<void> added = rows_.add(std::move(row)); !added) {
                return added;
            }
        }
        return {};
    }

    StoreResult<void> follows() {
        Dice dice = dice_.fork(Ties);
        std::vector<std::uint64_t> pairs;
        pairs.reserve(size_.follows + size_.follows / 4);
        // Every fourth follows back; the first, who are signed in as, have friends for certain.
        for (std::size_t i = 0; i < size_.people; ++i) {
            for (std::size_t left = share(size_.follows * 4 / 5, dice); left > 0; --left) {
                tie(pairs, i, famous_(dice.skewed(size_.people)), dice.chance(25));
            }
            const std::size_t circle = std::min(stock_.people.size(), size_.people);
            if (i < circle) {
                tie(pairs, i, (i + 1) % circle, true);
                tie(pairs, i, dice.below(size_.people), true);
            }
        }
        unique(pairs);
        for (const std::uint64_t pair : pairs) {
            const FollowChange follow{
                person(pair >> 32U), person(pair & kLow), true,
                making_.nowMs - static_cast<std::int64_t>(dice.below(100)) * kDay - kMinute};
            if (StoreResult<void> added = rows_.add(follow); !added) {
                return added;
            }
            // Once per pair of friends.
            const std::uint64_t back = (pair << 32U) | (pair >> 32U);
            if (back > pair && std::ranges::binary_search(pairs, back)) {
                friends_.push_back(pair);
            }
        }
        return {};
    }

    StoreResult<void> messages() {
        Dice dice = dice_.fork(Chats);
        std::size_t left = size_.messages;
        for (std::size_t i = 0; i < friends_.size() && left > 0; ++i) {
            // What is left is shared by the pairs that are left; the circle always talks.
            const std::size_t mean = left / (friends_.size() - i) + 1;
            const std::size_t circle = stock_.people.size();
            if (mean < 4 && (friends_[i] >> 32U) >= circle &&
                !dice.chance(static_cast<unsigned>(mean * 25))) {
                continue;
            }
            const std::size_t topic = dice.below(phrases::conversations());
            const std::size_t count = std::min(left, 1 + dice.below(phrases::turns(topic)));
            std::int64_t age = kMinute * 10 + static_cast<std::int64_t>(dice.below(30)) * kDay +
                               static_cast<std::int64_t>(count * 5) * kMinute;
            Id from = person(friends_[i] >> 32U);
            Id to = person(friends_[i] & kLow);
            if (dice.chance(50)) {
                std::swap(from, to);
            }
            for (std::size_t turn = 0; turn < count; ++turn, --left) {
                age -= 1000 + static_cast<std::int64_t>(dice.below(4 * kMinute));
                MessageRow row{nextId_++, from, to, std::string(phrases::message(topic, turn)),
                               making_.nowMs - age};
                if (StoreResult<void> added = rows_.add(std::move(row)); !added) {
                    return added;
                }
                std::swap(from, to);
            }
        }
        return {};
    }

    // One person's part of `all`: a few have much, most have little, the mean is right.
    [[nodiscard]] std::size_t share(std::size_t all, Dice& dice) const {
        // The mean of skewed() is an eighth of its bound.
        return dice.skewed(std::max<std::size_t>(1, all * 8 / size_.people)) + dice.below(2);
    }
    // Half of all eyes are on what everybody likes, the other half on what is new.
    [[nodiscard]] std::uint64_t someVideo(Dice& dice) const {
        return dice.chance(50) ? hit_(dice.skewed(dice.skewed(size_.videos) + 1))
                               : size_.videos - 1 - dice.skewed(size_.videos);
    }
    static void unique(std::vector<std::uint64_t>& list) {
        std::ranges::sort(list);
        const auto rest = std::ranges::unique(list);
        list.erase(rest.begin(), rest.end());
    }
    static void tie(std::vector<std::uint64_t>& pairs, std::uint64_t one, std::uint64_t other, bool mutual) {
        if (one != other) {
            pairs.push_back((one << 32U) | other);
            if (mutual) {
                pairs.push_back((other << 32U) | one);
            }
        }
    }

    static constexpr std::uint64_t kLow = 0xFFFFFFFFU;

    const MakingOf& making_;
    const WorldSize& size_;
    const World& stock_;
    BulkRows& rows_;
    const Dice dice_;
    const Shuffle famous_;
    const Shuffle hit_;
    std::vector<std::uint64_t> friends_;
    Id nextId_ = 0;
};

// Takes people, and refuses everything else.
class NamesOnly final : public BulkRows {
public:
    void expect(const RowCounts& /*counts*/) override {}
    StoreResult<void> add(UserRow row) override {
        names.push_back(std::move(row.name));
        return {};
    }
    StoreResult<void> add(VideoRow /*row*/) override { return enough(); }
    StoreResult<void> add(CommentRow /*row*/) override { return enough(); }
    StoreResult<void> add(MessageRow /*row*/) override { return enough(); }
    StoreResult<void> add(const FavoriteChange& /*like*/) override { return enough(); }
    StoreResult<void> add(const FollowChange& /*follow*/) override { return enough(); }

    std::vector<std::string> names;

private:
    static StoreResult<void> enough() {
        return std::unexpected(StoreError{StoreError::Kind::Conflict, "enough"});
    }
};

}  // namespace

std::optional<WorldSize> sizeOfWorld(std::string_view name) {
    if (name == "busy") {
        return kBusyWorld;
    }
    if (name == "huge") {
        return kHugeWorld;
    }
    return std::nullopt;
}

std::vector<std::string> namesInSizedWorld(const WorldSize& size, std::uint64_t seed, const World& stock) {
    NamesOnly rows;
    // Stops itself at the first video.
    static_cast<void>(makeSizedWorld({.size = size, .seed = seed, .passwordHash = {}}, stock, rows));
    return std::move(rows.names);
}

StoreResult<Id> makeSizedWorld(const MakingOf& making, const World& stock, BulkRows& rows) {
    return Maker(making, stock, rows).make();
}

}  // namespace tikgok::sim
