// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Entries of the journal in the forms in which they leave it.
#pragma once

#include "backend-sim/control/journal_ring.h"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace tikgok::sim {

// "close", "reset", or "" where nothing was cut.
std::string_view cutText(http::Delivery::End cut);
// One line of a list: without headers and bodies.
boost::json::object journalLine(const JournalView& entry);
// All of it.
boost::json::object journalWhole(const JournalView& entry);
// One command for a shell that sends the same again. `url`: of this server, without a slash at its end.
// Secrets are "hidden" in it, and what was cut is missing.
std::string journalCurl(const JournalView& entry, std::string_view url);
// One of the entries of a HAR 1.2.
boost::json::object journalHarEntry(const JournalView& entry, std::string_view url);
// The file around them.
boost::json::object journalHar(boost::json::array entries, std::string_view version);

}  // namespace tikgok::sim
