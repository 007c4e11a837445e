// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the gateway reports about requests, and the page on which an operator's tools read it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tikgok::sim {

enum class RequestMethod : std::uint8_t { Get, Head, Post, Other };

// How a fault ended the connection before the last byte of the answer.
enum class AnswerCut : std::uint8_t { None, Close, Reset };

struct AnsweredRequest {
    // Index into the labels that the receiver was made with. There are as many as the server has routes, and
    // one for every path that leads nowhere: what a stranger sends makes no new series.
    std::size_t route = 0;
    RequestMethod method = RequestMethod::Other;
    // Of HTTP; 0 when the client saw none, as the cut came before the head.
    int status = 200;
    // `status_code` of the envelope; -1 when the answer has none, or the client saw none.
    std::int32_t code = -1;
    AnswerCut cut = AnswerCut::None;
    // From the end of the request's head to the moment before the answer is sent.
    std::chrono::steady_clock::duration spent{};
    // Bytes of the bodies, without heads; of the answer, before compression.
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
};

// Any thread. Costs some tens of nanoseconds, takes no lock, never throws.
class RequestTelemetry {
public:
    virtual ~RequestTelemetry() = default;
    virtual void answered(const AnsweredRequest& request) noexcept = 0;
    // A request's life, whatever ends it: +1 at its head, -1 when it is answered or its connection is gone.
    virtual void inFlight(int change) noexcept = 0;
};

// Any thread.
class MetricsPage {
public:
    virtual ~MetricsPage() = default;
    // Prometheus text format 0.0.4, UTF-8. Takes milliseconds.
    [[nodiscard]] virtual std::string text() const = 0;
};

}  // namespace tikgok::sim
