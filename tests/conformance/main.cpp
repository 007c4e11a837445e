// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// conformance --server URL: does a server keep the contract?

#include "tests/conformance/context.h"
#include "tests/conformance/embedded.h"

#include <CLI/CLI.hpp>
#include <sodium.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

namespace {

using namespace tikgok::conformance;

struct Options {
    std::string server;
    std::string dialect = "standard";
    std::string filter;
    std::string description;
    std::string keyFile;
    bool list = false;
    bool json = false;
};

std::optional<std::string> fileText(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

struct Count {
    std::size_t passed = 0;
    std::size_t failed = 0;
};

// By number, so that 4.10 comes after 4.9.
struct BySection {
    bool operator()(const std::string& left, const std::string& right) const {
        return std::pair(left.size(), left) < std::pair(right.size(), right);
    }
};

struct Outcome {
    std::string name;
    std::string section;
    std::vector<std::string> complaints;
    std::chrono::milliseconds time{};
};

Outcome runCase(Context& context, const Case& each) {
    const auto start = std::chrono::steady_clock::now();
    Outcome outcome{.name = each.name, .section = sectionOf(each), .complaints = {}};
    std::string abandoned;
    try {
        each.run(context);
    } catch (const std::exception& problem) {
        abandoned = problem.what();
    }
    outcome.complaints = context.takeComplaints();
    if (!abandoned.empty()) {
        outcome.complaints.push_back("abandoned: " + abandoned);
    }
    outcome.time =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    return outcome;
}

void print(const Outcome& outcome) {
    // Enough to understand; a broken server would fill the screen otherwise.
    constexpr std::size_t kMost = 6;
    std::cout << (outcome.complaints.empty() ? "ok    " : "FAIL  ") << outcome.name << " [" << outcome.section
              << "] (" << outcome.time.count() << " ms)\n";
    for (std::size_t i = 0; i < outcome.complaints.size() && i < kMost; ++i) {
        std::cout << "  " << outcome.complaints[i] << "\n";
    }
    if (outcome.complaints.size() > kMost) {
        std::cout << "  ... and " << outcome.complaints.size() - kMost << " more\n";
    }
    std::cout << std::flush;
}

int run(const Options& options) {
    const Dialect dialect = dialectNamed(options.dialect).value();
    const Cases all = allCases(dialect);
    if (options.list) {
        for (const Case& each : all) {
            if (each.name.contains(options.filter)) {
                std::cout << each.name << "  (" << sectionOf(each) << ")\n";
            }
        }
        return 0;
    }
    if (options.server.empty()) {
        std::cerr << "conformance: --server URL is needed\n";
        return 2;
    }
    if (const auto url = splitUrl(options.server); !url) {
        std::cerr << "conformance: " << options.server << ": " << url.error() << "\n";
        return 2;
    }
    std::string description(embeddedDescription(dialect));
    if (!options.description.empty()) {
        const auto given = fileText(options.description);
        if (!given) {
            std::cerr << "conformance: cannot read " << options.description << "\n";
            return 2;
        }
        description = *given;
    }
    const auto spec = ApiSpec::parse(description);
    if (!spec) {
        std::cerr << "conformance: the API description cannot be used: " << spec.error() << "\n";
        return 2;
    }
    Settings settings{
        .server = options.server, .dialect = dialect, .jwtKey = {}, .clip = std::string(embeddedClip())};
    while (settings.server.ends_with('/')) {
        settings.server.pop_back();
    }
    if (!options.keyFile.empty()) {
        settings.jwtKey = fileText(options.keyFile);
        if (!settings.jwtKey) {
            std::cerr << "conformance: cannot read " << options.keyFile << "\n";
            return 2;
        }
    }
    Context context(settings, *spec);
    if (context.plain({.target = "/ping"}).answer.status == 0) {
        std::cerr << "conformance: nobody answers at " << options.server << "\n";
        return 2;
    }

    Count total;
    std::map<std::string, Count, BySection> sections;
    json::array report;
    for (const Case& each : all) {
        if (!each.name.contains(options.filter) || (each.needsKey && !settings.jwtKey)) {
            continue;
        }
        const Outcome outcome = runCase(context, each);
        for (Count* const count : {&total, &sections[outcome.section]}) {
            (outcome.complaints.empty() ? count->passed : count->failed) += 1;
        }
        if (options.json) {
            report.push_back(
                {{"name", outcome.name},
                 {"section", outcome.section},
                 {"ok", outcome.complaints.empty()},
                 {"ms", outcome.time.count()},
                 {"complaints", json::array(outcome.complaints.begin(), outcome.complaints.end())}});
        } else {
            print(outcome);
        }
    }
    if (options.json) {
        json::object counts;
        for (const auto& [section, count] : sections) {
            counts[section] = {{"passed", count.passed}, {"failed", count.failed}};
        }
        std::cout << json::serialize(json::value{{"server", settings.server},
                                                 {"dialect", options.dialect},
                                                 {"passed", total.passed},
                                                 {"failed", total.failed},
                                                 {"sections", std::move(counts)},
                                                 {"cases", std::move(report)}})
                  << "\n";
    } else {
        std::cout << "passed per section of the contract:";
        for (const auto& [section, count] : sections) {
            std::cout << "  " << section << ": " << count.passed << "/" << count.passed + count.failed;
        }
        std::cout << "\n" << total.passed << " passed, " << total.failed << " failed\n";
    }
    if (total.passed + total.failed == 0) {
        std::cerr << "conformance: no case has \"" << options.filter << "\" in its name\n";
        return 2;
    }
    return total.failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
    if (sodium_init() < 0) {
        std::cerr << "conformance: libsodium does not start\n";
        return 2;
    }
    Options options;
    CLI::App app(
        "Checks a server against the contract: ours (docs/openapi.yaml and column R of contract.md), the "
        "reference server (docs/openapi-tikgok.yaml, column b) or the official demo (docs/openapi-demo.yaml, "
        "column c). Makes its own users, so it can run again and again on any server.",
        "conformance");
    app.set_version_flag("--version", "conformance " TIKGOK_VERSION);
    app.add_option("--server", options.server, "Address of the server, such as http://127.0.0.1:8080");
    app.add_option("--dialect", options.dialect, "What the server is meant to be")
        ->check(CLI::IsMember({"standard", "tikgok", "demo"}))
        ->capture_default_str();
    app.add_option("--filter", options.filter, "Only cases with this text in their name");
    app.add_option("--spec", options.description, "Another API description than the built-in one");
    app.add_option("--jwt-key-file", options.keyFile, "The server's token key, to try expired tokens too");
    app.add_flag("--list", options.list, "List the cases");
    app.add_flag("--json", options.json, "Print one JSON object instead of lines");
    CLI11_PARSE(app, argc, argv);
    return run(options);
} catch (const std::exception& problem) {
    std::fprintf(stderr, "conformance: %s\n", problem.what());
    return 2;
}
