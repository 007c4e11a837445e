// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A sink for what an operator should read. Never given passwords, tokens, query strings
// or message texts.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace tikgok::sim {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

// Takes one line without a line break. Called from any thread. May be empty.
using LogSink = std::function<void(LogLevel, std::string_view)>;

inline void logTo(const LogSink& sink, LogLevel level, std::string_view words) {
    if (sink) {
        sink(level, words);
    }
}

}  // namespace tikgok::sim
