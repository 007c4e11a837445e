// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/control/fault_rule.h"

#include "backend-sim/control/fault_reach.h"
#include "backend-sim/control/json_reader.h"
#include "core/contract/errors.h"

#include <boost/json/array.hpp>

#include <algorithm>
#include <utility>

namespace tikgok::sim {

namespace json = boost::json;

namespace {

using std::chrono::milliseconds;

constexpr std::array<std::string_view, kFaultKinds> kKindNames{
    "status",         "envelope",    "too_many_requests", "unauthorized",  "expired_token", "redirect_slash",
    "empty_reply",    "reset",       "malformed_json",    "missing_field", "wrong_type",    "null_list",
    "ids_as_strings", "extra_field", "empty_body",        "latency",       "truncate",      "reset_at",
    "stall",          "throttle",    "corrupt",           "duplicate",     "drop_answer"};

constexpr std::int64_t kLongestDelay = 600'000;
constexpr std::int64_t kYear = std::int64_t{366} * 24 * 3'600'000;
constexpr std::int64_t kMostNumber = std::int64_t{1} << 53;
// No body is larger.
constexpr std::int64_t kLargestBody = std::int64_t{4} * 1024 * 1024 * 1024;
constexpr std::size_t kMostFaultBody = std::size_t{64} * 1024;

bool isPlainHeaderText(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
}

std::string loweredName(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

FaultMatch readMatch(JsonReader in) {
    FaultMatch match;
    match.method = in.text("method").value_or("");
    constexpr std::array<std::string_view, 4> kMethods{"", "GET", "HEAD", "POST"};
    in.require("method", std::ranges::find(kMethods, match.method) != kMethods.end(), "GET, HEAD or POST");
    match.route = canonicalRoute(in.text("route").value_or(""));
    if (!match.route.empty() && !leadsSomewhere(match.route)) {
        in.require(
            "route", false,
            "the path of an endpoint, /ping, /static/..., or the begin of one with * behind it; near are " +
                routesNear(match.route));
    }
    if (in.has("account")) {
        if (in.isText("account")) {
            match.accountName = *in.text("account");
            in.require("account", !match.accountName.empty(), "an id or a name");
        } else {
            match.accountId = in.integer("account", 1, std::numeric_limits<std::int64_t>::max());
        }
    }
    if (auto header = in.object("header")) {
        match.headerName = loweredName(header->text("name").value_or(""));
        header->require("name", !match.headerName.empty(), "the name of a header");
        match.headerTest = FaultMatch::HeaderTest::Present;
        header->require("equals", !header->has("equals") || !header->has("contains"),
                        "there, or else contains, but not both");
        if (header->has("equals")) {
            match.headerTest = FaultMatch::HeaderTest::Equals;
            match.headerValue = header->text("equals").value_or("");
        } else if (header->has("contains")) {
            match.headerTest = FaultMatch::HeaderTest::Contains;
            match.headerValue = header->text("contains").value_or("");
        }
        header->done();
    }
    if (const auto* const numbers = in.array("nth")) {
        for (const json::value& number : *numbers) {
            in.require("nth", number.is_int64() && number.get_int64() > 0, "positive integers");
            match.nth.push_back(static_cast<std::uint64_t>(number.is_int64() ? number.get_int64() : 0));
        }
        constexpr std::size_t kMost = 1000;
        in.require("nth", !numbers->empty() && numbers->size() <= kMost, "1 to 1000 numbers");
    }
    match.every = static_cast<std::uint64_t>(in.integer("every", 1, kMostNumber).value_or(0));
    in.done();
    return match;
}

FaultLimits readLimits(JsonReader in) {
    FaultLimits limits;
    limits.probability = in.real("probability", 0, 1).value_or(1);
    in.require("probability", limits.probability > 0, "more than 0: off is \"on\": false");
    const auto number = [&in](std::string_view name, std::int64_t least) -> std::optional<std::uint64_t> {
        const auto value = in.integer(name, least, kMostNumber);
        return value ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
    };
    limits.first = number("first", 1);
    limits.after = number("after", 0).value_or(0);
    in.require("first", !limits.first || *limits.first > limits.after, "more than after");
    limits.times = number("times", 1);
    const auto time = [](JsonReader& from, std::string_view name,
                         std::int64_t least) -> std::optional<milliseconds> {
        const auto value = from.integer(name, least, kYear);
        return value ? std::optional(milliseconds(*value)) : std::nullopt;
    };
    limits.timeToLive = time(in, "ttl_ms", 1);
    if (auto window = in.object("window")) {
        limits.windowFrom = time(*window, "from_ms", 0);
        limits.windowTo = time(*window, "to_ms", 0);
        window->require("to_ms",
                        !limits.windowTo || *limits.windowTo > limits.windowFrom.value_or(milliseconds(0)),
                        "after from_ms");
        window->require("from_ms",
                        !limits.windowFrom || !limits.timeToLive || *limits.windowFrom < *limits.timeToLive,
                        "before ttl_ms");
        window->done();
    }
    if (auto ramp = in.object("ramp")) {
        limits.ramp = FaultLimits::Ramp{};
        FaultLimits::Ramp& into = *limits.ramp;
        into.from = ramp->real("from", 0, 1).value_or(0);
        into.to = ramp->real("to", 0, 1).value_or(1);
        into.requests = static_cast<std::uint64_t>(ramp->integer("requests", 1, kMostNumber).value_or(0));
        into.time = time(*ramp, "over_ms", 1).value_or(milliseconds(0));
        ramp->require("to", into.from > 0 || into.to > 0, "more than 0, or else from");
        ramp->require("requests", (into.requests > 0) != (into.time.count() > 0),
                      "there, or else over_ms, but not both");
        ramp->done();
    }
    in.done();
    return limits;
}

void readLatency(JsonReader& in, FaultEffect& effect) {
    constexpr double kMost = kLongestDelay;
    int ways = 0;
    if (const auto fixed = in.real("ms", 0, kMost)) {
        ++ways;
        effect.first = *fixed;
    }
    if (const auto* const range = in.array("uniform_ms")) {
        ++ways;
        effect.spread = FaultEffect::Spread::Uniform;
        const bool good = range->size() == 2 && range->front().is_number() && range->back().is_number();
        if (good) {
            effect.first = range->front().to_number<double>();
            effect.second = range->back().to_number<double>();
        }
        in.require("uniform_ms",
                   good && effect.first >= 0 && effect.second >= effect.first && effect.second <= kMost,
                   "[least, most] in milliseconds");
    }
    if (auto normal = in.object("lognormal_ms")) {
        ++ways;
        effect.spread = FaultEffect::Spread::LogNormal;
        const auto median = normal->real("median", 0.001, kMost);
        const auto sigma = normal->real("sigma", 0, 10);
        normal->require("median", median && sigma, "there, and sigma too");
        effect.first = median.value_or(1);
        effect.second = sigma.value_or(0);
        normal->done();
    }
    in.require("ms", ways == 1, "there, or else uniform_ms or lognormal_ms");
}

// The words that go with a code in the contract.
std::optional<std::string_view> usualMessage(std::int32_t code) {
    using namespace contract;
    for (const Failure& failure : {kParamsErr, kServiceErr, kInteractionRpc, kInteractionErr, kSocialityErr,
                                   kUserErr, kUserExists, kUserNotFound, kVideoErr, kChatErr}) {
        if (static_cast<std::int32_t>(failure.code) == code) {
            return failure.message;
        }
    }
    switch (static_cast<Code>(code)) {
        case Code::SocialityRpc:
            return "rpc call sociality server error";
        case Code::UserRpc:
            return "rpc call user server error";
        case Code::AuthorizeFailed:
            return "authorize failed";
        case Code::VideoRpc:
            return "rpc call video server error";
        case Code::ChatRpc:
            return "rpc call chat server error";
        default:
            return std::nullopt;
    }
}

void readBody(JsonReader& in, FaultEffect& effect) {
    if (in.has("body")) {
        effect.body = in.text("body");
        in.require("body", effect.body && effect.body->size() <= kMostFaultBody,
                   "a text of at most 65536 bytes");
    }
    effect.contentType = in.text("content_type").value_or("");
    in.require("content_type", effect.contentType.size() <= 128 && isPlainHeaderText(effect.contentType),
               "a content type");
}

FaultEffect readEffect(JsonReader in) {
    FaultEffect effect;
    const auto kind = faultKindNamed(in.text("kind").value_or(""));
    in.require("kind", kind.has_value(), "one of the kinds in docs/admin-api.md");
    effect.kind = kind.value_or(FaultKind::Status);
    const auto byte = [&in, &effect](bool needed) {
        const auto at = in.integer("at", 0, kLargestBody);
        in.require("at", at.has_value() || !needed, "a number of bytes");
        if (at) {
            effect.at = static_cast<std::uint64_t>(*at);
        }
    };
    switch (effect.kind) {
        case FaultKind::Status: {
            const auto status = in.integer("status", 200, 599);
            in.require("status", status.has_value(), "200 to 599");
            effect.status = static_cast<int>(status.value_or(500));
            readBody(in, effect);
            in.require("status", (effect.status != 204 && effect.status != 304) || !effect.body,
                       "one that may have a body");
            break;
        }
        case FaultKind::Envelope: {
            const auto code = in.integer("code", 1, std::numeric_limits<std::int32_t>::max());
            effect.code = static_cast<std::int32_t>(code.value_or(2));
            const auto usual = usualMessage(effect.code);
            in.require("code", code && usual, "one of the contract's error table");
            effect.message = in.text("message").value_or(std::string(usual.value_or("")));
            break;
        }
        case FaultKind::TooManyRequests:
        case FaultKind::Unauthorized:
            readBody(in, effect);
            break;
        case FaultKind::MissingField:
        case FaultKind::WrongType:
        case FaultKind::NullList:
        case FaultKind::ExtraField:
            effect.field = in.text("field").value_or("");
            in.require("field", !in.has("field") || (!effect.field.empty() && effect.field.size() <= 256),
                       "a text of 1 to 256 bytes");
            break;
        case FaultKind::Latency:
            readLatency(in, effect);
            break;
        case FaultKind::Truncate:
        case FaultKind::ResetAt:
        case FaultKind::Corrupt:
            byte(true);
            break;
        case FaultKind::Stall: {
            byte(false);
            const auto time = in.integer("ms", 1, kLongestDelay);
            in.require("ms", time.has_value(), "1 to 600000");
            effect.time = milliseconds(time.value_or(1));
            break;
        }
        case FaultKind::Throttle: {
            const auto rate = in.integer("bytes_per_s", 1, std::int64_t{1} << 40);
            in.require("bytes_per_s", rate.has_value(), "a positive number");
            effect.bytesPerSecond = static_cast<std::uint64_t>(rate.value_or(1));
            break;
        }
        case FaultKind::ExpiredToken:
        case FaultKind::RedirectSlash:
        case FaultKind::EmptyReply:
        case FaultKind::Reset:
        case FaultKind::MalformedJson:
        case FaultKind::IdsAsStrings:
        case FaultKind::EmptyBody:
        case FaultKind::Duplicate:
        case FaultKind::DropAnswer:
            break;
    }
    in.done();
    return effect;
}

json::object matchJson(const FaultMatch& match) {
    json::object out;
    if (!match.method.empty()) {
        out["method"] = match.method;
    }
    if (!match.route.empty()) {
        out["route"] = match.route;
    }
    if (match.accountId) {
        out["account"] = *match.accountId;
    } else if (!match.accountName.empty()) {
        out["account"] = match.accountName;
    }
    if (match.headerTest != FaultMatch::HeaderTest::None) {
        json::object& header = out["header"].emplace_object();
        header["name"] = match.headerName;
        if (match.headerTest != FaultMatch::HeaderTest::Present) {
            header[match.headerTest == FaultMatch::HeaderTest::Equals ? "equals" : "contains"] =
                match.headerValue;
        }
    }
    if (!match.nth.empty()) {
        out["nth"] = json::array(match.nth.begin(), match.nth.end());
    }
    if (match.every > 0) {
        out["every"] = match.every;
    }
    return out;
}

json::object limitsJson(const FaultLimits& limits) {
    json::object out;
    if (limits.probability != 1) {
        out["probability"] = limits.probability;
    }
    if (limits.first) {
        out["first"] = *limits.first;
    }
    if (limits.after > 0) {
        out["after"] = limits.after;
    }
    if (limits.times) {
        out["times"] = *limits.times;
    }
    if (limits.timeToLive) {
        out["ttl_ms"] = limits.timeToLive->count();
    }
    if (limits.windowFrom || limits.windowTo) {
        json::object& window = out["window"].emplace_object();
        if (limits.windowFrom) {
            window["from_ms"] = limits.windowFrom->count();
        }
        if (limits.windowTo) {
            window["to_ms"] = limits.windowTo->count();
        }
    }
    if (limits.ramp) {
        json::object& ramp = out["ramp"].emplace_object();
        ramp["from"] = limits.ramp->from;
        ramp["to"] = limits.ramp->to;
        if (limits.ramp->requests > 0) {
            ramp["requests"] = limits.ramp->requests;
        } else {
            ramp["over_ms"] = limits.ramp->time.count();
        }
    }
    return out;
}

json::object effectJson(const FaultEffect& effect) {
    json::object out;
    out["kind"] = textOf(effect.kind);
    switch (effect.kind) {
        case FaultKind::Status:
            out["status"] = effect.status;
            break;
        case FaultKind::Envelope:
            out["code"] = effect.code;
            out["message"] = effect.message;
            break;
        case FaultKind::Latency:
            if (effect.spread == FaultEffect::Spread::Fixed) {
                out["ms"] = effect.first;
            } else if (effect.spread == FaultEffect::Spread::Uniform) {
                out["uniform_ms"] = {effect.first, effect.second};
            } else {
                out["lognormal_ms"] = {{"median", effect.first}, {"sigma", effect.second}};
            }
            break;
        case FaultKind::Stall:
            out["ms"] = effect.time.count();
            break;
        case FaultKind::Throttle:
            out["bytes_per_s"] = effect.bytesPerSecond;
            break;
        default:
            break;
    }
    if (effect.body) {
        out["body"] = *effect.body;
    }
    if (!effect.contentType.empty()) {
        out["content_type"] = effect.contentType;
    }
    if (!effect.field.empty()) {
        out["field"] = effect.field;
    }
    if (effect.at) {
        out["at"] = *effect.at;
    }
    return out;
}

}  // namespace

std::string_view textOf(FaultKind kind) {
    return kKindNames[static_cast<std::size_t>(kind)];
}

std::optional<FaultKind> faultKindNamed(std::string_view name) {
    const auto found = std::ranges::find(kKindNames, name);
    return found == kKindNames.end() ? std::nullopt
                                     : std::optional(static_cast<FaultKind>(found - kKindNames.begin()));
}

bool isAboutTokens(const FaultRule& rule) {
    return std::ranges::find(rule.effects, FaultKind::ExpiredToken, &FaultEffect::kind) != rule.effects.end();
}

std::expected<FaultRule, std::string> faultRuleFrom(std::string name, const json::object& body) {
    std::string problem;
    FaultRule rule;
    rule.name = std::move(name);
    JsonReader in(body, "", problem);
    rule.on = in.flag("on").value_or(true);
    if (auto match = in.object("match")) {
        rule.match = readMatch(std::move(*match));
    }
    if (auto limits = in.object("limits")) {
        rule.limits = readLimits(std::move(*limits));
    }
    const auto* const effects = in.array("effects");
    in.require("effects", effects != nullptr && !effects->empty() && effects->size() <= kMostFaultEffects,
               "a list of 1 to 8 effects");
    if (effects != nullptr) {
        for (const json::value& effect : *effects) {
            in.require("effects", effect.is_object(), "a list of objects");
            if (effect.is_object()) {
                rule.effects.push_back(readEffect(JsonReader(effect.get_object(), "effects", problem)));
            }
        }
    }
    // What is told back may be put in again.
    if (const auto own = in.text("rule")) {
        in.require("rule", *own == rule.name, "'" + rule.name + "' as in the path, or not there");
    }
    for (const std::string_view told : {"matched", "struck", "ended"}) {
        in.ignore(told);
    }
    in.done();
    if (!problem.empty()) {
        return std::unexpected(std::move(problem));
    }
    if (auto reach = checkReach(rule); !reach) {
        return std::unexpected(std::move(reach.error()));
    }
    return rule;
}

json::object toJson(const FaultRule& rule) {
    json::object out;
    out["rule"] = rule.name;
    out["on"] = rule.on;
    out["match"] = matchJson(rule.match);
    out["limits"] = limitsJson(rule.limits);
    json::array& effects = out["effects"].emplace_array();
    for (const FaultEffect& effect : rule.effects) {
        effects.push_back(effectJson(effect));
    }
    return out;
}

}  // namespace tikgok::sim
