// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/backend_sim/gateway/stage.h"

#include "backend-sim/gateway/token.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <filesystem>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace tikgok::sim::gatewaytest {

namespace {

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

}  // namespace

std::string Reply::header(std::string_view name) const {
    const std::string all = lowered(head);
    const std::string start = "\r\n" + std::string(name) + ": ";
    const std::size_t at = all.find(start);
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t from = at + start.size();
    return head.substr(from, head.find("\r\n", from) - from);
}

Wire::Wire(std::uint16_t port) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        socket_ = -1;
        return;
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Wire::~Wire() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

bool Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Wire::receive() {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, 10'000) != 1) {
        return false;
    }
    std::array<char, 65536> block{};
    const ssize_t got = ::recv(socket_, block.data(), block.size(), 0);
    if (got <= 0) {
        return false;
    }
    received_.append(block.data(), static_cast<std::size_t>(got));
    return true;
}

std::size_t Wire::receiveSome(std::size_t most) {
    std::string block(most, '\0');
    const ssize_t got = ::recv(socket_, block.data(), block.size(), 0);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
}

Reply Wire::read(bool headOnly) {
    Reply reply;
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!receive()) {
            return {};
        }
    }
    reply.head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    std::size_t length = 0;
    const std::string lengthText = reply.header("content-length");
    std::from_chars(lengthText.data(), lengthText.data() + lengthText.size(), length);
    int status = 0;
    std::from_chars(reply.head.data() + 9, reply.head.data() + 12, status);
    if (headOnly || status == 304 || status == 100 || status == 101) {
        length = 0;
    }
    while (received_.size() < length) {
        if (!receive()) {
            return {};
        }
    }
    reply.body = received_.substr(0, length);
    received_.erase(0, length);
    reply.status = status;
    return reply;
}

std::string Wire::take(std::size_t bytes) {
    while (received_.size() < bytes && receive()) {
    }
    std::string taken = received_.substr(0, bytes);
    received_.erase(0, taken.size());
    return taken;
}

bool Wire::closedByServer(std::chrono::milliseconds patience) {
    if (!received_.empty()) {
        return false;
    }
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(patience.count())) != 1) {
        return false;
    }
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) <= 0;
}

void Wire::endOfInput() {
    ::shutdown(socket_, SHUT_WR);
}

void Wire::reset() {
    const linger hard{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::close(socket_);
    socket_ = -1;
}

void Wire::receiveLittle(int bytes) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

Stage::Stage(http::Limits limits, GatewayConfig config, unsigned threads) {
    const std::filesystem::path root = directory.path().toStdString();
    std::filesystem::create_directories(root / "staging");
    std::filesystem::create_directories(root / "media");
    services.mediaDirectory = root / "media";
    config.upload.directory = root / "staging";
    if (!config.now) {
        config.now = [] { return kNow; };
    }
    gateway = std::make_unique<Gateway>(services.all(), services, kKey, std::move(config));
    http::ServerConfig serverConfig;
    serverConfig.limits = limits;
    serverConfig.threads = threads;
    auto bound = http::Server::bind(std::move(serverConfig));
    if (!bound) {
        throw std::runtime_error(bound.error());
    }
    server = std::move(*bound);
    server->start(*gateway);
}

Stage::~Stage() {
    server->stop(std::chrono::seconds(2));
}

std::string Stage::token(contract::Id user) const {
    return TokenAuthority(kKey).issue(user, kNow);
}

Reply Stage::ask(std::string_view bytes) const {
    Wire wire(port());
    Reply reply = wire.ask(bytes);
    const auto method = bytes.find(' ');
    const auto target = bytes.find(' ', method + 1);
    if (judge && target != std::string_view::npos) {
        judge(bytes.substr(0, method), bytes.substr(method + 1, target - method - 1), reply);
    }
    return reply;
}

Reply Stage::get(std::string_view target, std::string_view headers) const {
    return ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + std::string(headers) +
               "\r\n");
}

Reply Stage::post(std::string_view target, std::string_view contentType, std::string_view body) const {
    std::string request = "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost:1\r\n";
    if (!contentType.empty()) {
        request += "Content-Type: " + std::string(contentType) + "\r\n";
    }
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    request += body;
    return ask(request);
}

std::size_t Stage::stagedFiles() const {
    const std::filesystem::path staging = std::filesystem::path(directory.path().toStdString()) / "staging";
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(staging), std::filesystem::directory_iterator()));
}

std::vector<std::string> Stage::allFiles() const {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path().toStdString())) {
        if (!entry.is_directory()) {
            files.push_back(entry.path().string());
        }
    }
    std::ranges::sort(files);
    return files;
}

bool Stage::eventually(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

std::string multipartBody(std::string_view boundary, const std::vector<Part>& parts) {
    std::string body;
    for (const Part& part : parts) {
        body += "--" + std::string(boundary) + "\r\n" + part.head + "\r\n" + part.data + "\r\n";
    }
    return body + "--" + std::string(boundary) + "--\r\n";
}

Part field(std::string_view name, std::string_view value) {
    return {"Content-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n", std::string(value)};
}

Part file(std::string_view name, std::string_view fileName, std::string_view data) {
    return {"Content-Disposition: form-data; name=\"" + std::string(name) + "\"; filename=\"" +
                std::string(fileName) + "\"\r\nContent-Type: video/mp4\r\n",
            std::string(data)};
}

}  // namespace tikgok::sim::gatewaytest
