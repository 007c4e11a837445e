// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Many lives of a victim in a row, and the verdict on them.
#pragma once

#include "tests/durability/child.h"
#include "tests/durability/ledger.h"

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>

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
    // Goes on until each key was toggled that often, whatever `kills` says. 0: no.
    std::uint64_t toggles = 0;
    // Stops at the first damage.
    bool untilDamaged = false;
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
    void oneLife(std::uint64_t number);
    void interruptRecovery();
    void countKill();
    void inventory();
    VictimOptions nextLife(Work work);
    bool enough() const;

    const CampaignOptions options_;
    std::mt19937_64 random_;
    Tally tally_;
    Ledger ledger_;
    int life_ = 0;
};

}  // namespace tikgok::sim::durability
