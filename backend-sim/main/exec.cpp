// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/exec.h"

#include "backend-sim/main/admin_client.h"
#include "backend-sim/main/ctl_files.h"
#include "backend-sim/main/early_stop.h"
#include "backend-sim/main/own_directory.h"
#include "backend-sim/main/parent_watch.h"
#include "backend-sim/main/serve.h"
#include "backend-sim/simulator.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <expected>
#include <filesystem>
#include <optional>
#include <spawn.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

namespace tikgok::sim {

namespace {

constexpr int kNotStarted = 125;
constexpr int kNoCommand = 127;
constexpr int kSignalBase = 128;

int cannot(const std::string& words) {
    std::fprintf(stderr, "tikgok-sim: %s\n", words.c_str());
    return kNotStarted;
}

std::expected<std::string, std::string> putScenario(const Simulator& simulator, const std::string& which) {
    const AdminClient client(simulator.url(), simulator.adminToken());
    const CtlOutcome answer = loadScenario(client, which);
    if (!answer) {
        return std::unexpected(answer.error().words);
    }
    if (answer->status != 200) {
        return std::unexpected("The scenario '" + which + "' cannot be put in place: " + wordsOf(*answer));
    }
    return answer->body;
}

// Of this process, but for what is about simulators: the command is to find this one and no other.
std::vector<std::string> environmentFor(const Simulator& simulator) {
    constexpr std::string_view kOurs = "TIKGOK_SIM_";
    std::vector<std::string> environment;
    for (char** each = environ; *each != nullptr; ++each) {
        if (!std::string_view(*each).starts_with(kOurs)) {
            environment.emplace_back(*each);
        }
    }
    environment.push_back("TIKGOK_SIM_URL=" + simulator.url());
    environment.push_back("TIKGOK_SIM_ADMIN_TOKEN_FILE=" +
                          std::filesystem::absolute(simulator.adminTokenFile()).string());
    return environment;
}

std::vector<char*> pointersTo(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (const std::string& text : texts) {
        // Not written to.
        pointers.push_back(const_cast<char*>(text.c_str()));
    }
    pointers.push_back(nullptr);
    return pointers;
}

// `mask`: the signals that the command starts with blocked. The error is an errno.
std::expected<pid_t, int> spawn(const std::vector<std::string>& command,
                                const std::vector<std::string>& environment, const sigset_t& mask) {
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &mask);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    pid_t child = 0;
    const auto arguments = pointersTo(command);
    const int problem = posix_spawnp(&child, arguments.front(), nullptr, &attributes, arguments.data(),
                                     pointersTo(environment).data());
    posix_spawnattr_destroy(&attributes);
    return problem == 0 ? std::expected<pid_t, int>(child) : std::unexpected(problem);
}

// Hands on each of the blocked `signals` but SIGCHLD: whoever ends this ends the command, and its exit code
// is what counts. Gives its status as waitpid() does. Once the parent (null: nobody cares) has ended, nobody
// is left who could end a command that does not listen: it is killed after `patience`.
int awaitEnd(pid_t child, const sigset_t& signals, const ParentWatch* parent,
             std::chrono::milliseconds patience) {
    using Clock = std::chrono::steady_clock;
    std::optional<Clock::time_point> last;
    int status = 0;
    while (::waitpid(child, &status, WNOHANG) != child) {
        int number = 0;
        if (last) {
            const auto left =
                std::max(Clock::duration::zero(), *last - Clock::now()) + std::chrono::milliseconds(1);
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
            const timespec time{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
            number = ::sigtimedwait(&signals, nullptr, &time);
            if (Clock::now() >= *last) {
                ::kill(child, SIGKILL);
            }
        } else if (sigwait(&signals, &number) != 0) {
            continue;
        }
        if (number > 0 && number != SIGCHLD) {
            ::kill(child, number);
        }
        if (!last && parent != nullptr && parent->parentEnded()) {
            last = Clock::now() + patience;
        }
    }
    return status;
}

}  // namespace

int execWith(const ExecOptions& options) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) {
        sigaddset(&signals, number);
    }
    sigset_t before;
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    std::signal(SIGPIPE, SIG_IGN);
    std::optional<ParentWatch> parent;
    if (options.parentDeath) {
        parent.emplace();
    }
    const OwnDirectory own;
    SimulatorConfig config = simulatorConfigOf(options.settings);
    if (options.settings.data.directory.empty()) {
        if (own.path().empty()) {
            return cannot("There is no room for a directory of its own.");
        }
        config.dataDirectory = own.path() / "data";
    }
    std::optional<EarlyStop> early(std::in_place, own.path());
    auto simulator = Simulator::start(std::move(config));
    early.reset();
    if (!simulator) {
        return cannot(simulator.error());
    }
    std::vector<std::string> environment = environmentFor(**simulator);
    if (!options.scenario.empty()) {
        const auto scenario = putScenario(**simulator, options.scenario);
        if (!scenario) {
            return cannot(scenario.error());
        }
        environment.push_back("TIKGOK_SIM_SCENARIO=" + *scenario);
    }
    const auto child = spawn(options.command, environment, before);
    if (!child) {
        std::fprintf(stderr, "tikgok-sim: '%s' cannot be run: %s\n", options.command.front().c_str(),
                     std::strerror(child.error()));
        return kNoCommand;
    }
    const int status =
        awaitEnd(*child, signals, parent ? &*parent : nullptr, options.settings.server.stopTime);
    (*simulator)->stop();
    return WIFSIGNALED(status) ? kSignalBase + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace tikgok::sim
