// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The three dialects of a gateway, and the one that is spoken now.
#pragma once

#include "backend-sim/gateway/dialects/demo.h"
#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/gateway/dialects/jwt_doorman.h"
#include "backend-sim/gateway/token.h"
#include "backend-sim/services/services.h"

#include <array>
#include <atomic>
#include <functional>

namespace tikgok::sim {

class Dialects {
public:
    // All references must outlive this object. `endpoints` serves `standard` and `tikgok`. `now`: Unix
    // seconds.
    struct Needs {
        const Services& services;
        const TokenAuthority& tokens;
        const std::function<std::int64_t()>& now;
        const EndpointServer& endpoints;
        bool lenient = false;
        DemoServer::Content demo;
    };
    Dialects(const Needs& needs, DialectName first);

    // Any thread. What a request got when its head arrived stays with it: dialects live as long as this
    // object.
    [[nodiscard]] const Dialect& current() const { return *current_.load(std::memory_order_acquire); }
    void use(DialectName name);

private:
    JwtDoorman standardDoorman_;
    JwtDoorman tikgokDoorman_;
    DemoServer demo_;
    // In the order of DialectName.
    std::array<Dialect, kDialectNames.size()> all_;
    std::atomic<const Dialect*> current_;
};

}  // namespace tikgok::sim
