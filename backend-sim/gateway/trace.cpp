// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/trace.h"

#include <random>

namespace tikgok::sim {

namespace {

std::optional<std::uint64_t> hexOf(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) {
        unsigned digit = 0;
        if (c >= '0' && c <= '9') {
            digit = static_cast<unsigned>(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            digit = static_cast<unsigned>(c - 'a') + 10;
        } else {
            return std::nullopt;
        }
        value = value << 4U | digit;
    }
    return value;
}

void appendHex(std::string& out, std::uint64_t value) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (unsigned shift = 64; shift > 0;) {
        shift -= 4;
        out += kDigits[value >> shift & 0xfU];
    }
}

// The finaliser of SplitMix64: different numbers in, different numbers out.
std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ value >> 30U) * 0xbf58476d1ce4e5b9U;
    value = (value ^ value >> 27U) * 0x94d049bb133111ebU;
    return value ^ value >> 31U;
}

}  // namespace

std::optional<TraceContext> parseTraceParent(std::string_view header) {
    // 00-<32>-<16>-<2>
    constexpr std::size_t kLength = 55;
    if (header.size() < kLength || header[2] != '-' || header[35] != '-' || header[52] != '-') {
        return std::nullopt;
    }
    const auto version = hexOf(header.substr(0, 2));
    constexpr std::uint64_t kNoVersion = 0xff;
    if (!version || *version == kNoVersion) {
        return std::nullopt;
    }
    if (header.size() > kLength && (*version == 0 || header[kLength] != '-')) {
        return std::nullopt;
    }
    const auto high = hexOf(header.substr(3, 16));
    const auto low = hexOf(header.substr(19, 16));
    const auto parent = hexOf(header.substr(36, 16));
    const auto flags = hexOf(header.substr(53, 2));
    if (!high || !low || !parent || !flags || (*high | *low) == 0 || *parent == 0) {
        return std::nullopt;
    }
    return TraceContext{*high, *low, *parent, static_cast<std::uint8_t>(*flags)};
}

std::string traceIdText(const TraceContext& trace) {
    std::string text;
    if (trace.known()) {
        text.reserve(32);
        appendHex(text, trace.idHigh);
        appendHex(text, trace.idLow);
    }
    return text;
}

std::string parentIdText(const TraceContext& trace) {
    std::string text;
    if (trace.parent != 0) {
        appendHex(text, trace.parent);
    }
    return text;
}

TraceContext TraceIds::make() {
    constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15U;
    const std::uint64_t number = next_.fetch_add(1, std::memory_order_relaxed) + 1;
    TraceContext trace;
    trace.idHigh = mixed(seed_);
    // A different number for each, and never zero together with the other half.
    trace.idLow = mixed(seed_ + number * kStep);
    if (!trace.known()) {
        trace.idLow = 1;
    }
    return trace;
}

std::uint64_t randomSeed() {
    std::random_device device;
    return static_cast<std::uint64_t>(device()) << 32U | device();
}

}  // namespace tikgok::sim
