// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The commands of `tikgok-sim ctl` as a table: their words, the call of the admin API that each is, and where
// its arguments go.
#pragma once

#include <cstdint>
#include <vector>

namespace tikgok::sim {

// How an argument reaches the API.
enum class CtlPlace : std::uint8_t {
    Path,  // the next {} of the path
    Text,  // a member of the body
    Number,
    Real,
    Flag,
    Query,
    Body,  // the body itself: JSON, or @FILE
    Who,   // "id" when it is a number, else "name"
};

struct CtlArgument {
    // "[NAME]" may be left out; so may options.
    const char* name;
    CtlPlace place;
    // Of the body or the query. Of a query "": the argument is the query.
    const char* member;
    const char* help;
    // Beginning with a dash it is an option.
    [[nodiscard]] bool isOption() const { return name[0] == '-'; }
};

// What a command is done by. Those that are no single call move files; see ctl_files.h.
enum class CtlDeed : std::uint8_t { Call, ExportWorld, ImportWorld, SaveReplay, LoadScenario };

struct CtlCommand {
    // One or two.
    const char* words;
    // Of the call; `path` is below /_sim/.
    const char* method;
    const char* path;
    const char* help;
    std::vector<CtlArgument> arguments;
    CtlDeed deed = CtlDeed::Call;
    // Sent where no argument says another one.
    const char* body = "";
};

const std::vector<CtlCommand>& ctlCommands();

}  // namespace tikgok::sim
