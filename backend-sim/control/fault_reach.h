// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether a fault rule could ever strike. A rule that cannot is refused when it comes, with words that say
// why: a tester who mistypes a path would look for the fault in the client otherwise.
#pragma once

#include "backend-sim/control/fault_rule.h"

#include <expected>
#include <string>
#include <string_view>

namespace tikgok::sim {

// A path as rules are compared with: that of an endpoint has its final slash.
std::string canonicalRoute(std::string route);
// Whether there is something at a canonical path of a rule, or begins like it when "*" is behind it.
bool leadsSomewhere(std::string_view route);
// "near are /douyin/feed/, ...": what the writer of a path may have meant.
std::string routesNear(std::string_view route);

// A rule whose parts are good each for itself. The error is a sentence that names the member.
std::expected<void, std::string> checkReach(const FaultRule& rule);

}  // namespace tikgok::sim
