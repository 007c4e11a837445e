// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/campaign.h"

#include "backend-sim/adapters/sqlite/sqlite_store.h"
#include "tests/durability/watch.h"

#include <chrono>
#include <utility>

namespace tikgok::sim::durability {

namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr seconds kStartTime{20};
// Lives in one directory; then a new one, so that looking through it stays quick.
constexpr std::uint64_t kLives = 25;
// Lives between two looks.
constexpr std::uint64_t kLook = 5;

}  // namespace

Campaign::Campaign(CampaignOptions options) : options_(std::move(options)), random_(options_.seed) {
    startAnew();
}

void Campaign::startAnew() {
    std::filesystem::remove_all(options_.directory);
    std::filesystem::create_directories(options_.directory);
    ledger_ = Ledger();
    life_ = 0;
}

VictimOptions Campaign::nextLife(Work work) {
    VictimOptions life = options_.life;
    life.directory = options_.directory;
    life.work = work;
    life.disk.seed = random_();
    life.life = ++life_;
    ledger_.newLife(life_);
    return life;
}

bool Campaign::enough() const {
    if (options_.untilDamaged && tally_.damaged()) {
        return true;
    }
    return tally_.kills >= options_.kills &&
           (options_.toggles == 0 || ledger_.answeredToggles() >= options_.toggles);
}

const Tally& Campaign::run() {
    for (std::uint64_t number = 0; !enough() && tally_.crashed == 0; ++number) {
        // Toggles count up in one directory; their rows stay few.
        if (number > 0 && number % kLives == 0 && options_.toggles == 0) {
            startAnew();
        }
        oneLife(number);
        if ((number + 1) % kLook == 0) {
            inventory();
        }
    }
    inventory();
    return tally_;
}

void Campaign::oneLife(std::uint64_t) {
    const auto hear = [this](std::string_view line) { ledger_.hear(line, tally_); };
    if (options_.recoveries > 0 && life_ > 0) {
        interruptRecovery();
    }
    const VictimOptions life = nextLife(options_.life.work);
    auto victim = Child::start(options_.victim, life.words());
    if (!victim || !victim->listen(Child::Clock::now() + options_.patience * kStartTime, hear, "ready")) {
        ++tally_.crashed;
        tally_.trouble("the victim did not come up");
        return;
    }
    const microseconds span(3'000 + random_() % 57'000);
    victim->listen(Child::Clock::now() + options_.patience * span, hear);
    victim->kill(hear);
    if (victim->ended() != -9) {
        ++tally_.crashed;
        tally_.trouble("the victim ended by itself: " + std::to_string(victim->ended()));
        return;
    }
    countKill();
}

void Campaign::countKill() {
    ++tally_.kills;
    if (const WatchPage watch = mapWatch(options_.directory / "watch")) {
        tally_.inCommit += watch->committing.exchange(0) != 0 ? 1U : 0U;
        tally_.inBetween += watch->unacknowledged.exchange(0) != 0 ? 1U : 0U;
        tally_.redelivered += watch->redelivered.exchange(0);
        tally_.recognised += watch->recognised.exchange(0);
    }
}

// The victim does not get as far as saying that it is ready, several times in a row.
void Campaign::interruptRecovery() {
    const auto hear = [this](std::string_view line) { ledger_.hear(line, tally_); };
    for (std::uint64_t i = 0; i < options_.recoveries; ++i) {
        auto victim = Child::start(options_.victim, nextLife(options_.life.work).words());
        if (!victim) {
            return;
        }
        victim->listen(Child::Clock::now() + options_.patience * microseconds(random_() % 12'000), hear,
                       "ready");
        victim->kill(hear);
        countKill();
    }
}

// The last victim applies what waits, on an honest disk. Then a fresh opener looks.
void Campaign::inventory() {
    if (life_ == 0 || tally_.crashed > 0) {
        return;
    }
    VictimOptions life = nextLife(Work::Drain);
    life.disk = DiskOptions{.mode = DiskMode::Plain};
    auto victim = Child::start(options_.victim, life.words());
    const auto ended = victim ? victim->finish(Child::Clock::now() + options_.patience * kStartTime,
                                               [this](std::string_view line) { ledger_.hear(line, tally_); })
                              : std::nullopt;
    if (ended != 0) {
        ++tally_.crashed;
        tally_.trouble("what waited was not applied: " +
                       (ended ? "status " + std::to_string(*ended) : std::string("no end")));
        return;
    }
    auto store = SqliteStore::open(options_.directory / "store.sqlite");
    if (!store) {
        ++tally_.corrupt;
        tally_.trouble("the store cannot be opened: " + store.error().what);
        return;
    }
    if (const auto whole = (*store)->integrity(); !whole || *whole != "ok") {
        ++tally_.corrupt;
        tally_.trouble("the store is not whole: " + (whole ? *whole : whole.error().what));
    }
    Id greatest = 0;
    ledger_.startInventory();
    const auto read = (*store)->replay([&](const Change& row) -> StoreResult<void> {
        std::visit(
            [&](const auto& each) {
                if constexpr (requires { each.id; }) {
                    greatest = std::max(greatest, each.id);
                }
            },
            row);
        ledger_.found(row, tally_);
        return {};
    });
    const auto bound = (*store)->idBound();
    if (!read || !bound || greatest >= *bound) {
        ++tally_.corrupt;
        tally_.trouble("the rows cannot be read, or ids may come twice");
        return;
    }
    ledger_.finishInventory(tally_);
}

std::string Campaign::inconclusive() const {
    if (tally_.acknowledged == 0) {
        return "nothing was answered";
    }
    return tally_.inCommit == 0 ? "no kill fell inside a commit" : "";
}

}  // namespace tikgok::sim::durability
