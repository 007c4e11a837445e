// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Commands of `tikgok-sim ctl` that move files between this computer and a simulator.
#pragma once

#include "backend-sim/main/admin_client.h"

#include <expected>
#include <string>
#include <string_view>

namespace tikgok::sim {

// Why a command came to nothing, when it was not the simulator that refused it.
struct CtlFailure {
    // As in ctl.h.
    int code = 0;
    std::string words;
};
// The answer to show: that of the simulator, a refusal, too; or one in its style, of what was written here.
using CtlOutcome = std::expected<AdminAnswer, CtlFailure>;

// One call; nobody may answer it.
CtlOutcome callFor(const AdminClient& client, std::string_view method, std::string_view path,
                   const std::string& body);

// What came is looked at before it takes the place of `file`.
CtlOutcome exportWorld(const AdminClient& client, const std::string& file);
// Of an import that is refused nothing stays in the simulator.
CtlOutcome importWorld(const AdminClient& client, const std::string& file, const std::string& name,
                       bool replace);
// For its owner alone: there are passwords in it.
CtlOutcome saveReplay(const AdminClient& client, const std::string& file);
// `which`: a file, or the name of a scenario that comes with the program.
CtlOutcome loadScenario(const AdminClient& client, const std::string& which);

}  // namespace tikgok::sim
