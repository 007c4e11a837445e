// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What goes wrong inside a JSON answer, on purpose.
#pragma once

#include "backend-sim/control/fault_dice.h"
#include "backend-sim/control/fault_rule.h"

#include <boost/json/value.hpp>

#include <cstdint>

namespace tikgok::sim {

// Applies one of the kinds from MissingField to ExtraField. False when there was nothing to change. `draw`:
// the first of the draws that it may use.
bool damageJson(boost::json::value& answer, const FaultEffect& effect, const FaultDice& dice,
                std::uint64_t draw);

}  // namespace tikgok::sim
