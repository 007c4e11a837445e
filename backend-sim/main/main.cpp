// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// tikgok-sim: the backend simulator as a program.

#include "backend-sim/simulator.h"
#include "core/contract/codec.h"

#include <CLI/CLI.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace tikgok;
using namespace tikgok::sim;

constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

struct Options {
    SimulatorConfig config;
    bool readyJson = false;
    std::string logLevel = "info";
};

// $XDG_DATA_HOME/tikgok-sim, or where that is by default.
std::filesystem::path defaultDataDirectory() {
    const char* data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && *data == '/') {
        return std::filesystem::path(data) / "tikgok-sim";
    }
    const char* home = std::getenv("HOME");
    const std::filesystem::path base = home != nullptr && *home == '/' ? home : "/tmp";
    return base / ".local" / "share" / "tikgok-sim";
}

LogSink logTo(const std::shared_ptr<spdlog::logger>& logger) {
    return [logger](LogLevel level, std::string_view line) {
        switch (level) {
            case LogLevel::Debug:
                logger->debug(line);
                return;
            case LogLevel::Info:
                logger->info(line);
                return;
            case LogLevel::Warning:
                logger->warn(line);
                return;
            case LogLevel::Error:
                logger->error(line);
                return;
        }
    };
}

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
        if (!simulator.pairingToken().empty()) {
            line += R"(,"pairing":)";
            contract::appendString(line, simulator.pairingToken());
        }
        line += "}";
        std::printf("%s\n", line.c_str());
    }
    std::fflush(stdout);
}

int serve(Options options) {
    // Before the first thread, so that every thread inherits it and only sigwait() below takes these.
    sigset_t endings;
    sigemptyset(&endings);
    sigaddset(&endings, SIGTERM);
    sigaddset(&endings, SIGINT);
    pthread_sigmask(SIG_BLOCK, &endings, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    raiseDescriptorLimit();

    const auto logger =
        std::make_shared<spdlog::logger>("tikgok-sim", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
    logger->set_level(spdlog::level::from_str(options.logLevel));
    options.config.log = logTo(logger);
    if (options.config.dataDirectory.empty()) {
        options.config.dataDirectory = defaultDataDirectory();
    }
    auto simulator = Simulator::start(std::move(options.config));
    if (!simulator) {
        std::fprintf(stderr, "tikgok-sim: %s\n", simulator.error().c_str());
        return kFailed;
    }
    sayReady(**simulator, options.readyJson);

    int signal = 0;
    while (sigwait(&endings, &signal) != 0) {
    }
    logger->info("stopping signal={}", signal);
    (*simulator)->stop();
    logger->info("stopped");
    return 0;
}

int run(int argc, char** argv) {
    CLI::App app("The backend simulator of TikGok: the whole server on this computer, without a network.",
                 "tikgok-sim");
    const std::string version = "tikgok-sim " TIKGOK_VERSION;
    app.set_version_flag("--version", version, "Print the version and leave");
    app.set_help_flag("--help,-h", "Print this help and leave");
    app.require_subcommand(1);

    Options options;
    SimulatorConfig& config = options.config;
    CLI::App* serving = app.add_subcommand("serve", "Answer requests until SIGTERM or SIGINT comes");
    serving->set_version_flag("--version", version, "Print the version and leave");
    serving->set_help_flag("--help,-h", "Print this help and leave");
    serving->add_option("--data", config.dataDirectory,
                        "Directory of the database and the media; made when it is missing "
                        "[$XDG_DATA_HOME/tikgok-sim]");
    serving
        ->add_option("--host", config.host, "Address to listen on: a loopback one, or another one with --lan")
        ->capture_default_str();
    serving->add_flag(
        "--lan", config.lan,
        "Let other computers in that send the pairing token, which is printed at the start and kept in "
        "pairing.token in the data directory");
    serving->add_option("--port", config.port, "Port to listen on; 0: any free one")
        ->capture_default_str()
        ->check(CLI::Range(0, 65535));
    serving
        ->add_option("--world", config.world,
                     "World to make where the directory holds none yet: small or empty")
        ->capture_default_str();
    serving->add_option("--resources", config.resourceDirectory,
                        "Directory with worlds/ and media/ [as installed]");
    serving->add_flag("--ready-json", options.readyJson,
                      "When ready, print one line of JSON on stdout: ready, url, pid, version, world, dialect");
    serving->add_option("--max-upload", config.maxUploadBytes, "Largest video that is taken, in bytes")
        ->capture_default_str()
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 40U));
    serving->add_option("--page-size", config.pageSize, "Videos on a page of the feed")
        ->capture_default_str()
        ->check(CLI::Range(1, 30));
    serving->add_option("--threads", config.threads, "Threads that serve HTTP")
        ->capture_default_str()
        ->check(CLI::Range(1, 64));
    const std::map<std::string, DialectName> dialects{{"standard", DialectName::Standard},
                                                      {"tikgok", DialectName::Tikgok},
                                                      {"demo", DialectName::Demo}};
    serving
        ->add_option("--dialect", config.dialect,
                     "What to be like: standard, tikgok (the reference server, quirks included) or demo (the "
                     "official demo server) [standard]")
        ->transform(CLI::CheckedTransformer(dialects).description("NAME"));
    const std::map<std::string, IdKind> idKinds{{"sequential", IdKind::Sequential},
                                                {"snowflake", IdKind::Snowflake}};
    serving
        ->add_option("--ids", config.ids,
                     "How new ids are made: sequential (below 2^53) or snowflake (63 bits) [snowflake in the "
                     "dialect tikgok, otherwise sequential]")
        ->transform(CLI::CheckedTransformer(idKinds).description("KIND"));
    serving->add_flag("--lenient", config.lenient,
                      "Let strangers read the lists that need a token otherwise");
    serving->add_flag("--access-log", config.accessLog, "Log one line per request");
    serving->add_option("--log-level", options.logLevel, "Least level that is logged")
        ->capture_default_str()
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}));

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& leave) {
        const int code = app.exit(leave);
        return code == 0 ? 0 : kWrongUse;
    }
    return serve(std::move(options));
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "tikgok-sim: %s\n", error.what());
        return kFailed;
    }
}
