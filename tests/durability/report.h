// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one line that a run ends with.
#pragma once

#include "tests/durability/ledger.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace tikgok::sim::durability {

// Names a build, whatever it was made from: the version and a sum over the program.
std::string buildOf(const std::filesystem::path& program);

std::string reportOf(const std::string& title, const Tally& tally, std::uint64_t seed,
                     const std::string& build);

}  // namespace tikgok::sim::durability
