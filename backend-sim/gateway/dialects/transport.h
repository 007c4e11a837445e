// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Answers that need nothing but the request's first lines: redirects, unknown paths, wrong methods.
#pragma once

#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/gateway/http.h"

#include <optional>

namespace tikgok::sim {

// Nothing when a handler shall see the request. Changes `route` to Nowhere for what this dialect does not
// know.
std::optional<http::Response> refuseRoute(Route& route, const http::Request& request,
                                          const TransportRules& rules);

}  // namespace tikgok::sim
