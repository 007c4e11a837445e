// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Takes a request apart: its head at once, its body piece by piece. Refuses everything that two servers could
// read in two ways.
#pragma once

#include "backend-sim/gateway/http.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace tikgok::sim::http {

// Where the parser hands over pieces of the body, without the chunks' wrapping.
class BodyReceiver {
public:
    // False: stop, over the limit.
    virtual bool receive(std::string_view piece) = 0;

protected:
    ~BodyReceiver() = default;
};

class RequestParser {
public:
    // `receiver` must outlive this object.
    RequestParser(BodyReceiver& receiver, std::size_t maxFields);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    // A whole head with its empty line; the views in `request` point into it. Begins a new request. Gives 0,
    // or the status of a refusal.
    int takeHead(std::string_view head, Request& request);

    struct Fed {
        // What is not used is to be fed again, with more behind it.
        std::size_t used = 0;
        // Status of a refusal, or 0.
        int problem = 0;
    };
    // What comes behind the head. Stops at the end of the request.
    Fed takeBody(std::string_view bytes);

    [[nodiscard]] bool complete() const;
    [[nodiscard]] bool keepAlive() const;
    [[nodiscard]] bool expectsContinue() const;
    // HTTP/1.0
    [[nodiscard]] bool oldVersion() const;

private:
    struct State;
    BodyReceiver& receiver_;
    std::size_t maxFields_;
    std::unique_ptr<State> state_;
};

// Where a head ends in what has come so far.
struct HeadScan {
    // With its empty line; 0 when it is not complete yet.
    std::size_t length = 0;
    // Status of a refusal, or 0.
    int status = 0;
};
// `scanned`: how much of `text` was looked at before; updated. A head longer than `headLimit`, and a request
// line longer than `targetLimit`, are refused.
HeadScan scanHead(std::string_view text, std::size_t& scanned, std::size_t headLimit,
                  std::size_t targetLimit);

}  // namespace tikgok::sim::http
