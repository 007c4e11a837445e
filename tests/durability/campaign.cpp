// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/durability/campaign.h"

#include "tests/durability/damage.h"
#include "tests/durability/inventory.h"
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
    life.deeds = options_.deeds;
    life.planSeed = options_.seed;
    life.sent = ledger_.sent();
    life.life = ++life_;
    ledger_.newLife(life_);
    return life;
}

std::optional<Child> Campaign::start(const VictimOptions& life) const {
    const std::vector<std::string> words = life.words();
    if (options_.started) {
        options_.started(words);
    }
    return Child::start(options_.victim, words);
}

bool Campaign::enough() const {
    return tally_.kills >= options_.kills && (options_.deeds == 0 || ledger_.done()) &&
           (options_.toggles == 0 || ledger_.answeredToggles() >= options_.toggles);
}

const Tally& Campaign::run() {
    if (options_.crashes > 0) {
        for (std::uint64_t operation = 1; operation <= options_.crashes && !hopeless(); ++operation) {
            startAnew();
            crashAt(operation);
            crashAt(operation);
            inventory();
            if (tally_.damaged()) {
                tally_.trouble("after dying twice before operation " + std::to_string(operation));
                break;
            }
        }
        return tally_;
    }
    if (options_.damages > 0) {
        damage();
        return tally_;
    }
    for (std::uint64_t number = 0; !enough() && !hopeless(); ++number) {
        // Toggles count up in one directory; their rows stay few.
        if (number > 0 && number % kLives == 0 && options_.toggles == 0 && options_.deeds == 0) {
            startAnew();
        }
        oneLife();
        if ((number + 1) % kLook == 0) {
            inventory();
        }
    }
    inventory();
    if (options_.deeds > 0 && ledger_.texts() != options_.deeds && !hopeless()) {
        ++tally_.corrupt;
        tally_.trouble("applied " + std::to_string(ledger_.texts()) + " deeds");
    }
    return tally_;
}

void Campaign::oneLife() {
    const auto hear = [this](std::string_view line) { ledger_.hear(line, tally_); };
    if (options_.recoveries > 0 && life_ > 0) {
        interruptRecovery();
    }
    const VictimOptions life = nextLife(options_.life.work);
    auto victim = start(life);
    if (!victim || !victim->listen(Child::Clock::now() + options_.patience * kStartTime, hear, "ready")) {
        ++tally_.crashed;
        tally_.trouble("the victim did not come up");
        return;
    }
    const microseconds span(3'000 + random_() % 57'000);
    victim->listen(Child::Clock::now() + span, hear);
    victim->kill(hear);
    if (victim->ended() != -9) {
        ++tally_.crashed;
        tally_.trouble("the victim ended by itself: " + std::to_string(victim->ended()));
        return;
    }
    countKill();
}

void Campaign::crashAt(std::uint64_t operation) {
    VictimOptions life = nextLife(options_.life.work);
    life.disk.crashAt = operation;
    auto victim = start(life);
    const auto ended = victim ? victim->finish(Child::Clock::now() + options_.patience * kStartTime,
                                               [this](std::string_view line) { ledger_.hear(line, tally_); })
                              : std::nullopt;
    if (ended != -9) {
        ++tally_.crashed;
        tally_.trouble("the victim did not get to operation " + std::to_string(operation));
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
        auto victim = start(nextLife(options_.life.work));
        if (!victim) {
            return;
        }
        victim->listen(Child::Clock::now() + microseconds(random_() % 12'000), hear, "ready");
        victim->kill(hear);
        countKill();
    }
}

void Campaign::damage() {
    for (int i = 0; i < 5 && !hopeless(); ++i) {
        oneLife();
    }
    const auto template_ = options_.directory.string() + "-whole";
    std::filesystem::remove_all(template_);
    std::filesystem::rename(options_.directory, template_);
    for (std::uint64_t i = 0; i < options_.damages && tally_.crashed == 0; ++i) {
        std::filesystem::remove_all(options_.directory);
        std::filesystem::copy(template_, options_.directory);
        const std::string what = damageOneFile(options_.directory, random_);
        VictimOptions life = nextLife(Work::Drain);
        life.disk = DiskOptions{.mode = DiskMode::Plain, .lazy = true};
        life.drain = std::chrono::seconds(1);
        auto victim = start(life);
        const auto ended =
            victim ? victim->finish(Child::Clock::now() + options_.patience * kStartTime, [](auto) {})
                   : std::nullopt;
        if (ended == kVictimNotDrained || ended == kVictimNotOpened) {
            ++tally_.refused;
        } else if (ended != 0) {
            ++tally_.crashed;
            tally_.trouble(what + ": " + (ended ? "ended with " + std::to_string(*ended) : "no end"));
        }
    }
    std::filesystem::remove_all(template_);
}

// The last victim applies what waits, on an honest disk. Then a fresh opener looks.
void Campaign::inventory() {
    if (life_ == 0 || tally_.crashed > 0) {
        return;
    }
    VictimOptions life = nextLife(Work::Drain);
    life.disk = DiskOptions{.mode = DiskMode::Plain, .lazy = true};
    auto victim = start(life);
    const auto ended = victim ? victim->finish(Child::Clock::now() + options_.patience * kStartTime,
                                               [this](std::string_view line) { ledger_.hear(line, tally_); })
                              : std::nullopt;
    if (ended != 0) {
        ++tally_.crashed;
        tally_.trouble("what waited was not applied: " +
                       (ended ? "status " + std::to_string(*ended) : std::string("no end")));
        return;
    }
    takeInventory(options_.directory, ledger_, tally_);
}

std::string Campaign::inconclusive() const {
    if (options_.damages > 0) {
        return tally_.refused == 0 ? "no damage was noticed" : "";
    }
    if (tally_.acknowledged == 0) {
        return "nothing was answered";
    }
    if (tally_.inCommit == 0) {
        return "no kill fell inside a commit";
    }
    if (options_.crashes > 0) {
        return "";
    }
    if (options_.life.parity) {
        return tally_.listed == 0 ? "nothing was lost" : "";
    }
    if (tally_.inBetween == 0) {
        return "no kill fell between applying and acknowledging";
    }
    return tally_.redelivered == 0 ? "no message was delivered twice" : "";
}

}  // namespace tikgok::sim::durability
