// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// /_sim/people: who there is, and how to be any of them.
#pragma once

#include "backend-sim/control/admin_router.h"
#include "backend-sim/gateway/token.h"
#include "backend-sim/ports/clock.h"
#include "backend-sim/services/services.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

struct KnownPerson {
    contract::Id id = 0;
    std::string name;
};

// Everything must outlive the routes.
struct PeopleNeeds {
    // Whose name has this in it, by id, above `after`.
    std::function<std::vector<KnownPerson>(std::string_view part, contract::Id after, std::size_t limit)>
        find;
    const TokenAuthority& tokens;
    const Clock& clock;
    // Whether tokens of ours open anything in the dialect that is spoken.
    std::function<bool()> tokensCount;
};
void addPeopleRoutes(AdminRouter& router, PeopleNeeds needs);

// A token for somebody: `ageMs` old (negative: from the future), damaged as `damage` says. Nothing when there
// is no such damage.
std::optional<std::string> mintToken(const TokenAuthority& tokens, contract::Id user, std::int64_t nowMs,
                                     std::int64_t ageMs, std::string_view damage);

}  // namespace tikgok::sim
