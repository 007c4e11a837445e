// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/exchange_watch.h"

#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/observe.h"

namespace tikgok::sim {

void ExchangeWatch::refresh() {
    watching_.store(needs_.journal.on() || needs_.contract.on() || needs_.coverage.on(),
                    std::memory_order_relaxed);
}

void ExchangeWatch::answered(const http::Exchange& exchange, const Call& call,
                             const http::Response& response) {
    // What the owner does here is no exchange of a client's.
    if (call.route.kind == Route::Kind::Admin || call.route.kind == Route::Kind::Metrics) {
        return;
    }
    std::uint64_t entry = 0;
    if (needs_.journal.on()) {
        entry = needs_.journal.record(exchange, call, response);
        if (awaited_.load(std::memory_order_relaxed) && tell_) {
            tell_();
        }
    }
    if (needs_.contract.on()) {
        needs_.contract.take(exchange, call, response, entry);
    }
    if (needs_.coverage.on()) {
        needs_.coverage.count(routeIndex(call.route), call.unanswered ? 0 : response.status,
                              call.unanswered ? -1 : call.code,
                              call.strike ? call.strike->kinds() : std::string_view());
    }
}

}  // namespace tikgok::sim
