// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sixteen endpoints: parameters in, one call of a service, the answer out.
#pragma once

#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/gateway/middleware.h"
#include "backend-sim/gateway/token.h"
#include "backend-sim/services/services.h"

namespace tikgok::sim {

class Endpoints final : public EndpointServer {
public:
    // Everything must outlive this object.
    Endpoints(const Services& services, const TokenAuthority& tokens, const NowSeconds& now)
        : services_(services), tokens_(tokens), now_(now) {}

    void serve(http::Exchange& exchange, Call& call) const override;

private:
    void feed(http::Exchange& exchange, Call& call) const;
    void account(http::Exchange& exchange, Call& call) const;
    void user(http::Exchange& exchange, Call& call) const;
    void publish(http::Exchange& exchange, Call& call) const;
    void videoList(http::Exchange& exchange, Call& call) const;
    void favorite(http::Exchange& exchange, Call& call) const;
    void comment(http::Exchange& exchange, Call& call) const;
    void commentList(http::Exchange& exchange, Call& call) const;
    void relation(http::Exchange& exchange, Call& call) const;
    void userList(http::Exchange& exchange, Call& call) const;
    void chat(http::Exchange& exchange, Call& call) const;
    void message(http::Exchange& exchange, Call& call) const;

    const Services& services_;
    const TokenAuthority& tokens_;
    const NowSeconds& now_;
};

}  // namespace tikgok::sim
