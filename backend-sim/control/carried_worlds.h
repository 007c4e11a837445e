// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What calls of the admin API go back to though it is from before the recording: the start of the world
// (reset) and snapshots. A replay has none of it, so the first entry that needs one carries it
// (replay_file.h).
#pragma once

#include "backend-sim/control/world_routes.h"

#include <boost/json/array.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace tikgok::sim {

// On the control's thread.
class CarriedWorlds {
public:
    // `worlds` must outlive this object.
    explicit CarriedWorlds(WorldKeeper& worlds) : worlds_(worlds) {}

    // A recording begins, which may have so many bytes.
    void begin(std::size_t mostBytes);
    // Before a call is made: what its entry has to carry. Empty when the call goes back to nothing, to what
    // was carried already, or to what was made since the recording began. `path`: below /_sim/.
    [[nodiscard]] boost::json::array forCall(std::string_view path);

private:
    [[nodiscard]] boost::json::value contentOf(const std::optional<std::string>& snapshot) const;

    WorldKeeper& worlds_;
    std::size_t mostBytes_ = 0;
    // Names of snapshots; empty: the start.
    std::set<std::string, std::less<>> known_;
};

// A call or a step that could not be written down: what it goes back to is too large for the recording.
inline constexpr const char* kTooLargeToCarry = "too_large";

}  // namespace tikgok::sim
