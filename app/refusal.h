// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Why the program does not start, as far as a person can do something about it. See needsWindow().
#pragma once

#include <QString>

namespace tikgok {

struct Refusal {
    enum class Reason {
        NoAnswer,   // SingleInstance::Role::NoAnswer
        DataInUse,  // SingleInstance::Role::DataInUse
        Folder,     // it was to open one
        NoTarget,   // it was to open something that is neither a file nor a link of ours
    };

    Reason reason = Reason::NoAnswer;
    // What it was to open, as a person knows it.
    QString word{};
    // Whose settings say how it is shown; see ClientPaths::in().
    QString dataDirectory{};
};

}  // namespace tikgok
