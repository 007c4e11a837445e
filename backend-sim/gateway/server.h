// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The HTTP server: one listener on loopback, connections dealt out over one event loop per thread.
#pragma once

#include "backend-sim/gateway/http.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace tikgok::sim::http {

struct Limits {
    std::size_t headBytes = std::size_t{16} * 1024;
    std::size_t headFields = 100;
    std::size_t targetBytes = std::size_t{8} * 1024;
    std::size_t connections = 8192;
    // From the first byte of a request (for a new connection: from its start) to the end of its head.
    std::chrono::milliseconds headTime{10'000};
    // Between two pieces of a body, and between two pieces of an answer that the client takes.
    std::chrono::milliseconds pieceTime{20'000};
    // For the whole of a body that is collected in memory.
    std::chrono::milliseconds smallBodyTime{60'000};
    // Between two requests.
    std::chrono::milliseconds idleTime{120'000};
    // How long the rest of a refused body is read and thrown away, so that the client sees the answer.
    std::chrono::milliseconds lingerTime{5'000};
    // How often the limits above are looked at.
    std::chrono::milliseconds sweepTime{250};
};

struct ServerConfig {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    unsigned threads = 2;
    Limits limits;
};

struct ServerCounters {
    std::size_t connections = 0;
};

class Server {
public:
    // Binds and listens; nothing is accepted yet. Refuses an address that is not loopback. The error is a
    // sentence for people.
    static std::expected<std::unique_ptr<Server>, std::string> bind(ServerConfig config);

    virtual ~Server() = default;

    [[nodiscard]] virtual std::uint16_t port() const = 0;
    // "http://127.0.0.1:PORT"
    [[nodiscard]] virtual std::string url() const = 0;

    // Starts the threads. `handler` must live until stop() has returned.
    virtual void start(Handler& handler) = 0;
    // Stops accepting, closes idle connections, gives running requests `patience` to end, closes the rest
    // and joins the threads. Not from a thread of the server. The second call does nothing.
    virtual void stop(std::chrono::milliseconds patience) = 0;

    // For tests and metrics. Any thread.
    [[nodiscard]] virtual ServerCounters counters() const = 0;
};

}  // namespace tikgok::sim::http
