// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The gateway: takes HTTP requests apart, finds who asks and what for, and lets the services answer.
#pragma once

#include "backend-sim/gateway/call.h"
#include "backend-sim/gateway/door.h"
#include "backend-sim/gateway/endpoints.h"
#include "backend-sim/gateway/http.h"
#include "backend-sim/gateway/media.h"
#include "backend-sim/gateway/middleware.h"
#include "backend-sim/gateway/upload.h"
#include "backend-sim/ports/log.h"
#include "backend-sim/services/services.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

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
};

class Gateway final : public http::Handler {
public:
    // `media` must outlive this object, and so must the services. `tokenKey` is copied.
    Gateway(const Services& services, const MediaSource& media, std::string_view tokenKey,
            GatewayConfig config);

    std::optional<http::Response> begin(http::Exchange& exchange) override;
    void handle(http::Exchange& exchange) override;
    void finish(http::Exchange& exchange, http::Response& response) override;

private:
    void atEnd(http::Exchange& exchange, Call& call) const;
    void readForm(http::Exchange& exchange, Call& call) const;

    GatewayConfig config_;
    Services services_;
    const MediaSource& media_;
    Door door_;
    TokenAuthority tokens_;
    Endpoints endpoints_;
    std::vector<std::unique_ptr<Middleware>> chain_;
};

// What a path leads to, with or without its final slash.
Route findRoute(std::string_view path);

}  // namespace tikgok::sim
