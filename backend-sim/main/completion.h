// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Completions for shells, made of the command line itself.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <string_view>

namespace tikgok::sim {

// For "bash", "zsh" or "fish"; empty for another one. "words": every command and option, one a line, for
// checks.
std::string completionFor(std::string_view shell, CLI::App& program);

}  // namespace tikgok::sim
