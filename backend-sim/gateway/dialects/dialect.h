// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the gateway does differently in each dialect: data, and three small strategies. Handlers and links of
// the chain ask the dialect of their request and never its name.
#pragma once

#include "backend-sim/gateway/dialects/answers.h"
#include "backend-sim/gateway/http.h"
#include "backend-sim/services/context.h"
#include "backend-sim/services/dialect_name.h"
#include "core/contract/endpoints.h"
#include "core/contract/errors.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

struct Call;

// contract.md, section 1.
struct TransportRules {
    // A path without its slash is sent to the one with it (GET 301, else 307). Otherwise both are served.
    bool redirectsToSlash = false;
    // The 301 has a few words of HTML.
    bool redirectHasBody = false;
    // A wrong method is 405 with an Allow header; otherwise 404 like an unknown path.
    bool knowsWrongMethods = true;
    bool hasPing = true;
    // New messages over WebSocket, which /ping announces.
    bool offersPush = false;
    // Most bytes of an upload's body, and of every other one. 0: as configured.
    std::uint64_t bodyLimit = 0;
    std::uint64_t formLimit = 0;
    enum class Compression : std::uint8_t { Large, Always, Never };
    Compression compression = Compression::Large;
};

// Where parameters come from. Each says whether the source gives this parameter of this endpoint.
struct ParamRules {
    using Gives = bool (*)(contract::Endpoint, std::string_view name);
    // Null: all of them.
    Gives query = nullptr;
    // Urlencoded and multipart.
    Gives form = nullptr;
    Gives json = nullptr;
    // A body that is not the form or the JSON that it says is a failure, not just no parameters.
    bool brokenFormFails = true;
    bool brokenJsonFails = true;
    // Integers are decimal digits, and JSON values have the type of their parameter.
    bool strictIntegers = false;
    // An id that is missing is 0, and an id may be any integer. Otherwise ids start at 1.
    bool anyId = false;
    // A message is sent for action_type 2 as well.
    bool undoSendsToo = false;
    // comment_text may be missing.
    bool textOptional = false;
    // The title's length is looked at before the file.
    bool titleFirst = false;
    // Publish takes a part `cover`, a picture; otherwise it is dropped like any other part.
    bool takesCover = false;
};

// Who asks.
class Doorman {
public:
    virtual ~Doorman() = default;
    [[nodiscard]] virtual contract::TokenNeed need(contract::Endpoint endpoint) const = 0;
    // The caller behind a token, or what to say. Any thread.
    [[nodiscard]] virtual std::expected<contract::Id, contract::Failure> caller(
        std::string_view token) const = 0;
};

// Answers the calls of endpoints, once the caller is known.
class EndpointServer {
public:
    virtual ~EndpointServer() = default;
    // Answers the exchange, now or later. Any thread.
    virtual void serve(http::Exchange& exchange, Call& call) const = 0;
    // Another name of what is asked for below /static/ (decoded), if it has one here. Any thread.
    [[nodiscard]] virtual std::optional<std::string> mediaKey(std::string_view /*name*/) const {
        return std::nullopt;
    }
};

struct Dialect {
    DialectName name;
    const Policy& policy;
    TransportRules transport;
    ParamRules params;
    const Answers& answers;
    const Doorman& doorman;
    const EndpointServer& endpoints;
};

}  // namespace tikgok::sim
