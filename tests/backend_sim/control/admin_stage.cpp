// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/backend_sim/control/admin_stage.h"

#include "tests/backend_sim/control/admin_judge.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>

namespace tikgok::sim::controltest {

namespace {

std::string requestOf(std::string_view method, std::string_view target, std::string_view headers,
                      std::string_view type, std::string_view body) {
    std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
    text += headers;
    if (!type.empty()) {
        text += "Content-Type: " + std::string(type) + "\r\n";
    }
    if (!body.empty() || method != "GET") {
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    return text + "\r\n" + std::string(body);
}

}  // namespace

AdminStage::AdminStage(const std::function<void(SimulatorConfig&)>& change) {
    config.dataDirectory = std::filesystem::path(directory.path().toStdString()) / "data";
    config.world = "small";
    if (change) {
        change(config);
    }
    auto started = Simulator::start(config);
    if (!started) {
        throw std::runtime_error(started.error());
    }
    simulator = std::move(*started);
}

Reply AdminStage::admin(std::string_view method, std::string_view path, std::string_view body) const {
    Wire wire(port());
    Reply reply =
        wire.ask(requestOf(method, path, "Authorization: Bearer " + simulator->adminToken() + "\r\n",
                           method == "GET" || method == "DELETE" ? "" : "application/json", body));
    const AdminVerdict verdict = judgeAdmin(method, path, body, reply);
    for (const std::string& problem : verdict.problems) {
        const std::string words = std::string(method) + " " + std::string(path) + " " +
                                  std::string(body.substr(0, 300)) + " was answered " +
                                  std::to_string(reply.status) + " " + reply.body.substr(0, 300) +
                                  ", and that is not as described: " + problem;
        QTest::qFail(words.c_str(), __FILE__, __LINE__);
    }
    if (reply.status >= 200 && reply.status < 300) {
        const std::lock_guard lock(doing_);
        done.insert(verdict.operation);
    }
    return reply;
}

json::value AdminStage::must(std::string_view method, std::string_view path, std::string_view body,
                             int status) const {
    const Reply reply = admin(method, path, body);
    if (reply.status != status) {
        throw std::runtime_error(std::string(method) + " " + std::string(path) + " " + std::string(body) +
                                 ": " + std::to_string(reply.status) + " " + reply.body);
    }
    return json::parse(reply.body);
}

Reply AdminStage::get(std::string_view target, std::string_view headers) const {
    Wire wire(port());
    return wire.ask(requestOf("GET", target, headers, {}, {}));
}

Reply AdminStage::post(std::string_view target, std::string_view type, std::string_view body,
                       std::string_view headers) const {
    Wire wire(port());
    return wire.ask(requestOf("POST", target, headers, type, body));
}

Raw AdminStage::raw(std::string_view request) const {
    Wire wire(port());
    const auto began = std::chrono::steady_clock::now();
    wire.send(request);
    Raw raw;
    const bool head = request.starts_with("HEAD ");
    std::size_t whole = std::string::npos;
    while (raw.bytes.size() < whole) {
        pollfd waiting{wire.descriptor(), POLLIN, 0};
        std::array<char, 65536> block{};
        const ssize_t got =
            ::poll(&waiting, 1, 20'000) == 1 ? ::recv(wire.descriptor(), block.data(), block.size(), 0) : -2;
        if (got <= 0) {
            raw.closed = got == 0;
            raw.reset = got == -1 && errno == ECONNRESET;
            break;
        }
        raw.bytes.append(block.data(), static_cast<std::size_t>(got));
        const std::size_t end = raw.bytes.find("\r\n\r\n");
        if (whole == std::string::npos && end != std::string::npos) {
            raw.reply.head = raw.bytes.substr(0, end + 2);
            const std::string length = raw.reply.header("content-length");
            whole = end + 4 + (head || length.empty() ? 0 : std::stoul(length));
        }
    }
    const auto spent = std::chrono::steady_clock::now() - began;
    raw.ms = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count();
    if (raw.bytes.size() >= whole) {
        raw.reply.body = raw.bytes.substr(raw.reply.head.size() + 2);
        raw.reply.status = std::stoi(raw.bytes.substr(9, 3));
    }
    return raw;
}

std::string AdminStage::person(std::string_view name) const {
    const Reply reply = post("/douyin/user/register/?username=" + std::string(name) + "&password=secret");
    return std::string(at(reply, "/token").as_string());
}

json::value at(const json::value& value, std::string_view path) {
    return value.at_pointer(path);
}

json::value at(const Reply& reply, std::string_view path) {
    return json::parse(reply.body).at_pointer(path);
}

}  // namespace tikgok::sim::controltest
