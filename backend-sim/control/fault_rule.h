// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A fault rule: which requests it is for, how often it strikes, and what it does then. Plain data; its JSON
// form is described in docs/admin-api.md.
#pragma once

#include "core/contract/types.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

enum class FaultKind : std::uint8_t {
    // Instead of handling the request.
    Status,
    Envelope,
    TooManyRequests,
    Unauthorized,
    ExpiredToken,
    RedirectSlash,
    // The connection ends without a byte, in good order and with a reset; the request is not handled.
    EmptyReply,
    Reset,
    // After it was handled: what the answer says.
    MalformedJson,
    MissingField,
    WrongType,
    NullList,
    IdsAsStrings,
    ExtraField,
    EmptyBody,
    // How it goes out.
    Latency,
    Truncate,
    ResetAt,
    Stall,
    Throttle,
    Corrupt,
    // What happened to the request.
    Duplicate,
    DropAnswer,
};

struct FaultEffect {
    enum class Spread : std::uint8_t { Fixed, Uniform, LogNormal };

    FaultKind kind = FaultKind::Status;
    // Latency, in milliseconds: the time; the least and the most; the median and sigma (of the logarithm).
    Spread spread = Spread::Fixed;
    double first = 0;
    double second = 0;
    // Of HTTP, and its body. For Unauthorized and TooManyRequests the body only.
    int status = 500;
    std::optional<std::string> body;
    std::string contentType;
    // Of the envelope.
    std::int32_t code = 2;
    std::string message;
    // "video_list.*.author.name": the members of a JSON answer; "*" is every element. Empty: one that is
    // drawn among the top ones.
    std::string field;
    // Byte of the body.
    std::optional<std::uint64_t> at;
    // Of a stall.
    std::chrono::milliseconds time{0};
    std::uint64_t bytesPerSecond = 0;
};

struct FaultMatch {
    enum class HeaderTest : std::uint8_t { None, Present, Equals, Contains };

    // In capitals. Empty: any.
    std::string method;
    // An endpoint's path (with its final slash), "/ping", "/static/KEY", or the begin of such a path with "*"
    // behind it. Empty: any.
    std::string route;
    // The signed-in account by its id or its name; for sign-in and registration the name that is asked for.
    std::optional<contract::Id> accountId;
    std::string accountName;
    // Lower case.
    std::string headerName;
    HeaderTest headerTest = HeaderTest::None;
    std::string headerValue;
    // Of those requests that match everything above, counted from 1. Empty: all.
    std::vector<std::uint64_t> nth;
    std::uint64_t every = 0;
};

// Numbers count the matching requests, from 1. Times are the simulator's clock, from the moment the rule was
// switched on.
struct FaultLimits {
    struct Ramp {
        double from = 0;
        double to = 1;
        // One of both: after how many requests, or how much time, `to` is reached.
        std::uint64_t requests = 0;
        std::chrono::milliseconds time{0};
    };

    double probability = 1;
    // Only the first so many requests, only those after so many.
    std::optional<std::uint64_t> first;
    std::uint64_t after = 0;
    // Strikes so often, then the rule switches itself off.
    std::optional<std::uint64_t> times;
    // Switches itself off after this.
    std::optional<std::chrono::milliseconds> timeToLive;
    std::optional<std::chrono::milliseconds> windowFrom;
    std::optional<std::chrono::milliseconds> windowTo;
    // Multiplies the probability.
    std::optional<Ramp> ramp;
};

struct FaultRule {
    std::string name;
    bool on = true;
    FaultMatch match;
    FaultLimits limits;
    std::vector<FaultEffect> effects;
};

inline constexpr std::size_t kMostFaultRules = 100;
inline constexpr std::size_t kMostFaultEffects = 8;

std::string_view textOf(FaultKind kind);
std::optional<FaultKind> faultKindNamed(std::string_view name);
// All of them, in the order of FaultKind.
inline constexpr std::size_t kFaultKinds = static_cast<std::size_t>(FaultKind::DropAnswer) + 1;

// The request is not handled.
constexpr bool isInstead(FaultKind kind) {
    return kind <= FaultKind::Reset;
}

// Such a rule is for calls only that carry a token.
bool isAboutTokens(const FaultRule& rule);

// The error is a sentence that names the member. Members that nobody knows are errors.
std::expected<FaultRule, std::string> faultRuleFrom(std::string name, const boost::json::object& body);
boost::json::object toJson(const FaultRule& rule);

}  // namespace tikgok::sim
