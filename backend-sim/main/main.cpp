// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// tikgok-sim: the backend simulator as a program.

#include "backend-sim/main/completion.h"
#include "backend-sim/main/config_command.h"
#include "backend-sim/main/ctl.h"
#include "backend-sim/main/exec.h"
#include "backend-sim/main/replay_command.h"
#include "backend-sim/main/serve.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace tikgok::sim;

constexpr int kBroken = 1;
constexpr int kMisused = 2;

CLI::App* addCommand(CLI::App& to, const char* name, const char* help, const std::string& version) {
    CLI::App* command = to.add_subcommand(name, help);
    command->set_version_flag("--version", version, "Print the version and leave");
    command->set_help_flag("--help,-h", "Print this help and leave");
    return command;
}

// What this program knows by name.
CompletionOffers completionOffers() {
    CompletionOffers offers;
    for (const ConfigKey& key : configKeys()) {
        if (!key.flag.empty() && !key.offered.empty()) {
            offers[key.flag] = {key.offered};
        }
    }
    offers["ctl world make"] = offers["--world"];
    // While packages are made, these lie elsewhere than they will.
    const ConfigKey* const place = findConfigKey("data.resources");
    const char* const told = place == nullptr ? nullptr : std::getenv(environmentName(*place).c_str());
    const std::filesystem::path resources =
        told == nullptr || *told == '\0' ? Simulator::shippedResources() : std::filesystem::path(told);
    CompletionOffer scenarios{.names = {}, .files = true};
    std::error_code error;
    for (std::filesystem::directory_iterator at(resources / "scenarios", error), end; !error && at != end;
         at.increment(error)) {
        if (at->path().extension() == ".json") {
            scenarios.names.push_back(at->path().stem().string());
        }
    }
    std::ranges::sort(scenarios.names);
    offers["--scenario"] = scenarios;
    offers["ctl scenario load"] = std::move(scenarios);
    return offers;
}

int run(int argc, char** argv) {
    CLI::App app("The backend simulator of TikGok: the whole server on this computer, without a network.",
                 "tikgok-sim");
    const std::string version = "tikgok-sim " TIKGOK_VERSION;
    app.set_version_flag("--version", version, "Print the version and leave");
    app.set_help_flag("--help,-h", "Print this help and leave");
    app.require_subcommand(1);

    ConfigArguments arguments;
    ServeOptions options;
    CLI::App* serving = addCommand(app, "serve", "Answer requests until SIGTERM or SIGINT comes", version);
    addConfigOptions(*serving, arguments);
    serving->add_flag(
        "--ready-json", options.readyJson,
        "When ready, print one line of JSON on stdout: ready, url, pid, version, world, dialect");

    constexpr const char* kParentDeath = "Leave when the process that started this one ends";
    serving->add_flag("--parent-death", options.parentDeath, kParentDeath);

    ExecOptions running;
    CLI::App* executing = addCommand(
        app, "exec", "Run a command with a simulator of its own: exec [options] -- COMMAND ...", version);
    addConfigOptions(*executing, arguments);
    executing->add_option("--scenario", running.scenario,
                          "A scenario: a file, or one that comes with the program");
    executing->add_flag("--parent-death", running.parentDeath, kParentDeath);
    executing->add_option("COMMAND", running.command, "The command and its arguments, behind --")->required();

    CLI::App* controlling =
        addCommand(app, "ctl", "Ask and tell a simulator that runs, in the words of its admin API", version);
    Ctl ctl(*controlling);

    ReplayCommand replay;
    CLI::App* replaying = addCommand(
        app, "replay", "Let what was recorded happen again, in a fresh simulator, and compare the answers",
        version);
    replaying->add_option("FILE", replay.file, "A recording: `ctl replay save FILE` makes one")->required();
    replaying->add_option("--threads", replay.threads, "Threads that serve HTTP")->check(CLI::Range(1, 64));
    replaying->add_option("--times", replay.times, "How often, each time in a fresh simulator")
        ->check(CLI::Range(1, 1000));
    replaying->add_flag("--json", replay.asJson, "Print each report as one line of JSON");

    std::string shell;
    CLI::App* completing = addCommand(app, "completion", "Print completions for a shell", version);
    completing->add_option("SHELL", shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish", "words"}));

    CLI::App* config = addCommand(app, "config", "Look at the configuration", version);
    config->require_subcommand(1);
    std::filesystem::path checked;
    CLI::App* checking = addCommand(*config, "check", "Look for mistakes in a configuration file", version);
    checking->add_option("FILE", checked, "The file")->required();
    CLI::App* printing = addCommand(
        *config, "print",
        "Print the values that `serve` with the same flags would use, and where each comes from", version);
    addConfigOptions(*printing, arguments);
    CLI::App* describing =
        addCommand(*config, "describe", "Print what can be configured (Markdown)", version);

    try {
        app.parse(argc, argv);
    } catch (const CLI::RequiredError& missing) {
        // What nobody knows may be the misspelled form of what is missing.
        const std::vector<std::string> unknown = app.remaining(true);
        if (unknown.empty()) {
            app.exit(missing);
        } else {
            std::fprintf(stderr,
                         "There is no command or option '%s' here.\nRun with --help for more information.\n",
                         unknown.front().c_str());
        }
        return kMisused;
    } catch (const CLI::ParseError& leave) {
        const int code = app.exit(leave);
        return code == 0 ? 0 : kMisused;
    }
    if (checking->parsed()) {
        return checkConfigFile(checked);
    }
    if (printing->parsed()) {
        return printConfigValues(arguments);
    }
    if (describing->parsed()) {
        std::fputs(configurationPage().c_str(), stdout);
        return 0;
    }
    if (controlling->parsed()) {
        return ctl.run();
    }
    if (replaying->parsed()) {
        return replayFile(replay);
    }
    if (completing->parsed()) {
        std::fputs(completionFor(shell, app, completionOffers()).c_str(), stdout);
        return 0;
    }
    auto loaded = loadConfig(arguments);
    if (!loaded) {
        printProblems(loaded.error());
        return kMisused;
    }
    if (executing->parsed()) {
        running.settings = std::move(loaded->effective.settings);
        if (executing->count("--port") == 0) {
            running.settings.server.port = 0;
        }
        return execWith(running);
    }
    options.configFile = arguments.file;
    options.flags = std::move(arguments.flags);
    options.environment = std::move(loaded->environment);
    options.settings = std::move(loaded->effective.settings);
    return serve(options);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "tikgok-sim: %s\n", error.what());
        return kBroken;
    }
}
