// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tokens that were found good a moment ago. A client sends the same one again and again, and comparing is
// much cheaper than verifying.
#pragma once

#include "backend-sim/gateway/token.h"

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// Any thread. Nobody ever waits: a place that another thread is at counts as empty. Bounded: each token has
// one place, which the next token that has the same takes over. Whoever asks still has to look whether the
// pass is good now.
class KnownTokens {
public:
    // The pass of exactly this token. Takes a time that tells nothing about the tokens that are kept here.
    [[nodiscard]] std::optional<TokenAuthority::Pass> find(std::string_view token);
    // Only what TokenAuthority found good, and always by the same rules.
    void keep(std::string_view token, const TokenAuthority::Pass& pass);

private:
    // Some 200 bytes each, once used.
    static constexpr std::size_t kPlaces = 512;
    struct Place {
        std::mutex mutex;
        std::string token;
        TokenAuthority::Pass pass;
    };

    Place& placeOf(std::string_view token);

    std::array<Place, kPlaces> places_;
};

}  // namespace tikgok::sim
