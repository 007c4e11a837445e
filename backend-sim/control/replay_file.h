// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a recording is kept in: lines of JSON.
//
//     {"format": "tikgok-replay", "version": 1, "build": ..., "start": {...}}
//     {"world": the world at the start, as GET /_sim/world/export gives it, in base64}
//     {"now_ms", "request": {"method", "target", "headers", "body"}, "answer": {"status", "headers", ...}}
//     {"now_ms", "admin": {"method", "path", "body"}, "status"}
//     {"now_ms", "deed": a step of a scenario, "problem"}
//     {"end": {"entries", "check": an HMAC of all lines before}}
//
// A call or a deed that goes back to something from before the recording has a member more, once for each:
//
//     "carried": [{"start": what reset goes back to, as a world; null: nothing}, {"snapshot": name, "world"}]
//
// It holds what its replay needs: the world with everybody's password hashes, the key that tokens are signed
// with, and passwords and tokens as clients sent them.
#pragma once

#include "backend-sim/gateway/http.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

inline constexpr std::int64_t kReplayVersion = 1;
inline constexpr std::size_t kMostReplayFile = std::size_t{512} * 1024 * 1024;

// A text as it is when it is UTF-8, else {"base64": ...}.
boost::json::value toldBytes(std::string_view bytes);
std::optional<std::string> bytesTold(const boost::json::value& told);

boost::json::object toldRequest(const http::Request& request, std::string_view body);
// Bodies that are long, or files, are told by their length and a checksum.
boost::json::object toldAnswer(const http::Response& response);

// A line feed at its end.
std::string replayLine(const boost::json::object& line);
// The last line of a file; `before` are the others.
std::string replayEnd(std::string_view before, std::uint64_t entries);

// What a simulator was like when the recording began.
struct ReplayStart {
    // As clients called it: stands in the addresses of media.
    std::string url;
    std::string tokenKey;
    std::string dialect;
    std::string ids;
    std::int64_t pageSize = 30;
    std::int64_t maxUploadBytes = 0;
    std::int64_t mediaDelayMs = 0;
    bool lenient = false;
    // The limits of guessing; see LoginLimits.
    std::int64_t loginsPerAccount = 0;
    std::int64_t loginsPerPeer = 0;
    std::int64_t loginWindowMs = 0;
    // Skew aside.
    std::int64_t nowMs = 0;
    std::int64_t skewMs = 0;
    bool frozen = false;
    // In millionths; see VirtualTime.
    std::int64_t scale = 0;
    // As PUT /_sim/faults takes them.
    boost::json::object faults;
    // {"fault", "times"}, as in scenarios.
    boost::json::array inside;
};
boost::json::object toldStart(const ReplayStart& start);

struct ReplayFile {
    std::string build;
    ReplayStart start;
    // An exported world.
    std::string world;
    std::vector<boost::json::object> entries;
};
// May come from a stranger. The error is a sentence that says what is wrong, and in which line.
std::expected<ReplayFile, std::string> readReplay(std::string_view content);

// Calls of the admin API that change what clients are answered; the others are neither recorded nor replayed.
// `path`: below /_sim/.
bool isReplayedCall(http::Verb verb, std::string_view path);

}  // namespace tikgok::sim
