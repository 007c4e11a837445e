// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Session tokens: JWT with HS256, as the reference server makes them. By our rules only this one algorithm is
// taken, whatever the token's header claims.
#pragma once

#include "core/contract/errors.h"
#include "core/contract/types.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace tikgok::sim {

enum class TokenRules : std::uint8_t {
    // HS256 only, with an expiry, an issuer and a user.
    Ours,
    // What the reference server takes: HS384 and HS512 too, any issuer, without claims as well.
    Reference,
};

class TokenAuthority {
public:
    // Any length of key; at least 32 random bytes are advised.
    explicit TokenAuthority(std::string_view key);
    ~TokenAuthority();
    TokenAuthority(const TokenAuthority&) = delete;
    TokenAuthority& operator=(const TokenAuthority&) = delete;

    static constexpr std::int64_t kLifetimeSeconds = 2'592'000;

    // `now`: Unix seconds. Good from now for 30 days.
    [[nodiscard]] std::string issue(contract::Id user, std::int64_t now) const;

    // A good token: whose it is and when, in Unix seconds. It is good from `notBefore` until before
    // `expires`.
    struct Pass {
        contract::Id user = 0;
        double notBefore = 0;
        double expires = 0;

        [[nodiscard]] bool goodAt(std::int64_t now) const {
            return static_cast<double>(now) >= notBefore && static_cast<double>(now) < expires;
        }
    };

    // The user, or the reference server's words (contract.md, section 2). Not a token wins over expired,
    // expired over not yet, that over everything else. An empty token is kNoToken.
    [[nodiscard]] std::expected<contract::Id, contract::Failure> verify(std::string_view token,
                                                                        std::int64_t now) const;
    [[nodiscard]] std::expected<Pass, contract::Failure> examine(std::string_view token, std::int64_t now,
                                                                 TokenRules rules = TokenRules::Ours) const;

private:
    std::string key_;
};

}  // namespace tikgok::sim
