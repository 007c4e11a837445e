// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/clock_routes.h"

#include <cmath>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

http::Response clockReply(const VirtualTime& clock) {
    return adminReply(clockJson(clock));
}

http::Response badTime(std::string_view member, std::string_view words) {
    return adminProblem(422, "bad_member", "'" + std::string(member) + "' " + std::string(words));
}

std::optional<double> factorIn(const json::object& body) {
    const json::value* value = body.if_contains("factor");
    if (value == nullptr || !value->is_number()) {
        return std::nullopt;
    }
    boost::system::error_code error;
    const auto number = value->to_number<double>(error);
    return error ? std::nullopt : std::optional(number);
}

}  // namespace

std::optional<std::int64_t> scaleOf(double factor) {
    constexpr double kMost = 10'000;
    if (!std::isfinite(factor) || factor <= 0 || factor > kMost) {
        return std::nullopt;
    }
    const std::int64_t scale = std::llround(factor * static_cast<double>(VirtualTime::kScaleOne));
    return scale > 0 ? std::optional(scale) : std::nullopt;
}

json::object clockJson(const VirtualTime& clock) {
    const VirtualTime::State state = clock.state();
    return {{"now_ms", state.nowMs},
            {"frozen", state.frozen},
            {"scale", static_cast<double>(state.scale) / static_cast<double>(VirtualTime::kScaleOne)},
            {"skew_ms", state.skewMs},
            {"real", !state.touched}};
}

void addClockRoutes(AdminRouter& router, VirtualTime& clock) {
    using http::Verb;
    router.add(Verb::Get, "clock", "What time the simulator believes it is.",
               [&clock](const AdminRequest& /*request*/) { return clockReply(clock); });
    router.add(Verb::Post, "clock/freeze", "Stops the clock.", [&clock](const AdminRequest& /*request*/) {
        clock.freeze();
        return clockReply(clock);
    });
    router.add(Verb::Post, "clock/resume", "Lets the clock go on from where it stands.",
               [&clock](const AdminRequest& /*request*/) {
                   clock.resume();
                   return clockReply(clock);
               });
    router
        .add(Verb::Post, "clock/set", "Sets the clock, either way. Body: {\"now_ms\": Unix time}.",
             [&clock](const AdminRequest& request) {
                 const auto now = numberIn(request.body, "now_ms");
                 return now && clock.set(*now) ? clockReply(clock)
                                               : badTime("now_ms", "must be a time between 1970 and 2199.");
             })
        .takes({"now_ms"});
    router
        .add(Verb::Post, "clock/advance", "Puts the clock forward. Body: {\"ms\": how far}.",
             [&clock](const AdminRequest& request) {
                 const auto ms = numberIn(request.body, "ms");
                 return ms && clock.advance(*ms)
                            ? clockReply(clock)
                            : badTime("ms", "must not be negative, and not lead beyond 2199.");
             })
        .takes({"ms"});
    router
        .add(Verb::Post, "clock/scale", "Lets the clock run faster or slower. Body: {\"factor\": number}.",
             [&clock](const AdminRequest& request) {
                 const auto factor = factorIn(request.body);
                 const auto scale = factor ? scaleOf(*factor) : std::nullopt;
                 if (!scale || !clock.setScale(*scale)) {
                     return badTime("factor", "must be from 0.000001 to 10000.");
                 }
                 return clockReply(clock);
             })
        .takes({"factor"});
    router
        .add(Verb::Post, "clock/skew",
             "How far the server is ahead of the world; moves what it says and reads, no delay. Body: "
             "{\"ms\": ...}.",
             [&clock](const AdminRequest& request) {
                 const auto ms = numberIn(request.body, "ms");
                 return ms && clock.setSkew(*ms) ? clockReply(clock)
                                                 : badTime("ms", "must be within ten years either way.");
             })
        .takes({"ms"});
    router.add(Verb::Post, "clock/reset", "The computer's time again.",
               [&clock](const AdminRequest& /*request*/) {
                   clock.reset();
                   return clockReply(clock);
               });
}

}  // namespace tikgok::sim
