// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The fresh opener: looks at what a directory holds when nobody uses it any more.
#pragma once

#include "tests/durability/ledger.h"

#include <filesystem>

namespace tikgok::sim::durability {

// All that waited was applied before. Compares the store with the ledger and checks both files.
void takeInventory(const std::filesystem::path& directory, Ledger& ledger, Tally& tally);

}  // namespace tikgok::sim::durability
