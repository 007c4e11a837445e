// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/conformance/raw_http.h"

#include <charconv>
#include <cstring>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tikgok::conformance {

std::expected<HostPort, std::string> splitUrl(std::string_view baseUrl) {
    constexpr std::string_view kScheme = "http://";
    if (!baseUrl.starts_with(kScheme)) {
        return std::unexpected("only http:// addresses are supported");
    }
    baseUrl.remove_prefix(kScheme.size());
    baseUrl = baseUrl.substr(0, baseUrl.find('/'));
    HostPort out;
    const auto colon = baseUrl.rfind(':');
    out.host = baseUrl.substr(0, colon);
    if (colon != std::string_view::npos) {
        const std::string_view digits = baseUrl.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
        if (error != std::errc() || end != digits.data() + digits.size()) {
            return std::unexpected("bad port in the address");
        }
    }
    if (out.host.empty()) {
        return std::unexpected("no host in the address");
    }
    return out;
}

RawConnection::RawConnection(const HostPort& server) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int code =
            getaddrinfo(server.host.c_str(), std::to_string(server.port).c_str(), &hints, &found);
        code != 0) {
        problem_ = gai_strerror(code);
        return;
    }
    for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
        socket_ = ::socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC, each->ai_protocol);
        if (socket_ >= 0 && ::connect(socket_, each->ai_addr, each->ai_addrlen) == 0) {
            problem_.clear();
            break;
        }
        problem_ = std::strerror(errno);
        if (socket_ >= 0) {
            ::close(socket_);
            socket_ = -1;
        }
    }
    freeaddrinfo(found);
}

RawConnection::~RawConnection() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

bool RawConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawConnection::fill(std::chrono::steady_clock::time_point until) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
    if (ended_ || left.count() <= 0 || ::poll(&entry, 1, static_cast<int>(left.count())) <= 0) {
        return false;
    }
    char block[65536];
    const ssize_t count = ::recv(socket_, block, sizeof block, 0);
    if (count <= 0) {
        ended_ = true;
        return false;
    }
    buffer_.append(block, static_cast<std::size_t>(count));
    return true;
}

Answer RawConnection::read(bool headRequest, std::chrono::milliseconds timeout) {
    const auto until = std::chrono::steady_clock::now() + timeout;
    Answer answer;
    const auto failed = [&answer, this](std::string_view what) {
        answer.status = 0;
        answer.problem = std::string(what) + (ended_ ? " (connection ended)" : " (time over)");
        return answer;
    };
    auto headEnd = buffer_.find("\r\n\r\n");
    while (headEnd == std::string::npos) {
        if (!fill(until)) {
            return failed("no complete head");
        }
        headEnd = buffer_.find("\r\n\r\n");
    }
    const std::string head = buffer_.substr(0, headEnd + 2);
    buffer_.erase(0, headEnd + 4);
    if (head.size() < 12 || !head.starts_with("HTTP/1.")) {
        return failed("not an HTTP answer");
    }
    std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    for (auto at = head.find("\r\n") + 2; at < head.size();) {
        const auto end = head.find("\r\n", at);
        const std::string_view line = std::string_view(head).substr(at, end - at);
        at = end + 2;
        if (const auto colon = line.find(':'); colon != std::string_view::npos) {
            std::string name(line.substr(0, colon));
            for (char& c : name) {
                c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            }
            const auto from = line.find_first_not_of(' ', colon + 1);
            answer.headers.push_back(
                {std::move(name), from == std::string_view::npos ? "" : std::string(line.substr(from))});
        }
    }
    if (answer.status == 100) {
        return read(headRequest, timeout);
    }
    if (headRequest || answer.status == 204 || answer.status == 304) {
        return answer;
    }
    if (const std::string length = answer.header("content-length"); !length.empty()) {
        std::size_t want = 0;
        std::from_chars(length.data(), length.data() + length.size(), want);
        while (buffer_.size() < want) {
            if (!fill(until)) {
                return failed("body is cut");
            }
        }
        answer.body = buffer_.substr(0, want);
        buffer_.erase(0, want);
        return answer;
    }
    if (answer.header("transfer-encoding") == "chunked") {
        while (true) {
            auto lineEnd = buffer_.find("\r\n");
            while (lineEnd == std::string::npos) {
                if (!fill(until)) {
                    return failed("chunk head is cut");
                }
                lineEnd = buffer_.find("\r\n");
            }
            std::size_t size = 0;
            std::from_chars(buffer_.data(), buffer_.data() + lineEnd, size, 16);
            while (buffer_.size() < lineEnd + 2 + size + 2) {
                if (!fill(until)) {
                    return failed("chunk is cut");
                }
            }
            answer.body.append(buffer_, lineEnd + 2, size);
            buffer_.erase(0, lineEnd + 2 + size + 2);
            if (size == 0) {
                return answer;
            }
        }
    }
    while (fill(until)) {
    }
    answer.body = std::move(buffer_);
    buffer_.clear();
    return answer;
}

bool RawConnection::closedByPeer(std::chrono::milliseconds timeout) {
    const auto until = std::chrono::steady_clock::now() + timeout;
    while (fill(until)) {
    }
    return ended_;
}

}  // namespace tikgok::conformance
