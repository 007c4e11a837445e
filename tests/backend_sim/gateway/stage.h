// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A gateway over doubles on a free port, and a client that sends exactly the bytes it is told to.
#pragma once

#include "backend-sim/gateway/gateway.h"
#include "backend-sim/gateway/server.h"
#include "tests/backend_sim/gateway/doubles.h"

#include <QTemporaryDir>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tikgok::sim::gatewaytest {

struct Reply {
    // 0: no complete answer came.
    int status = 0;
    std::string head;
    std::string body;

    // Lower-case name; empty when absent.
    [[nodiscard]] std::string header(std::string_view name) const;
};

class Wire {
public:
    explicit Wire(std::uint16_t port);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    // False when the server is gone.
    bool send(std::string_view bytes);
    Reply read(bool headOnly = false);
    // The next bytes, whatever they are; fewer when no more come.
    std::string take(std::size_t bytes);
    Reply ask(std::string_view bytes) {
        send(bytes);
        return read();
    }
    // Waits until the server closes; false when it sends something or does nothing for `patience`.
    bool closedByServer(std::chrono::milliseconds patience = std::chrono::seconds(5));
    void endOfInput();
    // Closes with a reset instead of an orderly end.
    void reset();
    // What came and was not read as an answer yet.
    std::string rest() const { return received_; }
    [[nodiscard]] int descriptor() const { return socket_; }
    // A small buffer makes a client that takes its answer slowly.
    void receiveLittle(int bytes);
    std::size_t receiveSome(std::size_t most);

private:
    bool receive();

    int socket_ = -1;
    std::string received_;
};

class Stage {
public:
    explicit Stage(http::Limits limits = {}, GatewayConfig config = {}, unsigned threads = 2);
    ~Stage();

    // A good token of a user.
    [[nodiscard]] std::string token(contract::Id user = 1) const;
    // A request on a connection of its own.
    Reply ask(std::string_view bytes) const;
    Reply get(std::string_view target, std::string_view headers = {}) const;
    // Adds Content-Length.
    Reply post(std::string_view target, std::string_view contentType = {}, std::string_view body = {}) const;
    [[nodiscard]] std::uint16_t port() const { return server->port(); }
    // Files below the staging directory.
    [[nodiscard]] std::size_t stagedFiles() const;
    // Every file below the test's directory.
    [[nodiscard]] std::vector<std::string> allFiles() const;
    // Waits for a condition, five seconds at most.
    static bool eventually(const std::function<bool()>& condition);

    static constexpr std::string_view kKey = "the key of these tests, 32 bytes.";
    static constexpr std::int64_t kNow = 1'800'000'000;

    // Sees every answer to ask(), get() and post(). May be empty.
    std::function<void(std::string_view method, std::string_view target, const Reply& reply)> judge;

    QTemporaryDir directory;
    doubles::FakeServices services;
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<http::Server> server;
};

struct Part {
    std::string head;
    std::string data;
};
std::string multipartBody(std::string_view boundary, const std::vector<Part>& parts);
Part field(std::string_view name, std::string_view value);
Part file(std::string_view name, std::string_view fileName, std::string_view data);

}  // namespace tikgok::sim::gatewaytest
