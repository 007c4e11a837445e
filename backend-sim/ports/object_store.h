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

    // The key for an object of this id: "2026/11/20/101.mp4" for the day of `timeMs`. `suffix` is without the
    // dot, lower case, one of ours. Does nothing else.
    [[nodiscard]] virtual std::string keyFor(contract::Id id, std::int64_t timeMs,
                                             std::string_view suffix) const = 0;
    // Moves `staged` (same file system) into the store, durably and at once: it is there whole or not at all.
    // Never replaces an object. On failure `staged` is left where it was.
    [[nodiscard]] virtual std::expected<void, ObjectError> put(const std::filesystem::path& staged,
                                                               std::string_view key) = 0;
    // The file behind a key, or nothing when there is none or the key is not one that keyFor() could have
    // made.
    [[nodiscard]] virtual std::optional<std::filesystem::path> find(std::string_view key) const = 0;

    // Late media: the object, whether it is there or still to come, is not shown to anybody before this time
    // (milliseconds since the epoch). Forgotten when the store is opened again.
    virtual void hideUntil(std::string_view key, std::int64_t timeMs, std::int64_t nowMs) = 0;
    [[nodiscard]] virtual bool hidden(std::string_view key, std::int64_t nowMs) const = 0;

    // Removing what is not there is fine.
    virtual void remove(std::string_view key) = 0;
};

}  // namespace tikgok::sim
