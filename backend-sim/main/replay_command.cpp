// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/main/replay_command.h"

#include "backend-sim/main/own_directory.h"
#include "backend-sim/main/whole_file.h"
#include "backend-sim/replayer.h"

#include <boost/json/serialize.hpp>

#include <cstdio>
#include <string>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

constexpr int kReplayDiffers = 1;
constexpr int kNoReplay = 2;

int cannotReplay(const std::string& words) {
    std::fprintf(stderr, "tikgok-sim: %s\n", words.c_str());
    return kNoReplay;
}

std::string plainText(const json::object& object, const char* name) {
    const json::value* const value = object.if_contains(name);
    if (value == nullptr || value->is_null()) {
        return {};
    }
    return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

void tellReport(const json::object& report) {
    const json::value* const found = report.if_contains("difference");
    if (found == nullptr) {
        std::printf("The same: %s requests, %s of them with an answer to compare.\n",
                    plainText(report, "requests").c_str(), plainText(report, "compared").c_str());
        return;
    }
    const json::object& difference = found->get_object();
    std::printf("Different at entry %s: %s\n", plainText(difference, "entry").c_str(),
                plainText(difference, "request").c_str());
    std::string what = plainText(difference, "what");
    if (const std::string header = plainText(difference, "header"); !header.empty()) {
        what += " " + header;
    }
    if (const std::string at = plainText(difference, "at"); !at.empty()) {
        what += ", at byte " + at;
    }
    std::printf("  what:     %s\n  recorded: %s\n  replayed: %s\n", what.c_str(),
                plainText(difference, "recorded").c_str(), plainText(difference, "replayed").c_str());
    if (plainText(report, "recorded_by") != plainText(report, "replayed_by")) {
        std::printf("  recorded by version %s, replayed by %s\n", plainText(report, "recorded_by").c_str(),
                    plainText(report, "replayed_by").c_str());
    }
}

}  // namespace

int replayFile(const ReplayCommand& command) {
    const auto content = readWhole(command.file);
    if (!content) {
        return cannotReplay("'" + command.file.string() + "' cannot be read.");
    }
    const OwnDirectory own;
    if (own.path().empty()) {
        return cannotReplay("There is no room for a directory of its own.");
    }
    int code = 0;
    for (unsigned i = 0; i < command.times && code == 0; ++i) {
        const auto report = replayRecording(
            *content, {.directory = own.path() / "data", .resourceDirectory = {}, .threads = command.threads},
            {});
        if (!report) {
            code = cannotReplay(report.error());
            break;
        }
        code = report->at("same").as_bool() ? 0 : kReplayDiffers;
        if (command.asJson) {
            std::printf("%s\n", json::serialize(*report).c_str());
        } else {
            tellReport(*report);
        }
    }
    return code;
}

}  // namespace tikgok::sim
