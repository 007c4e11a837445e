// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Everything that can be configured, as plain values. What each means, its range and its default: keys.cpp
// and docs/configuration.md.
#pragma once

#include "core/contract/endpoints.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

namespace tikgok::sim {

struct Settings {
    struct Server {
        std::string host = "127.0.0.1";
        std::int64_t port = 0;
        bool lan = false;
        std::int64_t threads = 2;
        std::chrono::milliseconds stopTime{3'000};
    } server;

    struct Data {
        // Empty: where the platform keeps such data.
        std::string directory;
        // Empty: as installed.
        std::string resources;
        std::string world = "small";
        std::int64_t seed = 1;
        // auto: snowflake in the dialect tikgok.
        std::string ids = "auto";
    } data;

    struct Api {
        std::string dialect = "standard";
        std::int64_t pageSize = 30;
        std::int64_t maxUploadBytes = std::int64_t{200} * 1024 * 1024;
        std::chrono::milliseconds mediaDelay{2'000};
        bool lenient = false;
    } api;

    struct Writes {
        std::int64_t queue = 65'536;
        std::int64_t diskReserve = std::int64_t{64} * 1024 * 1024;
        bool parity = false;
    } writes;

    struct Limiter {
        // auto: on in the dialect tikgok.
        std::string mode = "auto";
        double busyCpu = 0.9;
    } limiter;

    struct Login {
        std::int64_t failuresPerAccount = 20;
        std::int64_t failuresPerPeer = 200;
        std::chrono::milliseconds window{60'000};
    } login;

    // By endpoint, in the order of the contract's table.
    std::array<std::chrono::milliseconds, contract::kEndpoints.size()> budgets{};

    struct Log {
        std::string level = "info";
        // Empty: standard error.
        std::string file;
        bool access = false;
        // Empty: where the rest goes.
        std::string accessFile;
        std::int64_t maxBytes = std::int64_t{10} * 1024 * 1024;
        std::chrono::milliseconds maxAge{std::chrono::hours(24)};
        std::int64_t keep = 7;
        bool compress = true;
    } log;

    Settings() {
        budgets.fill(std::chrono::seconds(30));
        budgets[static_cast<std::size_t>(contract::Endpoint::PublishAction)] = std::chrono::seconds(120);
    }
};

}  // namespace tikgok::sim
