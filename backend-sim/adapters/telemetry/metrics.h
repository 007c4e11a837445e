// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Counts what the gateway, the services and the write side report, and says it in Prometheus' text format.
#pragma once

#include "backend-sim/ports/request_telemetry.h"
#include "backend-sim/ports/telemetry.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// Any thread. Counting takes no lock; the counters are split so that threads seldom share a cache line.
class Metrics final : public Telemetry, public RequestTelemetry, public MetricsPage {
public:
    struct Config {
        // Labels of the routes that AnsweredRequest::route counts.
        std::vector<std::string> routes;
        std::string version;
    };
    explicit Metrics(Config config);
    ~Metrics() override;
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void happened(Event event, std::uint64_t times = 1) noexcept override;
    void level(Level level, std::int64_t value) noexcept override;
    using Telemetry::sample;
    void sample(Sample sample, double value) noexcept override;

    void answered(const AnsweredRequest& request) noexcept override;
    void inFlight(int change) noexcept override;

    // A value that is asked for whenever the page is made, on that thread. `read` must stay good until
    // removeReaders(); it must not call back. Counters end in _total.
    void addReader(std::string name, std::string help, std::function<double()> read);
    // Waits for a page that is being made.
    void removeReaders();

    [[nodiscard]] std::string text() const override;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace tikgok::sim
