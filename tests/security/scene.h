// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A real simulator with two people, and everything that an attack could leave behind: what the lists say, the
// files of the data directory, and the rows of its databases.
#pragma once

#include "backend-sim/simulator.h"
#include "tests/backend_sim/gateway/stage.h"

#include <QTemporaryDir>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim::security {

using gatewaytest::Reply;
using gatewaytest::Wire;

class Scene {
public:
    // Ann and Bob are registered (password "secret"); Ann has published one video, which Bob likes and
    // comments on, and both follow and have written to each other.
    explicit Scene(const std::function<void(SimulatorConfig&)>& change = {});

    [[nodiscard]] Reply ask(std::string_view request) const;
    // `target` with its query; adds Host and Content-Length.
    [[nodiscard]] Reply get(const std::string& target) const;
    [[nodiscard]] Reply post(const std::string& target, std::string_view type = {},
                             std::string_view body = {}) const;
    // Publishes `content`; the answer.
    [[nodiscard]] Reply publish(const std::string& fileName, std::string_view content,
                                const std::string& token) const;

    // Everything that can be seen over HTTP, as text, and the files of the data directory with their sizes
    // (of databases only the names).
    [[nodiscard]] std::string traces() const;
    // Files below the data directory, relative, without those that SQLite keeps beside its databases.
    [[nodiscard]] std::vector<std::string> files() const;
    // Stops the simulator and counts the rows of every table. Starts it again.
    [[nodiscard]] std::map<std::string, std::int64_t> rows();

    [[nodiscard]] std::uint16_t port() const { return simulator->port(); }
    [[nodiscard]] std::filesystem::path data() const { return config.dataDirectory; }
    // The bytes of data/token.key.
    [[nodiscard]] std::string key() const;

    QTemporaryDir directory;
    SimulatorConfig config;
    std::unique_ptr<Simulator> simulator;
    std::string ann;
    std::string bob;
    std::string annToken;
    std::string bobToken;
    std::string video;

private:
    void start();
};

// A small real video, and a real JSON member's value.
std::string someVideo();
std::string member(const Reply& reply, const std::string& name);
bool ok(const Reply& reply);

}  // namespace tikgok::sim::security
