// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files of this computer, read whole and written whole.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// Nothing when it is no file or cannot be read.
std::optional<std::string> readWhole(const std::filesystem::path& file);

// What a file of this user's own says: nothing when it cannot be read, is a link or no file, or belongs to
// somebody else.
std::optional<std::string> readOwn(const std::filesystem::path& file);

enum class Readers : std::uint8_t { Everybody, Owner };

// What was there stays until the new content is on the disk. `readers`: as far as the umask lets them. The
// error is a sentence.
std::expected<void, std::string> writeWhole(const std::filesystem::path& file, std::string_view content,
                                            Readers readers);

}  // namespace tikgok::sim
