// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What bad media and careless people do to files.
#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace tikgok::sim::durability {

// Flips bits, cuts, fills with noise, or takes away one of the databases in the directory or its log. Says
// what it did.
std::string damageOneFile(const std::filesystem::path& directory, std::mt19937_64& random);

}  // namespace tikgok::sim::durability
