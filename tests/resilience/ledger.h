// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the server promised to one writer, and whether it kept it.
#pragma once

#include "tests/resilience/world_client.h"

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace tikgok::resilience {

struct Tally {
    std::uint64_t acknowledged = 0;
    std::uint64_t lost = 0;
    std::uint64_t doubled = 0;
    // Counters that disagree with the lists they count.
    std::uint64_t miscounted = 0;
    // Writes whose answer the kill swallowed, and how many of those had been applied.
    std::uint64_t unanswered = 0;
    std::uint64_t applied = 0;
    // Requests that failed although they should not have.
    std::vector<std::string> troubles;

    Tally& operator+=(const Tally& other);
};

// Things that all writers act on. Constant while they run.
struct Stage {
    std::vector<std::int64_t> videos;
    std::vector<std::int64_t> people;
    std::string clip;
};

// One writer's part of the world: only it acts as its people, so it alone knows what must be there. For one
// thread at a time.
class Ledger {
public:
    explicit Ledger(std::size_t number) : number_(number) {}

    // Does one random write and notes it. False when no answer came: the server is gone.
    bool act(WorldClient& client, const Stage& stage, std::mt19937_64& random);
    // Compares with the server; unless `everything`, only what was touched since the last time. Afterwards
    // the unknown is known.
    void audit(WorldClient& client, const Stage& stage, bool everything);
    // Adds the likes that must be there, by video. After an audit of everything.
    void likes(std::map<std::int64_t, std::size_t>& byVideo) const;
    // Counters against lists, for all people and videos of this writer. `likes` are those of all writers.
    void count(WorldClient& client, const std::map<std::int64_t, std::size_t>& likes);

    // Adds this writer's people and videos.
    void appear(Stage& stage) const;
    [[nodiscard]] Tally& tally() { return tally_; }

private:
    // Whether something is there: yes, no, or not known because no answer came.
    enum class State : std::uint8_t { Absent, Present, Unknown };
    struct Promise {
        State state = State::Absent;
        bool touched = true;
        // Id on the server, when it has one and told it.
        std::int64_t id = 0;
    };
    using Pair = std::pair<std::size_t, std::int64_t>;  // one of my people, and a video or a person

    void note(Promise& promise, Fate fate, bool on, const WorldClient& client);
    void compare(Promise& promise, std::size_t found, const std::string& what);
    std::string fresh(const char* kind);
    void settle(WorldClient& client, const std::string& name, Promise& promise);

    std::size_t number_;
    std::uint64_t serial_ = 0;
    std::vector<Account> people_;
    std::map<std::string, Promise> names_;
    std::map<Pair, Promise> likes_;
    std::map<Pair, Promise> follows_;
    std::map<std::pair<Pair, std::string>, Promise> comments_;
    std::map<std::pair<Pair, std::string>, Promise> messages_;
    std::map<std::pair<std::size_t, std::string>, Promise> works_;
    std::vector<std::int64_t> videos_;
    Tally tally_;
};

}  // namespace tikgok::resilience
