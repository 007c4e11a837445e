// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/exec.h"

#include "backend-sim/main/admin_client.h"
#include "backend-sim/main/ctl_files.h"
#include "backend-sim/main/early_stop.h"
#include "backend-sim/main/serve.h"
#include "backend-sim/simulator.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <spawn.h>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace tikgok::sim {

namespace {

constexpr int kNotStarted = 125;
constexpr int kNoCommand = 127;
constexpr int kSignalBase = 128;

// A directory that goes with this.
class OwnDirectory {
public:
    OwnDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "tikgok-sim-XXXXXX").string();
        path_ = ::mkdtemp(name.data()) == nullptr ? std::filesystem::path() : std::filesystem::path(name);
    }
    OwnDirectory(const OwnDirectory&) = delete;
    OwnDirectory& operator=(const OwnDirectory&) = delete;
    ~OwnDirectory() {
        std::error_code ignored;
        if (!path_.empty()) {
            std::filesystem::remove_all(path_, ignored);
        }
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

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

}  // namespace

void dieWithParent() {
    const pid_t parent = ::getppid();
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    // It may have died before that.
    if (::getppid() != parent) {
        ::raise(SIGTERM);
    }
}

int execWith(const ExecOptions& options) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) {
        sigaddset(&signals, number);
    }
    sigset_t before;
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    std::signal(SIGPIPE, SIG_IGN);
    if (options.parentDeath) {
        dieWithParent();
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
    std::vector<std::string> environment;
    for (char** each = environ; *each != nullptr; ++each) {
        if (std::strncmp(*each, "TIKGOK_SIM_", 11) != 0) {
            environment.emplace_back(*each);
        }
    }
    environment.push_back("TIKGOK_SIM_URL=" + (*simulator)->url());
    environment.push_back("TIKGOK_SIM_ADMIN_TOKEN_FILE=" +
                          std::filesystem::absolute((*simulator)->adminTokenFile()).string());
    if (!options.scenario.empty()) {
        const auto scenario = putScenario(**simulator, options.scenario);
        if (!scenario) {
            return cannot(scenario.error());
        }
        environment.push_back("TIKGOK_SIM_SCENARIO=" + *scenario);
    }
    const auto pointersTo = [](const std::vector<std::string>& texts) {
        std::vector<char*> pointers;
        pointers.reserve(texts.size() + 1);
        for (const std::string& text : texts) {
            // Not written to.
            pointers.push_back(const_cast<char*>(text.c_str()));
        }
        pointers.push_back(nullptr);
        return pointers;
    };
    const auto arguments = pointersTo(options.command);
    const auto variables = pointersTo(environment);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &before);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    pid_t child = 0;
    const int problem =
        posix_spawnp(&child, arguments.front(), nullptr, &attributes, arguments.data(), variables.data());
    posix_spawnattr_destroy(&attributes);
    if (problem != 0) {
        std::fprintf(stderr, "tikgok-sim: '%s' cannot be run: %s\n", options.command.front().c_str(),
                     std::strerror(problem));
        return kNoCommand;
    }
    int status = 0;
    for (;;) {
        const pid_t ended = ::waitpid(child, &status, WNOHANG);
        if (ended == child) {
            break;
        }
        int number = 0;
        if (sigwait(&signals, &number) == 0 && number != SIGCHLD) {
            // Whoever ends this ends the command; its exit code is what counts.
            ::kill(child, number);
        }
    }
    (*simulator)->stop();
    return WIFSIGNALED(status) ? kSignalBase + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace tikgok::sim
