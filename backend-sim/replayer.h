// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lets what was recorded (control/replay_file.h) happen again, in a fresh simulator of its own, and compares
// what is answered.
#pragma once

#include <boost/json/object.hpp>

#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace tikgok::sim {

class Recorder;

// What a replay needs of the simulator that it runs in; good as long as that is.
struct ReplayHandles {
    Recorder& recorder;
    // Does what a step of a scenario says. Gives why it failed; the error says what is wrong with the step.
    std::function<std::expected<std::string, std::string>(const boost::json::object& step)> perform;
    // What a reset goes back to from now on: what was this snapshot; or nothing. The error is a sentence.
    std::function<std::expected<void, std::string>(const std::optional<std::string>& snapshot)> setStart;
};

struct ReplayOptions {
    // A directory that does not exist yet, for the simulator; removed in the end.
    std::filesystem::path directory;
    // As SimulatorConfig has it.
    std::filesystem::path resourceDirectory;
    // That serve HTTP.
    unsigned threads = 2;
};

// Blocks; stops early when told to. `content`: a whole file. Gives
//
//     {"same", "requests", "compared", "left", "admin_calls", "deeds", "recorded_by", "replayed_by",
//      "difference": {"entry", "request", "what", "header", "at", "recorded", "replayed",
//                     "words"}}
//
// `difference` is the first one, and nothing was replayed behind it: `entry` counts from 1; `what` is status,
// header, body, delivery, no_answer, admin, deed or
// world; `at` is the place in the body, in bytes from 0. The error
// is a sentence: the file is none, or damaged, or cannot be brought to life here.
std::expected<boost::json::object, std::string> replayRecording(std::string_view content,
                                                                const ReplayOptions& options,
                                                                const std::stop_token& stop);

}  // namespace tikgok::sim
