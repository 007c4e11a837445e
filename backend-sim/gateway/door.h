// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a request must have before anybody looks at what it wants: a name that is ours, for strangers the
// pairing token, and a body that is what it looks like.
#pragma once

#include "backend-sim/gateway/http.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tikgok::sim {

// Whether a Host header names this computer (with any port), or one of `names`.
bool hostAllowed(std::string_view host, const std::vector<std::string>& names);

// Compares in time that does not depend on where they differ. The length is no secret.
bool sameSecret(std::string_view a, std::string_view b);

// A loopback address as text.
bool isLoopback(std::string_view peer);

// Immutable, so any thread.
class Door {
public:
    // Whether a peer is this computer itself, which needs no pairing. Any thread.
    using Trusted = std::function<bool(std::string_view peer)>;

    // `hostNames`: besides the loopback ones; without a port. `pairingToken`: empty means that nobody needs
    // one.
    Door(std::vector<std::string> hostNames, std::string pairingToken, Trusted trusted)
        : hostNames_(std::move(hostNames)),
          pairingToken_(std::move(pairingToken)),
          trusted_(trusted ? std::move(trusted) : Trusted(isLoopback)) {}

    // 421 for a name that is not ours, 403 without the right token (header X-TikGok-Pairing, or `pairing` in
    // the query), 415 for a compressed body: nothing that comes is ever inflated.
    [[nodiscard]] std::optional<http::Response> refuse(const http::Request& request) const;

private:
    [[nodiscard]] bool paired(const http::Request& request) const;

    std::vector<std::string> hostNames_;
    std::string pairingToken_;
    Trusted trusted_;
};

}  // namespace tikgok::sim
