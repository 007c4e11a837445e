// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A bare TCP connection, for requests that no HTTP library would send.
#pragma once

#include "tests/conformance/http.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace tikgok::conformance {

struct HostPort {
    std::string host;
    std::uint16_t port = 80;
};
std::expected<HostPort, std::string> splitUrl(std::string_view baseUrl);

class RawConnection {
public:
    // Connected, or problem() says why not.
    explicit RawConnection(const HostPort& server);
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    [[nodiscard]] const std::string& problem() const { return problem_; }
    // False when the peer is gone.
    bool send(std::string_view bytes);
    // Reads one answer: head and body by Content-Length, chunks, or up to the end of the connection.
    // Status 0 and a problem when the connection ended or the time is over before it was complete.
    Answer read(bool headRequest = false, std::chrono::milliseconds timeout = std::chrono::seconds(5));
    // True when the peer closed its side within the time.
    bool closedByPeer(std::chrono::milliseconds timeout = std::chrono::seconds(5));

private:
    bool fill(std::chrono::steady_clock::time_point until);

    int socket_ = -1;
    bool ended_ = false;
    std::string buffer_;
    std::string problem_;
};

}  // namespace tikgok::conformance
