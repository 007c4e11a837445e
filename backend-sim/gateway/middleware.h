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

// gzip for JSON, when the client takes it: above 1 KiB, or as the dialect says.
std::unique_ptr<Middleware> makeGzip();

// How many bytes of a body that is not compressed yet will go out: those after compression, and none for HEAD
// and 304. Compresses it to know.
std::uint64_t bytesToSend(const http::Exchange& exchange, const Call& call, const http::Response& response);

// A handler that throws answers `service err`, and the process lives.
std::unique_ptr<Middleware> makeRecovery();

// Finds the caller, as the dialect of the request does.
std::unique_ptr<Middleware> makeAuth();

// Whether an Accept-Encoding header takes gzip.
bool acceptsGzip(std::string_view header);

}  // namespace tikgok::sim
