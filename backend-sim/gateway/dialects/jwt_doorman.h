// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Callers by JWT: the dialects `standard` and `tikgok`.
#pragma once

#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/gateway/known_tokens.h"
#include "backend-sim/gateway/token.h"
#include "backend-sim/services/services.h"

#include <functional>

namespace tikgok::sim {

class JwtDoorman final : public Doorman {
public:
    struct Rules {
        TokenRules tokens = TokenRules::Ours;
        // The reference server does not look whether the user exists. A token out of another world then
        // writes rows for nobody.
        bool userMustExist = true;
        // Strangers may read every list.
        bool lenient = false;
        bool strangersReadComments = true;
    };
    // All but the rules must outlive this object. `now`: Unix seconds.
    JwtDoorman(const TokenAuthority& tokens, const UserService& users,
               const std::function<std::int64_t()>& now, Rules rules)
        : tokens_(tokens), users_(users), now_(now), rules_(rules) {}

    [[nodiscard]] contract::TokenNeed need(contract::Endpoint endpoint) const override;
    [[nodiscard]] std::expected<contract::Id, contract::Failure> caller(
        std::string_view token) const override;

private:
    [[nodiscard]] std::expected<contract::Id, contract::Failure> known(contract::Id user) const;

    const TokenAuthority& tokens_;
    const UserService& users_;
    const std::function<std::int64_t()>& now_;
    const Rules rules_;
    // What is good by these rules need not be by others.
    mutable KnownTokens known_;
};

}  // namespace tikgok::sim
