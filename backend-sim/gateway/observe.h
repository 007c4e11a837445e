// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The links that watch: access log and metrics.
#pragma once

#include "backend-sim/gateway/call.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/ports/request_telemetry.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// One line per answer: verb, path without query, status, envelope code, size, time, user, trace. Never a
// token.
std::unique_ptr<Middleware> makeAccessLog(LogSink sink);

// Tells `telemetry`, which must outlive the link.
std::unique_ptr<Middleware> makeMetricsLink(RequestTelemetry& telemetry);

// The names of the routes in the order of AnsweredRequest::route: the endpoints' paths, then ping, media,
// metrics, the admin API, push, and one for all that leads nowhere.
std::vector<std::string> routeLabels();
std::size_t routeIndex(const Route& route);

// The `status_code` at the begin of an answer's body; -1 when there is none.
std::int32_t envelopeCodeOf(std::string_view body);

}  // namespace tikgok::sim
