// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/dialects/later.h"

#include <string>

namespace tikgok::sim {

namespace {

// A Responder remembers one byte: endpoint and dialect.
constexpr unsigned kEndpointBits = 4;
constexpr unsigned kEndpointMask = (1U << kEndpointBits) - 1;
static_assert(contract::kEndpoints.size() <= kEndpointMask + 1 && kDialectNames.size() <= kEndpointMask + 1);

http::Response nobodyAnswered(std::uint8_t subject) {
    return failureResponse(answersOf(static_cast<DialectName>(subject >> kEndpointBits)),
                           static_cast<contract::Endpoint>(subject & kEndpointMask), contract::kServiceErr);
}

}  // namespace

http::Response failureResponse(const Answers& answers, contract::Endpoint endpoint,
                               const contract::Failure& failure) {
    if (failure.retryAfter > 0 && !failure.message.empty()) {
        // No room at the moment: a body that every client can read, also one that looks at nothing else.
        http::Response response = http::jsonResponse(answers.failure(endpoint, failure));
        response.status = 503;
        response.extraHeaders = "Retry-After: " + std::to_string(failure.retryAfter) + "\r\n";
        return response;
    }
    if (failure.retryAfter > 0) {
        http::Response response = http::textResponse(429, contract::kTooManyRequestsText);
        response.extraHeaders = "Retry-After: " + std::to_string(failure.retryAfter) + "\r\n";
        return response;
    }
    return http::jsonResponse(answers.failure(endpoint, failure));
}

http::Responder deferIn(const Call& call, http::Exchange& exchange) {
    http::Responder responder = exchange.defer();
    const unsigned subject = (static_cast<unsigned>(call.dialect->name) << kEndpointBits) |
                             static_cast<unsigned>(call.route.endpoint->endpoint);
    responder.whenDropped(&nobodyAnswered, static_cast<std::uint8_t>(subject));
    return responder;
}

}  // namespace tikgok::sim
