// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Completions for shells, made of the command line itself.
#pragma once

#include <CLI/CLI.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// Names that may be typed behind an option ("--world") or a command ("ctl scenario load"), and whether the
// name of a file may be, too.
struct CompletionOffer {
    std::vector<std::string> names;
    bool files = false;
};
using CompletionOffers = std::map<std::string, CompletionOffer>;

// For "bash", "zsh" or "fish"; empty for another one. "words": every command and option, one a line, for
// checks.
std::string completionFor(std::string_view shell, CLI::App& program, const CompletionOffers& offers);

}  // namespace tikgok::sim
