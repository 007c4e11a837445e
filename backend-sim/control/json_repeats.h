// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Finds members that are there twice, which a parser takes the last of without a word.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// The name of the first one, in whichever object. Nothing: each is there once, or the text is no JSON.
std::optional<std::string> repeatedMember(std::string_view text);

}  // namespace tikgok::sim
