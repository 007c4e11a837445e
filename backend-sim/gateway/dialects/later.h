// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// From results of services to answers, now or later, in the words of the request's dialect.
#pragma once

#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/dialects/answers.h"
#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/gateway/http.h"

#include <cstdint>
#include <type_traits>
#include <utility>

namespace tikgok::sim {

// A failure in the shape that the endpoint uses. What was not even looked at is a 429 in every dialect.
http::Response failureResponse(const Answers& answers, contract::Endpoint endpoint,
                               const contract::Failure& failure);
inline http::Response failureResponse(const Call& call, const contract::Failure& failure) {
    return failureResponse(call.dialect->answers, call.route.endpoint->endpoint, failure);
}

// `write` makes the JSON of a success.
template <class T, class Write>
void answerWith(http::Exchange& exchange, const Call& call, Outcome<T> outcome, Write write) {
    exchange.answer(outcome ? http::jsonResponse(write(*outcome)) : failureResponse(call, outcome.error()));
}

// A Responder that says `service err` by itself when it is dropped instead of answering.
http::Responder deferIn(const Call& call, http::Exchange& exchange);

// For results that come later. What `write` refers to must outlive the work, not only the request: answers of
// dialects and what the gateway owns do.
template <class T, class Write>
Done<T> later(http::Exchange& exchange, const Call& call, Write write) {
    return [responder = deferIn(call, exchange), endpoint = call.route.endpoint->endpoint,
            &answers = call.dialect->answers, write = std::move(write)](Outcome<T> outcome) mutable {
        try {
            if (!outcome) {
                responder(failureResponse(answers, endpoint, outcome.error()));
            } else if constexpr (std::is_void_v<T>) {
                responder(http::jsonResponse(write()));
            } else {
                responder(http::jsonResponse(write(*outcome)));
            }
        } catch (...) {
            // This runs on the threads that do the work, which must go on. Moved away and gone, the responder
            // says `service err`.
            const http::Responder unanswered(std::move(responder));
        }
    };
}

}  // namespace tikgok::sim
