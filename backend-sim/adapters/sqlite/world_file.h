// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A world as one file: its store, with the objects that were uploaded beside its tables.
#pragma once

#include "backend-sim/ports/repositories.h"

#include <filesystem>
#include <functional>
#include <string_view>

namespace tikgok::sim {

// Turns the store in `file`, which nobody else has open, into such a file; the objects below `media` (there
// may be no such directory) go into it. Synced. On failure `file` is of no use any more.
StoreResult<void> packWorld(const std::filesystem::path& file, const std::filesystem::path& media);

// The other way round: `file` becomes a store, and its objects files below `media`. Nothing in it is
// believed: a key for which `goodKey` is false is Corrupt, and so is whatever is no such file. On failure
// what was written below `media` stays.
StoreResult<void> unpackWorld(const std::filesystem::path& file, const std::filesystem::path& media,
                              const std::function<bool(std::string_view key)>& goodKey);

}  // namespace tikgok::sim
