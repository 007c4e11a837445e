// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The head of an answer, written by hand: it is on the way of every answer.
#pragma once

#include "backend-sim/gateway/http.h"

#include <string>
#include <string_view>

namespace tikgok::sim::http {

// Replaces `out`. `dateLine`: the Date header with its CRLF. `oldVersion`: the client speaks HTTP/1.0.
void writeHead(std::string& out, const Response& response, std::string_view dateLine, bool oldVersion);

// A text answer with the standard words, after which the connection closes.
Response refusal(int status);

}  // namespace tikgok::sim::http
