// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Kills victims and says in one line what became of what they had been promised.
//
// Ends with 0 when all is well, 1 after damage, 2 when the run proved nothing, 3 when it could not be done.
// With --expect-damage, 0 is for damage and 1 for none. A run whose seed was not given is made up to three
// times when it proves nothing.

#include "tests/durability/campaign.h"
#include "tests/durability/report.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <random>
#include <string>

namespace {

using namespace tikgok::sim::durability;

std::filesystem::path freshDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "sim-durability-XXXXXX").string();
    return ::mkdtemp(name.data()) != nullptr ? name : std::string();
}

constexpr int kProvedNothing = 2;
constexpr int kRuns = 3;

int judgeRun(const CampaignOptions& options, const std::string& title, const std::string& build,
             bool expectDamage, bool keepAlways) {
    Campaign campaign(options);
    const Tally& tally = campaign.run();
    std::puts(reportOf(title, tally, options.seed, build).c_str());
    for (std::size_t i = 0; i < std::min<std::size_t>(tally.troubles.size(), expectDamage ? 3 : 20); ++i) {
        std::printf("  %s\n", tally.troubles[i].c_str());
    }
    const bool keep = keepAlways || (tally.damaged() && !expectDamage);
    if (keep) {
        std::printf("  left for a look: %s\n", options.directory.c_str());
    } else {
        std::filesystem::remove_all(options.directory);
    }
    if (expectDamage) {
        const bool caught = tally.lost + tally.doubled > 0;
        std::printf("%s\n", caught ? "caught" : "NOT CAUGHT: the judge is blind for this");
        return caught ? 0 : 1;
    }
    if (tally.damaged()) {
        return 1;
    }
    if (const std::string why = campaign.inconclusive(); !why.empty()) {
        std::printf("inconclusive: %s\n", why.c_str());
        return kProvedNothing;
    }
    return 0;
}

int judge(int argc, char** argv) {
    CLI::App app("Kills the simulator's write path again and again and judges what it kept.");
    CampaignOptions options;
    options.victim = std::filesystem::path(argv[0]).parent_path() / "sim_durability_victim";
    std::string mode = "power";
    std::string control = "none";
    std::string title = "durability";
    std::string directory;
    bool expectDamage = false;
    bool verbose = false;
    int sync = 300;
    bool seeded = false;
    if (const char* given = std::getenv("TIKGOK_SEED"); given != nullptr && *given != '\0') {
        options.seed = std::strtoull(given, nullptr, 10);
        seeded = true;
    }
    app.add_option("--title", title, "What the line starts with");
    app.add_option("--mode", mode, "plain, power or torn")->check(CLI::IsMember({"plain", "power", "torn"}));
    app.add_option("--control", control, "A defect that the write path is given")
        ->check([](const std::string& name) {
            return controlOf(name) ? std::string() : "no such control: " + name;
        });
    app.add_option("--kills", options.kills, "How many");
    app.add_option("--recoveries", options.recoveries, "Kills in a row before each start that succeeds");
    app.add_option("--crashes", options.crashes, "Dies before operation 1, 2, ... up to this, instead");
    app.add_option("--damages", options.damages, "Damages files so many times instead");
    app.add_option("--toggles", options.toggles, "Goes on until each key was toggled that often");
    app.add_option("--deeds", options.deeds, "Sends so many deeds, each up to five times");
    app.add_flag("--parity", options.life.parity,
                 "The write path loses as the reference server does, and says what");
    app.add_option("--sync", sync, "How long a sync takes, in microseconds (power, torn)");
    auto* seed = app.add_option("--seed", options.seed, "Decides everything that is random");
    app.add_option("--directory", directory, "Where to work; kept");
    app.add_option("--victim", options.victim, "The program to kill");
    app.add_flag("--expect-damage", expectDamage, "The run is a negative control");
    app.add_flag("--verbose", verbose, "Prints how each victim was started");
    CLI11_PARSE(app, argc, argv);
    if (!seeded && seed->count() == 0) {
        options.seed = std::random_device{}();
    }
    if (const char* patience = std::getenv("TIKGOK_PATIENCE"); patience != nullptr) {
        options.patience = std::max(1, std::atoi(patience));
    }
    options.directory = directory.empty() ? freshDirectory() : std::filesystem::path(directory);
    options.life.work = options.toggles > 0   ? Work::Toggles
                        : options.deeds > 0   ? Work::Repeats
                        : options.life.parity ? Work::Texts
                                              : Work::Mixed;
    options.life.control = *controlOf(control);
    options.life.disk.mode = *diskModeOf(mode);
    options.life.disk.syncTime = std::chrono::microseconds(sync);
    options.untilDamaged = expectDamage;
    if (verbose) {
        options.started = [&options](const std::vector<std::string>& words) {
            std::string line = options.victim.string();
            for (const std::string& word : words) {
                line += ' ' + word;
            }
            std::puts(line.c_str());
        };
    }
    if (options.directory.empty()) {
        std::fputs("no directory to work in\n", stderr);
        return 3;
    }
    const std::string build = buildOf(options.victim);
    // Whether a kill finds what it is for depends on who has the processors, too. A run in which none did
    // says nothing, good or bad.
    const bool again = !seeded && seed->count() == 0 && directory.empty();
    for (int left = again ? kRuns : 1;; --left) {
        const int result = judgeRun(options, title + " " + mode, build, expectDamage, !directory.empty());
        if (result != kProvedNothing || left == 1) {
            return result;
        }
        options.seed = std::random_device{}();
        options.directory = freshDirectory();
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return judge(argc, argv);
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "%s\n", exception.what());
        return 3;
    }
}
