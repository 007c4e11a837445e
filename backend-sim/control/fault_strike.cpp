// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/fault_strike.h"

#include "backend-sim/control/json_damage.h"
#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/delivery.h"
#include "backend-sim/gateway/dialects/dialect.h"
#include "backend-sim/gateway/dialects/later.h"
#include "core/contract/codec.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cmath>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

// Draw 0 is the rule's own; each effect has some of its own behind it.
constexpr std::uint64_t kDrawsPerEffect = 4;

std::uint64_t firstDraw(std::size_t effect) {
    return 1 + kDrawsPerEffect * effect;
}

// A failure in the words of the request's dialect.
std::string failureText(const Call& call, const contract::Failure& failure) {
    return call.route.kind == Route::Kind::Endpoint
               ? call.dialect->answers.failure(call.route.endpoint->endpoint, failure)
               : contract::writeFailure(failure);
}

std::string expiredTokenText(const Call& call) {
    return call.route.kind == Route::Kind::Endpoint
               ? call.dialect->answers.tokenFailure(call.route.endpoint->endpoint, contract::kTokenExpired)
               : contract::writeFailure(contract::kTokenExpired);
}

http::Response withBody(const FaultEffect& effect, int status, std::string_view usualType,
                        std::string usualBody) {
    http::Response response;
    response.status = status;
    response.body = effect.body.value_or(std::move(usualBody));
    response.contentType = effect.contentType.empty() ? usualType : std::string_view(effect.contentType);
    return response;
}

// The connection ends without a byte.
http::Response silence(http::Delivery::End end) {
    http::Response response;
    response.contentType = {};
    response.delivery = std::make_unique<http::Delivery>();
    response.delivery->end = end;
    response.delivery->headless = true;
    return response;
}

std::optional<http::Response> slashRedirect(const http::Request& request, const Call& call) {
    if (call.route.kind != Route::Kind::Endpoint || call.route.exact) {
        return std::nullopt;
    }
    http::Response response;
    response.status = request.verb == http::Verb::Get ? 301 : 307;
    response.contentType = {};
    response.extraHeaders = "Location: " + std::string(call.route.endpoint->path);
    if (!request.query.empty()) {
        response.extraHeaders += "?" + std::string(request.query);
    }
    response.extraHeaders += "\r\n";
    return response;
}

std::optional<http::Response> insteadOf(const http::Exchange& exchange, const Call& call,
                                        const FaultEffect& effect) {
    switch (effect.kind) {
        case FaultKind::Status:
            return withBody(effect, effect.status, http::kTextType, "fault " + std::to_string(effect.status));
        case FaultKind::Envelope:
            return http::jsonResponse(
                failureText(call, {static_cast<contract::Code>(effect.code), effect.message}));
        case FaultKind::TooManyRequests:
            return withBody(effect, 429, http::kTextType, std::string(contract::kTooManyRequestsText));
        case FaultKind::Unauthorized:
            return withBody(effect, 401, http::kJsonType, expiredTokenText(call));
        case FaultKind::ExpiredToken:
            return http::jsonResponse(expiredTokenText(call));
        case FaultKind::RedirectSlash:
            return slashRedirect(exchange.request, call);
        case FaultKind::EmptyReply:
            return silence(http::Delivery::End::Close);
        case FaultKind::Reset:
            return silence(http::Delivery::End::Reset);
        default:
            return std::nullopt;
    }
}

std::chrono::milliseconds latencyOf(const FaultEffect& effect, const FaultDice& dice, std::uint64_t draw) {
    constexpr double kMost = 600'000;
    double time = effect.first;
    switch (effect.spread) {
        case FaultEffect::Spread::Fixed:
            break;
        case FaultEffect::Spread::Uniform:
            time += (effect.second - effect.first) * dice.unit(draw);
            break;
        case FaultEffect::Spread::LogNormal:
            time *= std::exp(effect.second * dice.normal(draw));
            break;
    }
    return std::chrono::milliseconds(std::llround(std::clamp(time, 0.0, kMost)));
}

bool isJsonDamage(FaultKind kind) {
    return kind >= FaultKind::MissingField && kind <= FaultKind::ExtraField;
}

// How the answer goes out.
void plan(http::Delivery& delivery, const FaultEffect& effect, const FaultDice& dice, std::uint64_t draw) {
    using End = http::Delivery::End;
    switch (effect.kind) {
        case FaultKind::Latency:
            delivery.hold += latencyOf(effect, dice, draw);
            break;
        case FaultKind::Truncate:
        case FaultKind::ResetAt:
            delivery.end = effect.kind == FaultKind::Truncate ? End::Close : End::Reset;
            delivery.endAt = *effect.at;
            break;
        case FaultKind::DropAnswer:
            delivery.end = End::Reset;
            delivery.headless = true;
            break;
        case FaultKind::Stall:
            delivery.stallAt = effect.at.value_or(0);
            delivery.stall = effect.time;
            break;
        case FaultKind::Throttle:
            delivery.bytesPerSecond = effect.bytesPerSecond;
            break;
        case FaultKind::Corrupt:
            delivery.corruptAt = effect.at;
            break;
        default:
            break;
    }
}

bool isPlan(FaultKind kind) {
    return (kind >= FaultKind::Latency && kind <= FaultKind::Corrupt) || kind == FaultKind::DropAnswer;
}

void appendName(std::string& list, std::string_view name) {
    list += list.empty() ? "" : ", ";
    list += name;
}

}  // namespace

void FaultStrike::add(std::shared_ptr<const FaultRule> rule, const FaultDice& dice) {
    appendName(rules_, rule->name);
    for (const FaultEffect& effect : rule->effects) {
        appendName(kinds_, textOf(effect.kind));
    }
    blows_.push_back({std::move(rule), dice});
}

std::optional<http::Response> FaultStrike::instead(const http::Exchange& exchange, const Call& call) {
    for (const Blow& blow : blows_) {
        for (const FaultEffect& effect : blow.rule->effects) {
            if (auto response = insteadOf(exchange, call, effect)) {
                return response;
            }
        }
    }
    return std::nullopt;
}

bool FaultStrike::willRepeat() const {
    return !repeated_ && std::ranges::any_of(blows_, [](const Blow& blow) {
        return std::ranges::find(blow.rule->effects, FaultKind::Duplicate, &FaultEffect::kind) !=
               blow.rule->effects.end();
    });
}

bool FaultStrike::again(const http::Exchange& /*exchange*/) {
    const bool now = willRepeat();
    repeated_ = repeated_ || now;
    return now;
}

void FaultStrike::shape(const http::Exchange& /*exchange*/, const Call& /*call*/, http::Response& response) {
    if (blows_.empty()) {
        return;
    }
    response.extraHeaders += "X-Sim-Fault: " + rules_ + "\r\n";
    std::optional<json::value> parsed;
    bool changed = false;
    bool spoilt = false;
    const bool isJson = !response.file && response.contentType == http::kJsonType;
    for (const Blow& blow : blows_) {
        for (std::size_t i = 0; i < blow.rule->effects.size(); ++i) {
            const FaultEffect& effect = blow.rule->effects[i];
            if (isPlan(effect.kind)) {
                if (!response.delivery) {
                    response.delivery = std::make_unique<http::Delivery>();
                }
                plan(*response.delivery, effect, blow.dice, firstDraw(i));
            } else if (effect.kind == FaultKind::EmptyBody) {
                response.body.clear();
                response.file.reset();
                changed = false;
                parsed = json::value();
            } else if (effect.kind == FaultKind::MalformedJson) {
                spoilt = true;
            } else if (isJsonDamage(effect.kind) && isJson) {
                boost::system::error_code error;
                if (!parsed) {
                    parsed = json::parse(response.body, error);
                }
                changed = (!error && damageJson(*parsed, effect, blow.dice, firstDraw(i))) || changed;
            }
        }
    }
    if (changed) {
        response.body = json::serialize(*parsed);
    }
    if (spoilt && isJson && !response.body.empty()) {
        response.body.pop_back();
        response.body += ",]";
    }
}

}  // namespace tikgok::sim
