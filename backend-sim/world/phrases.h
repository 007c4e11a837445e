// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people in generated worlds are called, and what they write. Chinese and English.
#pragma once

#include "backend-sim/world/dice.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace tikgok::sim::phrases {

// 2 to 28 characters; not unique.
std::string name(Dice& dice);
// For a name that is taken.
std::string withNumber(std::string name, Dice& dice);
// Up to 60 characters, sometimes empty.
std::string signature(Dice& dice);
// 2 to 32 characters, about what is seen in the clip with this number (from 0, in the order of their files).
std::string title(std::size_t clip, Dice& dice);
// Up to 60 characters.
std::string_view comment(Dice& dice);
// What one says and, with the next `turn`, what the other answers.
std::string_view message(std::size_t conversation, std::size_t turn);
std::size_t conversations();
std::size_t turns(std::size_t conversation);

}  // namespace tikgok::sim::phrases
