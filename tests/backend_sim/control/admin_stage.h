// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A real simulator, a client of its public API, and its owner at the admin API, all over real HTTP.
#pragma once

#include "backend-sim/simulator.h"
#include "tests/backend_sim/gateway/stage.h"
#include "tests/support/quick_directory.h"

#include <QTemporaryDir>

#include <boost/json.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace tikgok::sim::controltest {

namespace json = boost::json;
using gatewaytest::Reply;
using gatewaytest::Wire;

// What came back, byte by byte.
struct Raw {
    std::string bytes;
    // The same as an answer, when it was whole.
    Reply reply;
    // How the server ended the connection, if it did.
    bool closed = false;
    bool reset = false;
    // From the request to the last byte or the end.
    std::int64_t ms = 0;
};

class AdminStage {
public:
    explicit AdminStage(const std::function<void(SimulatorConfig&)>& change = {});

    // As the owner. `path` begins with "/_sim". Sends `body` as JSON unless it is empty. What is not as
    // docs/openapi-admin.yaml has it fails the test.
    [[nodiscard]] Reply admin(std::string_view method, std::string_view path,
                              std::string_view body = {}) const;
    // The same, which must be answered with `status`; gives the JSON. Throws what came otherwise.
    json::value must(std::string_view method, std::string_view path, std::string_view body = {},
                     int status = 200) const;

    // As a client, each on a connection of its own. `headers`: whole lines.
    [[nodiscard]] Reply get(std::string_view target, std::string_view headers = {}) const;
    [[nodiscard]] Reply post(std::string_view target, std::string_view type = {}, std::string_view body = {},
                             std::string_view headers = {}) const;
    // Sends `request` as it is, and takes what comes until the answer is whole or the connection ends.
    [[nodiscard]] Raw raw(std::string_view request) const;
    // Registers somebody; gives the token.
    [[nodiscard]] std::string person(std::string_view name) const;

    [[nodiscard]] std::uint16_t port() const { return simulator->port(); }

    QTemporaryDir directory{test::quickDirectory()};
    SimulatorConfig config;
    // Operations of the admin API that did what was asked, as their description calls them.
    mutable std::set<std::string> done;
    std::unique_ptr<Simulator> simulator;

private:
    // Guards `done`.
    mutable std::mutex doing_;
};

// A member of a JSON answer; throws when it is not there. `path`: "/a/0/b".
json::value at(const json::value& value, std::string_view path);
json::value at(const Reply& reply, std::string_view path);

}  // namespace tikgok::sim::controltest
