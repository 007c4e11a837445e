// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where videos and covers lie.
#pragma once

#include "core/contract/types.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

struct ObjectError {
    std::string what;
};

// Any thread.
class ObjectStore {
public:
    virtual ~ObjectStore() = default;

    // Moves `staged` (same file system) into the store, durably, under a key of our own making:
    // "2026/11/20/101.mp4" for the day of `timeMs`. `suffix` is without the dot, lower case, one of ours.
    // Never replaces an object. On failure `staged` is left where it was.
    [[nodiscard]] virtual std::expected<std::string, ObjectError> put(const std::filesystem::path& staged,
                                                                      contract::Id id, std::int64_t timeMs,
                                                                      std::string_view suffix) = 0;
    // The file behind a key, or nothing when there is none or the key is not one that put() could have made.
    [[nodiscard]] virtual std::optional<std::filesystem::path> find(std::string_view key) const = 0;
    // Removing what is not there is fine.
    virtual void remove(std::string_view key) = 0;
};

}  // namespace tikgok::sim
