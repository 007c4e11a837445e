// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What to fetch ahead of the players, as a pure function.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace tikgok::prefetch {

struct Rules {
    bool active = true;      // the page is on top and the window visible
    bool dataSaver = false;  // nothing that is not watched
    // Whether each byte costs; nothing when the system does not say, which counts as "no": the person has
    // the data saver for that.
    std::optional<bool> metered;
};

struct Want {
    int index = 0;  // in the list
    std::int64_t bytes = 0;
    bool operator==(const Want&) const = default;
};

// What to have on this device when `current` of `count` videos is watched, most important first. The players
// load the next one's beginning by themselves.
std::vector<Want> plan(int count, int current, const Rules& rules);

}  // namespace tikgok::prefetch
