// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The gateway: takes HTTP requests apart, finds who asks and what for, and lets the services answer.
#pragma once

#include "backend-sim/gateway/admin.h"
#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/dialects/dialects.h"
#include "backend-sim/gateway/door.h"
#include "backend-sim/gateway/endpoints.h"
#include "backend-sim/gateway/http.h"
#include "backend-sim/gateway/limiter.h"
#include "backend-sim/gateway/media.h"
#include "backend-sim/gateway/middleware.h"
#include "backend-sim/gateway/observe.h"
#include "backend-sim/gateway/push.h"
#include "backend-sim/gateway/trace.h"
#include "backend-sim/gateway/upload.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/services/services.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// How long a request of each endpoint may take from its head to its answer. What nobody waits for any more is
// not begun, and what takes long is given up; the answer is `service err`.
struct RouteBudgets {
    static constexpr std::chrono::milliseconds kUsual{30'000};
    // Storing and reading a large video takes longer.
    static constexpr std::chrono::milliseconds kPublish{120'000};

    RouteBudgets() {
        of.fill(kUsual);
        of[static_cast<std::size_t>(contract::Endpoint::PublishAction)] = kPublish;
    }
    std::array<std::chrono::milliseconds, contract::kEndpoints.size()> of{};
};

struct GatewayConfig {
    UploadConfig upload;
    // Largest body of everything but an upload.
    std::size_t maxFormBytes = std::size_t{1024} * 1024;
    // Strangers may read every list.
    bool lenient = false;
    // Names under which this server may be called, besides the loopback ones; without a port.
    std::vector<std::string> hostNames;
    // What clients on other computers must bring (see Door). Empty: nothing.
    std::string pairingToken;
    // Which peers need no pairing; loopback addresses when empty.
    Door::Trusted trustedPeer;
    // Takes one line per request; may be empty.
    LogSink accessLog;
    // Unix seconds. The system's clock when empty.
    NowSeconds now;
    // None of these is owned, and all must outlive this object; each may be null. Without `metrics` there is
    // no /metrics.
    RequestTelemetry* telemetry = nullptr;
    const MetricsPage* metrics = nullptr;
    Limiter* limiter = nullptr;
    // Serves what is below /_sim/; without it there is no such path.
    AdminServer* admin = nullptr;
    Interference* interference = nullptr;
    ExchangeWatcher* watcher = nullptr;
    Turnstile* turnstile = nullptr;
    // Without it, nothing is pushed.
    PushHub* push = nullptr;
    RouteBudgets budgets;
    // Spoken first.
    DialectName dialect = DialectName::Standard;
    // What the dialect `demo` shows.
    DemoServer::Content demo;
};

class Gateway final : public http::Handler {
public:
    // `media` must outlive this object, and so must the services. `tokenKey` is copied.
    Gateway(const Services& services, const MediaSource& media, std::string_view tokenKey,
            GatewayConfig config);

    std::optional<http::Response> begin(http::Exchange& exchange) override;
    void handle(http::Exchange& exchange) override;
    bool again(http::Exchange& exchange) override;
    http::Response turnAway(http::Exchange& exchange) override;
    void finish(http::Exchange& exchange, http::Response& response) override;

    // Any thread; for requests that come from now on.
    void setBudgets(const RouteBudgets& budgets);
    void setMaxUpload(std::uint64_t bytes) { maxUpload_.store(bytes, std::memory_order_relaxed); }

    // Any thread. A request is answered in the dialect that was spoken when its head arrived.
    void setDialect(DialectName dialect);
    [[nodiscard]] DialectName dialect() const { return dialects_.current().name; }

private:
    void atEnd(http::Exchange& exchange, Call& call) const;
    // Whether it may go in now; else handle() is called again when it may.
    bool takesItsTurn(http::Exchange& exchange, Call& call) const;
    // Call::cut, from what is planned for the answer.
    static void noteCut(const http::Exchange& exchange, Call& call, const http::Response& response);
    void readForm(http::Exchange& exchange, Call& call) const;
    // Whom the request is from, before its turn to be asked comes.
    [[nodiscard]] Asker askerOf(Call& call) const;
    void serveStatic(http::Exchange& exchange, const Call& call) const;
    void ping(http::Exchange& exchange, const Call& call) const;
    void openPush(http::Exchange& exchange, Call& call) const;

    GatewayConfig config_;
    Services services_;
    const MediaSource& media_;
    Door door_;
    TokenAuthority tokens_;
    Endpoints endpoints_;
    Dialects dialects_;
    std::vector<std::unique_ptr<Middleware>> chain_;
    TraceIds traceIds_;
    std::atomic<std::uint64_t> maxUpload_;
    std::array<std::atomic<std::chrono::milliseconds>, contract::kEndpoints.size()> budgets_{};
};

// What a path leads to, with or without its final slash.
Route findRoute(std::string_view path);

}  // namespace tikgok::sim
