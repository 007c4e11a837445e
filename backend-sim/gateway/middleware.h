// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The links of the gateway's chain.
#pragma once

#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/token.h"
#include "backend-sim/services/services.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// Unix seconds, for tokens.
using NowSeconds = std::function<std::int64_t()>;

// gzip for JSON above 1 KiB, when the client takes it.
std::unique_ptr<Middleware> makeGzip();

// A handler that throws answers `service err`, and the process lives.
std::unique_ptr<Middleware> makeRecovery();

// Finds the caller. `lenient`: strangers may read every list. All three must outlive the link.
std::unique_ptr<Middleware> makeAuth(const TokenAuthority& tokens, const UserService& users,
                                     const NowSeconds& now, bool lenient);

// The caller behind a token: its words are for the endpoint that asks.
std::expected<contract::Id, contract::Failure> callerOf(std::string_view token, const TokenAuthority& tokens,
                                                        const UserService& users, const NowSeconds& now);

// Whether an Accept-Encoding header takes gzip.
bool acceptsGzip(std::string_view header);

// A failure in the shape that the endpoint uses.
http::Response failureResponse(contract::Endpoint endpoint, const contract::Failure& failure);

}  // namespace tikgok::sim
