// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <vector>

// The ring of players, as pure functions: which videos of a list deserve a player, and which player takes
// which of them.
namespace tikgok::ring {

inline constexpr int kSlots = 3;

struct Rules {
    bool active = true;      // the page is on top and the window visible
    bool dataSaver = false;  // load nothing that was not asked for
    bool behind = false;     // also load the one before, when nothing more important is left to load
};

struct Want {
    int index = 0;     // in the list
    bool load = true;  // false: keep it when a player has it already, but do not start loading it
    bool operator==(const Want&) const = default;
};

// What deserves a player when `current` of `count` videos is watched, most important first; at most kSlots.
// Before anything was active nothing is loaded, so that a hidden page costs nothing.
std::vector<Want> wanted(int count, int current, const Rules& rules);

// Whether the neighbour may be loaded now: only after the current one has shown its first frame (or
// failed), so that the two do not share the line.
bool mayPreload(bool currentHasFrame, bool currentFailed);

// Which slot each wanted index goes to. `held[s]` is the index that slot s holds now. A slot that already
// holds a wanted index keeps it; others take the slot that holds the index furthest from `current`
// (empty slots first, lower slot on a tie). The result has an entry per element of `indices`.
std::vector<int> assign(const std::vector<int>& indices, const std::array<std::optional<int>, kSlots>& held,
                        int current);

}  // namespace tikgok::ring
