// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/known_tokens.h"

#include "backend-sim/gateway/door.h"

#include <functional>

namespace tikgok::sim {

KnownTokens::Place& KnownTokens::placeOf(std::string_view token) {
    return places_[std::hash<std::string_view>()(token) % kPlaces];
}

std::optional<TokenAuthority::Pass> KnownTokens::find(std::string_view token) {
    if (token.empty()) {
        return std::nullopt;
    }
    Place& place = placeOf(token);
    const std::unique_lock lock(place.mutex, std::try_to_lock);
    if (!lock || !sameSecret(token, place.token)) {
        return std::nullopt;
    }
    return place.pass;
}

void KnownTokens::keep(std::string_view token, const TokenAuthority::Pass& pass) {
    Place& place = placeOf(token);
    const std::unique_lock lock(place.mutex, std::try_to_lock);
    if (lock) {
        place.token = token;
        place.pass = pass;
    }
}

}  // namespace tikgok::sim
