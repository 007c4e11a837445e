// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the write path promised, as heard from outside, against what is in the store.
#pragma once

#include "backend-sim/ports/repositories.h"
#include "tests/durability/protocol.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tikgok::sim::durability {

struct Tally {
    std::uint64_t kills = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t refused = 0;
    std::uint64_t lost = 0;
    std::uint64_t doubled = 0;
    // Of good messages.
    std::uint64_t deadLetters = 0;
    // Parity: how many of the lost were listed. They are not counted in `lost`.
    std::uint64_t listed = 0;
    // Stores that are not whole, rows that nobody wrote, states that readers must not see.
    std::uint64_t corrupt = 0;
    // Victims that ended by themselves.
    std::uint64_t crashed = 0;
    // Kills that fell inside a commit, and between applying and acknowledging.
    std::uint64_t inCommit = 0;
    std::uint64_t inBetween = 0;
    // Messages that came a second time, and those of them that had been applied already.
    std::uint64_t redelivered = 0;
    std::uint64_t recognised = 0;
    // Writes without an answer that were kept nevertheless.
    std::uint64_t keptUnanswered = 0;
    // The first things that went wrong, for people.
    std::vector<std::string> troubles;

    void trouble(std::string words);
    bool damaged() const { return lost + doubled + deadLetters + corrupt + crashed > 0; }
    Tally& operator+=(const Tally& other);
};

// What one directory must hold.
class Ledger {
public:
    // A new victim starts in the directory.
    void newLife(int life) { life_ = life; }
    // A line of the protocol.
    void hear(std::string_view line, Tally& tally);

    // Rows as they are found, then the verdict. What is found counts from then on.
    void startInventory();
    void found(const Change& row, Tally& tally);
    void finishInventory(Tally& tally);

    // How often a toggle was answered: the least of all keys.
    std::uint64_t answeredToggles() const;
    // How many texts were answered and not lost.
    std::size_t texts() const { return answered_.size(); }
    // Work::Repeats: how far it got.
    std::uint64_t sent() const { return sent_; }
    bool done() const { return done_; }

private:
    struct Key {
        bool state = false;
        // What was asked for without a yes since the last one: bit 0 for off, bit 1 for on.
        unsigned open = 0;
        std::uint64_t answered = 0;
        bool inStore = false;

        bool may(bool seen) const { return seen == state || (open & (seen ? 2U : 1U)) != 0; }
    };

    int life_ = 0;
    std::array<Key, kKeys> keys_;
    std::unordered_set<std::string> answered_;
    // Said to be lost.
    std::unordered_set<std::string> listed_;
    std::uint64_t sent_ = 0;
    bool done_ = false;
    // Counted in keptUnanswered.
    std::unordered_set<std::string> counted_;
    std::unordered_map<std::string, int> found_;
    std::unordered_set<Id> ids_;
};

}  // namespace tikgok::sim::durability
