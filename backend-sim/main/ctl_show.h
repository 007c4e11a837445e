// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An answer of the admin API, for people.
#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace tikgok::sim {

// To standard output: a member a line, lists with an entry a line, objects with their members indented.
void showAnswer(const boost::json::value& value, const std::string& indent = {});

}  // namespace tikgok::sim
