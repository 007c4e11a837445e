// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/adapters/telemetry/process_facts.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace tikgok::sim {

namespace {

// The numbers of /proc/self/stat behind the name, which may hold anything. The first is field 3 of proc(5).
std::vector<std::string> statFields(const char* file) {
    std::ifstream stat(file);
    std::string line;
    std::getline(stat, line);
    const std::size_t end = line.rfind(')');
    std::vector<std::string> fields;
    if (end != std::string::npos) {
        std::istringstream rest(line.substr(end + 1));
        for (std::string field; rest >> field;) {
            fields.push_back(std::move(field));
        }
    }
    return fields;
}

double numberAt(const std::vector<std::string>& fields, std::size_t field) {
    constexpr std::size_t kFirstField = 3;
    try {
        return fields.size() > field - kFirstField ? std::stod(fields[field - kFirstField]) : 0;
    } catch (const std::exception&) {
        return 0;
    }
}

double bootSeconds() {
    std::ifstream stat("/proc/stat");
    for (std::string word; stat >> word;) {
        double value = 0;
        if (word == "btime" && stat >> value) {
            return value;
        }
    }
    return 0;
}

}  // namespace

ProcessFacts processFacts() {
    ProcessFacts facts;
    const auto fields = statFields("/proc/self/stat");
    const auto ticks = static_cast<double>(std::max(1L, ::sysconf(_SC_CLK_TCK)));
    constexpr std::size_t kUserTime = 14;
    constexpr std::size_t kSystemTime = 15;
    constexpr std::size_t kThreads = 20;
    constexpr std::size_t kStartTime = 22;
    constexpr std::size_t kVirtualBytes = 23;
    constexpr std::size_t kResidentPages = 24;
    facts.cpuSeconds = (numberAt(fields, kUserTime) + numberAt(fields, kSystemTime)) / ticks;
    facts.threads = static_cast<std::uint64_t>(numberAt(fields, kThreads));
    facts.startSeconds = bootSeconds() + numberAt(fields, kStartTime) / ticks;
    facts.virtualBytes = static_cast<std::uint64_t>(numberAt(fields, kVirtualBytes));
    facts.residentBytes = static_cast<std::uint64_t>(numberAt(fields, kResidentPages) *
                                                     static_cast<double>(::sysconf(_SC_PAGESIZE)));
    std::error_code error;
    for (std::filesystem::directory_iterator file("/proc/self/fd", error), end; !error && file != end;
         file.increment(error)) {
        ++facts.openFiles;
    }
    // The one that looked.
    facts.openFiles -= facts.openFiles > 0 ? 1 : 0;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        facts.mostFiles = limit.rlim_cur;
    }
    return facts;
}

}  // namespace tikgok::sim
