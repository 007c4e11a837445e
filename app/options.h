// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The command line of tikgok.
#pragma once

#include "app/launch_target.h"
#include "app/refusal.h"

#include <QString>
#include <QUrl>

#include <optional>
#include <variant>

namespace tikgok {

struct Options {
    // Empty: what the settings say, at first the simulator inside.
    QUrl server;
    // Where settings, drafts and the simulator's data live. Empty: the places of the desktop (XDG).
    QString dataDirectory;
    bool selfCheck = false;
    // What to show or publish.
    std::optional<LaunchTarget> target;
};

// Nothing more to do: `text` was asked for (exit code 0) or says what is wrong (2).
struct Leave {
    int code = 0;
    QString text;
    // Where it is about what a desktop may have asked for, and not about the options.
    std::optional<Refusal> refusal{};
};

// Needs no QCoreApplication, so that --help works without a display.
std::variant<Options, Leave> parseOptions(int argc, const char* const* argv);

}  // namespace tikgok
