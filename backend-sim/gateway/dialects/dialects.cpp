// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/dialects/dialects.h"

namespace tikgok::sim {

namespace {

using contract::Endpoint;

// The default of the reference's framework.
constexpr std::uint64_t kFourMiB = std::uint64_t{4} * 1024 * 1024;
// The demo keeps that much of a form in memory.
constexpr std::uint64_t kDemoForm = std::uint64_t{32} * 1024 * 1024;

constexpr bool never(Endpoint /*endpoint*/, std::string_view /*name*/) {
    return false;
}
constexpr bool isTitle(Endpoint endpoint, std::string_view name) {
    return endpoint == Endpoint::PublishAction && name == "title";
}

constexpr TransportRules kStandardTransport{.offersPush = true};
constexpr ParamRules kStandardParams{.takesCover = true};

constexpr TransportRules kTikgokTransport{
    .redirectsToSlash = true,
    .redirectHasBody = false,
    .knowsWrongMethods = true,
    .hasPing = true,
    .bodyLimit = kFourMiB,
    .formLimit = kFourMiB,
    .compression = TransportRules::Compression::Always,
};
constexpr ParamRules kTikgokParams{
    .query = [](Endpoint endpoint, std::string_view name) { return !isTitle(endpoint, name); },
    .form = [](Endpoint endpoint,
               std::string_view name) { return name == "token" || isTitle(endpoint, name); },
    .json = [](Endpoint /*endpoint*/, std::string_view name) { return name != "token"; },
    .brokenFormFails = false,
    .brokenJsonFails = true,
    .strictIntegers = true,
    .anyId = true,
    .undoSendsToo = true,
    .textOptional = true,
    .titleFirst = true,
};

constexpr TransportRules kDemoTransport{
    .redirectsToSlash = true,
    .redirectHasBody = true,
    .knowsWrongMethods = false,
    .hasPing = false,
    // The original takes uploads of any length, but our disk has an end: what is configured holds.
    .bodyLimit = 0,
    .formLimit = kDemoForm,
    .compression = TransportRules::Compression::Never,
};
constexpr ParamRules kDemoParams{
    .query = [](Endpoint endpoint, std::string_view) { return endpoint != Endpoint::PublishAction; },
    .form = [](Endpoint endpoint, std::string_view) { return endpoint == Endpoint::PublishAction; },
    .json = &never,
    .brokenFormFails = false,
    .brokenJsonFails = false,
    .strictIntegers = true,
    .anyId = true,
    .undoSendsToo = true,
    .textOptional = true,
    .titleFirst = false,
};

}  // namespace

Dialects::Dialects(const Needs& needs, DialectName first)
    : standardDoorman_(needs.tokens, needs.services.user, needs.now, {.lenient = needs.lenient}),
      tikgokDoorman_(needs.tokens, needs.services.user, needs.now,
                     {.tokens = TokenRules::Reference,
                      .userMustExist = false,
                      .lenient = needs.lenient,
                      .strangersReadComments = false}),
      demo_(needs.services, needs.now, needs.demo),
      all_{{
          {DialectName::Standard, kStandardPolicy, kStandardTransport, kStandardParams, standardAnswers(),
           standardDoorman_, needs.endpoints},
          {DialectName::Tikgok, kTikgokPolicy, kTikgokTransport, kTikgokParams, tikgokAnswers(),
           tikgokDoorman_, needs.endpoints},
          {DialectName::Demo, kDemoPolicy, kDemoTransport, kDemoParams, demoAnswers(), demo_, demo_},
      }},
      current_(&all_[static_cast<std::size_t>(first)]) {}

void Dialects::use(DialectName name) {
    current_.store(&all_[static_cast<std::size_t>(name)], std::memory_order_release);
}

}  // namespace tikgok::sim
