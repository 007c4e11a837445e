// SPDX-FileCopyrightText: 2026 The TikGok authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One client connection. Inside the gateway only.
#pragma once

#include "backend-sim/gateway/http.h"
#include "backend-sim/gateway/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tikgok::sim::http {

class Connection;

// What all bodies in memory together may take. Any thread.
class BodyBudget {
public:
    explicit BodyBudget(std::size_t most) : most_(most) {}

    // False, and nothing is taken, when there is not so much left.
    bool take(std::size_t bytes) {
        std::size_t used = used_.load(std::memory_order_relaxed);
        do {
            if (bytes > most_ - used) {
                return false;
            }
        } while (!used_.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
        return true;
    }
    void giveBack(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
    [[nodiscard]] std::size_t used() const { return used_.load(std::memory_order_relaxed); }

private:
    const std::size_t most_;
    std::atomic<std::size_t> used_ = 0;
};

// What one connection has of it. Given back by the destructor at the latest.
class BodyShare {
public:
    explicit BodyShare(std::shared_ptr<BodyBudget> budget) : budget_(std::move(budget)) {}
    BodyShare(const BodyShare&) = delete;
    BodyShare& operator=(const BodyShare&) = delete;
    ~BodyShare() { giveBack(); }

    bool take(std::size_t bytes) {
        if (!budget_->take(bytes)) {
            return false;
        }
        held_ += bytes;
        return true;
    }
    void giveBack() {
        if (held_ > 0) {
            budget_->giveBack(std::exchange(held_, 0));
        }
    }

private:
    // Connections may go after their server.
    const std::shared_ptr<BodyBudget> budget_;
    std::size_t held_ = 0;
};

// One thread's event loop and the connections that live on it. Everything but `context` is touched by
// that thread alone.
struct Loop : std::enable_shared_from_this<Loop> {
    // One thread runs it: no locks inside, except for posts from other threads.
    boost::asio::io_context context{1};
    std::unordered_set<std::shared_ptr<Connection>> connections;
    bool stopping = false;
    // Of the server; set before the thread starts.
    const Limits* limits = nullptr;
    std::function<std::int64_t()> now;
    Handler* handler = nullptr;
    std::shared_ptr<BodyBudget> bodies;
    // Called on this loop's thread when a connection of this peer is gone.
    std::function<void(const std::string& peer)> connectionGone;

    // The Date header line of this second.
    const std::string& dateLine();

    // Any thread. Runs `work` on this loop's thread: at once when this is it. What several threads or one
    // thread in a row hand in before the loop gets to it costs one wake-up: a group commit answers many
    // connections at the same time.
    void hand(std::move_only_function<void()> work);

private:
    void openMail();

    std::mutex mailMutex_;
    std::vector<std::move_only_function<void()>> mail_;
    // openMail() is on its way.
    bool mailPosted_ = false;
    std::int64_t dateSecond_ = 0;
    std::string dateText_;
};

class Connection {
public:
    virtual ~Connection() = default;

    virtual void start() = 0;
    // Closes what took too long.
    virtual void sweep(std::chrono::steady_clock::time_point now) = 0;
    // Closes now when nothing is being answered, else after the answer.
    virtual void retire() = 0;
    virtual void close() = 0;
};

// Takes over a connection whose request was a WebSocket handshake; its head is done with.
struct SocketHandshake {
    std::string host;
    std::string target;
    std::string key;
};
std::shared_ptr<Connection> makeSocketConnection(Loop& loop, boost::asio::ip::tcp::socket socket,
                                                 std::string peer, const SocketHandshake& handshake,
                                                 std::shared_ptr<SocketUser> user);

// `loop` must outlive the connection. `peer`: address of the client.
std::shared_ptr<Connection> makeConnection(Loop& loop, boost::asio::ip::tcp::socket socket, std::string peer);

}  // namespace tikgok::sim::http
