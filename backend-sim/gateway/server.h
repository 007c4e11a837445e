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
    // Bytes of bodies that wait in memory to be complete or answered, of all connections together. What goes
    // beyond is answered with 503. Uploads are not among them. Buffers that grow may take twice as much.
    std::size_t bodyBytes = std::size_t{64} * 1024 * 1024;
    // From one address; an IPv6 network of 64 bits counts as one.
    std::size_t connectionsPerPeer = 4096;
    // From the first byte of a request (for a new connection: from its start) to the end of its head.
    std::chrono::milliseconds headTime{10'000};
    // Between two pieces of a body, and between two pieces of an answer that the client takes.
    std::chrono::milliseconds pieceTime{20'000};
    // For the whole of a body that is collected in memory. Uploads and answers get this much and the time
    // that they take at the least rate, so nobody holds the server with a byte now and then.
    std::chrono::milliseconds bodyTime{60'000};
    // Bytes per second.
    std::uint64_t leastUploadRate = std::uint64_t{16} * 1024;
    std::uint64_t leastAnswerRate = std::uint64_t{4} * 1024;
    // Between two requests.
    std::chrono::milliseconds idleTime{120'000};
    // How long the rest of a refused body is read and thrown away, so that the client sees the answer.
    std::chrono::milliseconds lingerTime{5'000};
    // WebSockets: what may wait for one peer, in bytes; and how long a peer may say nothing before it is
    // asked whether it is there, and again before it is dropped.
    std::size_t socketQueue = std::size_t{256} * 1024;
    std::chrono::milliseconds socketIdle{60'000};
    // For its handshake, and for taking its leave.
    std::chrono::milliseconds socketPatience{10'000};
    // How often the limits above are looked at.
    std::chrono::milliseconds sweepTime{250};
};

struct ServerConfig {
    std::string host = "127.0.0.1";
    // Lets `host` be the address of another network interface of this computer. "All addresses" (0.0.0.0, ::)
    // is refused all the same: the answers could not say under which name this server is known.
    bool lan = false;
    std::uint16_t port = 0;
    unsigned threads = 2;
    Limits limits;
    // Unix seconds, for the Date of answers; at least once a second of real time. The system's when empty.
    std::function<std::int64_t()> now{};
};

struct ServerCounters {
    std::size_t connections = 0;
    // Clients for whom there was no memory.
    std::size_t lost = 0;
    // See Limits::bodyBytes.
    std::size_t bodyBytes = 0;
};

class Server {
public:
    // Binds and listens; nothing is accepted yet. Without `lan`, refuses an address that is not loopback.
    // The error is a sentence for people.
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
