// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One API call inside the gateway, and the chain of small objects that it passes.
#pragma once

#include "backend-sim/gateway/http.h"
#include "backend-sim/gateway/interference.h"
#include "backend-sim/gateway/params.h"
#include "backend-sim/ports/request_telemetry.h"
#include "backend-sim/services/context.h"
#include "core/contract/endpoints.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

struct Dialect;

// What a path leads to.
struct Route {
    enum class Kind : std::uint8_t { Nowhere, Endpoint, Ping, Media, Metrics, Admin, Push };
    Kind kind = Kind::Nowhere;
    // For Kind::Endpoint.
    const contract::EndpointInfo* endpoint = nullptr;
    // For Kind::Media: what follows /static/, as sent. For Kind::Admin: what follows /_sim.
    std::string_view mediaKey;
    // The path is spelled as it is registered; only its final slash may differ otherwise.
    bool exact = true;
};

class Limiter;

// A request's place among those that the limiter let in. Given back when it is answered or gone.
class Admission {
public:
    explicit Admission(Limiter& limiter);
    ~Admission();
    Admission(const Admission&) = delete;
    Admission& operator=(const Admission&) = delete;
    void answered();

private:
    Limiter* limiter_;
    std::chrono::steady_clock::time_point admitted_;
};

// Counts a request as under way until it is answered or gone.
class Flight {
public:
    explicit Flight(RequestTelemetry& telemetry) : telemetry_(telemetry) { telemetry_.inFlight(1); }
    ~Flight() { telemetry_.inFlight(-1); }
    Flight(const Flight&) = delete;
    Flight& operator=(const Flight&) = delete;

private:
    RequestTelemetry& telemetry_;
};

// What the gateway knows about the request that a connection works on. Stays with the connection.
struct Call final : http::Attachment {
    Route route;
    // The request's path, when it was escaped; `route` may point here.
    std::string decodedPath;
    Params params;
    RequestContext context;
    std::chrono::steady_clock::time_point started;
    // Of the answer, before it is compressed: its `status_code`, or -1, and the size of its body.
    std::int32_t code = -1;
    std::uint64_t answerBytes = 0;
    // How the connection ends before the last byte of the answer; `unanswered`: before the first one of its
    // head.
    http::Delivery::End cut = http::Delivery::End::None;
    bool unanswered = false;
    std::optional<Flight> flight;
    std::optional<Admission> admission;
    // What is done to it on purpose; mostly nothing.
    std::unique_ptr<Strike> strike;
    // It was handed to its handler before, and is once more.
    bool repeated = false;
    // It goes in when its turn comes; until then it waits.
    bool inTurn = false;
    bool awaitsTurn = false;
    std::unique_ptr<Turn> turn;
    // Of this request, from its head to its answer. Set before anything else is.
    const Dialect* dialect = nullptr;

    void reset() {
        flight.reset();
        admission.reset();
        strike.reset();
        repeated = false;
        inTurn = false;
        awaitsTurn = false;
        turn.reset();
        decodedPath.clear();
        code = -1;
        answerBytes = 0;
        cut = http::Delivery::End::None;
        unanswered = false;
        route = {};
        params.clear();
        context = {};
        started = std::chrono::steady_clock::now();
    }
};

class Middleware;

// The rest of the chain. A value; copies are cheap.
class Next {
public:
    using Last = void (*)(void* object, http::Exchange&, Call&);

    Next(std::span<const std::unique_ptr<Middleware>> chain, Last last, void* object)
        : chain_(chain), last_(last), object_(object) {}
    void operator()(http::Exchange& exchange, Call& call) const;

private:
    std::span<const std::unique_ptr<Middleware>> chain_;
    Last last_;
    void* object_;
};

// Shared by all connections: called from several threads at once.
class Middleware {
public:
    virtual ~Middleware() = default;
    // On the way in: goes on with next(exchange, call), at once or later on the same thread, or answers.
    virtual void onRequest(http::Exchange& exchange, Call& call, const Next& next) { next(exchange, call); }
    // On the way out, in reverse order, for every answer, also those that came from in front of the chain.
    virtual void onResponse(const http::Exchange& /*exchange*/, const Call& /*call*/,
                            http::Response& /*response*/) {}
};

inline void Next::operator()(http::Exchange& exchange, Call& call) const {
    if (chain_.empty()) {
        last_(object_, exchange, call);
    } else {
        chain_.front()->onRequest(exchange, call, Next(chain_.subspan(1), last_, object_));
    }
}

}  // namespace tikgok::sim
