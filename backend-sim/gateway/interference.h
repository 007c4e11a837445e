// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where others may take a hand in a request, or look on. The gateway knows only these interfaces; what stands
// behind them is in backend-sim/control/. While nobody does, a request pays for one or two reads of a flag.
#pragma once

#include "backend-sim/gateway/http.h"
#include "core/contract/types.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim {

struct Call;

// What is done to one request on purpose. Lives with its Call; on one thread.
class Strike {
public:
    virtual ~Strike() = default;

    // The answer, instead of what would handle the request. Nothing: it is handled.
    virtual std::optional<http::Response> instead(const http::Exchange& exchange, const Call& call) = 0;
    // What the request brought along is wanted a second time: to be asked before it is handled.
    [[nodiscard]] virtual bool willRepeat() const = 0;
    // The request was handled. True: throw that answer away and handle it once more.
    virtual bool again(const http::Exchange& exchange) = 0;
    // Changes the answer, before it is compressed, or how it goes out.
    virtual void shape(const http::Exchange& exchange, const Call& call, http::Response& response) = 0;

    // For those who look on. Names of the rules that struck, joined by ", "; empty when none did.
    [[nodiscard]] virtual std::string_view rules() const = 0;
    // Kinds of what they did, in the same form.
    [[nodiscard]] virtual std::string_view kinds() const = 0;
    // A JSON array: every rule that was looked at, and what came of it. Empty when nobody wanted to know.
    [[nodiscard]] virtual std::string_view explanation() const = 0;
};

// Who asks.
struct Asker {
    // 0: a stranger.
    contract::Id id = 0;
    std::string name;
};

// Any thread.
class Interference {
public:
    virtual ~Interference() = default;

    // Whether there is anything that could be done to any request.
    [[nodiscard]] bool armed() const { return armed_.load(std::memory_order_relaxed); }
    // The request is complete, with its parameters, and goes to its handler next. `asker` is slow; it is
    // called when it matters. Null: nothing is done.
    virtual std::unique_ptr<Strike> decide(const http::Exchange& exchange, const Call& call,
                                           const std::function<Asker()>& asker) = 0;

protected:
    std::atomic<bool> armed_ = false;
};

// Any thread.
class ExchangeWatcher {
public:
    virtual ~ExchangeWatcher() = default;

    [[nodiscard]] bool watching() const { return watching_.load(std::memory_order_relaxed); }
    // The answer is as it will be, but not compressed yet, and goes out next. Must be quick.
    virtual void answered(const http::Exchange& exchange, const Call& call,
                          const http::Response& response) = 0;

protected:
    std::atomic<bool> watching_ = false;
};

// A request's place among those that are let in one by one. Lives with its Call, on its thread; when it goes,
// the place is given up.
class Turn {
public:
    virtual ~Turn() = default;

    [[nodiscard]] virtual bool hasCome() const = 0;
    // It has not come yet: `wake` is answered, with whatever, when it has.
    virtual void wait(http::Responder wake) = 0;
    // The request is complete and goes to its handler next.
    virtual void begins(const http::Exchange& exchange) = 0;
    // As ExchangeWatcher::answered(). Whoever is next may begin.
    virtual void answered(const http::Exchange& exchange, const http::Response& response) = 0;
};

// Lets requests in one by one while somebody wants to know their order. Any thread.
class Turnstile {
public:
    virtual ~Turnstile() = default;

    // For requests that begin now.
    [[nodiscard]] bool turning() const { return turning_.load(std::memory_order_relaxed); }
    // Bytes of an upload that are kept for it.
    [[nodiscard]] virtual std::size_t mostBody() const = 0;
    // Null: it goes on as if there were nothing here.
    virtual std::unique_ptr<Turn> queue() = 0;
    // A request that had no turn, as its head was refused.
    virtual void refused(const http::Exchange& exchange, const http::Response& response) = 0;

protected:
    std::atomic<bool> turning_ = false;
};

}  // namespace tikgok::sim
