// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Answers that break a dialect's description: those of another dialect, and some that are wrong in their
// values. In a file of their own as moc takes the // of a raw string for a comment.
#pragma once

#include "tests/conformance/dialect.h"

#include <string>
#include <string_view>
#include <vector>

namespace tikgok::conformance {

struct Breach {
    Dialect dialect;
    std::string_view name;
    std::string_view path;
    std::string body;
    int status = 200;
    std::string_view mediaType = "application/json";
};

std::vector<Breach> dialectBreaches();

}  // namespace tikgok::conformance
