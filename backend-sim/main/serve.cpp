// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/serve.h"

#include "backend-sim/adapters/log/logger.h"
#include "backend-sim/adapters/system/system.h"
#include "backend-sim/config/reloader.h"
#include "backend-sim/main/early_stop.h"
#include "backend-sim/main/parent_watch.h"
#include "backend-sim/simulator.h"
#include "core/contract/codec.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <pwd.h>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

namespace tikgok::sim {

namespace {

constexpr int kCannotServe = 1;

// A thousand connections need a thousand descriptors; the usual soft limit is just that.
void raiseDescriptorLimit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

void sayReady(const Simulator& simulator, bool json) {
    if (!json) {
        const std::string dialect(textOf(simulator.dialect()));
        std::printf("The simulator is ready at %s (world: %s, dialect: %s). Ctrl+C stops it.\n",
                    simulator.url().c_str(), simulator.world().c_str(), dialect.c_str());
        if (!simulator.pairingToken().empty()) {
            std::printf("Other computers send this with each request, as X-TikGok-Pairing: %s\n",
                        simulator.pairingToken().c_str());
        }
    } else {
        std::string line = R"({"ready":true,"url":)";
        contract::appendString(line, simulator.url());
        line += R"(,"pid":)" + std::to_string(::getpid()) + R"(,"version":)";
        contract::appendString(line, TIKGOK_VERSION);
        line += R"(,"world":)";
        contract::appendString(line, simulator.world());
        line += R"(,"dialect":)";
        contract::appendString(line, textOf(simulator.dialect()));
        line += R"(,"adminTokenFile":)";
        contract::appendString(line, std::filesystem::absolute(simulator.adminTokenFile()).string());
        if (!simulator.pairingToken().empty()) {
            line += R"(,"pairing":)";
            contract::appendString(line, simulator.pairingToken());
        }
        line += "}";
        std::printf("%s\n", line.c_str());
    }
    std::fflush(stdout);
}

LiveSettings liveOf(const Settings& settings) {
    LiveSettings live;
    live.pageSize = static_cast<unsigned>(settings.api.pageSize);
    live.maxUploadBytes = static_cast<std::uint64_t>(settings.api.maxUploadBytes);
    live.mediaDelay = settings.api.mediaDelay;
    live.dialect = dialectNamed(settings.api.dialect).value_or(DialectName::Standard);
    if (settings.limiter.mode != "auto") {
        live.limiter = settings.limiter.mode == "on";
    }
    live.limiterBusyCpu = settings.limiter.busyCpu;
    live.budgets = settings.budgets;
    live.loginLimits.perAccount = static_cast<std::size_t>(settings.login.failuresPerAccount);
    live.loginLimits.perPeer = static_cast<std::size_t>(settings.login.failuresPerPeer);
    live.loginLimits.window = settings.login.window;
    return live;
}

std::optional<RotatingFile::Config> logFileOf(const Settings::Log& log, const std::string& file) {
    if (file.empty()) {
        return std::nullopt;
    }
    return RotatingFile::Config{file, static_cast<std::uint64_t>(log.maxBytes), log.maxAge,
                                static_cast<std::size_t>(log.keep), log.compress};
}

// In one step: whoever reads it reads all of it. Without it `ctl` has to be told; nothing else is lost.
bool noteAddress(const std::filesystem::path& file, const std::string& url) {
    std::filesystem::path part = file;
    part += ".part";
    std::error_code error;
    std::ofstream out(part, std::ios::trunc);
    out << url << '\n';
    out.close();
    if (out) {
        std::filesystem::rename(part, file, error);
    }
    if (!out || error) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        // An old one would be worse than none.
        std::filesystem::remove(file, ignored);
        return false;
    }
    return true;
}

}  // namespace

std::filesystem::path defaultDataDirectory() {
    const char* data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && *data == '/') {
        return std::filesystem::path(data) / "tikgok-sim";
    }
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home != '/') {
        const passwd* const user = ::getpwuid(::getuid());
        home = user != nullptr && user->pw_dir != nullptr && *user->pw_dir == '/' ? user->pw_dir : "/";
    }
    return std::filesystem::path(home) / ".local" / "share" / "tikgok-sim";
}

SimulatorConfig simulatorConfigOf(const Settings& settings) {
    SimulatorConfig config;
    static_cast<LiveSettings&>(config) = liveOf(settings);
    config.dataDirectory = settings.data.directory.empty() ? defaultDataDirectory()
                                                           : std::filesystem::path(settings.data.directory);
    config.resourceDirectory = settings.data.resources;
    config.world = settings.data.world;
    config.seed = static_cast<std::uint64_t>(settings.data.seed);
    if (settings.data.ids != "auto") {
        config.ids = settings.data.ids == "snowflake" ? IdKind::Snowflake : IdKind::Sequential;
    }
    config.host = settings.server.host;
    config.lan = settings.server.lan;
    config.port = static_cast<std::uint16_t>(settings.server.port);
    config.threads = static_cast<unsigned>(settings.server.threads);
    config.stopTime = settings.server.stopTime;
    config.writeQueueLimit = static_cast<std::size_t>(settings.writes.queue);
    config.diskReserve = static_cast<std::uint64_t>(settings.writes.diskReserve);
    config.parity = settings.writes.parity;
    config.lenient = settings.api.lenient;
    config.accessLog = settings.log.access;
    return config;
}

int serve(const ServeOptions& options) {
    // Before the first thread, so that every thread inherits it and only sigwait() below takes these.
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
        sigaddset(&signals, number);
    }
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::optional<ParentWatch> parent;
    if (options.parentDeath) {
        parent.emplace();
    }
    raiseDescriptorLimit();

    const SystemClock clock;
    const Settings::Log& logging = options.settings.log;
    auto log = Logger::open(logFileOf(logging, logging.file), clock);
    std::expected<std::unique_ptr<Logger>, std::string> accessLog;
    if (log && logging.access && !logging.accessFile.empty() && logging.accessFile != logging.file) {
        accessLog = Logger::open(logFileOf(logging, logging.accessFile), clock);
    }
    if (!log || !accessLog) {
        std::fprintf(stderr, "tikgok-sim: %s\n", (!log ? log.error() : accessLog.error()).c_str());
        return kCannotServe;
    }
    (*log)->setLevel(logging.level);
    const LogSink say = (*log)->sink();

    if (parent && parent->wasOrphan()) {
        say(LogLevel::Warning,
            "parent-death parent=1: who started this has ended before, or is the first process of "
            "all; it will not be ended with it");
    }
    SimulatorConfig config = simulatorConfigOf(options.settings);
    config.log = say;
    if (*accessLog) {
        config.accessTo = (*accessLog)->sink();
    }
    config.logLinesLost = [&log, &accessLog] {
        return (*log)->lost() + (*accessLog ? (*accessLog)->lost() : 0);
    };
    std::optional<EarlyStop> early(std::in_place);
    auto simulator = Simulator::start(std::move(config));
    early.reset();
    if (!simulator) {
        std::fprintf(stderr, "tikgok-sim: %s\n", simulator.error().c_str());
        return kCannotServe;
    }
    std::optional<ConfigReloader> reloader;
    if (!options.configFile.empty()) {
        ConfigReloader::Needs needs{options.configFile,
                                    options.environment,
                                    options.flags,
                                    options.settings,
                                    [&log, &simulator](const Settings& settings) {
                                        (*log)->setLevel(settings.log.level);
                                        (*simulator)->apply(liveOf(settings));
                                    },
                                    say};
        reloader.emplace(std::move(needs));
    }
    const std::filesystem::path address = (*simulator)->adminTokenFile().parent_path() / kAddressFile;
    if (!noteAddress(address, (*simulator)->url())) {
        say(LogLevel::Warning,
            "address=" + (*simulator)->url() + ": could not be noted in " + address.string());
    }
    sayReady(**simulator, options.readyJson);

    int signal = 0;
    while (sigwait(&signals, &signal) != 0 || (signal == SIGHUP && reloader)) {
        if (signal == SIGHUP) {
            reloader->kick();
        }
    }
    say(LogLevel::Info, "stopping signal=" + std::to_string(signal));
    reloader.reset();
    // Before the lock on the directory goes: the next one writes its own.
    std::error_code ignored;
    std::filesystem::remove(address, ignored);
    (*simulator)->stop();
    say(LogLevel::Info, "stopped");
    return 0;
}

}  // namespace tikgok::sim
