// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Worlds of size: nobody wrote them, a seed makes them. The same sizes, seed, stock, first id and time make
// the same rows in the same order; another time moves all times by the same number of milliseconds and
// changes nothing else.
#pragma once

#include "backend-sim/ports/bulk_rows.h"
#include "backend-sim/world/world.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// Likes, comments, follows and messages are what is aimed at. Popularity has a heavy tail and nobody likes a
// video twice, so up to a quarter of the likes does not come about.
struct WorldSize {
    std::size_t people = 0;
    std::size_t videos = 0;
    std::size_t likes = 0;
    std::size_t comments = 0;
    std::size_t follows = 0;
    std::size_t messages = 0;
    // The oldest video's age.
    std::int64_t days = 0;

    bool operator==(const WorldSize&) const = default;
};

inline constexpr WorldSize kBusyWorld{1'000, 10'000, 150'000, 30'000, 25'000, 12'000, 180};
inline constexpr WorldSize kHugeWorld{100'000, 1'000'000, 2'000'000, 500'000, 800'000, 200'000, 365};

// Busy or huge; nothing for any other name.
std::optional<WorldSize> sizeOfWorld(std::string_view name);

struct MakingOf {
    WorldSize size;
    std::uint64_t seed = 1;
    Id firstId = 1;
    // Everything happened before it. Milliseconds since the epoch.
    std::int64_t nowMs = 0;
    std::string passwordHash;
};

// The names of its people, without the rest.
std::vector<std::string> namesInSizedWorld(const WorldSize& size, std::uint64_t seed, const World& stock);

// `stock` lends its people, who become the first ones under their own names, its pictures and its videos'
// files, which all share; it has at least one of each. Gives the id after the last one. Stops at the first
// error of `rows`.
StoreResult<Id> makeSizedWorld(const MakingOf& making, const World& stock, BulkRows& rows);

}  // namespace tikgok::sim
