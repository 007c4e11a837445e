// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which entries of the journal somebody means.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/control/journal_ring.h"
#include "backend-sim/control/json_reader.h"
#include "core/contract/types.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// Everything that is set must hold.
struct JournalFilter {
    std::string method;
    // A path, with or without its final slash, or the begin of one with "*" behind it.
    std::string route;
    // 0: the connection ended before the head.
    std::optional<std::int64_t> status;
    // Of the envelope.
    std::optional<std::int64_t> code;
    // 0: a stranger.
    std::optional<contract::Id> account;
    // A rule that struck. "*": any.
    std::string fault;
    // How a fault ended the connection early: "close" or "reset". "*": either.
    std::string cut;
    // Simulator's time, both inclusive.
    std::optional<std::int64_t> fromMs;
    std::optional<std::int64_t> toMs;

    [[nodiscard]] bool fits(const JournalView& entry) const;
};

// The id of whoever has a name.
using PersonFinder = std::function<std::optional<contract::Id>(std::string_view name)>;

// From the query or the body of an admin request, where an account is an id or a name. The error is a
// sentence.
std::expected<JournalFilter, std::string> journalFilterFrom(const AdminRequest& request,
                                                            const PersonFinder& personNamed);
JournalFilter journalFilterFrom(JsonReader& in, const PersonFinder& personNamed);

}  // namespace tikgok::sim
