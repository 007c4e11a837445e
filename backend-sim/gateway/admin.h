// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What serves the paths below /_sim/. The gateway only knows that there is such a thing; see
// backend-sim/control/.
#pragma once

#include "backend-sim/gateway/http.h"

#include <optional>
#include <string_view>

namespace tikgok::sim {

// Called on the threads of the connections, at once from several. `path`: what follows /_sim, decoded; lives
// as long as the request's views.
class AdminServer {
public:
    virtual ~AdminServer() = default;

    // The head is there, and the name in it is ours. Sets the limit of the body, or refuses.
    virtual std::optional<http::Response> begin(http::Exchange& exchange, std::string_view path) = 0;
    // The body is there. Answers now or later.
    virtual void handle(http::Exchange& exchange, std::string_view path) = 0;
};

}  // namespace tikgok::sim
