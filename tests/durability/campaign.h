// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Many lives of a victim in a row, and the verdict on them.
#pragma once

#include "tests/durability/child.h"
#include "tests/durability/ledger.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace tikgok::sim::durability {

struct CampaignOptions {
    std::filesystem::path victim;
    // Emptied and used.
    std::filesystem::path directory;
    // Everything that is not drawn anew for each life.
    VictimOptions life;
    std::uint64_t seed = 1;
    std::uint64_t kills = 300;
    // Lives with kills that follow each other while the victim still reads what the one before left.
    std::uint64_t recoveries = 0;
    // Instead of kills by the clock: the victim dies before its k-th operation on the medium, k = 1, 2, ...
    // up to this, once in an empty directory and once in the one that it left behind. 0: no.
    std::uint64_t crashes = 0;
    // Goes on until each key was toggled that often, whatever `kills` says. 0: no.
    std::uint64_t toggles = 0;
    // Goes on until so many deeds have been sent, each up to five times. 0: no.
    std::uint64_t deeds = 0;
    // Instead of kills by the clock: so many times the files that a killed victim left are damaged, and the
    // next one must either come up or say why not, neither crash nor hang. 0: no.
    std::uint64_t damages = 0;
    // Stops when something was lost or doubled.
    bool untilDamaged = false;
    // Called with the words of each victim, to start it again by hand.
    std::function<void(const std::vector<std::string>& words)> started;
    // Multiplies times, for slow builds.
    int patience = 1;
};

class Campaign {
public:
    explicit Campaign(CampaignOptions options);

    // The verdict. Damage is in the tally.
    const Tally& run();
    // In the way of the run, for people: nothing, or why the run proved nothing.
    [[nodiscard]] std::string inconclusive() const;

private:
    void startAnew();
    void oneLife();
    void crashAt(std::uint64_t operation);
    void damage();
    void interruptRecovery();
    void countKill();
    void inventory();
    VictimOptions nextLife(Work work);
    std::optional<Child> start(const VictimOptions& life) const;
    bool enough() const;
    bool hopeless() const {
        return tally_.crashed > 0 || (options_.untilDamaged && tally_.lost + tally_.doubled > 0);
    }

    const CampaignOptions options_;
    std::mt19937_64 random_;
    Tally tally_;
    Ledger ledger_;
    int life_ = 0;
};

}  // namespace tikgok::sim::durability
