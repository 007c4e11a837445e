// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// W3C Trace Context: the `traceparent` header in, ids for requests that come without one.
#pragma once

#include "backend-sim/services/context.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

// Nothing unless the header is as https://www.w3.org/TR/trace-context/ section 3.2 wants it: lower-case
// hexadecimal, neither id zero, version not ff. Of versions above 00 the part that 00 knows is read.
std::optional<TraceContext> parseTraceParent(std::string_view header);

// 32 digits; empty when there is no trace.
std::string traceIdText(const TraceContext& trace);
// 16 digits; empty when the trace began here.
std::string parentIdText(const TraceContext& trace);

// Any thread. No two ids of one object are equal; those of two objects most likely differ, too. Not for
// secrets.
class TraceIds {
public:
    explicit TraceIds(std::uint64_t seed) : seed_(seed) {}
    TraceContext make();

private:
    const std::uint64_t seed_;
    std::atomic<std::uint64_t> next_ = 0;
};

// For a seed that differs from one start to the next.
std::uint64_t randomSeed();

}  // namespace tikgok::sim
