// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "backend-sim/gateway/door.h"

#include <sodium.h>

#include <algorithm>

namespace tikgok::sim {

namespace {

// The first `pairing` of a query. The token is made of digits and letters, so nobody has to escape it.
std::string_view pairingIn(std::string_view query) {
    constexpr std::string_view kName = "pairing=";
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        if (query.starts_with(kName)) {
            return query.substr(kName.size(), end - kName.size());
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return {};
}

}  // namespace

bool sameSecret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool hostAllowed(std::string_view host, const std::vector<std::string>& names) {
    std::string name;
    std::string_view port;
    if (host.starts_with('[')) {
        const std::size_t end = host.find(']');
        if (end == std::string_view::npos) {
            return false;
        }
        name = host.substr(0, end + 1);
        port = host.substr(end + 1);
    } else {
        const std::size_t colon = std::min(host.find(':'), host.size());
        name = host.substr(0, colon);
        port = host.substr(colon);
    }
    constexpr std::size_t kLongestPort = 6;  // with its colon
    if (!port.empty() && (port.front() != ':' || port.size() > kLongestPort ||
                          port.substr(1).find_first_not_of("0123456789") != std::string_view::npos)) {
        return false;
    }
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name == "127.0.0.1" || name == "localhost" || name == "[::1]" ||
           std::ranges::find(names, name) != names.end();
}

bool isLoopback(std::string_view peer) {
    return peer == "::1" || peer.starts_with("127.");
}

bool Door::paired(const http::Request& request) const {
    return pairingToken_.empty() || trusted_(request.peer) ||
           sameSecret(request.pairing.empty() ? pairingIn(request.query) : request.pairing, pairingToken_);
}

std::optional<http::Response> Door::refuse(const http::Request& request) const {
    // HTTP/1.0 may come without a host. A browser that was lured here by another name always sends one.
    if (request.hasHostHeader && !hostAllowed(request.host, hostNames_)) {
        return http::textResponse(421, "this server answers only to its own name");
    }
    if (!paired(request)) {
        return http::textResponse(403, "this server is not paired with you");
    }
    if (!request.contentEncoding.empty()) {
        http::Response response = http::textResponse(415, "bodies must not be compressed");
        response.extraHeaders = "Accept-Encoding: identity\r\n";
        return response;
    }
    return std::nullopt;
}

}  // namespace tikgok::sim
